//! File systems of which the system tells only what happens on this machine.

use std::path::Path;

/// The name of the file system that a folder is on, if others may write there unheard.
#[cfg(target_os = "linux")]
pub(super) fn file_system(folder: &Path) -> Option<&'static str> {
    kind(rustix::fs::statfs(folder).ok()?.f_type.into())
}

/// Elsewhere it is not known.
#[cfg(not(target_os = "linux"))]
pub(super) fn file_system(_folder: &Path) -> Option<&'static str> {
    None
}

/// By the numbers of `statfs(2)`, which have a sign or none, and more bits or fewer, depending on the machine.
#[cfg(target_os = "linux")]
fn kind(number: i128) -> Option<&'static str> {
    match number & 0xFFFF_FFFF {
        0x6969 => Some("NFS"),
        0x517B | 0xFE53_4D42 | 0xFF53_4D42 => Some("SMB"),
        0x0102_1997 => Some("9P"),
        0x00C3_6400 => Some("Ceph"),
        0x5346_414F => Some("AFS"),
        0x6573_5546 => Some("FUSE"),
        0x786F_4256 => Some("VirtualBox"),
        _ => None,
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn others_write_to_file_systems_of_the_network_only() {
        // ext4, btrfs, xfs, tmpfs, overlayfs, zfs.
        for local in [0xEF53, 0x9123_683E, 0x5846_5342, 0x0102_1994, 0x794C_7630, 0x2FC1_2FC1] {
            assert_eq!(kind(local), None, "{local:x}");
        }
        for (remote, name) in
            [(0x6969, "NFS"), (0xFF53_4D42, "SMB"), (i128::from(0xFF53_4D42_u32.cast_signed()), "SMB")]
        {
            assert_eq!(kind(remote), Some(name));
        }
    }
}
