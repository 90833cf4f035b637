//! The names before a colon.

use super::fold;

/// What a condition of the form `name:value` is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The title.
    Title,
    /// Who published it.
    Source,
    /// Its categories.
    Category,
    /// Its tags.
    Tag,
    /// Stocks and boards that it names.
    Code,
    /// The days between which it was published.
    Date,
    /// How old it is at most.
    Newer,
    /// How old it is at least.
    Older,
    /// What the reader has done with it.
    Is,
    /// What is in it.
    Has,
    /// What a saved query finds.
    Saved,
}

/// Every field with its English and, where it has one, its Chinese name.
const NAMES: [(Field, &str, Option<&str>); 11] = [
    (Field::Title, "title", Some("标题")),
    (Field::Source, "source", Some("来源")),
    (Field::Category, "category", Some("分类")),
    (Field::Tag, "tag", Some("标签")),
    (Field::Code, "code", Some("代码")),
    (Field::Date, "date", Some("日期")),
    (Field::Newer, "newer", None),
    (Field::Older, "older", None),
    (Field::Is, "is", Some("状态")),
    (Field::Has, "has", None),
    (Field::Saved, "saved", Some("查询")),
];

impl Field {
    /// Its English name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(field, ..)| *field == self).map_or("", |(_, name, _)| name)
    }

    /// The values it can have, where these are few; the first name of each is the one that is shown.
    pub(super) fn choices(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Is => &[&["unread", "未读"], &["read", "已读"], &["bookmarked", "收藏"]],
            Self::Has => &[&["image", "图片"]],
            _ => &[],
        }
    }

    /// The field of this name, compared as by [`fold`].
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = fold(name);
        names().find(|(_, known)| *known == name).map(|(field, _)| field)
    }

    /// The name that somebody who wrote this may have meant.
    pub(super) fn near(name: &str) -> Option<&'static str> {
        let name = name.to_ascii_lowercase();
        let most = match name.len() {
            // So few letters are near everything.
            ..4 => return None,
            4..6 => 1,
            _ => 2,
        };
        let distances = NAMES.iter().map(|(_, known, _)| (distance(known, &name), *known));
        distances.filter(|(distance, _)| *distance <= most).min().map(|(_, known)| known)
    }
}

/// All names with their fields.
pub(super) fn names() -> impl Iterator<Item = (Field, &'static str)> {
    NAMES.iter().flat_map(|&(field, english, chinese)| {
        [Some(english), chinese].into_iter().flatten().map(move |name| (field, name))
    })
}

/// How many letters have to be added, dropped, replaced (Levenshtein) to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let new = (diagonal + usize::from(x != y)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, new);
            left = new;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_and_near_ones_are_guessed() {
        assert_eq!(Field::named("Source"), Some(Field::Source));
        assert_eq!(Field::named("来源"), Some(Field::Source));
        assert_eq!(Field::named("來源"), Some(Field::Source));
        assert!(names().all(|(field, name)| Field::named(name) == Some(field)));
        for (written, meant) in [
            ("sourse", Some("source")),
            ("categroy", Some("category")),
            ("titel", None),
            ("titl", Some("title")),
            ("dates", Some("date")),
            ("http", None),
            ("bag", None),
            ("TAGS", Some("tag")),
            ("", None),
        ] {
            assert_eq!(Field::near(written), meant, "{written}");
        }
    }
}
