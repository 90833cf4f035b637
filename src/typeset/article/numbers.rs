//! Which links have a number.

use super::{Article, Block, Kind};
use crate::post::WebUrl;
use crate::typeset::style::Mark;
use std::collections::HashSet;

impl Article {
    /// The links that have a number, as indexes into [`Article::links`]: the first of them has number 1. An address
    /// counts once. The stocks of a running text are links by the dozen and stand in the head of the article, so they
    /// and the charts that lead to them have none.
    pub fn numbered_links(&self) -> Vec<usize> {
        let mut seen = self.stocks();
        let links = self.links.iter().enumerate();
        links.filter(|(_, link)| seen.insert(&link.url)).map(|(index, _)| index).collect()
    }

    /// The addresses that only the names of stocks lead to.
    fn stocks(&self) -> HashSet<&WebUrl> {
        let (mut stocks, mut others) = (HashSet::new(), HashSet::new());
        for block in &self.blocks {
            for (text, style, link) in block.flows().flat_map(|flow| flow.pieces(0..flow.text().len())) {
                let urls = if style.has(Mark::Stock) { &mut stocks } else { &mut others };
                let link = link.and_then(|link| self.links.get(link)).filter(|_| !text.trim().is_empty());
                urls.extend(link.map(|link| &link.url));
            }
        }
        &stocks - &others
    }
}

impl Block {
    /// The link that the block as a whole leads to.
    pub(in crate::typeset) fn link(&self) -> Option<usize> {
        match &self.kind {
            Kind::Image(picture) => picture.link,
            _ => None,
        }
    }
}
