//! Reading one file without ever hanging or filling the memory.

use crate::post::{Problem, ProblemKind, Stamp};
use rustix::fs::OFlags;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

/// No post is read beyond this. The largest article of the archives we know is 0.6 MB.
const LIMIT: u64 = 8 << 20;

/// What a file held.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    pub(super) stamp: Stamp,
    /// [`ProblemKind::TooLarge`] or [`ProblemKind::Changed`].
    pub(super) problems: Vec<Problem>,
}

/// What is done when the last part of a path is a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtLink {
    /// It is followed.
    Follow,
    /// Opening it fails.
    Fail,
}

/// Reads a regular file. One that changes meanwhile is read a second time; one that still changes is taken as
/// it was seen, with a problem and a stamp of its size alone, so that the next look reads it again.
pub(super) fn read(path: &Path, at_link: AtLink) -> io::Result<Content> {
    let (content, changed) = read_once(path, at_link)?;
    if !changed {
        return Ok(content);
    }
    let (mut content, changed) = read_once(path, at_link)?;
    if changed {
        content.problems.push(Problem::new(ProblemKind::Changed, ""));
        content.stamp = Stamp { size: content.stamp.size, ..Stamp::default() };
    }
    Ok(content)
}

fn read_once(path: &Path, at_link: AtLink) -> io::Result<(Content, bool)> {
    let file = open(path, at_link)?;
    let before = file.metadata()?;
    if !before.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    // What a file has grown by meanwhile, its second stamp tells: asking for the end would be one more call. Some file
    // systems say 0 of all files.
    let wanted = if before.len() == 0 { LIMIT } else { before.len().min(LIMIT) };
    let mut bytes = Vec::with_capacity(usize::try_from(before.len().min(LIMIT)).unwrap_or_default());
    (&file).take(wanted).read_to_end(&mut bytes)?;
    let stamp = stamp(&before);
    let changed = stamp != self::stamp(&file.metadata()?);
    let mut problems = Vec::new();
    if before.len() > LIMIT {
        bytes.truncate(whole_chars(&bytes));
        problems.push(Problem::new(ProblemKind::TooLarge, &format!("{} bytes", before.len())));
    }
    Ok((Content { bytes, stamp, problems }, changed))
}

/// A FIFO that nobody writes to opens at once in this mode.
fn open(path: &Path, at_link: AtLink) -> io::Result<File> {
    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    flags.set(OFlags::NOFOLLOW, at_link == AtLink::Fail);
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// How many bytes remain when a UTF-8 character that was cut at the end is taken off.
fn whole_chars(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    }
}

/// The stamp of a file that was looked at.
pub(super) fn stamp(metadata: &Metadata) -> Stamp {
    let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
    Stamp {
        size: metadata.len(),
        mtime: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
        ctime: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
        inode: metadata.ino(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_pipe_does_not_hang_the_reader() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pipe.md");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &path,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        assert_eq!(read(&path, AtLink::Follow).unwrap_err().to_string(), "not a regular file");
    }

    #[test]
    fn only_the_beginning_of_a_huge_file_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("huge.md");
        let file = File::create(&path).unwrap();
        file.set_len(300 << 20).unwrap();
        let content = read(&path, AtLink::Follow).unwrap();
        assert_eq!(content.bytes.len() as u64, LIMIT);
        assert_eq!(content.problems.first().unwrap().kind, ProblemKind::TooLarge);
        assert_eq!(content.stamp.size, 300 << 20);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_known_to_and_read_again_the_next_time() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        let mut file = File::create(&path).unwrap();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    file.write_all(b"x").unwrap();
                }
            });
            let content = (0..100_000)
                .map(|_| read(&path, AtLink::Follow).unwrap())
                .find(|read| !read.problems.is_empty());
            done.store(true, Ordering::Relaxed);
            let content = content.unwrap();
            assert_eq!(content.problems.first().unwrap().kind, ProblemKind::Changed);
            assert_ne!(content.stamp, stamp(&path.metadata().unwrap()));
        });
    }

    #[test]
    fn a_cut_character_is_taken_off() {
        for (bytes, expected) in [("ab中".as_bytes(), 5), (&b"ab\xe4\xb8"[..], 2), (b"\xff", 1), (b"", 0)] {
            assert_eq!(whole_chars(bytes), expected);
        }
    }
}
