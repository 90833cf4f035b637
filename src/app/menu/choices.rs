//! What an article offers to choose from.

use crate::app::{Choice, Target};
use crate::post::SafeText;
use crate::typeset::{Article, Block, Kind, Link, Place};

/// The headings of an article, each under the last one before it that is of a higher rank.
pub(super) fn headings(article: &Article) -> Vec<Choice> {
    let mut above: Vec<u8> = Vec::new();
    let mut headings = Vec::new();
    for (block, Block { kind, .. }) in article.blocks.iter().enumerate() {
        let Kind::Heading(level, flow) = kind else { continue };
        above.retain(|rank| rank < level);
        let (depth, place) = (above.len(), Place { block, offset: 0 });
        above.push(*level);
        headings
            .push(Choice { label: SafeText::label(flow.text()), target: Target::Heading { depth, place } });
    }
    headings
}

/// The index of the heading that a place stands under; before the first one, the first.
pub(super) fn heading_at(headings: &[Choice], here: Place) -> usize {
    let is_above = |choice: &Choice| matches!(choice.target, Target::Heading { place, .. } if place <= here);
    headings.partition_point(is_above).saturating_sub(1)
}

/// The links of an article with their numbers.
pub(super) fn links(article: &Article) -> Vec<Choice> {
    let links = article.numbered_links().into_iter().filter_map(|link| article.links.get(link));
    let choice = |(link, number): (&Link, usize)| Choice {
        label: SafeText::label(&link.text),
        target: Target::Link { number, url: link.url.clone() },
    };
    links.zip(1..).map(choice).collect()
}

/// The place in a list of links of the first one that is in sight; the first one if none is.
pub(super) fn first_link(
    links: &[Choice],
    article: &Article,
    mut in_sight: impl Iterator<Item = usize>,
) -> usize {
    let place_of = |index: usize| {
        let link = article.links.get(index)?;
        links.iter().position(|c| matches!(&c.target, Target::Link { url, .. } if *url == link.url))
    };
    in_sight.find_map(place_of).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::{Body, Markup};
    use crate::typeset;

    fn article(text: &str) -> Article {
        typeset::article(&Body { markup: Markup::Markdown, text: text.to_owned() })
    }

    #[test]
    fn headings_are_indented_by_what_they_stand_under() {
        let article = article("# 甲\n\n一\n\n#### 乙\n\n## 丙\n\n### 丁\n\n二\n\n# 戊");
        let headings = headings(&article);
        let found: Vec<(&str, usize)> = headings
            .iter()
            .map(|choice| match choice.target {
                Target::Heading { depth, .. } => (&*choice.label, depth),
                Target::Link { .. } => panic!("a link"),
            })
            .collect();
        assert_eq!(found, [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0)]);
        for (block, expected) in [(0, 0), (1, 0), (2, 1), (5, 3), (99, 4)] {
            assert_eq!(heading_at(&headings, Place { block, offset: 7 }), expected, "{block}");
        }
    }

    #[test]
    fn links_are_numbered_without_stocks_and_repetitions() {
        let stock = "<a href=\"http://q.cn/1\" class=\"keytip\" data-code=\"1,609217\">听雨茶业</a>";
        let chart = "<a href=\"http://q.cn/1\"><img src=\"http://i.cn/1.png\"></a>";
        let words = "[甲](http://a.cn/1)，[乙](http://b.cn/)，[再说甲](http://a.cn/1)。";
        let article = article(&format!("<p>{chart}</p><p>{stock}和{stock}</p>\n\n{words}"));
        let links = links(&article);
        let found: Vec<(usize, &str)> =
            links.iter().map(|choice| (choice.number(), &*choice.label)).collect();
        assert_eq!(found, [(1, "甲"), (2, "乙")]);
        let last = article.links.iter().position(|link| &*link.text == "乙").unwrap();
        let stock = 0;
        assert_eq!(first_link(&links, &article, [stock, last].into_iter()), 1);
        assert_eq!(first_link(&links, &article, [0].into_iter()), 0);
    }
}
