//! An article with what the setting adds to its texts.

use crate::typeset::article::{Article, Block, Cell, Kind, Link};
use crate::typeset::flow::{Additions, Flow};
use crate::typeset::style::{Role, Style};
use std::collections::HashMap;
use std::sync::Arc;

/// The article as it is to be set; itself where nothing is to be added.
pub(super) fn with(article: &Arc<Article>, additions: Additions) -> Arc<Article> {
    if additions.is_none() {
        return Arc::clone(article);
    }
    let numbers = if additions.link_numbers { numbers(&article.links) } else { Vec::new() };
    let number = |link: usize| numbers.get(link).map_or(0, |first| first + 1);
    let mut set = Article::clone(article);
    for flow in set.blocks.iter_mut().flat_map(flows) {
        *flow = flow.with(additions, number);
    }
    if additions.link_numbers {
        let list = addresses(&set, &numbers);
        set.blocks.extend(list);
    }
    Arc::new(set)
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

/// For each link the first that leads to the same address: both have its number.
fn numbers(links: &[Link]) -> Vec<usize> {
    let mut first = HashMap::new();
    links.iter().enumerate().map(|(index, link)| *first.entry(link.url.as_str()).or_insert(index)).collect()
}

/// The addresses of the links that have a number in the text, as a list below it.
fn addresses(article: &Article, numbers: &[usize]) -> Vec<Block> {
    let mut shown: Vec<usize> = article
        .blocks
        .iter()
        .flat_map(Block::flows)
        .flat_map(Flow::numbered_links)
        .filter_map(|link| numbers.get(link).copied())
        .collect();
    shown.sort_unstable();
    shown.dedup();
    let line = |(position, link): (usize, usize)| {
        let url = &article.links.get(link)?.url;
        let flow = Flow::linked(&format!("[{}] {url}", link + 1), Style::of(Role::Caption), link);
        Some(Block { tight: position > 0, ..Block::new(Kind::Paragraph(flow)) })
    };
    let lines: Vec<Block> = shown.into_iter().enumerate().filter_map(line).collect();
    let rule = (!lines.is_empty()).then(|| Block::new(Kind::Rule));
    rule.into_iter().chain(lines).collect()
}
