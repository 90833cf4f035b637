//! How a file is known to be unchanged.

/// What the file system says of a file. Two equal stamps mean that the file need not be read again.
///
/// The time of the last status change (`ctime`) is part of it because programs can set back `mtime`, and the
/// inode because a file may be replaced by another of the same size within one tick of the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Last change of the content, nanoseconds since 1970.
    pub mtime: i64,
    /// Last change of the status, nanoseconds since 1970.
    pub ctime: i64,
    /// The inode number.
    pub inode: u64,
}
