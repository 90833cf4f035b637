//! Words and phrases.

use super::{fold, variants};

/// A word or phrase that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it was written, without quotes and signs.
    pub text: String,
    /// Whether its characters may stand as their variants: 〇 as 零 or 0, 百 as 佰.
    pub with_variants: bool,
}

impl Term {
    /// A term whose characters may stand as their variants.
    pub fn with_variants(text: impl Into<String>) -> Self {
        Self { text: text.into(), with_variants: true }
    }

    /// For each of its characters those that may stand in its place in a text folded as by [`fold`].
    pub fn spellings(&self) -> Vec<Vec<char>> {
        let spell = |c| if self.with_variants { variants(c) } else { vec![c] };
        fold(&self.text).chars().map(spell).collect()
    }
}

/// What finding is measured by.
#[cfg(test)]
impl Term {
    /// Whether it is in a text: in what is left of it when all characters that may stand for each other are one.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let least = |c| variants(c).into_iter().min().unwrap();
        let same = |text: &str| -> String {
            let folded = fold(text);
            if self.with_variants { folded.chars().map(least).collect() } else { folded }
        };
        same(text).contains(&same(&self.text))
    }
}

impl From<String> for Term {
    fn from(text: String) -> Self {
        Self { text, with_variants: false }
    }
}

impl From<&str> for Term {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_the_spellings_of_its_characters() {
        let spelled = |term: Term| {
            term.spellings().into_iter().map(String::from_iter).collect::<Vec<String>>().join(" ")
        };
        assert_eq!(spelled("帳〇Ａ".into()), "帐 〇 a");
        assert_eq!(spelled(Term::with_variants("帳〇Ａ")), "账帐 〇零○◯0o a");
        assert_eq!(spelled(Term::with_variants("２百圓")), "二贰弍弐2 百佰 元圆円");
        assert_eq!(spelled(Term::with_variants("")), "");
    }
}
