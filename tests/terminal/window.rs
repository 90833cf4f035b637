//! The window changes.

use crate::program::Home;
use crate::pty::Terminal;

/// The screen when all that is counted after the start is there: months come last.
fn settled(terminal: &mut Terminal) -> String {
    terminal.wait_for("Months            1");
    terminal.text()
}

#[test]
fn through_one_cell_and_back_the_screen_is_whole_again() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = Terminal::run(home.reader(), 120, 24);
    terminal.wait_for("丙的正文");
    terminal.press("lh");
    terminal.wait_for("Unread            2");
    let whole = settled(&mut terminal);
    for (columns, rows) in [(1, 1), (2, 1), (40, 3), (1, 50), (300, 90), (1, 1)] {
        terminal.resize(columns, rows);
        terminal.press("lh");
    }
    terminal.resize(120, 24);
    terminal.wait_until("the screen is whole again", |terminal| terminal.text() == whole);
    terminal.press("q");
    assert_eq!(terminal.ends(), (0, None));
}

#[test]
fn a_menu_stays_whole_through_all_sizes() {
    let home = Home::with_posts(&[]);
    std::fs::write(
        home.archive().join("a.md"),
        "---\ntitle: 甲\n---\n## 渡口\n\n雨停了。\n\n## 对岸\n\n有人招手。\n",
    )
    .unwrap();
    let mut terminal = Terminal::run(home.reader(), 120, 24);
    terminal.wait_for("有人招手");
    // From the list, beside which the article is shown.
    terminal.press("O");
    terminal.wait_for("1/2");
    let border = |terminal: &Terminal| terminal.text().contains('└') && terminal.text().contains("对岸");
    terminal.wait_until("the menu is open", border);
    for (columns, rows) in [(1, 1), (20, 5), (7, 3), (300, 90), (8, 2), (1, 1)] {
        terminal.resize(columns, rows);
        terminal.press("jk");
    }
    terminal.resize(120, 24);
    terminal.wait_until("the menu is whole again", border);
    terminal.press("qq");
    assert_eq!(terminal.ends(), (0, None));
}

#[test]
fn ctrl_l_draws_anew_what_something_else_has_written_over() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = Terminal::run(home.reader(), 120, 24);
    terminal.wait_for("丙的正文");
    let whole = settled(&mut terminal);
    terminal.scribble("\x1b[5;1Hgarbage");
    assert!(terminal.text().contains("garbage"));
    terminal.press("\x0c");
    terminal.wait_until("the screen is whole again", |terminal| terminal.text() == whole);
}

#[test]
fn a_window_that_says_it_has_no_size_is_taken_for_a_common_one() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = Terminal::run_with_size_unknown(home.reader());
    terminal.wait_for("丙");
    terminal.wait_for("? help");
}
