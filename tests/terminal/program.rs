//! The program with a home of its own.

use portable_pty::CommandBuilder;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A home folder with an archive in it. It goes with the value.
pub(crate) struct Home(TempDir);

impl Home {
    /// A home with posts: names without their ending, which are titles too, the last one first in the list.
    pub(crate) fn with_posts(names: &[&str]) -> Self {
        let home = Self::empty();
        fs::create_dir(home.archive()).unwrap();
        for (day, name) in (1..).zip(names) {
            let text = format!("---\ntitle: {name}\ndate: 2024-01-{day:02}\n---\n{name}的正文。\n");
            fs::write(home.archive().join(format!("{name}.md")), text).unwrap();
        }
        home
    }

    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn archive(&self) -> PathBuf {
        self.path().join("archive")
    }

    /// What the program finds in its environment, and nothing else.
    fn environment(&self) -> [(&'static str, &OsStr); 4] {
        [
            ("HOME", self.path().as_os_str()),
            ("PATH", OsStr::new("/usr/bin:/bin")),
            ("TERM", OsStr::new("xterm-256color")),
            ("LC_ALL", OsStr::new("C.UTF-8")),
        ]
    }

    /// The reader, to be run in a terminal.
    pub(crate) fn reader(&self) -> CommandBuilder {
        let mut command = self.in_terminal(env!("CARGO_BIN_EXE_finews"));
        if self.archive().exists() {
            command.arg(self.archive());
        }
        command
    }

    /// Lines for a shell, to be run in a terminal; `$0` and `$1` are the reader and its archive.
    pub(crate) fn shell(&self, lines: &str) -> CommandBuilder {
        let mut command = self.in_terminal("sh");
        // With job control, as in a shell that somebody types at.
        command.args(["-m", "-c", lines, env!("CARGO_BIN_EXE_finews")]);
        command.arg(self.archive());
        command
    }

    fn in_terminal(&self, program: &str) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command.cwd(self.path());
        command
    }

    /// Runs the program without a terminal.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_finews"));
        command.args(arguments).env_clear().envs(self.environment()).env("FINEWS_ARCHIVE", self.archive());
        command.current_dir(self.path()).stdin(Stdio::null()).output().unwrap()
    }

    /// What the program prints without a terminal.
    pub(crate) fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}
