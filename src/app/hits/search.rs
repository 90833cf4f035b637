//! Finding terms on a page.

use super::Hit;
use crate::query::{Terms, fold_char};
use crate::typeset::{Line, Page};
use std::cmp::Reverse;
use std::ops::Range;

/// A character of the page with where it stands; `at` is `None` for a blank that the line break swallowed.
struct Letter {
    folded: char,
    at: Option<(usize, Range<usize>)>,
}

/// The hits of several terms on a page, in order; those that begin within another are none.
pub(super) fn find_all(page: &Page, sought: &[Terms]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut lines = page.lines().enumerate().peekable();
    while let Some((_, first)) = lines.peek() {
        let block = first.place.block;
        let (mut letters, mut previous) = (Vec::new(), None);
        while let Some((number, line)) = lines.next_if(|(_, line)| line.place.block == block) {
            push_line(&mut letters, number, &line, previous.as_ref());
            previous = Some(line);
        }
        hits.extend(find_in(&letters, sought));
    }
    hits
}

/// The letters of a line, without the marks of quotations and lists at its beginning and without what the
/// setting put in.
fn push_line(letters: &mut Vec<Letter>, number: usize, line: &Line, previous: Option<&Line>) {
    if previous.is_some_and(|previous| swallows_blank(previous, line)) {
        letters.push(Letter { folded: ' ', at: None });
    }
    let mut start = 0;
    for span in &line.spans {
        if span.is_text() {
            letters.extend(span.text.char_indices().map(|(byte, c)| Letter {
                folded: fold_char(c),
                at: Some((number, start + byte..start + byte + c.len_utf8())),
            }));
        }
        start += span.text.len();
    }
}

/// Whether a line ends before the next begins: a blank stood between them.
fn swallows_blank(line: &Line, next: &Line) -> bool {
    let own = line.spans.iter().filter(|span| span.is_text());
    line.place.offset + own.map(|span| span.text.len()).sum::<usize>() < next.place.offset
}

/// The hits in the letters of a block.
fn find_in(letters: &[Letter], sought: &[Terms]) -> Vec<Hit> {
    let text: String = letters.iter().map(|letter| letter.folded).collect();
    let places = sought.iter().enumerate();
    let places = places
        .flat_map(|(of, terms)| terms.places_in_folded(&text).into_iter().map(move |place| (place, of)));
    let mut places: Vec<_> = places.collect();
    places.sort_by_key(|(place, _)| (place.start, Reverse(place.end)));
    places.dedup_by(|(next, _), (kept, _)| next.start < kept.end);
    let (mut number, mut chars) = (0, text.char_indices().map(|(at, _)| at).peekable());
    let mut letter_at = |byte: usize| {
        while chars.next_if(|at| *at < byte).is_some() {
            number += 1;
        }
        number
    };
    let places = places.into_iter().map(|(place, of)| (letter_at(place.start)..letter_at(place.end), of));
    let hits = places.map(|(place, of)| Hit { parts: join(letters.get(place).unwrap_or_default()), of });
    // Of a blank that a line break swallowed there is nothing to see.
    hits.filter(|hit| !hit.parts.is_empty()).collect()
}

/// One range of bytes for each line.
fn join(letters: &[Letter]) -> Vec<(usize, Range<usize>)> {
    let mut hit: Vec<(usize, Range<usize>)> = Vec::new();
    for (line, bytes) in letters.iter().filter_map(|letter| letter.at.clone()) {
        match hit.last_mut() {
            Some((last, range)) if *last == line => range.end = bytes.end,
            _ => hit.push((line, bytes)),
        }
    }
    hit
}
