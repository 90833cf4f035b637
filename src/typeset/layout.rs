//! Blocks to lines at a width.

mod added;
mod frame;
mod justify;
mod margin;
mod options;
mod page;
mod table;

use super::article::{Article, Block, Kind, Level, Marker};
use frame::Frame;
pub use options::Options;
pub use page::Page;
use page::SetBlock;
use std::sync::Arc;

/// Sets an article at a width.
pub fn lay_out(article: &Arc<Article>, options: &Options) -> Page {
    set(added::with(article, options.additions()), options)
}

impl Page {
    /// The same article at other options: the page that [`lay_out`] would make, sooner.
    #[must_use]
    pub fn again(&self, article: &Arc<Article>, options: &Options) -> Self {
        if options.additions() == self.options().additions() {
            set(Arc::clone(self.article()), options)
        } else {
            lay_out(article, options)
        }
    }
}

fn set(article: Arc<Article>, options: &Options) -> Page {
    let mut blocks = Vec::with_capacity(article.blocks.len());
    let mut first = 0;
    let mut previous: Option<Frame<'_>> = None;
    for block in &article.blocks {
        let frame = Frame::new(block, article.script, options);
        let gap = previous.as_ref().map_or(0, |previous| gap(previous, &frame, options));
        let set = frame.set();
        let lines = set.len();
        blocks.push(SetBlock { first, gap, set });
        first += usize::from(gap) + lines;
        previous = Some(frame);
    }
    Page::new(article, options.clone(), blocks, first)
}

/// How many empty lines stand between two blocks.
fn gap(previous: &Frame<'_>, next: &Frame<'_>, options: &Options) -> u8 {
    if next.block.tight {
        return 0;
    }
    match (&previous.block.kind, &next.block.kind) {
        // The caption of a picture stands under it, and charts in a row make one group.
        (Kind::Image(..), Kind::Image(..) | Kind::Centred(_)) | (Kind::Term(_), Kind::Term(_)) => 0,
        (Kind::Paragraph(_), Kind::Paragraph(_)) if goes_on_with_item(previous.block, next.block) => 0,
        (Kind::Heading(..) | Kind::Paragraph(_), Kind::Paragraph(_))
            if next.indent() > 0 && previous.indent() > 0 =>
        {
            options.paragraph_gap
        }
        _ => 1,
    }
}

/// Whether a block begins an item of the list that the block before is in, or of a list within its item.
fn goes_on_with_item(previous: &Block, next: &Block) -> bool {
    let Some((Level::Item { marker: Some(marker), digits }, outer)) = next.levels.split_last() else {
        return false;
    };
    let is_alike = |(one, other)| std::mem::discriminant::<Level>(one) == std::mem::discriminant(other);
    if previous.levels.len() < outer.len() || !outer.iter().zip(&previous.levels).all(is_alike) {
        return false;
    }
    match previous.levels.get(outer.len()) {
        // Bullets have no digits; a list whose numbers do not go on is another one.
        Some(Level::Item { marker: before, digits: digits_before }) => {
            let goes_on = match (before, marker) {
                (Some(Marker::Number(before)), Marker::Number(number)) => before < number,
                _ => true,
            };
            goes_on && (*digits == 0) == (*digits_before == 0)
        }
        Some(_) => false,
        None => matches!(previous.levels.last(), Some(Level::Item { .. })),
    }
}

#[cfg(test)]
mod tests;
