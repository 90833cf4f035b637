//! Reads a whole archive and says what it found: `scan DIR [--list] [--problems] [--drafts]`.
//!
//! For trying the reading of archives, and for measuring it: the time is the thread's time on the CPU.

use finews::ingest::{Archive, Found, Options};
use finews::post::{Post, PostId, ProblemKind, SafeText};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;

fn main() -> io::Result<()> {
    let (flags, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let has = |flag: &str| flags.iter().any(|given| given == flag);
    let archive = match paths.first() {
        Some(path) => {
            Archive::open(Path::new(path), Options { drafts: has("--drafts") }).map_err(io::Error::other)?
        }
        None => Archive::sample(),
    };
    let out = &mut BufWriter::new(io::stdout().lock());
    let (ids, troubles) = walk(&archive, out)?;
    let walked = cpu_seconds();
    let (mut posts, mut gone, mut by_kind) = (0_u32, 0_u32, BTreeMap::<ProblemKind, u32>::new());
    for id in &ids {
        let Ok(read) = archive.read(id) else {
            gone += 1;
            continue;
        };
        posts += 1;
        for problem in &read.post.header.problems {
            *by_kind.entry(problem.kind).or_default() += 1;
            if has("--problems") {
                writeln!(out, "{id}: {problem}")?;
            }
        }
        if has("--list") {
            list(out, &read.post)?;
        }
    }
    let total = cpu_seconds();
    writeln!(out, "{} ({:?}, {})", archive.name(), archive.site().kind, archive.key())?;
    writeln!(out, "{} files, {posts} posts, {gone} gone, {troubles} troubles", ids.len())?;
    for (kind, count) in by_kind {
        writeln!(out, "{count:7} {}", kind.message())?;
    }
    let each = (total - walked) * 1e6 / f64::from(posts.max(1));
    writeln!(out, "CPU: walk {walked:.3} s, read {:.3} s, {each:.1} µs a post", total - walked)
}

fn walk(archive: &Archive, out: &mut impl Write) -> io::Result<(Vec<PostId>, u32)> {
    let (mut ids, mut troubles) = (Vec::new(), 0);
    for found in archive.walk() {
        match found {
            Found::Post { id, .. } => ids.push(id),
            Found::Trouble { path, message } => {
                troubles += 1;
                writeln!(out, "trouble: {path}: {message}")?;
            }
        }
    }
    ids.sort_unstable();
    Ok((ids, troubles))
}

fn list(out: &mut impl Write, post: &Post) -> io::Result<()> {
    let header = &post.header;
    let date = header.date.map_or_else(|| "-".to_owned(), |date| date.to_string());
    let source = header.source.as_deref().unwrap_or("-");
    let codes: Vec<String> = header
        .codes
        .iter()
        .map(|code| format!("{}={}", code.symbol(), code.name.as_deref().unwrap_or("")))
        .collect();
    let labels = |labels: &[SafeText]| labels.iter().map(SafeText::as_str).collect::<Vec<_>>().join(",");
    writeln!(
        out,
        "{}\t{date}\t{:?}\t{source}\t{}\t[{}]\t[{}]\t{}\t{}",
        header.id,
        header.date_from,
        header.title,
        labels(&header.categories),
        labels(&header.tags),
        header.url.as_ref().map_or("-", |url| url.as_str()),
        codes.join(" "),
    )
}

/// The time that this thread has had, from Linux's scheduler; 0 elsewhere.
fn cpu_seconds() -> f64 {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}
