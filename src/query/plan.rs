//! Who answers which part of a query.

use super::{Pattern, Query, Term};

/// A [`Query`] divided into what the catalog knows and what stands in the texts. The parts that the catalog answers
/// are as large as they can be, and come first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// The catalog knows it: no part asks for [`Query::Text`] or [`Query::Pattern`].
    Catalog(Query),
    /// Posts with this word or phrase in title or text, compared as by [`fold`](super::fold).
    Text(Term),
    /// Posts with a match of this in title or text.
    Pattern(Pattern),
    /// Posts that meet every one of these, of which at most the first is [`Plan::Catalog`].
    And(Vec<Plan>),
    /// Posts that meet at least one of these, of which at most the first is [`Plan::Catalog`].
    Or(Vec<Plan>),
    /// Posts that do not meet this, which is no [`Plan::Catalog`].
    Not(Box<Plan>),
}

impl Query {
    /// Whether the texts of the posts are asked for.
    pub fn asks_for_text(&self) -> bool {
        match self {
            Self::Text(_) | Self::Pattern(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_for_text),
            Self::Not(denied) => denied.asks_for_text(),
            _ => false,
        }
    }

    /// Whether a word, a phrase or a pattern is wanted in the texts; forbidding one is not.
    pub fn wants_text(&self) -> bool {
        match self {
            Self::Text(_) | Self::Pattern(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::wants_text),
            _ => false,
        }
    }

    /// Divides it by who can answer.
    pub fn plan(self) -> Plan {
        match self {
            Self::Text(term) => Plan::Text(term),
            Self::Pattern(pattern) => pattern.plan(),
            Self::And(all) if all.iter().any(Self::asks_for_text) => Plan::And(divided(all, Self::And)),
            Self::Or(any) if any.iter().any(Self::asks_for_text) => Plan::Or(divided(any, Self::Or)),
            Self::Not(denied) if denied.asks_for_text() => Plan::Not(Box::new(denied.plan())),
            known => Plan::Catalog(known),
        }
    }
}

impl Plan {
    /// Whether it asks for a pattern, for which texts are read, often all of them.
    pub fn asks_for_pattern(&self) -> bool {
        match self {
            Self::Pattern(_) => true,
            Self::And(plans) | Self::Or(plans) => plans.iter().any(Self::asks_for_pattern),
            Self::Not(plan) => plan.asks_for_pattern(),
            Self::Catalog(_) | Self::Text(_) => false,
        }
    }

    /// As [`Query::asks_for_bookmarks`].
    pub fn asks_for_bookmarks(&self) -> bool {
        match self {
            Self::Catalog(query) => query.asks_for_bookmarks(),
            Self::And(plans) | Self::Or(plans) => plans.iter().any(Self::asks_for_bookmarks),
            Self::Text(_) | Self::Pattern(_) | Self::Not(_) => false,
        }
    }
}

fn divided(parts: Vec<Query>, together: fn(Vec<Query>) -> Query) -> Vec<Plan> {
    let (texts, mut known): (Vec<Query>, Vec<Query>) = parts.into_iter().partition(Query::asks_for_text);
    let known = if known.len() > 1 { Some(together(known)) } else { known.pop() };
    known.map(Plan::Catalog).into_iter().chain(texts.into_iter().map(Query::plan)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Timestamp;
    use crate::query::parse;

    fn plan(text: &str) -> Plan {
        parse(text, Timestamp::new(0, 0).unwrap()).unwrap().plan()
    }

    fn catalog(text: &str) -> Plan {
        Plan::Catalog(parse(text, Timestamp::new(0, 0).unwrap()).unwrap())
    }

    #[test]
    fn what_the_catalog_knows_stays_together() {
        let text = |text: &str| Plan::Text(text.into());
        let not = |plan| Plan::Not(Box::new(plan));
        for (query, expected) in [
            ("", Plan::Catalog(Query::All)),
            ("甲", text("甲")),
            ("~甲 title:~乙", Plan::And(vec![catalog("title:~乙"), Plan::Text(Term::with_variants("甲"))])),
            ("title:甲 -(tag:乙 | is:read)", catalog("title:甲 -(tag:乙 | is:read)")),
            ("甲 tag:乙 丙 is:unread", Plan::And(vec![catalog("tag:乙 is:unread"), text("甲"), text("丙")])),
            ("甲 | tag:乙 | is:read", Plan::Or(vec![catalog("tag:乙 | is:read"), text("甲")])),
            ("-甲 -tag:乙", Plan::And(vec![catalog("-tag:乙"), not(text("甲"))])),
            (
                "tag:丁 (甲 | tag:乙)",
                Plan::And(vec![catalog("tag:丁"), Plan::Or(vec![catalog("tag:乙"), text("甲")])]),
            ),
            ("/./ 乙", Plan::And(vec![Plan::Pattern(Pattern::new(".").unwrap()), text("乙")])),
            ("/甲+/", Plan::And(vec![text("甲"), Plan::Pattern(Pattern::new("甲+").unwrap())])),
        ] {
            assert_eq!(plan(query), expected, "{query}");
        }
    }
}
