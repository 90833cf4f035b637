//! Repositories to test with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A repository in a folder of its own, which goes with the value.
pub(crate) struct Repository(TempDir);

impl Repository {
    /// An empty one; `None` where there is no git.
    pub(crate) fn new() -> Option<Self> {
        let repository = Self(tempfile::tempdir().unwrap());
        git(repository.path(), &["init", "--quiet"]).then_some(repository)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file.
    pub(crate) fn write(&self, file: impl AsRef<Path>, text: &str) -> PathBuf {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Runs git in it.
    pub(crate) fn git(&self, arguments: &[&str]) {
        assert!(git(self.path(), arguments), "git {arguments:?}");
    }

    /// Commits everything as it is.
    pub(crate) fn commit(&self) {
        self.git(&["add", "--all", "."]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
    }
}

/// Runs git without anybody's settings. Returns whether it ended well.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"GIT_")) {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    for setting in ["user.name=x", "user.email=x@example.org", "protocol.file.allow=always"] {
        command.args(["-c", setting]);
    }
    command.arg("-C").arg(folder).args(arguments).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
