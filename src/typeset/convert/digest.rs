//! A digest that the text repeats is not shown twice.

use crate::typeset::article::{Article, Block, Kind, Level};

/// How many paragraphs after the digest may repeat it.
const NEAR: usize = 5;
/// A credit in brackets longer than this, in characters, is part of the digest.
const MAX_CREDIT: usize = 30;

/// Drops a quotation at the beginning of the article when one of the first paragraphs after it begins with the
/// same words. A credit at the digest's end, `（上海证券报）`, blanks and markup do not count.
pub(super) fn drop_repeated(mut article: Article) -> Article {
    let quoted = article.blocks.iter().take_while(|block| block.levels == [Level::Quote]).count();
    let (digest, text) = article.blocks.split_at_checked(quoted).unwrap_or((&[], &[]));
    let digest: String = digest.iter().filter_map(paragraph).collect();
    let digest = without_credit(&digest);
    let mut near = text.iter().filter_map(paragraph).take(NEAR);
    if !digest.is_empty() && near.any(|paragraph| paragraph.starts_with(digest)) {
        article.blocks.drain(..quoted);
    }
    article
}

/// A paragraph's text without blanks.
fn paragraph(block: &Block) -> Option<String> {
    match &block.kind {
        Kind::Paragraph(flow) | Kind::Centred(flow) | Kind::FlushRight(flow) => {
            Some(flow.text().chars().filter(|c| !c.is_whitespace()).collect())
        }
        _ => None,
    }
}

fn without_credit(digest: &str) -> &str {
    let digest = digest.trim_end_matches(['…', '.']);
    let Some(inner) = digest.strip_suffix(['）', ')']) else { return digest };
    match inner.rsplit_once(['（', '(']) {
        Some((before, credit)) if credit.chars().count() <= MAX_CREDIT => before,
        _ => digest,
    }
}
