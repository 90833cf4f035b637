//! How fast and how right searching is: `search_speed DIR HOME`. Brings the catalog and the index in HOME up to date
//! (nothing of them is measured when they are), then puts up to 800 queries, taken from the texts of DIR with a fixed seed.
//!
//! Recall and precision are against reading a sample of the posts. Where ripgrep is, it answers some of the same queries.

#![expect(clippy::cast_precision_loss, reason = "bytes and posts are counted for people")]

use finews::app::Progress;
use finews::config::Paths;
use finews::ingest::{Archive, Options, Text};
use finews::post::Timestamp;
use finews::query::{Facet, Query, RowId, Rows, Sort, Term, in_quotes, parse};
use finews::runtime::{FacetIndex, Indexing, Library, Loading, Searcher, Sync, searchable};
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Queries of each kind.
const QUERIES: usize = 100;
/// Posts that are read to know the right answers.
const SAMPLE: usize = 1000;
/// The hits of a first page, the newest.
const PAGE: usize = 50;
/// Queries of each kind that ripgrep answers.
const RIPGREP: usize = 5;

const KINDS: [&str; 8] =
    ["1 Hanzi", "2 Hanzi", "3 Hanzi", "4 Hanzi", "8 Hanzi", "Latin word", "number", "two words"];

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(dir), Some(home)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: search_speed DIR HOME"));
    };
    let out = &mut io::stdout().lock();
    let archive = Archive::open(Path::new(&dir), Options::default()).map_err(io::Error::other)?;
    let mut library = Library::open(archive, &Paths::under(Path::new(&home))).map_err(io::Error::other)?;
    fill(&mut library, out)?;
    let posts = library.ask(|catalog| catalog.rows(&Query::All, Sort::Newest)).map_err(io::Error::other)?;
    let sample = sample(&mut library, &posts)?;
    let bytes: usize = sample.iter().map(|(_, text)| text.len()).sum();
    let text = bytes as f64 / sample.len().max(1) as f64 * posts.len() as f64;
    let segments = library.ask(|catalog| catalog.segments()).map_err(io::Error::other)?;
    let index: f64 = segments.iter().map(|(_, bytes)| f64::from(*bytes)).sum();
    writeln!(
        out,
        "{} posts; about {:.0} MB of text; index {:.0} MB in {} segments, {:.2} of the text",
        posts.len(),
        text / 1e6,
        index / 1e6,
        segments.len(),
        index / text
    )?;
    let mut searcher = Searcher::complete();
    let begun = Instant::now();
    searcher.find(&mut library, &Query::Text("甲".into()), Sort::Newest).map_err(io::Error::other)?;
    writeln!(out, "first answer, with all segments opened: {:.1} ms", millis(begun.elapsed()))?;
    let facets = facets(&mut library, out)?;
    filters(&mut library, &mut searcher, &facets, &posts, out)?;
    let (mut all, mut all_first, mut counting) = (Vec::new(), Vec::new(), Vec::new());
    let mut tally = Tally::default();
    for (kind, name) in KINDS.iter().enumerate() {
        let queries = queries(kind, &sample);
        let (mut times, mut first) = (Vec::new(), Vec::new());
        for query in &queries {
            let begun = Instant::now();
            searcher.first(&mut library, query, Sort::Newest, PAGE).map_err(io::Error::other)?;
            first.push(begun.elapsed());
            let begun = Instant::now();
            let found = searcher.find(&mut library, query, Sort::Newest).map_err(io::Error::other)?;
            times.push(begun.elapsed());
            let begun = Instant::now();
            facets.count(&found.iter().copied().collect(), &Rows::default());
            counting.push(begun.elapsed());
            tally.count(&found.iter().copied().collect(), query, &sample);
        }
        write!(out, "{name:11} first page {}; all {}", shown(&first), shown(&times))?;
        ripgrep(&dir, &queries, &times, out)?;
        all.extend(times);
        all_first.extend(first);
    }
    writeln!(out, "{:11} first page {}; all {}", "all kinds", shown(&all_first), shown(&all))?;
    writeln!(out, "{:11} {}", "facets", shown(&counting))?;
    let Tally { right, missed, wrong } = tally;
    let percent = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    writeln!(
        out,
        "recall {:.3} %, precision {:.3} % ({right} hits in {} posts)",
        percent(right, right + missed),
        percent(right, right + wrong),
        sample.len()
    )
}

/// What filters by source and month cost, and what fifty lines anywhere in their lists.
fn filters(
    library: &mut Library,
    searcher: &mut Searcher,
    facets: &FacetIndex,
    posts: &[RowId],
    out: &mut impl Write,
) -> io::Result<()> {
    let counts = facets.count(&posts.iter().copied().collect(), &Rows::default());
    let values =
        |wanted| counts.iter().filter(move |(facet, _)| *facet == wanted).flat_map(|(_, values)| values);
    let filters = values(Facet::Source).zip(values(Facet::Month).cycle()).take(QUERIES);
    let (mut lists, mut pages) = (Vec::new(), Vec::new());
    for (number, (source, month)) in filters.enumerate() {
        let filter = format!("source:{} date:{}", in_quotes(&source.value), month.value);
        let query = parse(&filter, Timestamp::now()).map_err(io::Error::other)?;
        let begun = Instant::now();
        let list = searcher.find(library, &query, Sort::Newest).map_err(io::Error::other)?;
        lists.push(begun.elapsed());
        for list in [&*list, posts] {
            let at = list.len() / QUERIES * number;
            let page = list.get(at..(at + PAGE).min(list.len())).unwrap_or_default();
            let begun = Instant::now();
            library.ask(|catalog| catalog.listed(page)).map_err(io::Error::other)?;
            pages.push(begun.elapsed());
        }
    }
    writeln!(out, "source and month: list {}; {PAGE} lines anywhere {}", shown(&lists), shown(&pages))
}

/// How right the answers are.
#[derive(Default)]
struct Tally {
    right: usize,
    missed: usize,
    wrong: usize,
}

impl Tally {
    fn count(&mut self, found: &HashSet<RowId>, query: &Query, sample: &[(RowId, String)]) {
        for (row, text) in sample {
            match (found.contains(row), meets(query, text)) {
                (true, true) => self.right += 1,
                (true, false) => self.wrong += 1,
                (false, true) => self.missed += 1,
                (false, false) => {}
            }
        }
    }
}

/// Brings catalog and index up to date.
fn fill(library: &mut Library, out: &mut impl Write) -> io::Result<()> {
    let (begun, before) = (Instant::now(), cpu());
    let mut sync = Sync::whole();
    while sync.step(library).map_err(io::Error::other)? != Progress::Done {}
    let (read, used) = (begun.elapsed(), cpu());
    writeln!(out, "headers: {:.2} s, {:.2} s of CPU", read.as_secs_f64(), used - before)?;
    let mut indexing = Indexing::start(library).map_err(io::Error::other)?;
    while !indexing.step(library, Duration::from_secs(1)).map_err(io::Error::other)? {}
    let indexed = begun.elapsed().saturating_sub(read);
    writeln!(out, "index: {:.2} s, {:.2} s of CPU", indexed.as_secs_f64(), cpu() - used)
}

/// Loads what facets are counted by.
fn facets(library: &mut Library, out: &mut impl Write) -> io::Result<FacetIndex> {
    let (begun, mut loading, mut longest) = (Instant::now(), Loading::default(), Duration::ZERO);
    loop {
        let step = Instant::now();
        let loaded = loading.step(library).map_err(io::Error::other)?;
        longest = longest.max(step.elapsed());
        if let Some(index) = loaded {
            let (took, longest) = (millis(begun.elapsed()), millis(longest));
            let size = index.size() as f64 / 1e6;
            writeln!(out, "facets: {size:.1} MB in {took:.1} ms, no step longer than {longest:.1} ms")?;
            return Ok(index);
        }
    }
}

/// Posts from all over the archive with their texts.
fn sample(library: &mut Library, posts: &[RowId]) -> io::Result<Vec<(RowId, String)>> {
    let mut texts = Vec::new();
    for row in posts.iter().step_by(posts.len().div_ceil(SAMPLE).max(1)) {
        let entry = library.ask(|catalog| catalog.entry(*row)).map_err(io::Error::other)?;
        let read = entry.and_then(|entry| library.archive().read(&entry.header.id).ok());
        // Not what the index reads: whether that is all of it is to be seen.
        let text = read.map(|read| Text { title: read.post.header.title, body: read.post.body });
        texts.extend(text.map(|text| (*row, searchable(&text))));
    }
    Ok(texts)
}

/// Different queries of a kind.
fn queries(kind: usize, sample: &[(RowId, String)]) -> Vec<Query> {
    let mut random = 88_172_645_463_325_252_u64 + kind as u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below.max(1) as u64).unwrap_or(0)
    };
    let mut queries = Vec::new();
    for _ in 0..QUERIES * 200 {
        let Some((_, text)) = sample.get(next(sample.len())) else { break };
        let chars: Vec<char> = text.chars().collect();
        let query = piece(kind, &chars, next(chars.len()), next(chars.len()));
        queries.extend(query.filter(|query| !queries.contains(query)));
        if queries.len() == QUERIES {
            break;
        }
    }
    queries
}

/// The query of a kind at a place of a text; `None` where none is.
fn piece(kind: usize, chars: &[char], at: usize, other: usize) -> Option<Query> {
    let hanzi = |at: usize, length: usize| {
        let piece = chars.get(at..at + length)?;
        let is_hanzi = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}');
        piece.iter().all(is_hanzi).then(|| piece.iter().collect::<String>())
    };
    let run = |belongs: fn(char) -> bool, least: usize| {
        let starts = belongs(*chars.get(at)?)
            && !at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|&c| belongs(c));
        let run: String = chars.iter().skip(at).copied().take_while(|&c| belongs(c)).collect();
        (starts && run.chars().count() >= least).then_some(run)
    };
    let text = match kind {
        0..=3 => hanzi(at, kind + 1)?,
        4 => hanzi(at, 8)?,
        5 => run(|c| c.is_ascii_alphabetic(), 2)?,
        6 => run(|c| c.is_ascii_digit() || c == '.' || c == '%', 2)?,
        _ => return Some(Query::Text(hanzi(at, 2)?.into()).and(Query::Text(hanzi(other, 2)?.into()))),
    };
    Some(Query::Text(text.into()))
}

fn meets(query: &Query, text: &str) -> bool {
    match query {
        Query::Text(wanted) => text.contains(&wanted.text),
        Query::And(all) => all.iter().all(|one| meets(one, text)),
        _ => false,
    }
}

/// The median and the 95th percentile.
fn shown(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| sorted.get(sorted.len() * percent / 100).copied().unwrap_or_default();
    format!("p50 {:7.2} ms, p95 {:7.2} ms, {} queries", millis(at(50)), millis(at(95)), sorted.len())
}

/// The same queries by ripgrep, if it is there and they are single words.
fn ripgrep(dir: &str, queries: &[Query], times: &[Duration], out: &mut impl Write) -> io::Result<()> {
    let (mut theirs, mut ours) = (Duration::ZERO, Duration::ZERO);
    for (query, time) in queries.iter().zip(times).take(RIPGREP) {
        let Query::Text(Term { text, .. }) = query else { return writeln!(out) };
        let begun = Instant::now();
        let ran = Command::new("rg").args(["-lF", "-e", text, "--", dir]).stdout(Stdio::null()).status();
        if ran.is_err() {
            return writeln!(out);
        }
        theirs += begun.elapsed();
        ours += *time;
    }
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    writeln!(out, "; rg -l {:.0} ms, {ratio:.0} times as long", millis(theirs) / RIPGREP as f64)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The time that all threads have had, in seconds, from Linux's `/proc`; 0 elsewhere.
fn cpu() -> f64 {
    let statistics = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = statistics.rsplit(')').next().unwrap_or_default();
    let ticks = behind_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
