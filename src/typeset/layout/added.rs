//! An article with what the setting adds to its texts.

use crate::post::WebUrl;
use crate::typeset::article::{Article, Block, Cell, Kind};
use crate::typeset::flow::{Additions, Flow};
use crate::typeset::style::{Role, Style};
use std::collections::HashMap;
use std::sync::Arc;

/// The article as it is to be set; itself where nothing is to be added.
pub(super) fn with(article: &Arc<Article>, additions: Additions) -> Arc<Article> {
    if additions.is_none() {
        return Arc::clone(article);
    }
    let numbers = if additions.link_numbers { Numbers::of(article) } else { Numbers::default() };
    let mut set = Article::clone(article);
    for block in &mut set.blocks {
        let link = block.link();
        for flow in flows(block) {
            *flow = flow.with(additions, |link| numbers.get(link));
        }
        if let (Kind::Image(picture), Some(number)) =
            (&mut block.kind, link.and_then(|link| numbers.get(link)))
        {
            picture.caption = picture.caption.numbered(number);
        }
    }
    set.blocks.extend(numbers.list(article));
    Arc::new(set)
}

/// The numbers of the links.
#[derive(Default)]
struct Numbers {
    /// By link.
    numbers: Vec<Option<usize>>,
    /// The links that have one, in order.
    links: Vec<usize>,
}

impl Numbers {
    fn of(article: &Article) -> Self {
        let links = article.numbered_links();
        let by_url: HashMap<&WebUrl, usize> = links
            .iter()
            .zip(1..)
            .filter_map(|(&link, number)| Some((&article.links.get(link)?.url, number)))
            .collect();
        let numbers = article.links.iter().map(|link| by_url.get(&link.url).copied()).collect();
        Self { numbers, links }
    }

    fn get(&self, link: usize) -> Option<usize> {
        self.numbers.get(link).copied().flatten()
    }

    /// The addresses, as a list below the text.
    fn list(&self, article: &Article) -> Vec<Block> {
        let line = |(&link, number): (&usize, usize)| {
            let url = &article.links.get(link)?.url;
            let flow = Flow::linked(&format!("[{number}] {url}"), Style::of(Role::Caption), link);
            Some(Block { tight: number > 1, ..Block::new(Kind::Paragraph(flow)) })
        };
        let lines: Vec<Block> = self.links.iter().zip(1..).filter_map(line).collect();
        let rule = (!lines.is_empty()).then(|| Block::new(Kind::Rule));
        rule.into_iter().chain(lines).collect()
    }
}

/// The texts of a block that something may be added to.
fn flows(block: &mut Block) -> Vec<&mut Flow> {
    match &mut block.kind {
        Kind::Paragraph(flow)
        | Kind::Centred(flow)
        | Kind::FlushRight(flow)
        | Kind::Term(flow)
        | Kind::Heading(_, flow) => vec![flow],
        Kind::Table(table) => table.rows.iter_mut().flatten().flat_map(cell_flows).collect(),
        Kind::Code(_) | Kind::Image(..) | Kind::Rule | Kind::Remark(_) => Vec::new(),
    }
}

fn cell_flows(cell: &mut Cell) -> &mut [Flow] {
    &mut cell.lines
}
