//! Categories and tags.

use super::front_matter::{FrontMatter, Value};
use super::site::{Site, SiteKind};
use crate::post::SafeText;

/// More labels than this on one post are data, not labels.
const MOST: usize = 100;
/// No label is longer than this, in characters.
const LONGEST: usize = 100;

/// The categories of a post.
pub(super) fn categories(front: &FrontMatter, site: &Site) -> Vec<SafeText> {
    collect(front, site, ["categories", "category"])
}

/// The tags of a post; its keywords when it has no tags.
pub(super) fn tags(front: &FrontMatter, site: &Site) -> Vec<SafeText> {
    let tags = collect(front, site, ["tags", "tag"]);
    if tags.is_empty() { collect(front, site, ["keywords", "keyword"]) } else { tags }
}

/// The labels under a key in the plural and under the same in the singular, and in Zola's `taxonomies`. Jekyll
/// parts a text at its blanks, but only behind the plural.
fn collect(front: &FrontMatter, site: &Site, [plural, singular]: [&str; 2]) -> Vec<SafeText> {
    let taxonomy = |key| front.get("taxonomies").and_then(|taxonomies| taxonomies.entry(key));
    let mut labels = Vec::new();
    for (value, blanks) in [
        (front.get(plural), site.kind == SiteKind::Jekyll),
        (front.get(singular), false),
        (taxonomy(plural), false),
        (taxonomy(singular), false),
    ] {
        for text in value.map(|value| split(value, blanks)).unwrap_or_default() {
            push(&mut labels, text);
        }
    }
    labels
}

/// A text is parted at its commas, else perhaps at its blanks; the items of a list stay whole.
fn split(value: &Value, blanks: bool) -> Vec<&str> {
    let comma = [',', '，', '、', ';', '；'];
    match value.text() {
        Some(text) if text.contains(comma) => text.split(comma).collect(),
        Some(text) if blanks => text.split_whitespace().collect(),
        Some(text) => vec![text],
        None => value.texts(),
    }
}

fn push(labels: &mut Vec<SafeText>, text: &str) {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let label = SafeText::label(text.get(..end).unwrap_or(text));
    if !label.is_empty() && labels.len() < MOST && !labels.contains(&label) {
        labels.push(label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::front_matter;
    use jiff::tz::TimeZone;

    fn labels(block: &str, kind: SiteKind) -> (String, String) {
        let front = front_matter::read(&format!("---\n{block}\n---\n"), &mut Vec::new()).0;
        let site = Site { zone: TimeZone::UTC, kind };
        let joined =
            |labels: Vec<SafeText>| labels.iter().map(SafeText::as_str).collect::<Vec<_>>().join("|");
        (joined(categories(&front, &site)), joined(tags(&front, &site)))
    }

    #[test]
    fn labels_come_in_many_shapes() {
        for (block, categories, tags) in [
            ("categories: a b\ntags: c d", "a b", "c d"),
            ("categories: 甲, 乙，丙、丁;戊\ntags: 'x,y'", "甲|乙|丙|丁|戊", "x|y"),
            ("Categories: [甲, 乙]\nTAGS:\n- 1\n- null\n- 2022\n- 1.10", "甲|乙", "1|2022|1.10"),
            ("category: 甲\ntag: 乙", "甲", "乙"),
            ("categories:\n- [甲, 乙]\n- [甲, 丙]", "甲|乙|丙", ""),
            ("categories: {甲: 乙}\ntags:\n- name: 丙\n  slug: c", "甲|乙", "丙"),
            ("taxonomies:\n  tags: [丙]\n  categories: [丁]", "丁", "丙"),
            ("keywords: 丙,丁", "", "丙|丁"),
            ("keywords: 丙\ntags: 丁", "", "丁"),
            ("categories:\ntags: []", "", ""),
            ("tags: [\"a, b\", a, a]", "", "a, b|a"),
        ] {
            assert_eq!(labels(block, SiteKind::Hexo), (categories.into(), tags.into()), "{block}");
        }
    }

    #[test]
    fn jekyll_parts_a_text_at_its_blanks() {
        for (block, categories, tags) in [
            ("categories: a b\ntags: c d", "a|b", "c|d"),
            ("category: a b", "a b", ""),
            ("tags: machine learning, go", "", "machine learning|go"),
            ("tags: [machine learning]", "", "machine learning"),
        ] {
            assert_eq!(labels(block, SiteKind::Jekyll), (categories.into(), tags.into()), "{block}");
        }
    }

    #[test]
    fn an_absurd_number_of_labels_is_cut() {
        let many: Vec<String> = (0..5000).map(|n| n.to_string()).collect();
        let (_, tags) = labels(&format!("tags: {}", many.join(",")), SiteKind::Plain);
        assert_eq!(tags.split('|').count(), MOST);
    }
}
