//! Running git so that it can neither hang nor do anything but answer.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A later answer is of no use: the walk through the archive is over by then.
const PATIENCE: Duration = Duration::from_secs(10);

/// No answer is larger: a million changed files.
const MOST_BYTES: usize = 256 << 20;

/// What tells git where its repository is, by `git rev-parse --local-env-vars`: whoever has started us, a hook perhaps,
/// means another one.
const LOCAL: [&str; 15] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Nothing is written, fetched, asked or paged, whatever the configuration of the repository says.
const CALM: [(&str, &str); 5] = [
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", ""),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
];
const ARGUMENTS: [&str; 5] = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];

/// The program, and how long it is waited for.
#[derive(Clone, Debug)]
pub(super) struct Git {
    pub(super) program: OsString,
    pub(super) patience: Duration,
}

impl Default for Git {
    fn default() -> Self {
        Self { program: "git".into(), patience: PATIENCE }
    }
}

impl Git {
    /// What git says in a folder, if it ends well and in time.
    pub(super) fn run(&self, folder: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
        let mut command = Command::new(&self.program);
        for name in LOCAL {
            command.env_remove(name);
        }
        // Not by running it there, where `git` could mean a file of the archive.
        command.arg("-C").arg(folder).args(ARGUMENTS).args(arguments).envs(CALM);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Running(command.spawn().ok()?);
        let said = read(running.0.stdout.take()?, Instant::now() + self.patience).ok()?;
        // Who has closed its output is ending.
        running.0.wait().ok()?.success().then_some(said)
    }
}

/// A process that is not left behind.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Neither does anything to one that has been waited for.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn read(mut output: ChildStdout, deadline: Instant) -> io::Result<Vec<u8>> {
    let mut said = Vec::new();
    let mut buffer = vec![0; 64 << 10];
    while said.len() <= MOST_BYTES {
        wait(&output, deadline)?;
        match output.read(&mut buffer)? {
            0 => return Ok(said),
            count => said.extend_from_slice(buffer.get(..count).unwrap_or_default()),
        }
    }
    Err(ErrorKind::FileTooLarge.into())
}

/// Waits until there is something to read, or the end of it.
fn wait(output: &ChildStdout, deadline: Instant) -> io::Result<()> {
    loop {
        let left = Timespec::try_from(deadline.saturating_duration_since(Instant::now())).ok();
        match poll(&mut [PollFd::new(output, PollFlags::IN)], left.as_ref()) {
            Ok(0) => return Err(ErrorKind::TimedOut.into()),
            Ok(_) => return Ok(()),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
