//! Text that flows into lines: safe characters, and runs of style over them.

mod additions;
mod segment;

use super::breaks;
use super::style::{Mark, Role, Style};
use super::width::{Ambiguous, is_pictograph};
use crate::post::is_unsafe;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

pub(super) use additions::{Additions, CLOSING_BLANK, OPENING_BLANK, is_seam};
pub(super) use segment::Segment;

/// The most combining marks one base character keeps, as in `SafeText`.
const MAX_MARKS: u8 = 8;

/// In the text that a flow is made of: no line may end here (WORD JOINER). It is not kept in the flow.
pub(super) const GLUE: char = '\u{2060}';

/// One run of text with its styles and links.
///
/// The text holds nothing that is unsafe to show, no line ends, and no emoji sequences: terminals draw those
/// one to eight cells wide, so only their base character stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    text: String,
    runs: Vec<Run>,
    /// Where lines may break, and the cells between, are the same at every width.
    segments: Vec<Segment>,
    /// The end of each piece that the setting put in, and the bytes that were put in up to there.
    added: Vec<(usize, usize)>,
    /// Where the author lets no line end, in bytes: kept for flows that are made of this one.
    glued: Vec<usize>,
}

/// The look of the text from the end of the run before to `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    end: usize,
    style: Style,
    link: Option<usize>,
}

impl Flow {
    /// A flow of one style.
    pub fn new(text: &str, style: Style) -> Self {
        let mut builder = FlowBuilder::default();
        builder.push(text, style, None);
        builder.finish()
    }

    /// A line of program text: blanks at its beginning count.
    pub(super) fn verbatim(text: &str, style: Style) -> Self {
        let mut builder = FlowBuilder::default();
        builder.push(text, style, None);
        let Flow { text, runs, .. } = builder.flow;
        let segments = Segment::all(&text, &[text.len()]);
        Self { text, runs, segments, ..Self::default() }
    }

    /// A flow that leads somewhere as a whole.
    pub(super) fn linked(text: &str, style: Style, link: usize) -> Self {
        let mut builder = FlowBuilder::default();
        builder.push(text, style, Some(link));
        builder.finish()
    }

    /// The same flow with words of finews' own before it.
    pub(super) fn after(self, words: &str) -> Self {
        let mut builder = FlowBuilder::default();
        builder.push(words, Style::default(), None);
        builder.push_flow(&self);
        builder.finish()
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The stretches between the places where a line may break; of program text, the whole.
    pub(super) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The cells of the text on one line.
    pub(super) fn cells(&self, ambiguous: Ambiguous) -> usize {
        let cells: usize =
            self.segments.iter().map(|segment| segment.cells(ambiguous) + segment.blanks()).sum();
        cells - self.segments.last().map_or(0, |last| last.blanks())
    }

    /// Where in the article's own text a place is, from which what the setting put in is left out.
    pub(super) fn source(&self, offset: usize) -> usize {
        let before = self.added.partition_point(|&(end, _)| end <= offset);
        let added = before.checked_sub(1).and_then(|last| self.added.get(last));
        offset - added.map_or(0, |&(_, bytes)| bytes)
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether every run meets a condition; false for an empty flow.
    pub fn all(&self, condition: impl Fn(Style) -> bool) -> bool {
        !self.is_empty() && self.runs.iter().all(|run| condition(run.style))
    }

    /// The same text, every run in another role.
    #[must_use]
    pub fn in_role(mut self, role: Role) -> Self {
        for run in &mut self.runs {
            run.style = run.style.in_role(role);
        }
        self
    }

    /// The same flow with the number of a link behind it.
    pub(super) fn numbered(&self, number: usize) -> Self {
        let mut builder = FlowBuilder::default();
        builder.push_flow(self);
        builder.push(&format!(" [{number}]"), Style::default().with(Mark::Added), None);
        builder.finish()
    }

    /// Gives its pieces new styles, each with the byte where it ends; there are no links then.
    pub(super) fn restyle(&mut self, ends: impl Iterator<Item = (usize, Style)>) {
        self.runs = ends.map(|(end, style)| Run { end, style, link: None }).collect();
    }

    /// The same text with one mark more.
    #[must_use]
    pub(super) fn marked(mut self, mark: Mark) -> Self {
        for run in &mut self.runs {
            run.style = run.style.with(mark);
        }
        self
    }

    /// The style and link of the text on both sides of a place, if they are the same.
    pub(super) fn look_across(&self, at: usize) -> Option<(Style, Option<usize>)> {
        let run = self.runs.get(self.runs.partition_point(|run| run.end < at))?;
        (run.end > at).then_some((run.style, run.link))
    }

    /// The pieces of a range of the text, each with its style and link.
    pub fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = (&str, Style, Option<usize>)> {
        let first = self.runs.partition_point(|run| run.end <= range.start);
        let mut start = range.start;
        self.runs.iter().skip(first).map_while(move |run| {
            let end = run.end.min(range.end);
            let piece = self.text.get(start..end).filter(|piece| !piece.is_empty())?;
            start = end;
            Some((piece, run.style, run.link))
        })
    }
}

/// Collects a flow, making its text safe on the way.
#[derive(Debug, Default)]
pub(super) struct FlowBuilder {
    flow: Flow,
    previous: Option<char>,
    marks: u8,
    joining: bool,
}

impl FlowBuilder {
    /// Adds text in one style. Blanks are kept as they come; line ends and tabs become blanks.
    pub(super) fn push(&mut self, text: &str, style: Style, link: Option<usize>) {
        let style = if link.is_some() { style.with(Mark::Link) } else { style };
        let before = self.flow.text.len();
        for c in text.chars() {
            self.push_char(c);
        }
        let end = self.flow.text.len();
        if end == before {
            return;
        }
        match self.flow.runs.last_mut() {
            Some(run) if run.style == style && run.link == link => run.end = end,
            _ => self.flow.runs.push(Run { end, style, link }),
        }
    }

    /// Adds the text of a flow as it is.
    pub(super) fn push_flow(&mut self, flow: &Flow) {
        let start = self.flow.text.len();
        for (text, style, link) in flow.pieces(0..flow.text.len()) {
            self.push(text, style, link);
        }
        self.flow.glued.extend(flow.glued.iter().map(|at| start + at));
    }

    fn push_char(&mut self, c: char) {
        let c = if matches!(c, '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') { ' ' } else { c };
        if c == GLUE {
            return self.flow.glued.push(self.flow.text.len());
        }
        if is_unsafe(c) || is_noncharacter(c) || self.is_emoji_tail(c) {
            return;
        }
        if std::mem::take(&mut self.joining) && is_pictograph(c) {
            return;
        }
        self.marks = if c.width() == Some(0) { self.marks.saturating_add(1) } else { 0 };
        if self.marks <= MAX_MARKS {
            self.flow.text.push(c);
        }
        if self.marks == 0 {
            self.previous = Some(c);
        }
    }

    /// Whether a character only varies the emoji before it. After a joiner the next picture goes too.
    fn is_emoji_tail(&mut self, c: char) -> bool {
        match c {
            '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' => true,
            // UAX #29 joins a skin tone to whatever is before it.
            '\u{1f3fb}'..='\u{1f3ff}' => self.previous.is_some(),
            '\u{200d}' if self.previous.is_some_and(is_pictograph) => {
                self.joining = true;
                true
            }
            _ => false,
        }
    }

    /// The flow, without blanks at its ends.
    pub(super) fn finish(self) -> Flow {
        let Flow { mut text, mut runs, mut glued, .. } = self.flow;
        text.truncate(text.trim_end().len());
        let blanks = text.len() - text.trim_start().len();
        text.drain(..blanks);
        let end = text.len();
        for run in &mut runs {
            run.end = run.end.saturating_sub(blanks).min(end);
        }
        let mut reached = 0;
        runs.retain(|run| {
            let keeps = run.end > reached;
            reached = run.end;
            keeps
        });
        for at in &mut glued {
            *at = at.saturating_sub(blanks);
        }
        let mut ends = breaks::segments(&text);
        if !glued.is_empty() {
            ends.retain(|segment| *segment == end || glued.binary_search(segment).is_err());
        }
        let segments = Segment::all(&text, &ends);
        Flow { text, runs, segments, glued, ..Flow::default() }
    }
}

/// U+FDD0..U+FDEF: never text, and the marks by which the conversion carries structure.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn emoji_sequences_keep_their_base_alone() {
        for (raw, kept) in [
            ("一👨\u{200d}👩\u{200d}👧家", "一👨家"),
            ("👍\u{1f3fd}好", "👍好"),
            ("好\u{1f3fb}x", "好x"),
            ("👨\u{200d}好", "👨好"),
            ("❤\u{fe0f}1\u{fe0f}\u{20e3}", "❤1"),
            ("क\u{94d}\u{200d}ष", "क\u{94d}\u{200d}ष"),
        ] {
            assert_eq!(Flow::new(raw, Style::default()).text(), kept, "{raw:?}");
        }
    }

    #[test]
    fn pieces_follow_runs_after_trimming() {
        let mut builder = FlowBuilder::default();
        builder.push("\u{3000} ", Style::default(), None);
        builder.push("甲", Style::default().with(Mark::Strong), None);
        builder.push("乙 ", Style::default(), Some(3));
        let flow = builder.finish();
        let pieces: Vec<_> = flow.pieces(0..flow.text().len()).map(|(text, _, link)| (text, link)).collect();
        assert_eq!(pieces, [("甲", None), ("乙", Some(3))]);
        assert_eq!(flow.pieces(3..6).map(|p| p.0).collect::<Vec<_>>(), ["乙"]);
    }

    proptest! {
        #[test]
        fn any_text_is_safe_and_its_pieces_are_all_of_it(texts in proptest::collection::vec(any::<String>(), 0..6)) {
            let mut builder = FlowBuilder::default();
            for (i, text) in texts.iter().enumerate() {
                builder.push(text, Style::of(if i % 2 == 0 { Role::Text } else { Role::Quote }), None);
            }
            let flow = builder.finish();
            prop_assert!(!flow.text().chars().any(is_unsafe));
            let joined: String = flow.pieces(0..flow.text().len()).map(|p| p.0).collect();
            prop_assert_eq!(joined, flow.text());
        }
    }
}
