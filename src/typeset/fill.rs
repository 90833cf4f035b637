//! Filling lines from the segments of a text.

use super::breaks::{hangs, never_first, never_last};
use super::flow::{CLOSING_BLANK, Flow, OPENING_BLANK};
use super::width::{self, Ambiguous, clusters};
use std::ops::Range;

/// The room for a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Cells of the first line.
    pub(super) first: usize,
    /// Cells of every other line.
    pub(super) rest: usize,
    /// How wide ambiguous characters are.
    pub(super) ambiguous: Ambiguous,
    /// Whether the last line may not hold one Hanzi alone.
    pub(super) avoid_lonely_last: bool,
    /// Whether the blank half of a closing mark or a stop may stand one cell beyond the room: rather that than
    /// a line that ends early (先挤进，后推出).
    pub(super) hanging: bool,
}

/// The lines of a text, as ranges of bytes without the blanks at the breaks. Empty text has no lines.
pub(super) fn fill(flow: &Flow, measure: Measure) -> Vec<Range<usize>> {
    let text = flow.text();
    let mut filler =
        Filler { text, measure, lines: Vec::new(), start: 0, used: 0, last_break: 0, previous_break: 0 };
    let mut start = 0;
    for &end in flow.segments() {
        filler.place(start..end);
        start = end;
    }
    filler.finish()
}

struct Filler<'a> {
    text: &'a str,
    measure: Measure,
    lines: Vec<Range<usize>>,
    /// Where the open line begins.
    start: usize,
    /// Cells used in it, with trailing blanks.
    used: usize,
    /// Where the latest segment of the open line begins.
    last_break: usize,
    /// Where the latest segment of the line before begins: the place from which to pull text down.
    previous_break: usize,
}

impl Filler<'_> {
    fn room(&self) -> usize {
        if self.lines.is_empty() { self.measure.first } else { self.measure.rest }
    }

    /// Whether text of so many cells has room behind what is on the open line.
    fn fits(&self, text: &str, cells: usize) -> bool {
        match (self.used + cells).saturating_sub(self.room()) {
            0 => true,
            1 => self.measure.hanging && text.ends_with(|c| hangs(c) || c == CLOSING_BLANK),
            _ => false,
        }
    }

    fn place(&mut self, segment: Range<usize>) {
        let Some(text) = self.text.get(segment.clone()) else { return };
        let (solid, blanks) = text.split_at_checked(trimmed(text).len()).unwrap_or((text, ""));
        let cells = width::of(solid, self.measure.ambiguous);
        if self.used > 0 && !self.fits(solid, cells) {
            self.end_line(segment.start);
        }
        if self.fits(solid, cells) {
            self.used += cells + width::of(blanks, self.measure.ambiguous);
            self.last_break = segment.start;
        } else {
            self.cut(segment.start, text);
        }
    }

    /// A segment wider than a line is cut at graphemes, where possible not before a closing mark.
    fn cut(&mut self, mut at: usize, text: &str) {
        let clusters: Vec<(&str, usize)> = clusters(text, self.measure.ambiguous).collect();
        let mut rest = clusters.as_slice();
        while !rest.is_empty() {
            let count = fitting(rest, self.room() - self.used.min(self.room()), self.used == 0);
            let (line, more) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            at += line.iter().map(|(cluster, _)| cluster.len()).sum::<usize>();
            self.used += line.iter().map(|(_, cells)| cells).sum::<usize>();
            if !more.is_empty() {
                self.end_line(at);
                self.last_break = at;
            }
            rest = more;
        }
    }

    fn end_line(&mut self, end: usize) {
        self.push_line(end);
        self.previous_break = self.last_break;
        self.start = end;
        self.last_break = end;
        self.used = 0;
    }

    fn push_line(&mut self, end: usize) {
        let line = self.text.get(self.start..end).unwrap_or_default();
        let start = if self.lines.is_empty() { self.start } else { end - line.trim_start_matches(' ').len() };
        self.lines.push(start..self.start + line.trim_end().len());
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        if self.start < self.text.len() {
            self.push_line(self.text.len());
        }
        if self.measure.avoid_lonely_last {
            self.pull_down();
        }
        self.lines.retain(|line| line.start < line.end);
        self.lines
    }

    /// 孤字不成行: a last line of one Hanzi, with stops or without, takes the segment before it along.
    fn pull_down(&mut self) {
        let (at, rest) = (self.previous_break, self.measure.rest);
        let [.., above, last] = self.lines.as_mut_slice() else { return };
        let lonely = self.text.get(last.clone()).is_some_and(is_lonely);
        let Some(pulled) = self.text.get(at..last.end) else { return };
        if !lonely
            || at <= above.start
            || at >= last.start
            || width::of(pulled, self.measure.ambiguous) > rest
        {
            return;
        }
        let kept = self.text.get(above.start..at).unwrap_or_default().trim_end().len();
        above.end = above.start + kept;
        last.start = at;
    }
}

/// A segment without the blanks that vanish at the end of a line. The blank half of a mark takes its cell there
/// too.
fn trimmed(segment: &str) -> &str {
    segment.trim_end_matches(|c: char| c.is_whitespace() && c != CLOSING_BLANK)
}

/// How many of the clusters fit; at least one on an empty line. The cut is moved back when the next line
/// would begin with a closing mark or this one end with an opening one, unless nothing would be left.
fn fitting(clusters: &[(&str, usize)], room: usize, empty_line: bool) -> usize {
    let mut used = 0;
    let fits = clusters.iter().take_while(|(_, cells)| {
        used += cells;
        used <= room
    });
    let count = fits.count();
    let count = if count == 0 && empty_line { 1 } else { count };
    let good = (1..=count).rev().find(|&n| n == clusters.len() || is_good_cut(clusters, n));
    good.unwrap_or(count)
}

fn is_good_cut(clusters: &[(&str, usize)], at: usize) -> bool {
    let first = |index: usize| clusters.get(index).and_then(|(cluster, _)| cluster.chars().next());
    // ASCII signs stay with their neighbours by way of the segments; only here they may be torn from them.
    let closes = |c| {
        never_first(c)
            || matches!(c, CLOSING_BLANK | ')' | ']' | '}' | '%' | ',' | '.' | '!' | '?' | ':' | ';')
    };
    let opens = |c| never_last(c) || matches!(c, OPENING_BLANK | '(' | '[' | '{');
    !first(at).is_some_and(closes) && !at.checked_sub(1).and_then(first).is_some_and(opens)
}

fn is_lonely(line: &str) -> bool {
    let stop = |c: char| never_first(c) || never_last(c) || c.is_ascii_punctuation() || c.is_whitespace();
    let mut chars = line.chars().filter(|&c| !stop(c));
    chars.next().is_some_and(|c| u32::from(c) >= 0x2e80) && chars.next().is_none()
}

#[cfg(test)]
mod tests;
