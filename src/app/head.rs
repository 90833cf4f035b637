//! What stands above an article: its title, and one line each for where it comes from and what it is about.

use crate::post::{Header, StockCode, Timestamp};
use crate::typeset::{Article, Block, Flow, Kind, Role, Style};

/// The head of a post, to be set like the article itself.
pub fn head(header: &Header) -> Article {
    let mut blocks = vec![block(Kind::Heading(1, Flow::new(&header.title, Style::of(Role::Heading(1)))))];
    let date = header.date.map(Timestamp::day_or_minute);
    let names = header.source.as_ref().map(ToString::to_string).into_iter().chain(date);
    let lines = [
        names.collect::<Vec<_>>().join("  "),
        header.codes.iter().map(stock).collect::<Vec<_>>().join("  "),
        header.url.as_ref().map(ToString::to_string).unwrap_or_default(),
    ];
    let captions = lines.iter().filter(|line| !line.is_empty());
    blocks.extend(captions.map(|line| block(Kind::Paragraph(Flow::new(line, Style::of(Role::Caption))))));
    Article { blocks, ..Article::default() }
}

fn block(kind: Kind) -> Block {
    Block { kind, levels: Vec::new(), tight: true }
}

/// `贵州茅台 600519.SH`; the blank within does not break, so that name and code stay together.
fn stock(stock: &StockCode) -> String {
    match &stock.name {
        Some(name) => format!("{name}\u{a0}{}", stock.symbol()),
        None => stock.symbol(),
    }
}
