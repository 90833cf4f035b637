//! A digest that the text repeats is not shown twice.

use crate::typeset::article::{Article, Block, Kind, Level};

/// How many paragraphs after the digest may repeat it.
pub(super) const NEAR: usize = 5;
/// A credit in brackets longer than this, in characters, is part of the digest.
const MAX_CREDIT: usize = 30;

/// Drops a quotation at the beginning of the article when one of the first paragraphs after it begins with the
/// same words. A credit at the digest's end, `（上海证券报）`, blanks and markup do not count.
pub(super) fn drop_repeated(mut article: Article) -> Article {
    let quoted = article.blocks.iter().take_while(|block| block.levels == [Level::Quote]).count();
    let (digest, text) = article.blocks.split_at_checked(quoted).unwrap_or((&[], &[]));
    let digest: String = digest.iter().filter_map(paragraph).collect();
    if text.iter().filter_map(paragraph).take(NEAR).any(|paragraph| is_repeated_in(&digest, paragraph)) {
        article.blocks.drain(..quoted);
    }
    article
}

/// Whether a paragraph begins with the words of a digest.
pub(super) fn is_repeated_in(digest: &str, paragraph: &str) -> bool {
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let digest = visible(digest);
    let digest = without_credit(&digest);
    !digest.is_empty() && visible(paragraph).starts_with(digest)
}

fn paragraph(block: &Block) -> Option<&str> {
    match &block.kind {
        Kind::Paragraph(flow) | Kind::Centred(flow) | Kind::FlushRight(flow) => Some(flow.text()),
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
