//! Lines that are wider than the pane.

use super::{folder, home, open, says};
use crate::app::Pane;
use crate::runtime::journey::Journey;
use tempfile::TempDir;

/// An article with a wide table, and with program text in a quotation.
fn article() -> TempDir {
    let row = |name: &str| (1..=12).map(|n| format!("{name}第{n}栏")).collect::<Vec<_>>().join("|");
    let table = [row("潮"), ["--"; 12].join("|"), row("涨"), row("落")].join("\n");
    let code = format!("> let tide = \"{}\"; // the end\n> short", "月出于东山之上".repeat(8));
    let rest = "海风吹过旧码头。\n\n".repeat(30);
    let text = format!("---\ntitle: 潮位\n---\n霜湾的潮位。\n\n{table}\n\n> ```\n{code}\n> ```\n\n{rest}");
    folder(&[
        ("archive/2024-05-06-tide.md", &text),
        ("archive/2024-05-05-plain.md", "---\ntitle: 白纸\n---\n白纸。"),
    ])
}

fn shift(journey: &Journey) -> usize {
    journey.model.reader.shown.as_ref().unwrap().shift()
}

#[test]
fn wide_lines_at_three_sizes() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter w");
    for (width, height) in [(120, 30), (80, 24), (40, 12)] {
        journey.resize(width, height).press("9 9 h Enter");
        insta::assert_snapshot!(format!("wide-{width}"), journey.screen());
        insta::assert_snapshot!(format!("shifted-{width}"), journey.press("l l").screen());
    }
}

#[test]
fn right_goes_to_the_end_of_the_widest_line_and_left_back_and_then_to_the_list() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter w");
    assert_eq!(shift(journey.press("2 l")), 16);
    assert_eq!(shift(journey.press("h")), 8);
    let end = shift(journey.press("9 9 l"));
    assert!(end > 16 && journey.screen().contains("潮第12栏") && !journey.screen().contains('›'));
    assert_eq!(shift(journey.press("l")), end);
    assert_eq!((shift(journey.press("9 9 h")), journey.model.focus), (0, Pane::Reader));
    assert_eq!(journey.press("h").model.focus, Pane::List);
}

#[test]
fn where_no_line_is_wide_left_is_the_list_at_once() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter w l G");
    assert_eq!(shift(&journey), 8, "the table is where it was left");
    assert_eq!(journey.press("h").model.focus, Pane::List);
    assert_eq!(shift(journey.press("Enter ]")), 0, "another article begins at its left");
}

#[test]
fn a_window_that_grows_shows_no_more_to_the_right_than_there_is() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    let far = shift(journey.press("Enter w 9 9 l"));
    let near = shift(journey.resize(130, 20));
    assert!(near > 0 && near < far, "{near} {far}");
    assert_eq!(shift(journey.resize(300, 20)), 0);
}

#[test]
fn a_hit_out_of_sight_is_scrolled_to() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter w / '第11栏");
    assert!(shift(&journey) > 0 && journey.screen().contains("潮第11栏"));
    journey.press("Enter / '潮第2栏");
    assert_eq!(shift(&journey), 0, "and back");
    journey.press("Enter / 'end");
    assert!(shift(&journey) > 0 && journey.screen().contains("the end"));
}

#[test]
fn wide_tables_are_grids_or_rows_and_the_place_stays() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    let by_row = journey.press("Enter").screen();
    journey.press("w");
    assert_eq!(says(&journey), "Wide tables: as grids, to be scrolled sideways");
    assert!(journey.screen().contains('›') && journey.screen() != by_row);
    journey.press("8 j");
    let top = |journey: &Journey| {
        let shown = journey.model.reader.shown.as_ref().unwrap();
        shown.line(journey.model.reader.top()).unwrap().place
    };
    let place = top(&journey);
    assert!(place.offset > 0, "a row of the table, not the first");
    assert_eq!(says(journey.press("w")), "Wide tables: row by row");
    assert_eq!(top(&journey), place);
}

#[test]
fn wide_lines_are_drawn_at_every_size_down_to_one_cell() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter w");
    for (width, height) in [(1, 1), (2, 9), (3, 3), (5, 2), (17, 4), (64, 1), (300, 100)] {
        for keys in ["g g", "5 l", "j", "9 9 l", "G", "/ 'end Enter", "h"] {
            journey.resize(width, height).press(keys).screen();
        }
        journey.press("Enter");
    }
}
