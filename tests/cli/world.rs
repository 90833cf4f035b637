//! A home, an archive, and finews run in them.

use assert_cmd::Command;
use serde_json::Value;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// A place that is gone when the test ends.
pub(crate) struct World(TempDir);

/// How a run ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    /// A home without anything, and an empty archive.
    pub(crate) fn new() -> Self {
        let world = Self(TempDir::new().unwrap());
        fs::create_dir(world.home()).unwrap();
        fs::create_dir(world.archive()).unwrap();
        world
    }

    /// The same with three posts, a week apart, the first of a news archive.
    pub(crate) fn with_posts() -> Self {
        let world = Self::new();
        world.post("_config.yml", "timezone: Asia/Shanghai\n");
        world.post(
            "_posts/2022-06-14-a.md",
            "---\nlayout: post\ntitle: 甲公司中标\ndate: 2022-06-14 17:56:07 +0800\ncategories: chenbao\n\
             tags: 晨报新闻\n---\n<p>甲公司<span data-code=\"1,600000\" class=\"keytip\">甲</span>中标。</p>\n\n\
             <https://news.example/a/1.html>\n",
        );
        world.post(
            "_posts/2022-06-21-b.md",
            "---\ntitle: 乙\ncategories: 观察\ntags: [一, 二]\n---\n正文。\n",
        );
        world.post("_posts/2022-06-28-c.md", "---\ntitle: 丙\nsource: 周刊\n---\n正文。\n");
        world
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.0.path().join("home")
    }

    pub(crate) fn archive(&self) -> PathBuf {
        self.0.path().join("archive")
    }

    pub(crate) fn shelf(&self) -> PathBuf {
        self.home().join(".local/share/finews/shelf")
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.home().join(".cache/finews")
    }

    /// The only file in a folder with this ending.
    pub(crate) fn only(folder: &Path, ending: &str) -> PathBuf {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let found: Vec<_> = entries.filter(|path| path.extension() == Some(OsStr::new(ending))).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    }

    pub(crate) fn post(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.archive().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// A file in the archive whose name is no text.
    pub(crate) fn odd(&self, name: &[u8], content: &str) -> OsString {
        let name = OsString::from_vec(name.to_vec());
        fs::write(self.archive().join(&name), content).unwrap();
        name
    }

    /// finews in this home, with nothing else of our surroundings.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_finews"));
        command.env_clear().env("HOME", self.home()).env("TZ", "UTC").current_dir(self.0.path());
        command.timeout(Duration::from_mins(1));
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        Ran::of(self.command().args(args))
    }

    /// A subcommand on the archive.
    pub(crate) fn on<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        Ran::of(self.command().arg("--archive").arg(self.archive()).args(args))
    }

    /// What `list --json` says with these filters.
    pub(crate) fn records(&self, filters: &[&str]) -> Vec<Value> {
        let ran = self.on(["list", "--json"].iter().chain(filters));
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.json()
    }

    /// The titles of `list` with these filters.
    pub(crate) fn titles(&self, filters: &[&str]) -> Vec<String> {
        self.records(filters).iter().map(|record| record["title"].as_str().unwrap().to_owned()).collect()
    }
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            // None when a signal ended it.
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    pub(crate) fn json(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// It failed with this code and one line that holds all of these words.
    pub(crate) fn fails(&self, code: i32, words: &[&str]) {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        self.says(words);
    }

    /// There is one line on stderr, and it holds all of these words.
    pub(crate) fn says(&self, words: &[&str]) {
        assert_eq!(self.err.lines().count(), 1, "{:?}", self.err);
        assert!(self.err.starts_with("finews: "), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
    }
}
