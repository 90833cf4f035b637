//! The rooms look only downwards, and each does only what is its own. See the table of rooms in `src/lib.rs`.
//!
//! The sources are read as tokens, not as lines, so comments and strings do not count, and groups
//! (`use crate::{app, ui::draw}`), inline paths and `super::super::ui` do.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::HashSet;
use std::path::Path;

/// The rooms from the top floor to the ground. A room may use those of lower floors.
const FLOORS: [&[&str]; 8] = [
    &["main"],
    &["cli"],
    &["runtime"],
    &["ui", "ingest", "store"],
    &["config"],
    &["app"],
    &["typeset", "query", "index"],
    &["post"],
];

/// Longer files hold more than one thing.
const LONGEST: usize = 500;

/// What only some rooms may do, the parts of paths that do it, and the rooms or files.
const OWNERS: [(&str, &[&str], &[&str]); 7] = [
    (
        "writes to the disk",
        &[
            "fs::write",
            "fs::create_dir",
            "fs::create_dir_all",
            "fs::remove_file",
            "fs::remove_dir",
            "fs::remove_dir_all",
            "fs::rename",
            "fs::copy",
            "fs::hard_link",
            "fs::set_permissions",
            "fs::symlink",
            "fs::DirBuilder",
            "fs::*",
            "File::create",
            "File::create_new",
            "File::options",
            "tempfile",
        ],
        &["store", "cli"],
    ),
    ("opens a database", &["rusqlite"], &["store"]),
    ("runs threads", &["thread"], &["runtime", "cli"]),
    (
        "touches the terminal",
        &[
            "crossterm::*",
            "crossterm::execute",
            "crossterm::queue",
            "crossterm::terminal",
            "crossterm::cursor",
            "crossterm::clipboard",
            "crossterm::event::read",
            "crossterm::event::poll",
            "crossterm::event::*",
            "ratatui::init",
            "ratatui::Terminal",
            "CrosstermBackend",
            "stdout",
            "stderr",
            "stdin",
        ],
        &["runtime", "cli"],
    ),
    ("ends the process", &["process::exit", "process::abort"], &["runtime"]),
    ("runs other programs", &["process::Command"], &["ingest/git/command.rs"]),
    ("reads YAML", &["serde_yaml"], &["ingest/front_matter/yaml.rs"]),
];

/// Methods that make an `OpenOptions` write.
const WRITING: [&str; 5] = ["write", "append", "create", "create_new", "truncate"];

struct Source {
    /// From `src`, with `/`.
    path: String,
    text: String,
}

/// A path in the code, with where it stands.
struct Used {
    /// `crate`, `self` and `super` are resolved: such a path begins with `crate`.
    path: Vec<String>,
    is_test: bool,
}

#[test]
fn rooms_look_downwards_and_keep_to_their_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    read(&root, &root, &mut sources);
    assert!(sources.len() > 100, "only {} sources were found", sources.len());
    let faults = faults(&sources);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_kind_of_fault_is_noticed() {
    for (path, text, expected) in [
        ("app.rs", "use crate::ui::draw;", "app.rs: app may not use ui"),
        ("app/list.rs", "fn f() { crate::store::open(); }", "app/list.rs: app may not use store"),
        (
            "ingest.rs",
            "use crate::{post::Post, store::{self, Shelf}};",
            "ingest.rs: ingest may not use store",
        ),
        ("store/a.rs", "use super::super::ui::draw;", "store/a.rs: store may not use ui"),
        ("ui.rs", "use super::runtime;", "ui.rs: ui may not use runtime"),
        ("ui.rs", "mod inner { use super::super::ingest::Walk; }", "ui.rs: ui may not use ingest"),
        ("post.rs", "macro_rules! m { () => { $crate::query::parse() } }", "post.rs: post may not use query"),
        ("query.rs", "#[cfg(test)] mod tests { use crate::typeset; }", "query.rs: query may not use typeset"),
        ("main.rs", "fn main() { finews::runtime::run() }", "main.rs: main may only use cli"),
        ("attic.rs", "", "attic.rs: attic is no room that FLOORS knows"),
        ("app/mod.rs", "", "app/mod.rs: modules are called after their folder"),
        ("app.rs", &"\n".repeat(LONGEST + 1), "app.rs: 501 lines"),
        (
            "app.rs",
            "fn f() { std::fs::write(a, b); }",
            "app.rs: only store, cli writes to the disk: std::fs::write",
        ),
        (
            "ui.rs",
            "use std::fs; fn f() { fs::rename(a, b); }",
            "ui.rs: only store, cli writes to the disk: fs::rename",
        ),
        ("ui.rs", "use std::fs::*;", "ui.rs: only store, cli writes to the disk: std::fs::*"),
        (
            "config.rs",
            "use std::fs::{File}; fn f() { File::create(a); }",
            "config.rs: only store, cli writes to the disk: File::create",
        ),
        (
            "ingest.rs",
            "fn f() { OpenOptions::new().append(true) }",
            "ingest.rs: only store, cli writes to the disk: append(true)",
        ),
        (
            "app.rs",
            "use std::{io, thread::spawn};",
            "app.rs: only runtime, cli runs threads: std::thread::spawn",
        ),
        (
            "ui.rs",
            "fn f() { crossterm::execute!(out, Hide); }",
            "ui.rs: only runtime, cli touches the terminal: crossterm::execute",
        ),
        (
            "runtime/browser.rs",
            "use std::process::{self, Command};",
            "runtime/browser.rs: only ingest/git/command.rs runs other programs: std::process::Command",
        ),
        (
            "config.rs",
            "use rusqlite::Connection;",
            "config.rs: only store opens a database: rusqlite::Connection",
        ),
        (
            "app.rs",
            "use serde_yaml as yaml;",
            "app.rs: only ingest/front_matter/yaml.rs reads YAML: serde_yaml",
        ),
    ] {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        assert_eq!(faults(&[source]), [expected], "{text}");
    }
}

#[test]
fn what_is_allowed_is_no_fault() {
    for (path, text) in [
        ("app.rs", "//! crate::ui\n/* crate::ui */ use crate::post::Post; fn f() { let s = \"crate::ui\"; }"),
        ("runtime.rs", "use crate::{ui, app::Model, store}; fn f() { std::thread::spawn(g); }"),
        ("ingest/a/b.rs", "use super::super::c; use super::c; use crate::ingest::d; use self::ui::x;"),
        ("main.rs", "fn main() { finews::cli::main() }"),
        ("ui.rs", "#[cfg(test)] mod tests { fn f() { std::fs::write(a, b); } }"),
        ("ingest/file.rs", "fn f() { OpenOptions::new().read(true).open(p); x.write(buffer); }"),
        ("app/keys.rs", "use crossterm::event::{KeyCode, KeyModifiers};"),
        ("ingest/git/command.rs", "use std::process::Command; fn f() { x.stdin(none).stdout(pipe); }"),
        ("ingest/front_matter/yaml.rs", "fn f() { serde_yaml::from_str(x) }"),
    ] {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        assert!(faults(&[source]).is_empty(), "{text}");
    }
    let test_file =
        [("ui.rs", "#[cfg(test)]\nmod trial;"), ("ui/trial.rs", "fn f() { std::fs::write(a, b); }")];
    let sources = test_file.map(|(path, text)| Source { path: path.to_owned(), text: text.to_owned() });
    assert!(faults(&sources).is_empty());
}

fn read(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    for entry in folder.read_dir().unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(root, &path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            sources.push(Source { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

fn faults(sources: &[Source]) -> Vec<String> {
    let tokens: Vec<_> = sources.iter().map(|source| tokens(&source.text)).collect();
    let modules = sources.iter().zip(&tokens);
    let test_files: HashSet<String> =
        modules.flat_map(|(source, tokens)| test_modules(&module(&source.path), tokens)).collect();
    let mut faults = Vec::new();
    for (source, tokens) in sources.iter().zip(&tokens) {
        let module = module(&source.path);
        let is_test = (1..=module.len()).any(|n| test_files.contains(&module[..n].join("::")));
        let found = shape(source).into_iter().chain(behaviour(source, &module, tokens, is_test));
        faults.extend(found.map(|fault| format!("{}: {fault}", source.path)));
    }
    faults
}

fn shape(source: &Source) -> Option<String> {
    let room = room(&source.path);
    let lines = source.text.lines().count();
    if room != "lib" && floor(room).is_none() {
        Some(format!("{room} is no room that FLOORS knows"))
    } else if source.path.ends_with("mod.rs") {
        Some("modules are called after their folder".to_owned())
    } else {
        (lines > LONGEST).then(|| format!("{lines} lines"))
    }
}

fn behaviour(source: &Source, module: &[String], tokens: &[String], is_test_file: bool) -> Vec<String> {
    let room = room(&source.path);
    let mut faults = Vec::new();
    for Used { path, is_test } in paths(module, tokens) {
        faults.extend(arrow(room, &path));
        for (what, forbidden, owners) in OWNERS {
            let owned = owners.iter().any(|owner| *owner == room || *owner == source.path);
            let whole = format!("::{}::", path.join("::"));
            let matches = forbidden.iter().any(|part| whole.contains(&format!("::{part}::")));
            if matches && !owned && !is_test && !is_test_file {
                faults.push(format!("only {} {what}: {}", owners.join(", "), path.join("::")));
            }
        }
    }
    let writes = |t: &[String]| WRITING.contains(&&*t[1]) && t[0] == "." && t[2..] == ["(", "true", ")"];
    if !is_test_file && !["store", "cli"].contains(&room) {
        let calls = tokens.windows(5).filter(|t| writes(t));
        faults.extend(calls.map(|t| format!("only store, cli writes to the disk: {}(true)", t[1])));
    }
    // `use a::{self, B}` is one arrow.
    faults.dedup();
    faults
}

fn arrow(from: &str, path: &[String]) -> Option<String> {
    let ours = path.first().is_some_and(|first| first == "crate" || (from == "main" && first == "finews"));
    let to = path.get(1).filter(|_| ours)?;
    if from == "main" {
        return (to != "cli").then(|| "main may only use cli".to_owned());
    }
    let (from_floor, to_floor) = (floor(from)?, floor(to)?);
    (from != to && to_floor <= from_floor).then(|| format!("{from} may not use {to}"))
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

/// `ui/list.rs` is `ui::list`; `lib.rs` and `main.rs` are the root.
fn module(path: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let parts = stem.split('/').map(str::to_owned);
    parts.filter(|part| !["lib", "main", "mod"].contains(&part.as_str())).collect()
}

/// The words and signs of a source, brackets included, comments not; a string is `""`.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    flatten(text.parse().unwrap(), &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<String>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                tokens.push(open.to_owned());
                flatten(group.stream(), tokens);
                tokens.push(close.to_owned());
            }
            TokenTree::Ident(word) => tokens.push(word.to_string()),
            TokenTree::Punct(sign) if sign.as_char() == ':' && tokens.last().is_some_and(|t| t == ":") => {
                tokens.pop();
                tokens.push("::".to_owned());
            }
            TokenTree::Punct(sign) => tokens.push(sign.as_char().to_string()),
            TokenTree::Literal(_) => tokens.push("\"\"".to_owned()),
        }
    }
}

const CFG_TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

/// The modules in files of their own that are only compiled for tests.
fn test_modules(module: &[String], tokens: &[String]) -> Vec<String> {
    let declared = tokens.windows(CFG_TEST.len() + 3);
    let declared = declared.filter(|t| t[..7] == CFG_TEST && t[7] == "mod" && t[9] == ";");
    declared.map(|t| [module, &t[8..9]].concat().join("::")).collect()
}

/// Every path of a source. Inline modules count for `super`; what `#[cfg(test)]` stands before is a test.
fn paths(module: &[String], tokens: &[String]) -> Vec<Used> {
    let mut used = Vec::new();
    let mut module = module.to_vec();
    let (mut depth, mut inline, mut test_from) = (0_usize, Vec::new(), None);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "#" if tokens[at..].starts_with(&CFG_TEST.map(str::to_owned)) => {
                test_from = test_from.or(Some(depth));
            }
            "{" => depth += 1,
            "}" | ";" => {
                depth -= usize::from(token == "}");
                if inline.last() == Some(&depth) && token == "}" {
                    inline.pop();
                    module.pop();
                }
                test_from = test_from.filter(|from| *from != depth);
            }
            "mod" if tokens.get(at + 2).is_some_and(|t| t == "{") => {
                inline.push(depth);
                module.push(tokens[at + 1].clone());
                at += 1;
            }
            // A method, which may be called like a function that is forbidden.
            word if is_word(word) && tokens[..at].ends_with(&[".".to_owned()]) => {}
            word if is_word(word) => {
                let mut found = Vec::new();
                at = tree(tokens, at, &[], &mut found);
                let is_test = test_from.is_some();
                used.extend(found.into_iter().map(|path| Used { path: resolve(&module, path), is_test }));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    used
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// Reads `a::b`, `a::*` or `a::{b, c::d}` from `at` on; returns where it ends.
fn tree(tokens: &[String], mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                while tokens.get(at).is_some_and(|t| t == "{" || t == ",") {
                    if tokens.get(at + 1).is_some_and(|t| t == "}") {
                        at += 1;
                        break;
                    }
                    at = tree(tokens, at + 1, &path, found);
                }
                return at + 1;
            }
            Some(word) if is_word(word) || word == "*" => path.push(word.to_owned()),
            _ => break,
        }
        at += 1;
        if tokens.get(at).is_none_or(|t| t != "::") {
            break;
        }
        at += 1;
    }
    if !before.is_empty() && tokens.get(at).is_some_and(|t| t == "as") {
        at += 2;
    }
    found.push(path);
    at
}

/// `super::super::x` in `a::b` is `crate::x`.
fn resolve(module: &[String], path: Vec<String>) -> Vec<String> {
    let ups = path.iter().take_while(|part| *part == "super" || *part == "self").count();
    if ups == 0 {
        return path;
    }
    let supers = path.iter().take(ups).filter(|part| *part == "super").count();
    let base = module.iter().take(module.len().saturating_sub(supers));
    std::iter::once("crate".to_owned()).chain(base.cloned()).chain(path.into_iter().skip(ups)).collect()
}
