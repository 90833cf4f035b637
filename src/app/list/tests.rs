//! The list by itself.

use super::*;
use crate::app::fixtures::listed;
use crate::query::Query;

const PANE: Size = Size::new(40, 10);

fn listing(generation: u64, rows: Range<u32>, kept: Option<usize>) -> Listing {
    let rows = rows.map(RowId).collect();
    Listing { generation, rows, kept, is_whole: true, ..Listing::default() }
}

#[test]
fn only_the_newest_question_is_answered() {
    let mut list = List::default();
    list.ask_from_top(&Scope::All, 10);
    list.ask_from_top(&Scope::Unread, 10);
    list.answer(listing(1, 0..5, None));
    assert!(list.is_empty() && !list.is_settled());
    list.answer(listing(2, 0..3, None));
    assert!(list.len() == 3 && list.is_settled());
}

#[test]
fn the_cursor_keeps_its_article_and_its_line_on_the_screen() {
    let mut list = List::default();
    list.ask_from_top(&Scope::All, 10);
    list.answer(listing(1, 0..100, None));
    list.go(50);
    list.settle(PANE);
    let line = list.cursor() - list.top();
    assert_eq!(
        list.ask_again(&Scope::All, 10),
        Effect::List(Question {
            generation: 2,
            query: Query::All,
            saved: None,
            search: String::new(),
            sort: Sort::Newest,
            keep: Keep::Row(RowId(50), 50),
            height: 10
        })
    );
    list.answer(listing(2, 0..130, Some(80)));
    list.settle(PANE);
    assert_eq!((list.cursor(), list.cursor() - list.top()), (80, line));
}

#[test]
fn a_list_whose_rest_follows_keeps_its_places_and_the_end_is_where_it_ends_at_last() {
    let mut list = List::default();
    list.ask_from_top(&Scope::All, 10);
    list.answer(Listing { is_whole: false, ..listing(1, 0..20, None) });
    list.go(7);
    list.extend(1, (0..50).map(RowId).collect(), false);
    assert_eq!((list.len(), list.cursor(), list.grows()), (50, 7, true));
    list.go(isize::MAX.cast_unsigned());
    assert_eq!(list.cursor(), 49);
    list.extend(1, (0..90).map(RowId).collect(), false);
    list.extend(1, (0..100).map(RowId).collect(), true);
    assert_eq!((list.len(), list.cursor(), list.grows()), (100, 99, false));
    list.extend(0, Arc::new([]), true);
    assert_eq!(list.len(), 100, "of a question before");
    list.ask_from_top(&Scope::Unread, 10);
    list.extend(1, Arc::new([]), true);
    assert_eq!(list.len(), 100, "of a list that nobody waits for any more");
}

#[test]
fn missing_lines_are_asked_for_once() {
    let mut list = List::default();
    list.ask_from_top(&Scope::All, 10);
    list.answer(listing(1, 0..1000, None));
    list.go(500);
    let [Effect::Rows { near, rows, .. }] = &list.settle(PANE)[..] else { panic!("no question") };
    assert!(rows.contains(&RowId(491)) && rows.contains(&RowId(500)) && rows.len() < 100);
    assert_eq!(list.settle(PANE), []);
    list.fetched(1, 0..5, Vec::new());
    assert_eq!(list.current(), None, "lines that nobody waits for any more");
    list.fetched(1, near.clone(), rows.iter().map(|r| listed(r.0)).collect());
    assert_eq!(list.current().map(|l| l.row), Some(RowId(500)));
    list.go(505);
    assert_eq!(list.settle(PANE), []);
}

#[test]
fn a_remembered_post_is_waited_for_until_the_cursor_moves() {
    let mut list = List::default();
    list.want(Some("a.md".into()), 0);
    list.ask_again(&Scope::All, 10);
    list.answer(listing(1, 0..3, None));
    assert!(matches!(list.ask_again(&Scope::All, 10), Effect::List(Question { keep: Keep::Post(_), .. })));
    list.go(1);
    assert!(matches!(list.ask_again(&Scope::All, 10), Effect::List(Question { keep: Keep::Row(..), .. })));
}

/// A list in which each article shows what was found in it.
fn searched(posts: u32) -> List {
    let mut list = List::default();
    list.ask_from_top(&Scope::All, 10);
    list.answer(Listing {
        near: 0..posts as usize,
        lines: (0..posts).map(listed).collect(),
        terms: Terms::word("甲").into(),
        has_snippets: true,
        ..listing(1, 0..posts, None)
    });
    list
}

/// The posts whose texts are asked for.
fn asked(effects: &[Effect]) -> Vec<u32> {
    let rows = effects.iter().flat_map(|effect| match effect {
        Effect::Snippets { posts, .. } => posts.iter().map(|(RowId(row), _)| *row).collect(),
        _ => Vec::new(),
    });
    rows.collect()
}

#[test]
fn what_was_found_takes_a_second_row_where_there_is_room() {
    for (pane, rows, articles) in [
        (Size::new(40, 10), 2, 5),
        (Size::new(40, 11), 2, 5),
        (Size::new(24, 6), 2, 3),
        (Size::new(23, 10), 1, 10),
        (Size::new(40, 5), 1, 5),
        (Size::new(0, 1), 1, 1),
    ] {
        let mut list = searched(100);
        list.settle(pane);
        assert_eq!(
            (list.rows_each(), list.articles_in(usize::from(pane.height))),
            (rows, articles),
            "{pane}"
        );
        list.go(99);
        list.settle(pane);
        assert_eq!((list.top(), list.cursor()), (100 - articles, 99), "the last one is visible whole");
    }
}

#[test]
fn the_cursor_stays_where_it_is_on_the_screen_when_rows_come_and_go() {
    let mut list = searched(100);
    list.settle(PANE);
    list.go(52);
    list.settle(PANE);
    list.go(50);
    list.settle(PANE);
    assert_eq!((list.top(), list.rows_above()), (48, 4));
    list.settle(Size::new(20, 10));
    assert_eq!((list.top(), list.rows_above()), (46, 4), "a window too narrow for it");
    list.settle(PANE);
    assert_eq!((list.top(), list.rows_above()), (48, 4));
    list.ask_again(&Scope::All, 10);
    list.answer(listing(2, 0..100, Some(50)));
    list.settle(PANE);
    assert_eq!((list.cursor(), list.rows_above(), list.rows_each()), (50, 4, 1), "the search is over");
}

#[test]
fn texts_are_read_for_the_visible_lines_first_a_few_at_once_and_once() {
    let mut list = searched(100);
    list.go(50);
    let first = asked(&list.settle(PANE));
    assert_eq!(first, [46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 41, 42, 43, 44, 45]);
    assert_eq!(list.settle(PANE), [], "they are on their way");
    let snippets = |rows: &[u32]| rows.iter().map(|row| (RowId(*row), Snippet::default())).collect();
    list.found(7, snippets(&first));
    assert_eq!(list.snippet(RowId(50)), None, "of another list");
    list.found(1, snippets(&first));
    assert!(list.snippet(RowId(50)).is_some());
    assert_eq!(list.settle(PANE), []);
    assert!(asked(&list.settle(Size::new(40, 90))).len() == SNIPPETS);
}

#[test]
fn what_is_shown_of_the_list_before_stays_until_there_is_something_new() {
    let mut list = searched(9);
    let rows = asked(&list.settle(PANE));
    let snippet = |row: &u32| (RowId(*row), Snippet::new("", "甲", &Terms::word("甲")));
    list.found(1, rows.iter().map(snippet).collect());
    list.ask_again(&Scope::All, 5);
    let again = Listing {
        near: 0..3,
        lines: (0..3).map(listed).collect(),
        has_snippets: true,
        ..listing(2, 0..3, None)
    };
    list.answer(again);
    assert!(list.snippet(RowId(2)).is_some() && list.snippet(RowId(3)).is_none());
    assert_eq!(asked(&list.settle(PANE)), [0, 1, 2], "all are asked for anew");
}

#[test]
fn posts_that_are_gone_are_not_read() {
    let mut list = List::default();
    list.ask_from_top(&Scope::All, 10);
    let lines = vec![listed(0), Listed { gone: true, ..listed(1) }];
    list.answer(Listing { near: 0..2, lines, has_snippets: true, ..listing(1, 0..2, None) });
    assert_eq!(asked(&list.settle(PANE)), [0]);
}
