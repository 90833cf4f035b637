//! Who published a post.

use super::front_matter::FrontMatter;
use crate::post::SafeText;

/// Keys that name a source, before anything is guessed.
const KEYS: [&str; 3] = ["source", "media", "publisher"];

/// No name of a source is longer, in characters.
const LONGEST: usize = 60;

/// The source: named by a key, else by the shape of a news archive, else the first author.
pub(super) fn find(front: &FrontMatter, categories: &[SafeText], tags: &[SafeText]) -> Option<SafeText> {
    let named = KEYS.iter().find_map(|key| first_name(front, key));
    let author = || ["author", "authors"].iter().find_map(|key| first_name(front, key));
    named.or_else(|| of_news_archive(categories, tags)).or_else(author)
}

/// The first name behind a key; an address is none.
fn first_name(front: &FrontMatter, key: &str) -> Option<SafeText> {
    let name = front.get(key)?.texts().into_iter().next()?;
    let is_name = !name.contains("://") && name.chars().nth(LONGEST).is_none();
    Some(SafeText::label(name)).filter(|name| is_name && !name.is_empty())
}

/// News archives give each post its source as the only tag, with 新闻 (news) behind it, and the same in pinyin
/// as the only category.
fn of_news_archive(categories: &[SafeText], tags: &[SafeText]) -> Option<SafeText> {
    let ([category], [tag]) = (categories, tags) else { return None };
    let is_slug =
        category.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    let name = tag.strip_suffix("新闻").or_else(|| tag.ends_with("消息").then_some(tag.as_str()))?;
    (is_slug && !name.is_empty()).then(|| SafeText::label(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::front_matter;

    #[test]
    fn a_source_is_found_by_key_by_shape_or_by_author() {
        for (block, labels, expected) in [
            ("source: 晨报", "cailianshe|财联社新闻", Some("晨报")),
            ("source: https://example.com/a", "cailianshe|财联社新闻", Some("财联社")),
            ("", "emnews|东财滚动新闻", Some("东财滚动")),
            ("", "meirijingjixinwen|每日经济新闻新闻", Some("每日经济新闻")),
            ("", "sitenews|站长消息", Some("站长消息")),
            ("", "emnews|新闻", None),
            ("", "新闻|公司新闻", None),
            ("", "tech|手机", None),
            ("author: 张三", "tech|手机", Some("张三")),
            ("authors: [李四, 王五]", "tech|手机", Some("李四")),
            ("author:\n  name: 赵六\n  email: a@example.com", "tech|手机", Some("赵六")),
            ("author:\n- name: 赵六", "tech|手机", Some("赵六")),
            ("publisher: ''\nauthor: 钱七", "tech|手机", Some("钱七")),
        ] {
            let front = front_matter::read(&format!("---\nlayout: post\n{block}\n---\n"), &mut Vec::new()).0;
            let (category, tag) = labels.split_once('|').unwrap();
            let found = find(&front, &[SafeText::label(category)], &[SafeText::label(tag)]);
            assert_eq!(found.as_deref(), expected, "{block} {labels}");
        }
    }
}
