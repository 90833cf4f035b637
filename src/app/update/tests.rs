//! Events in, model and effects out.

use super::update;
use crate::app::fixtures::listed;
use crate::app::{
    Change, Effect, Event, Keep, Keymap, Listing, Mark, Message, Model, Opened, Outcome, Pane, Preferences,
    Progress, Question, Session, Words,
};
use crate::post::{Body, DateFrom, Header, Markup, SafeText};
use crate::query::{Count, Facet, Listed, Query, RowId, Terms, Totals};
use crate::typeset::{Article, Options, article};
use crokey::KeyCombination;
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::layout::Size;
use std::sync::Arc;

const KEYMAP: &str = include_str!("../../../assets/keymap.toml");

/// A program of this width with a list of so many posts.
fn program(width: u16, posts: u32) -> Model {
    let preferences = Preferences {
        keymap: Arc::new(Keymap::parse(KEYMAP).unwrap()),
        typeset: Options::default(),
        measure: 80,
        ..Preferences::default()
    };
    let (mut model, effects) =
        Model::start("archive".into(), preferences, Session::default(), Size::new(width, 24));
    assert!(matches!(effects.as_slice(), [Effect::List(_), Effect::Facets]));
    update(&mut model, listing(1, posts));
    model
}

fn listing(generation: u64, posts: u32) -> Event {
    let lines: Vec<Listed> = (0..posts.min(200)).map(listed).collect();
    let near = 0..lines.len();
    Event::Listing(Listing {
        generation,
        rows: (0..posts).map(RowId).collect(),
        is_whole: true,
        near,
        lines,
        ..Listing::default()
    })
}

fn opened(number: u32) -> Event {
    opened_with(number, Article::default())
}

/// The same post with a text in Markdown.
fn written(number: u32, text: &str) -> Event {
    opened_with(number, article(&Body { markup: Markup::Markdown, text: text.to_owned() }))
}

fn opened_with(number: u32, article: Article) -> Event {
    let Listed { row, id, title, .. } = listed(number);
    let header = Header {
        id,
        title,
        date: None,
        date_from: DateFrom::None,
        source: None,
        categories: Vec::new(),
        tags: Vec::new(),
        url: None,
        codes: Vec::new(),
        has_image: false,
        problems: Vec::new(),
    };
    let article = Some(Arc::new(article));
    Event::Opened(Box::new(Opened { row, header, read: false, bookmarked: false, article }))
}

fn change(number: u32, mark: Mark, on: bool) -> Change {
    let Listed { row, id, .. } = listed(number);
    Change { row, id, mark, on }
}

fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let key = |c| Event::Key(KeyCombination::new(KeyCode::Char(c), KeyModifiers::NONE));
    keys.chars().flat_map(|c| update(model, key(c))).collect()
}

fn press_code(model: &mut Model, code: KeyCode) -> Vec<Effect> {
    update(model, Event::Key(KeyCombination::new(code, KeyModifiers::NONE)))
}

fn saves(effects: &[Effect]) -> Vec<Change> {
    effects
        .iter()
        .filter_map(|e| if let Effect::Save(change) = e { Some(change.clone()) } else { None })
        .collect()
}

#[test]
fn moving_opens_what_the_cursor_stands_on_where_the_reader_is_visible() {
    let opens = |effects: &[Effect]| effects.contains(&Effect::Open(RowId(1)));
    assert!(opens(&press(&mut program(120, 9), "j")));
    assert!(!opens(&press(&mut program(80, 9), "j")));
}

#[test]
fn an_article_that_is_no_longer_wanted_is_not_shown() {
    let mut model = program(120, 9);
    press(&mut model, "jj");
    update(&mut model, opened(1));
    assert!(model.reader.shown.is_none());
    update(&mut model, opened(2));
    assert_eq!(model.reader.shown.as_ref().map(|shown| shown.row), Some(RowId(2)));
}

#[test]
fn a_mark_that_could_not_be_saved_is_taken_back_with_the_reason() {
    let mut model = program(80, 9);
    let change = change(0, Mark::Bookmark, true);
    assert_eq!(saves(&press(&mut model, "b")), std::slice::from_ref(&change));
    assert!(model.list.current().unwrap().bookmarked);
    update(&mut model, Event::Saved(change, Outcome::Failed("not saved: disk full".into())));
    assert!(!model.list.current().unwrap().bookmarked);
    assert_eq!(model.status.message, Some(Message::Error("not saved: disk full".into())));
    assert_eq!(saves(&press(&mut model, "u")), [], "there is nothing left to undo");
}

#[test]
fn undo_takes_back_one_change_after_another() {
    let mut model = program(80, 9);
    press(&mut model, "bjr");
    let undone = saves(&press(&mut model, "uuu"));
    assert_eq!(undone, [change(1, Mark::Read, false), change(0, Mark::Bookmark, false)]);
}

#[test]
fn an_unknown_key_forgets_what_was_typed_before_it() {
    let mut model = program(80, 9);
    press(&mut model, "3gxj");
    assert_eq!(model.list.cursor(), 1);
    press(&mut model, "Zg");
    press(&mut model, "g");
    assert_eq!(model.list.cursor(), 0);
}

#[test]
fn tab_completes_the_word_at_the_cursor_of_a_search() {
    let mut model = program(80, 9);
    let count = |value: &str| Count { value: value.into(), name: None, total: 3, unread: 3 };
    let stock = Count { name: Some("听雨茶业".into()), ..count("609217.SH") };
    let counts = vec![(Facet::Source, vec![count("甲报"), count("乙 报")]), (Facet::Stock, vec![stock])];
    update(&mut model, Event::Facets { counts, totals: Totals { posts: 9, unread: 9, bookmarked: 0 } });
    press(&mut model, "/茶 -so");
    for (typed, text) in [
        ("", "茶 -source:"),
        ("乙", "茶 -source:\"乙 报\""),
        (" is:b", "茶 -source:\"乙 报\" is:bookmarked"),
        (" code:茶业", "茶 -source:\"乙 报\" is:bookmarked code:609217.SH"),
        (" code:6092", "茶 -source:\"乙 报\" is:bookmarked code:609217.SH code:609217.SH"),
    ] {
        press(&mut model, typed);
        let effects = press_code(&mut model, KeyCode::Tab);
        assert_eq!(model.list.search, text);
        assert!(
            matches!(&effects[..], [Effect::List(Question { search, .. }), ..] if search == text),
            "{text}"
        );
    }
    press_code(&mut model, KeyCode::Tab);
    assert_eq!(model.prompt.as_ref().unwrap().input.value(), model.list.search, "nothing more to complete");

    press_code(&mut model, KeyCode::Esc);
    press(&mut model, "/source:报");
    for (key, text) in [
        (KeyCode::Tab, "source:\"甲报\""),
        (KeyCode::Tab, "source:\"乙 报\""),
        (KeyCode::Tab, "source:\"甲报\""),
        (KeyCode::BackTab, "source:\"乙 报\""),
        (KeyCode::Left, "source:\"乙 报\""),
        (KeyCode::Tab, "source:\"乙 报\"\""),
    ] {
        press_code(&mut model, key);
        assert_eq!(model.list.search, text);
    }
}

#[test]
fn the_sidebar_asks_for_what_its_cursor_stands_on() {
    let mut model = program(80, 9);
    let counts = vec![(Facet::Source, vec![Count { value: "甲报".into(), name: None, total: 3, unread: 3 }])];
    update(&mut model, Event::Facets { counts, totals: Totals { posts: 9, unread: 9, bookmarked: 0 } });
    let effects = press(&mut model, "hjjjj");
    let last =
        effects.iter().rev().find_map(|e| if let Effect::List(question) = e { Some(question) } else { None });
    assert!(matches!(last, Some(Question { query: Query::Source(source), .. }) if &**source == "甲报"));
    assert_eq!(model.focus, Pane::Sidebar);
}

#[test]
fn a_filter_asks_with_each_letter_and_keeps_the_article_when_it_widens() {
    let mut model = program(80, 9);
    let effects = press(&mut model, "f第1");
    let titles: Vec<Query> = effects
        .into_iter()
        .filter_map(|e| if let Effect::List(question) = e { Some(question.query) } else { None })
        .collect();
    assert_eq!(titles, [Query::Title("第".into()), Query::Title("第1".into())]);
    press_code(&mut model, KeyCode::Esc);
    assert_eq!((model.list.filter.as_str(), model.prompt.is_none()), ("", true));
}

#[test]
fn pasted_text_goes_into_the_prompt_as_one_line_and_is_no_command_without_one() {
    let mut model = program(80, 9);
    assert_eq!(update(&mut model, Event::Paste("Q\u{1b}[2J".into())), []);
    press(&mut model, "f");
    update(&mut model, Event::Paste("小米\n集团\u{1b}[2J".into()));
    assert_eq!(model.list.filter, "小米 集团[2J");
}

#[test]
fn news_from_the_disk_asks_for_list_and_counts_again() {
    let mut model = program(80, 9);
    let effects = update(&mut model, Event::Changed);
    assert!(matches!(effects.as_slice(), [Effect::List(_), Effect::Facets]));
    update(&mut model, Event::Sync(Progress::Reading { done: 1, total: 2 }));
    assert!(model.status.is_syncing());
}

#[test]
fn a_signal_to_end_remembers_the_session_first() {
    let effects = update(&mut program(80, 9), Event::Quit);
    assert!(matches!(effects.as_slice(), [Effect::Remember(_), Effect::Quit]));
}

#[test]
fn the_measure_changes_by_two_hanzi_within_its_bounds() {
    let mut model = program(80, 9);
    press(&mut model, ">");
    assert_eq!(model.preferences.measure, 84);
    press(&mut model, "1000<");
    assert_eq!(model.preferences.measure, 16);
    press(&mut model, "1000>");
    assert_eq!(model.preferences.measure, 400);
}

#[test]
fn the_measure_changes_from_what_is_seen_and_says_when_the_window_holds_no_more() {
    let mut model = program(60, 9);
    let words = Words { measure: "{}".into(), measure_full: "{} is all".into(), ..Words::default() };
    model.preferences.words = Arc::new(words);
    press(&mut model, "l");
    for (keys, measure, said) in [
        (">", 80, "58 is all"),
        ("<", 54, "54"),
        (">", 58, "58"),
        ("3<", 46, "46"),
        ("4>", 62, "58 is all"),
        ("9>", 94, "58 is all"),
        ("99<", 16, "16"),
    ] {
        press(&mut model, keys);
        let said = Message::Info(SafeText::label(said));
        assert_eq!((model.preferences.measure, &model.status.message), (measure, &Some(said)), "{keys}");
    }
    update(&mut model, Event::Resize(Size::new(12, 9)));
    press(&mut model, "<");
    assert_eq!(model.preferences.measure, 16, "no narrower than can be set");
}

#[test]
fn a_mark_is_called_saved_when_it_is_and_a_late_answer_does_not_hide_it() {
    let mut model = program(120, 9);
    let changes = saves(&press(&mut model, "b"));
    assert_eq!(model.status.message, None);
    update(&mut model, opened(0));
    assert!(!model.reader.shown.as_ref().unwrap().bookmarked, "the answer was on its way before the key");
    update(&mut model, Event::Saved(changes[0].clone(), Outcome::Done));
    assert!(model.reader.shown.as_ref().unwrap().bookmarked);
    assert!(matches!(&model.status.message, Some(Message::Info(_))));
}

#[test]
fn marks_go_to_the_article_under_the_cursor_also_before_it_is_shown() {
    let mut model = program(120, 9);
    press(&mut model, "l");
    update(&mut model, opened(0));
    assert_eq!(
        saves(&press(&mut model, "]b")),
        [change(1, Mark::Read, true), change(1, Mark::Bookmark, true)]
    );
}

#[test]
fn an_article_far_down_is_marked_as_read_once_it_is_known() {
    let mut model = program(120, 1000);
    assert_eq!(saves(&press(&mut model, "Gl")), []);
    assert_eq!(saves(&update(&mut model, opened(999))), [change(999, Mark::Read, true)]);
}

#[test]
fn keys_pressed_while_a_list_is_on_its_way_are_not_lost() {
    let mut model = program(80, 9);
    press(&mut model, "jj");
    update(&mut model, Event::Changed);
    press(&mut model, "jjj");
    let Event::Listing(answer) = listing(2, 9) else { panic!("no listing") };
    update(&mut model, Event::Listing(Listing { kept: Some(2), ..answer }));
    assert_eq!(model.list.cursor(), 5);
}

#[test]
fn a_key_for_the_next_hit_waits_for_the_answer() {
    let mut model = program(120, 9);
    update(&mut model, opened(0));
    press(&mut model, "/1");
    press_code(&mut model, KeyCode::Enter);
    press(&mut model, "n");
    let Event::Listing(answer) = listing(2, 9) else { panic!("no listing") };
    let terms = Arc::new(Terms::word("1"));
    let effects = update(&mut model, Event::Listing(Listing { terms, ..answer }));
    assert_eq!(model.list.cursor(), 1, "the first article has no hit, so the next one is gone to");
    assert!(effects.contains(&Effect::Open(RowId(1))), "{effects:?}");
}

#[test]
fn news_does_not_move_a_choice_away_from_its_top() {
    let mut model = program(80, 9);
    press(&mut model, "5jS");
    press(&mut model, "hj");
    let effects = update(&mut model, Event::Changed);
    assert!(matches!(&effects[0], Effect::List(Question { keep: Keep::First, query: Query::Unread, .. })));
}

#[test]
fn the_place_that_is_remembered_belongs_to_the_article_that_is() {
    let mut model = program(120, 9);
    press(&mut model, "l");
    update(&mut model, opened(0));
    let session = model.session();
    assert_eq!(session.post, Some("0.md".into()));
    press(&mut model, "]");
    let session = model.session();
    assert_eq!((session.post, session.place), (Some("1.md".into()), None));
}

#[test]
fn arrows_in_the_find_prompt_leave_sidebar_and_list_alone() {
    let mut model = program(120, 9);
    press(&mut model, "l/");
    let effects = update(&mut model, Event::Key(KeyCombination::new(KeyCode::Down, KeyModifiers::NONE)));
    assert_eq!(effects, []);
    assert_eq!(model.list.cursor(), 0);
}

#[test]
fn the_next_pane_after_an_empty_list_is_not_the_reader() {
    let mut model = program(120, 0);
    let tab = || Event::Key(KeyCombination::new(KeyCode::Tab, KeyModifiers::NONE));
    update(&mut model, tab());
    assert_eq!(model.focus, Pane::Sidebar);
    update(&mut model, tab());
    assert_eq!(model.focus, Pane::List);
}

#[test]
fn the_help_stops_at_its_last_line() {
    let mut model = program(80, 9);
    press(&mut model, "?G");
    let end = model.overlay.clone();
    press(&mut model, "jjk");
    assert_ne!(model.overlay, end);
}

#[test]
fn an_article_does_not_outlive_a_list_that_empties_while_the_reader_is_hidden() {
    let mut model = program(120, 1);
    update(&mut model, opened(0));
    update(&mut model, Event::Resize(Size::new(40, 24)));
    update(&mut model, Event::Sync(Progress::Done));
    update(&mut model, Event::Changed);
    update(&mut model, listing(2, 0));
    update(&mut model, Event::Resize(Size::new(120, 24)));
    assert!(model.reader.shown.is_none());
}

#[test]
fn counts_move_in_the_outline() {
    let mut model = program(120, 9);
    let headings: Vec<String> = (1..=40).map(|n| format!("## 第{n}节")).collect();
    update(&mut model, written(0, &headings.join("\n\n")));
    press(&mut model, "O");
    for (keys, line) in [("3j", 3), ("2k", 1), ("G", 39), ("12G", 11), ("gg", 0), ("99j", 39), ("99k", 0)] {
        press(&mut model, keys);
        assert_eq!(model.menu().unwrap().cursor(), line, "{keys}");
    }
    press(&mut model, "G");
    assert!(model.menu().unwrap().top() > 0, "the last line is visible");
    assert_eq!(model.list.cursor(), 0, "the list has not moved");
}

#[test]
fn digits_go_to_the_link_of_that_number() {
    let mut model = program(120, 9);
    let stock = "<a href=\"http://q.cn/1\" class=\"keytip\" data-code=\"1,609217\">听雨茶业</a>";
    let links: Vec<String> = (1..=12).map(|n| format!("[第{n}条](http://a.cn/{n})")).collect();
    update(&mut model, written(0, &format!("<p>{stock}</p>\n\n{}", links.join("，"))));
    press(&mut model, "L");
    // The stock before them has no number.
    for (keys, label) in [
        ("3", "第3条"),
        ("1", "第1条"),
        ("2", "第12条"),
        ("5", "第5条"),
        ("4j", "第5条"),
        ("12G", "第12条"),
        ("0k", "第11条"),
    ] {
        press(&mut model, keys);
        let menu = model.menu().unwrap();
        let choice = menu.shown().nth(menu.cursor()).unwrap();
        assert_eq!(&*choice.label, label, "{keys}");
    }
}

#[test]
fn the_program_can_be_left_from_a_menu() {
    let mut model = program(120, 9);
    update(&mut model, written(0, "## 甲"));
    assert!(matches!(press(&mut model, "OQ").as_slice(), [Effect::Remember(_), Effect::Quit]));
}
