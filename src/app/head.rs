//! What stands above an article: its title, where it comes from, and what it is about.

use crate::post::{Header, StockCode, Timestamp};
use crate::typeset::{Article, Block, Flow, Kind, Line, Options, Page, Role, Style, lay_out, width};
use std::sync::Arc;

/// Lists of a hundred stocks must not push the text off the screen.
const STOCK_LINES: usize = 3;

/// The head of a post, set to these options, with an empty line at its end. It begins with the title.
pub fn head(header: &Header, options: &Options) -> Vec<Line> {
    // Names, codes and addresses are no running text: nothing is put into them.
    let bare = Options { justify: false, autospace: false, full_width_punctuation: false, ..options.clone() };
    let (title, facts) = (title(header, options), lay_out(&facts(header, &bare), &bare));
    title.lines().chain(facts.lines()).chain([Line::default()]).collect()
}

/// The title of a post, set to these options.
pub(crate) fn title(header: &Header, options: &Options) -> Page {
    let title = Kind::Heading(1, Flow::new(&header.title, Style::of(Role::Heading(1))));
    lay_out(&Arc::new(Article { blocks: vec![block(title)], ..Article::default() }), options)
}

fn facts(header: &Header, options: &Options) -> Arc<Article> {
    let date = header.date.map(Timestamp::day_or_minute);
    let names = header.source.as_ref().map(ToString::to_string).into_iter().chain(date);
    let mut captions = vec![names.collect::<Vec<_>>().join("  ")];
    captions.extend(stocks(&header.codes, options));
    captions.extend(header.url.as_ref().map(ToString::to_string));
    let captions = captions.iter().filter(|line| !line.is_empty());
    let blocks = captions.map(|line| block(Kind::Paragraph(Flow::new(line, Style::of(Role::Caption)))));
    Arc::new(Article { blocks: blocks.collect(), ..Article::default() })
}

fn block(kind: Kind) -> Block {
    Block { kind, levels: Vec::new(), tight: true }
}

/// Lines of stocks, none of them torn from its code; at the end how many are not shown.
fn stocks(codes: &[StockCode], options: &Options) -> Vec<String> {
    let room = usize::from(options.width);
    let cells = |text: &str| width::of(text, options.ambiguous);
    let mut lines: Vec<String> = Vec::new();
    for (shown, code) in codes.iter().enumerate() {
        let stock = code.to_string();
        let rest = format!("  +{}", codes.len() - shown);
        let is_last_line = lines.len() == STOCK_LINES;
        let reserve = if is_last_line { cells(&rest) } else { 0 };
        match lines.last_mut() {
            Some(line) if cells(line) + 2 + cells(&stock) + reserve <= room => {
                line.push_str("  ");
                line.push_str(&stock);
            }
            Some(line) if is_last_line => {
                line.push_str(&rest);
                break;
            }
            _ => lines.push(stock),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Market;

    #[test]
    fn stocks_are_not_torn_from_their_codes_and_not_all_shown() {
        let code = |n: u32| StockCode {
            market: Market::SHANGHAI,
            code: format!("{}", 600_000 + n).as_str().into(),
            name: Some("贵州茅台".into()),
        };
        let codes: Vec<StockCode> = (0..20).map(code).collect();
        let lines = stocks(&codes, &Options { width: 44, ..Options::default() });
        assert_eq!(
            lines,
            [
                "贵州茅台 600000.SH  贵州茅台 600001.SH",
                "贵州茅台 600002.SH  贵州茅台 600003.SH",
                "贵州茅台 600004.SH  贵州茅台 600005.SH  +14"
            ]
        );
        assert_eq!(stocks(&codes, &Options { width: 5, ..Options::default() }).len(), STOCK_LINES);
        assert_eq!(stocks(&[], &Options::default()), [""; 0]);
    }
}
