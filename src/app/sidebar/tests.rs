//! Choosing, folding and narrowing.

use super::*;

fn count(value: &str, total: u32) -> Count {
    Count { value: value.into(), name: None, total, unread: total }
}

fn sidebar() -> Sidebar {
    let mut sidebar = Sidebar::default();
    let sources = vec![count("晨星滚动", 9), count("江海财报", 5), count("Bay Wire", 1)];
    let tags = vec![count("要闻", 3)];
    sidebar.recount(vec![(Facet::Source, sources), (Facet::Tag, tags)], Totals::default());
    sidebar
}

#[test]
fn folding_hides_the_values_of_a_section_and_empty_sections_are_not_shown() {
    let mut sidebar = sidebar();
    assert_eq!(sidebar.entries().len(), 3 + 1 + 3 + 1);
    sidebar.toggle(Section::Facet(Facet::Source));
    assert_eq!(sidebar.entries().len(), 3 + 1 + 1);
    sidebar.toggle(Section::Facet(Facet::Tag));
    assert_eq!(sidebar.entries().len(), 3 + 1 + 1 + 1);
}

#[test]
fn narrowing_looks_into_folded_sections_and_ignores_case() {
    let mut sidebar = sidebar();
    sidebar.narrow("bay");
    assert_eq!(
        sidebar.entries(),
        [Entry::Section(Section::Facet(Facet::Source)), Entry::Value(Facet::Source, 2)]
    );
    assert_eq!(sidebar.scope_at_cursor(), Some(Scope::Facet(Facet::Source, "Bay Wire".into())));
    sidebar.narrow("要");
    assert_eq!(sidebar.entries(), [Entry::Section(Section::Facet(Facet::Tag)), Entry::Value(Facet::Tag, 0)]);
    sidebar.narrow("");
    assert_eq!(sidebar.entries().first(), Some(&Entry::All));
}

#[test]
fn stocks_are_found_by_name_and_by_code() {
    let mut sidebar = sidebar();
    let stock = |name: Option<&str>, symbol| Count { name: name.map(Into::into), ..count(symbol, 2) };
    let stocks = vec![stock(Some("贵州茅台"), "600519.SH"), stock(None, "NIO.US")];
    sidebar.recount(vec![(Facet::Stock, stocks)], Totals::default());
    assert_eq!(sidebar.entries().last(), Some(&Entry::Section(Section::Facet(Facet::Stock))), "folded");
    for (filter, found) in [("茅台", 0), ("6005", 0), ("nio", 1)] {
        sidebar.narrow(filter);
        assert_eq!(sidebar.entry(), Some(Entry::Value(Facet::Stock, found)), "{filter}");
    }
    assert_eq!(sidebar.label(Facet::Stock, &"600519.SH".into()), "贵州茅台 600519.SH");
    assert_eq!(sidebar.label(Facet::Stock, &"NIO.US".into()), "NIO.US");
}

#[test]
fn the_choice_of_the_last_session_is_shown_or_its_heading() {
    for (facet, expected) in [
        (Facet::Source, Entry::Value(Facet::Source, 0)),
        (Facet::Tag, Entry::Section(Section::Facet(Facet::Tag))),
    ] {
        let mut sidebar = Sidebar { scope: Scope::Facet(facet, "甲".into()), ..Sidebar::default() };
        sidebar.recount(vec![(facet, vec![count("甲", 1)])], Totals::default());
        assert_eq!(sidebar.entry(), Some(expected));
    }
}

#[test]
fn the_cursor_stays_on_its_entry_when_counts_change() {
    let mut sidebar = sidebar();
    sidebar.point_at(&Scope::Facet(Facet::Source, "江海财报".into()));
    sidebar
        .recount(vec![(Facet::Source, vec![count("江海财报", 50), count("晨星滚动", 9)])], Totals::default());
    assert_eq!(sidebar.scope_at_cursor(), Some(Scope::Facet(Facet::Source, "江海财报".into())));
}
