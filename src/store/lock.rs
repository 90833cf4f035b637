//! Locks between processes. They go when the file is closed, also when the process dies.
//!
//! Some network drives know no locks. There the store works as if it were alone: the shelf's checksums show
//! what went wrong, and the catalog can be made again.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};

/// Waits until no other process has the file locked, and locks it.
pub(super) fn exclusive(file: &File) -> io::Result<()> {
    ignore_unsupported(file.lock())
}

/// Waits until no other process has the file locked exclusively, and keeps others from doing so.
pub(super) fn shared(file: &File) -> io::Result<()> {
    ignore_unsupported(file.lock_shared())
}

/// Locks the file unless another process has it locked.
pub(super) fn try_exclusive(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => ignore_unsupported(Err(error)).map(|()| true),
        Ok(()) => Ok(true),
    }
}

fn ignore_unsupported(locked: io::Result<()>) -> io::Result<()> {
    match locked {
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(()),
        other => other,
    }
}
