//! The texts of `tests/oracle/texts.txt`, set as Chromium and vim set them.
//!
//! `scripts/oracle` froze the lines of both at 40, 60 and 80 columns: Chromium's are those of a terminal in which
//! ambiguous characters take two cells, vim's those of one in which they take one. Every line of theirs is
//! compared with ours from the same place on, so that one difference does not hide the next. What differs
//! stands, one by one and with its reason, in `tests/oracle/differences.txt`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic, also in its helpers"
)]

use finews::post::{Body, Markup};
use finews::typeset::{Ambiguous, Options, article, lay_out};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

const TEXTS: &str = include_str!("oracle/texts.txt");
const WIDE: &str = include_str!("oracle/wide.txt");
const NARROW: &str = include_str!("oracle/narrow.txt");
const DIFFERENCES: &str = include_str!("oracle/differences.txt");

/// The sections of a file, by the words of their `== ` lines: what stands up to the next.
fn sections(file: &str) -> impl Iterator<Item = (Vec<&str>, &str)> {
    let parts = file.split("\n== ").skip(1);
    parts
        .map(|part| part.split_once('\n').unwrap())
        .map(|(head, body)| (head.split(' ').collect(), body.trim()))
}

/// The lines of one paragraph.
fn set(text: &str, width: u16, ambiguous: Ambiguous) -> Vec<String> {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let body = Body { markup: Markup::Html, text: format!("<p>{escaped}</p>") };
    let options = Options {
        width,
        ambiguous,
        paragraph_indent: 0,
        avoid_lonely_last: false,
        hanging: false,
        ..Options::default()
    };
    let page = lay_out(&Arc::new(article(&body)), &options);
    page.lines().map(|line| line.text().trim_end().to_owned()).collect()
}

/// Where each line begins in a text, in bytes.
fn starts(text: &str, lines: &[impl AsRef<str>]) -> Vec<usize> {
    let mut rest = text;
    let start = |line: &str| {
        let start = text.len() - rest.len();
        rest = rest.strip_prefix(line).unwrap_or_else(|| panic!("{line:?} is not what comes next: {rest:?}"));
        rest = rest.trim_start();
        start
    };
    let starts = lines.iter().map(AsRef::as_ref).map(start).collect();
    assert_eq!(rest, "", "the lines are not all of the text");
    starts
}

/// Our lines and theirs where they differ, from the same place on.
fn differences(text: &str, width: u16, ambiguous: Ambiguous, theirs: &[&str]) -> Vec<(String, String)> {
    let ours = set(text, width, ambiguous);
    let our_starts = starts(text, &ours);
    let from = |start: usize| match our_starts.binary_search(&start) {
        Ok(line) => ours[line].clone(),
        Err(_) => set(&text[start..], width, ambiguous).swap_remove(0),
    };
    let ours = starts(text, theirs).into_iter().map(from);
    ours.zip(theirs)
        .filter(|(our, their)| our != *their)
        .map(|(our, their)| (our, (*their).to_owned()))
        .collect()
}

/// All differences from one oracle, as they stand in the file but without reasons, and how many lines it set.
fn compare(oracle: &str, frozen: &str, ambiguous: Ambiguous) -> (Vec<String>, usize) {
    let texts: BTreeMap<&str, Vec<&str>> =
        sections(TEXTS).map(|(head, body)| (head[0], body.lines().collect())).collect();
    let (mut found, mut count) = (Vec::new(), 0);
    for (head, body) in sections(frozen) {
        let (name, width) = (head[0], head[1].parse().unwrap());
        let paragraphs: Vec<&str> = body.split("\n\n").collect();
        assert_eq!(paragraphs.len(), texts[name].len(), "run scripts/oracle: {name} has changed");
        for (text, theirs) in texts[name].iter().zip(paragraphs) {
            let theirs: Vec<&str> = theirs.lines().collect();
            count += theirs.len();
            for (our, their) in differences(text, width, ambiguous, &theirs) {
                found.push(format!("{oracle} {name} {width}\nours   {our}\ntheirs {their}"));
            }
        }
    }
    (found, count)
}

#[test]
fn lines_break_where_the_oracles_break_them_but_for_listed_reasons() {
    let listed: Vec<(String, &str)> = sections(DIFFERENCES)
        .map(|(head, body)| {
            let (lines, why) = body.split_once("\nwhy    ").expect("a reason");
            (format!("{}\n{lines}", head.join(" ")), why)
        })
        .collect();
    let (mut found, wide) = compare("wide", WIDE, Ambiguous::Wide);
    let (narrow_found, narrow) = compare("narrow", NARROW, Ambiguous::Narrow);
    assert!(wide > 600 && narrow > 600, "{wide} and {narrow} lines are not all of them");
    found.extend(narrow_found);

    let mut report = String::new();
    for new in found.iter().filter(|new| !listed.iter().any(|(known, why)| known == *new && !why.is_empty()))
    {
        write!(report, "\n== {new}\nwhy    \n").unwrap();
    }
    for (gone, _) in listed.iter().filter(|(known, _)| !found.contains(known)) {
        write!(report, "\nno more: == {gone}\n").unwrap();
    }
    assert!(report.is_empty(), "of {wide} and {narrow} lines:\n{report}");
}
