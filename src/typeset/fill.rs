//! Filling lines from the segments of a text.

use super::breaks::{hangs, never_first, never_last};
use super::flow::{CLOSING_BLANK, Flow, OPENING_BLANK, Segment};
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
    /// a line that ends early.
    pub(super) hanging: bool,
    /// Whether a line may be wider by blanks that the setting put in: then whoever shows it leaves out those that
    /// are [`squeezed`].
    pub(super) squeezing: bool,
}

/// The lines of a text, as ranges of bytes without the blanks at the breaks. Empty text has no lines.
///
/// A line that is wider than its room only by the blank half of the mark at its end, or by blanks that the setting
/// put into it, stays whole where the measure allows it (先挤进，后推出).
pub(super) fn fill(flow: &Flow, measure: Measure) -> Vec<Range<usize>> {
    let mut filler =
        Filler { text: flow.text(), measure, lines: Vec::new(), open: Open::default(), previous_break: 0 };
    let mut start = 0;
    for segment in flow.segments() {
        filler.place(start, *segment);
        start = segment.end as usize;
    }
    filler.finish()
}

/// The blanks within a line that must be left out so that it fits: the places where they stand, in bytes.
pub(super) fn squeezed(flow: &Flow, line: &Range<usize>, room: usize, measure: Measure) -> Vec<usize> {
    let text = flow.text().get(line.clone()).unwrap_or_default();
    let room = room + usize::from(measure.hanging && text.ends_with(hangs_blank));
    let over = width::of(text, measure.ambiguous).saturating_sub(room);
    let first = flow.segments().partition_point(|segment| (segment.end as usize) <= line.start);
    let within = flow.segments().iter().skip(first).take_while(|segment| (segment.end as usize) < line.end);
    within.filter(|segment| segment.squeezes).map(|segment| segment.solid as usize).take(over).collect()
}

struct Filler<'a> {
    text: &'a str,
    measure: Measure,
    lines: Vec<Range<usize>>,
    open: Open,
    /// Where the latest segment of the line before begins: the place from which to pull text down.
    previous_break: usize,
}

/// The line that is being filled.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    /// Where it begins.
    start: usize,
    /// Where its text ends, without trailing blanks.
    end: usize,
    /// Cells used in it, with trailing blanks.
    used: usize,
    /// Of these, blanks that may be left out.
    gaps: usize,
    /// Where its latest segment begins.
    last_break: usize,
}

impl Filler<'_> {
    fn room(&self) -> usize {
        if self.lines.is_empty() { self.measure.first } else { self.measure.rest }
    }

    /// Whether a segment has room behind what is on the open line.
    fn fits(&self, start: usize, segment: Segment) -> bool {
        let over = (self.open.used + segment.cells(self.measure.ambiguous)).saturating_sub(self.room());
        over == 0 || self.squeezes_in(start, segment, over)
    }

    /// Whether a segment that is too wide by so many cells ends in marks that can be squeezed in: by the blank
    /// half of the last one and by blanks that were put into the line. More than the marks is not squeezed.
    fn squeezes_in(&self, start: usize, segment: Segment, over: usize) -> bool {
        if over > 1 + self.open.gaps {
            return false;
        }
        let solid = self.text.get(start..segment.solid as usize).unwrap_or_default();
        let hung = usize::from(self.measure.hanging && solid.ends_with(hangs_blank));
        let marks = || {
            let kept = solid.trim_end_matches(|c| never_first(c) || c == CLOSING_BLANK);
            width::of(solid.get(kept.len()..).unwrap_or_default(), self.measure.ambiguous)
        };
        over <= hung || (over <= hung + self.open.gaps && over <= marks())
    }

    fn place(&mut self, start: usize, segment: Segment) {
        if self.open.used > 0 && !self.fits(start, segment) {
            self.end_line(start);
        }
        if self.fits(start, segment) {
            self.open.used += segment.cells(self.measure.ambiguous) + segment.blanks();
            self.open.gaps += usize::from(segment.squeezes && self.measure.squeezing);
            self.open.last_break = start;
            self.open.end = segment.solid as usize;
        } else {
            self.cut(start, segment);
        }
    }

    /// A segment wider than a line is cut at graphemes, where possible not before a closing mark.
    fn cut(&mut self, start: usize, segment: Segment) {
        let text = self.text.get(start..segment.end as usize).unwrap_or_default();
        let clusters: Vec<(&str, usize)> = clusters(text, self.measure.ambiguous).collect();
        let mut at = start;
        let mut rest = clusters.as_slice();
        while !rest.is_empty() {
            let count = fitting(rest, self.room() - self.open.used.min(self.room()), self.open.used == 0);
            let (line, more) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            at += line.iter().map(|(cluster, _)| cluster.len()).sum::<usize>();
            self.open.used += line.iter().map(|(_, cells)| cells).sum::<usize>();
            self.open.end = at;
            if !more.is_empty() {
                self.end_line(at);
            }
            rest = more;
        }
        self.open.end = self.open.end.min(segment.solid as usize);
    }

    /// Ends the open line and begins the next one at a place.
    fn end_line(&mut self, next: usize) {
        self.push_line();
        self.previous_break = self.open.last_break;
        self.open = Open { start: next, end: next, last_break: next, ..Open::default() };
    }

    fn push_line(&mut self) {
        let Open { start, end, .. } = self.open;
        let line = self.text.get(start..end).unwrap_or_default();
        // Blanks stand at the beginning of a line only where an unbreakable run was cut.
        let blanks = if self.lines.is_empty() { 0 } else { line.len() - line.trim_start_matches(' ').len() };
        self.lines.push(start + blanks..start + line.trim_end().len());
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        if self.open.start < self.text.len() {
            self.push_line();
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

/// Whether the right half of a mark is blank, or a blank half that was put in.
fn hangs_blank(c: char) -> bool {
    hangs(c) || c == CLOSING_BLANK
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
    let before = |count: usize| at.checked_sub(count).and_then(first);
    // `%E4` in an address is one character.
    let is_hex = |c: Option<char>| c.is_some_and(|c| c.is_ascii_hexdigit());
    let begins_escape = first(at) == Some('%') && is_hex(first(at + 1)) && is_hex(first(at + 2));
    let in_escape =
        is_hex(first(at)) && (before(1) == Some('%') || (before(2) == Some('%') && is_hex(before(1))));
    (begins_escape || !first(at).is_some_and(closes)) && !before(1).is_some_and(opens) && !in_escape
}

fn is_lonely(line: &str) -> bool {
    let stop = |c: char| never_first(c) || never_last(c) || c.is_ascii_punctuation() || c.is_whitespace();
    let mut chars = line.chars().filter(|&c| !stop(c));
    chars.next().is_some_and(|c| u32::from(c) >= 0x2e80) && chars.next().is_none()
}

#[cfg(test)]
mod tests;
