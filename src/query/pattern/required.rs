//! What every match of a pattern holds: where that is to be found, the index knows.

use crate::query::{Plan, Term};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};
use std::cmp::Reverse;

/// So many words are asked for at most. Reading the texts takes no longer then.
const MOST: usize = 16;

/// Plans that a text meets which an expression matches, its rarest words first; none if nothing can be told.
///
/// It is read as [`Pattern::new`](super::Pattern::new) reads it, so that a letter, which may have another case, is no
/// word: only what has to stand there as it is written.
pub(super) fn plans(expression: &str) -> Vec<Plan> {
    let parsed = ParserBuilder::new().case_insensitive(true).multi_line(true).build().parse(expression);
    parsed.map_or(Vec::new(), |parsed| of(&parsed))
}

fn of(part: &Hir) -> Vec<Plan> {
    match part.kind() {
        HirKind::Literal(literal) => words(&literal.0),
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Concat(parts) => {
            let mut all: Vec<Plan> = parts.iter().flat_map(of).collect();
            all.sort_by_key(|plan| Reverse(characters(plan)));
            all.truncate(MOST);
            all
        }
        HirKind::Alternation(parts) => any(parts).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What one of several parts wants, if each wants something.
fn any(parts: &[Hir]) -> Option<Plan> {
    let each = parts.iter().map(|part| of(part).into_iter().next());
    let each: Vec<Plan> = each.collect::<Option<_>>()?;
    (each.len() <= MOST).then_some(Plan::Or(each))
}

/// The words of a literal: a blank in it may be another one in the text.
fn words(literal: &[u8]) -> Vec<Plan> {
    let words = str::from_utf8(literal).unwrap_or_default().split_whitespace();
    words.map(|word| Plan::Text(Term::from(word))).collect()
}

/// How long a word is: long ones are rare.
fn characters(plan: &Plan) -> usize {
    match plan {
        Plan::Text(term) => term.text.chars().count(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Pattern, fold};
    use proptest::prelude::*;

    /// Whether a text meets a plan of words.
    fn meets(text: &str, plan: &Plan) -> bool {
        match plan {
            Plan::Text(term) => term.is_in(text),
            Plan::Or(plans) => plans.iter().any(|plan| meets(text, plan)),
            other => panic!("{other:?} is no word"),
        }
    }

    #[test]
    fn what_a_match_must_hold_is_told() {
        let text = |text: &str| Plan::Text(text.into());
        for (pattern, expected) in [
            ("贵州茅台.{0,5}涨", vec![text("贵州茅台"), text("涨")]),
            ("涨.*贵州茅台", vec![text("贵州茅台"), text("涨")]),
            ("(茅台|五粮液)+涨?", vec![Plan::Or(vec![text("茅台"), text("五粮液")])]),
            ("a股.+etf51", vec![text("51"), text("股")]),
            ("甲 乙", vec![text("甲"), text("乙")]),
            ("茅台|.", vec![]),
            ("[茅五].", vec![]),
            ("茅台*?", vec![text("茅")]),
            ("^", vec![]),
        ] {
            assert_eq!(plans(Pattern::new(pattern).unwrap().as_str()), expected, "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn a_text_that_matches_meets_the_plans(
            pattern in "([甲證aK。]|\\.|\\(甲\\||\\)|[?*+]|\\[甲乙\\]| |\\(\\?:乙甲\\|a\\)|\\(\\?-i\\)|\\{2\\}|\\\\b|\\^){1,7}",
            text in "[甲乙證aks。Ｋſ\u{212a} \n]{0,12}",
        ) {
            let text = fold(&text);
            if let Ok(pattern) = Pattern::new(&pattern)
                && pattern.is_match(&text)
            {
                for plan in plans(pattern.as_str()) {
                    prop_assert!(meets(&text, &plan), "{plan:?}");
                }
            }
        }
    }
}
