//! The name of this device, which is the name of its journal.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The name under which this device writes its journal: the host's name and a few digits, made at the first
/// run and kept in `<state>/device`, because many machines share a host name. Where that cannot be written,
/// the host's name alone.
pub fn device_name(state: &Path) -> String {
    let path = state.join("device");
    if let Ok(name) = fs::read_to_string(&path)
        && is_plain(name.trim())
    {
        return name.trim().to_owned();
    }
    let host = host_name();
    let name = format!("{host}-{:04x}", digits() & 0xffff);
    match create(&path, &name) {
        Ok(()) => name,
        // Another process was faster: its name is ours.
        Err(_exists_or_unwritable) => match fs::read_to_string(&path) {
            Ok(name) if is_plain(name.trim()) => name.trim().to_owned(),
            _ => host,
        },
    }
}

fn create(path: &Path, name: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(name.as_bytes())
}

fn host_name() -> String {
    let system = rustix::system::uname();
    let name: String =
        system.nodename().to_string_lossy().chars().filter(|c| is_plain_char(*c)).take(40).collect();
    if name.is_empty() { "device".to_owned() } else { name }
}

/// Different on two machines that are set up alike.
fn digits() -> u32 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    crc32fast::hash(format!("{now} {}", std::process::id()).as_bytes())
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.len() <= 80 && name.chars().all(is_plain_char) && !name.starts_with('.')
}

fn is_plain_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_keeps_its_name() {
        let state = tempfile::tempdir().unwrap();
        let name = device_name(state.path());
        assert!(is_plain(&name));
        assert_eq!(device_name(state.path()), name);
    }

    #[test]
    fn without_a_place_to_keep_it_the_host_is_the_name() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let name = device_name(&file.path().join("below-a-file"));
        assert_eq!(name, host_name());
    }

    #[test]
    fn a_broken_file_is_no_name() {
        let state = tempfile::tempdir().unwrap();
        fs::write(state.path().join("device"), "../x\n").unwrap();
        assert!(is_plain(&device_name(state.path())));
    }
}
