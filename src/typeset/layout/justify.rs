//! Lines stretched to the full width.

use super::frame::spans as ragged;
use crate::typeset::breaks::never_first;
use crate::typeset::flow::{Flow, is_seam};
use crate::typeset::line::{Piece, Span};
use crate::typeset::style::{Mark, Role, Style};
use crate::typeset::width::{self, Ambiguous};
use std::ops::Range;

/// The spans of a line with blanks put in so that it fills the room; as it is, if it has too few places that
/// could take one.
pub(super) fn spans(
    flow: &Flow,
    line: Range<usize>,
    role: Role,
    room: usize,
    ambiguous: Ambiguous,
) -> Vec<Span> {
    let cells = flow.text().get(line.clone()).map_or(0, |text| width::of(text, ambiguous));
    let mut spans = Vec::new();
    let mut start = line.start;
    for at in chosen(&places(flow, &line), room.saturating_sub(cells)) {
        spans.extend(ragged(flow, start..at, role));
        spans.push(blank(flow, at, role));
        start = at;
    }
    spans.extend(ragged(flow, start..line.end, role));
    spans
}

/// The places within a line that can take a blank. Lines may break at all of them, so no word, number, mark or
/// tag is torn.
fn places(flow: &Flow, line: &Range<usize>) -> Vec<usize> {
    let first = flow.segments().partition_point(|segment| segment.end as usize <= line.start);
    let ends = flow.segments().iter().skip(first).map(|segment| segment.end as usize);
    let ends = ends.take_while(|&end| end < line.end);
    ends.filter(|&end| takes_blank(flow.text(), end)).collect()
}

/// A blank is widened; Hanzi and Latin come apart; and there is air after a stop and the marks that close
/// behind it. Never between two Hanzi.
fn takes_blank(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let closes = |c: &char| never_first(*c) || c.is_whitespace() || matches!(c, ')' | ']' | '"');
    matches!(last, ' ' | '\u{3000}')
        || is_seam(last, next)
        || before.chars().rev().take_while(closes).any(|c| "，。、；：！？".contains(c))
}

/// As many of the places as there are cells to give away, spread evenly; none if there are too few.
fn chosen(places: &[usize], slack: usize) -> impl Iterator<Item = usize> {
    let count = places.len();
    let given = if slack <= count { slack } else { 0 };
    let spread = move |number: usize| number * given / count.max(1);
    let chosen = places.iter().enumerate().filter(move |(n, _)| spread(*n) < spread(n + 1));
    chosen.map(|(_, &place)| place)
}

/// The blank that comes in at a place: within one piece of text it looks like it.
fn blank(flow: &Flow, at: usize, role: Role) -> Span {
    let (style, link) = flow.look_across(at).unwrap_or((Style::of(role), None));
    let style = if style.role == Role::Text { style.in_role(role) } else { style };
    Span { text: Piece::of_safe(" "), style: style.with(Mark::Added), link }
}
