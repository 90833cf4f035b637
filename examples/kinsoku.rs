//! Sets real posts at every width from 16 to 120, with every set of options that moves line breaks, and counts
//! the breaks that break a rule.
//!
//! ```text
//! kinsoku FOLDER      Markdown files with front matter, also in folders below
//! ```
//!
//! The lists are those of CLREQ and of word processors, written down here and not taken from the typesetter.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for developers")]

use finews::post::{Body, Markup};
use finews::typeset::{Ambiguous, Article, Kind, Line, Options, Span, article, lay_out};
use std::process::ExitCode;
use std::sync::Arc;

const NEVER_FIRST: &str = "!%),.:;?]}¢°·’”‰′″℃∶、。〃〉》」』】〕〗〞︰﹀﹄！＂％＇），．：；？］｀｜｝～￠—…‥々ーゝゞヽヾ゛゜・｡､･";
const NEVER_LAST: &str = "([{£¥‘“〈《「『【〔〖〝﹁﹃（［｛￡￥＄";

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: kinsoku FOLDER");
        return ExitCode::from(2);
    };
    let (mut posts, mut pages, mut lines, mut breaks, mut wrong) = (0, 0, 0, 0, 0);
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        let Some(text) = text.splitn(3, "---\n").nth(2).map(str::to_owned) else { continue };
        let article = Arc::new(article(&Body { markup: Markup::Markdown, text }));
        posts += 1;
        for options in every_options() {
            let page: Vec<Line> = lay_out(&article, &options).lines().collect();
            pages += 1;
            lines += page.len();
            for pair in page.windows(2) {
                let [above, below] = pair else { continue };
                if !is_break(&article, above, below) {
                    continue;
                }
                breaks += 1;
                if let Some(rule) = broken_rule(&words(above), &words(below), options.width) {
                    wrong += 1;
                    println!("{rule}: {:?} | {:?}, {options:?}", words(above), words(below));
                }
            }
            let gutter = usize::from(options.hanging);
            let room = usize::from(options.width) + gutter;
            for line in page.iter().filter(|line| !line.whole && line.cells(options.ambiguous) > room) {
                wrong += 1;
                println!("too wide: {:?}, {options:?}", line.text());
            }
        }
    }
    println!("{posts} posts, {pages} pages, {lines} lines, {breaks} breaks where no blank is, {wrong} wrong");
    ExitCode::from(u8::from(wrong > 0))
}

/// Every width with every set of the options that move line breaks.
fn every_options() -> impl Iterator<Item = Options> {
    (16..=120u16).flat_map(|width| {
        (0..64u8).filter_map(move |bits| {
            let is_set = |bit: u8| bits & (1 << bit) != 0;
            // In a wide terminal these marks are full-width already.
            if is_set(0) && is_set(5) {
                return None;
            }
            Some(Options {
                width,
                ambiguous: if is_set(0) { Ambiguous::Wide } else { Ambiguous::Narrow },
                paragraph_indent: if is_set(1) { 2 } else { 0 },
                avoid_lonely_last: is_set(2),
                hanging: is_set(3),
                autospace: is_set(4),
                full_width_punctuation: is_set(5),
                ..Options::default()
            })
        })
    })
}

/// Whether one paragraph goes on from a line to the next, without a blank in between.
fn is_break(article: &Article, above: &Line, below: &Line) -> bool {
    let Some(block) = article.blocks.get(below.place.block) else { return false };
    let (Kind::Paragraph(flow) | Kind::Heading(_, flow) | Kind::Centred(flow)) = &block.kind else {
        return false;
    };
    let before = flow.text().get(..below.place.offset);
    above.place.block == below.place.block && before.is_some_and(|before| !before.ends_with(' '))
}

/// The article's own text on a line.
fn words(line: &Line) -> String {
    let text: String = line.spans.iter().filter(|span| Span::is_text(span)).map(|span| &*span.text).collect();
    text.trim().to_owned()
}

fn broken_rule(above: &str, below: &str, width: u16) -> Option<&'static str> {
    let (last, first) = (above.chars().next_back()?, below.chars().next()?);
    let is_inside = |c: char| c.is_ascii_graphic() && c != '/';
    let tail = above.rsplit(|c| !is_inside(c)).next().unwrap_or_default();
    let head = below.split(|c| !is_inside(c)).next().unwrap_or_default();
    // What holds together may be wider than half a line, which is the least that a list leaves of it.
    let fits = "http://".len() + tail.len() + head.len() < usize::from(width) / 2;
    if NEVER_FIRST.contains(first) {
        Some("begins a line")
    } else if NEVER_LAST.contains(last) {
        Some("ends a line")
    } else if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() && fits {
        Some("parts a word")
    } else {
        None
    }
}
