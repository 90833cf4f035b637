//! What blocks mean by the way they are used.

use crate::typeset::article::{Block, Kind};
use crate::typeset::flow::Flow;
use crate::typeset::style::Mark;
use crate::typeset::syntax;
use crate::typeset::width::{self, Ambiguous};

/// A bold paragraph wider than this is a statement, not a heading.
const WIDEST_HEADING: usize = 64;
/// The level that a heading made of bold text gets: below a post's own headings.
const LEVEL: u8 = 3;

/// Blocks in their final shape: short paragraphs that are bold from end to end are headings, program text is
/// coloured and has no empty lines around it.
pub(super) fn shape(blocks: Vec<Block>) -> Vec<Block> {
    let mut shaped: Vec<Block> = blocks.into_iter().filter_map(trimmed).collect();
    (1..shaped.len()).for_each(|at| drop_repeated_caption(&mut shaped, at));
    let followed: Vec<bool> = shaped.iter().skip(1).map(|next| is_text(&next.kind) && !next.tight).collect();
    for (block, followed) in shaped.iter_mut().zip(followed) {
        if followed && block.levels.is_empty() && !block.tight {
            promote(block);
        }
    }
    shaped
}

/// A picture does not say in its line what the caption under it says.
fn drop_repeated_caption(blocks: &mut [Block], at: usize) {
    let Some((before, after)) = blocks.split_at_mut_checked(at) else { return };
    if let (Some(Kind::Image(picture)), Some(Kind::Centred(caption))) =
        (before.last_mut().map(|block| &mut block.kind), after.first().map(|block| &block.kind))
        && picture.caption.text() == caption.text()
    {
        picture.caption = Flow::default();
    }
}

fn is_text(kind: &Kind) -> bool {
    !matches!(kind, Kind::Rule | Kind::Remark(_))
}

fn promote(block: &mut Block) {
    let (Kind::Paragraph(flow) | Kind::Centred(flow)) = &mut block.kind else { return };
    let is_bold = flow.all(|style| style.has(Mark::Strong));
    let is_sentence = flow.text().ends_with(['。', '；', '，', '：', '.', ';', ',', ':', '）', ')', '”']);
    if is_bold && !is_sentence && width::of(flow.text(), Ambiguous::Narrow) <= WIDEST_HEADING {
        block.kind = Kind::Heading(LEVEL, std::mem::take(flow));
    }
}

/// Program text without empty lines around it; `None` when there is nothing else.
fn trimmed(mut block: Block) -> Option<Block> {
    if let Kind::Code(code) = &mut block.kind {
        let last = code.lines.iter().rposition(|line| !line.is_empty())?;
        code.lines.truncate(last + 1);
        let first = code.lines.iter().position(|line| !line.is_empty())?;
        code.lines.drain(..first);
        syntax::colour(code);
    }
    Some(block)
}
