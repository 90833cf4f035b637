//! What happens to the files comes onto the screen while they are being read.

use crate::program::Home;
use crate::pty::Terminal;
use std::fs;

/// The row of the screen that shows a text.
fn row_of(terminal: &Terminal, text: &str) -> Option<usize> {
    terminal.text().lines().position(|line| line.contains(text))
}

fn post(title: &str, day: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2024-{day}\n---\n{title}的正文。\n")
}

#[test]
fn posts_come_change_and_go_and_the_selection_does_not_move() {
    let names: Vec<String> = (1..=28).map(|n| format!("文{n:02}")).collect();
    let home = Home::with_posts(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut terminal = Terminal::run(home.reader(), 120, 14);
    terminal.wait_for("文28的正文");
    terminal.press("9j");
    terminal.wait_for("文19的正文");
    let row = row_of(&terminal, "24-01-19 文19");
    assert!(row.is_some_and(|row| row > 5), "{}", terminal.text());

    fs::write(home.archive().join("新.md"), post("新文", "02-01")).unwrap();
    terminal.wait_for("11/29");
    terminal.wait_for("1 new");
    assert_eq!(row_of(&terminal, "24-01-19 文19"), row, "{}", terminal.text());
    assert!(terminal.text().contains("文19的正文"));

    fs::create_dir_all(home.archive().join("a/b")).unwrap();
    fs::write(home.archive().join("a/b/c.md"), post("更新", "02-02")).unwrap();
    terminal.wait_for("12/30");
    terminal.wait_for("2 new");
    assert_eq!(row_of(&terminal, "24-01-19 文19"), row, "{}", terminal.text());

    fs::rename(home.archive().join("a"), home.archive().join("z")).unwrap();
    fs::write(home.archive().join("z/b/d.md"), post("最新", "02-03")).unwrap();
    terminal.wait_for("13/31");
    terminal.press("gg");
    for title in ["最新", "更新", "新文"] {
        terminal.wait_for(&format!("{title}的正文"));
        terminal.press("j");
    }
    terminal.press("gg");
    terminal.wait_for("最新的正文");
    fs::write(home.archive().join("z/b/d.md"), post("改过", "02-03")).unwrap();
    terminal.wait_for("改过的正文");
    fs::remove_dir_all(home.archive().join("z")).unwrap();
    terminal.wait_for("1/29");
    terminal.wait_for("新文的正文");
    terminal.press("q");
    assert_eq!(terminal.ends(), (0, None));
}

#[test]
fn a_file_that_an_editor_saves_is_shown_as_it_is_now() {
    let home = Home::with_posts(&["甲", "乙"]);
    let mut terminal = Terminal::run(home.reader(), 120, 14);
    terminal.wait_for("乙的正文");
    for title in ["一稿", "二稿", "三稿"] {
        let new = home.archive().join(".乙.md.swp");
        fs::write(&new, post(title, "01-02")).unwrap();
        fs::rename(new, home.archive().join("乙.md")).unwrap();
        terminal.wait_for(&format!("{title}的正文"));
        terminal.wait_for("1/2");
    }
    terminal.press("q");
    assert_eq!(terminal.ends(), (0, None));
}
