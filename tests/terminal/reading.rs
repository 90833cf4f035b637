//! What stands on the screen of an open article.

use crate::program::Home;
use crate::pty::Terminal;
use std::fs;

/// The measure in a window of 40 columns.
const MEASURE: &str = "38";

#[test]
fn show_prints_the_lines_of_the_reader() {
    let home = Home::with_posts(&[]);
    let paragraph = "掌柜说：“今年的新茶，比去年好。”价钱涨了4.5%，老主顾却只点头（他等的是茶，不是行情）。";
    let text = format!("---\ntitle: 茶馆\n---\n{paragraph}\n\n> {paragraph}\n\n- {paragraph}\n");
    fs::write(home.archive().join("a.md"), text).unwrap();
    let shown = home.prints(&["show", "a.md", "--width", MEASURE, "--color", "never"]);
    let expected: Vec<&str> = shown.lines().map(str::trim_end).collect();
    assert!(expected.iter().any(|line| line.starts_with('│')) && expected.len() > 10, "{shown}");

    let mut terminal = Terminal::run(home.reader(), 40, 30);
    terminal.wait_for("茶馆");
    terminal.press("l");
    terminal.wait_until("the reader has the lines that show prints", |terminal| {
        let screen = terminal.text();
        // Below the pane's title, with the margin of one cell.
        let lines = screen.lines().skip(1).map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
        lines.take(expected.len()).eq(expected.iter().copied())
    });
}
