//! How wide the terminal draws ambiguous characters, by its own word.

use crate::program::Home;
use crate::pty::{Answers, Terminal};
use std::fs;

/// The borders between the panes of a terminal that draws everything in one cell, and of one that does not.
const NARROW: char = '│';
const WIDE: char = '|';

fn home() -> Home {
    Home::with_posts(&["甲“引号”甲", "乙", "丙"])
}

/// Whether all borders are of one kind.
fn has_borders(terminal: &Terminal, border: char) -> bool {
    let text = terminal.text();
    text.contains("丙的正文")
        && text.contains(border)
        && !text.contains(if border == WIDE { NARROW } else { WIDE })
}

#[test]
fn the_first_frame_is_drawn_as_the_terminal_answers() {
    let home = home();
    for (answers, border) in [(Answers::Narrow, NARROW), (Answers::Wide, WIDE), (Answers::Never, NARROW)] {
        let mut terminal = Terminal::run_answering(home.reader(), answers);
        terminal.wait_until("the list and the article are there", |terminal| has_borders(terminal, border));
        // Nothing was drawn in the other width before.
        let other = if border == WIDE { NARROW } else { WIDE };
        assert!(!String::from_utf8_lossy(&terminal.bytes).contains(other));
        assert_eq!(terminal.text().matches('“').count(), 1, "{}", terminal.text());
        terminal.press("q");
        assert_eq!(terminal.ends(), (0, None));
    }
}

#[test]
fn in_a_wide_terminal_a_quotation_mark_takes_two_cells() {
    let home = home();
    let mut terminal = Terminal::run_answering(home.reader(), Answers::Wide);
    terminal.wait_for("甲“");
    let column = |terminal: &Terminal, mark: &str| {
        let screen = terminal.screen();
        let at = (0..120).find(|&column| screen.cell(3, column).is_some_and(|cell| cell.contents() == mark));
        at.unwrap()
    };
    terminal.wait_until("the title is in its row", |terminal| {
        terminal.text().lines().nth(3).unwrap().contains('“')
    });
    assert_eq!(column(&terminal, "引") - column(&terminal, "“"), 2);
    assert_eq!(column(&terminal, "”") - column(&terminal, "“"), 6);
}

#[test]
fn keys_typed_while_the_terminal_is_asked_are_not_lost() {
    let home = home();
    for answers in [Answers::Never, Answers::Wide] {
        let mut terminal = Terminal::run_answering(home.reader(), answers);
        terminal.wait_until("the terminal is asked", |terminal| terminal.bytes.ends_with(b"\x1b[2K"));
        terminal.press("/乙\x1b[D丁");
        terminal.wait_for("丁乙");
    }
}

#[test]
fn the_settings_and_the_command_line_overrule_the_terminal() {
    let home = home();
    let mut command = home.reader();
    command.args(["--ambiguous", "narrow"]);
    let mut terminal = Terminal::run_answering(command, Answers::Wide);
    terminal.wait_until("it is drawn narrow", |terminal| has_borders(terminal, NARROW));
    fs::create_dir_all(home.path().join(".config/finews")).unwrap();
    fs::write(home.path().join(".config/finews/config.toml"), "[terminal]\nambiguous_width = 'wide'\n")
        .unwrap();
    let mut terminal = Terminal::run_answering(home.reader(), Answers::Narrow);
    terminal.wait_until("it is drawn wide", |terminal| has_borders(terminal, WIDE));
    assert!(!String::from_utf8_lossy(&terminal.bytes).contains("\x1b[6n"));
}

fn asked(terminal: &Terminal) -> usize {
    String::from_utf8_lossy(&terminal.bytes).matches("\x1b[6n").count()
}

#[test]
fn a_window_that_is_looked_at_again_or_resized_is_asked_anew() {
    let home = home();
    let mut terminal = Terminal::run_answering(home.reader(), Answers::Narrow);
    terminal.wait_until("it is drawn narrow", |terminal| has_borders(terminal, NARROW));
    terminal.answers = Answers::Wide;
    terminal.press("\x1b[Ij");
    terminal.wait_until("it is drawn wide", |terminal| terminal.text().contains(WIDE));
    terminal.press("k");
    terminal.wait_until("the article is the first again", |terminal| has_borders(terminal, WIDE));
    terminal.answers = Answers::Narrow;
    for columns in 100..=120 {
        terminal.resize(columns, 24);
    }
    terminal.wait_until("it is drawn narrow", |terminal| has_borders(terminal, NARROW));
    assert_eq!(terminal.text().matches('“').count(), 1, "{}", terminal.text());
}

#[test]
fn an_answer_that_comes_late_counts_and_the_next_question_is_asked() {
    let home = home();
    let mut terminal = Terminal::run_answering(home.reader(), Answers::Never);
    terminal.wait_until("it is drawn narrow", |terminal| has_borders(terminal, NARROW));
    terminal.press("\x1b[1;1R");
    terminal.press("j\x1b[1;3R");
    terminal.wait_until("it is drawn wide", |terminal| terminal.text().contains(WIDE));
    terminal.press("k");
    terminal.wait_until("only the key was typed", |terminal| has_borders(terminal, WIDE));
    terminal.answers = Answers::Narrow;
    terminal.press("\x1b[I");
    terminal.wait_until("it is drawn narrow", |terminal| has_borders(terminal, NARROW));
}

#[test]
fn the_question_leaves_the_screen_as_it_was() {
    let home = home();
    let mut terminal = Terminal::run_answering(home.reader(), Answers::Narrow);
    terminal.wait_until("it is drawn narrow", |terminal| has_borders(terminal, NARROW));
    terminal.press("lh");
    terminal.wait_until("the article is read and counted", |terminal| {
        terminal.text().contains("Unread            2") && terminal.text().contains("+Months")
    });
    let rows = |terminal: &Terminal| terminal.screen().rows_formatted(0, 120).collect::<Vec<_>>();
    let (whole, before) = (rows(&terminal), asked(&terminal));
    terminal.press("\x1b[I");
    terminal.wait_until("the terminal is asked", |terminal| asked(terminal) == before + 2);
    terminal.wait_until("the screen is as it was", |terminal| rows(terminal) == whole);
}

#[test]
fn what_is_typed_and_pasted_while_it_is_asked_anew_is_not_lost() {
    let home = home();
    let mut terminal = Terminal::run_answering(home.reader(), Answers::Narrow);
    terminal.wait_until("it is drawn narrow", |terminal| has_borders(terminal, NARROW));
    terminal.press("/");
    terminal.answers = Answers::Never;
    terminal.press("\x1b[I");
    terminal.wait_until("the terminal is asked", |terminal| asked(terminal) == 4);
    terminal.press("甲\x1b[200~乙");
    terminal.press("q丙\x1b[201~\x1b[D丁");
    terminal.wait_for("甲乙q丁丙");
}

#[test]
fn drawing_anew_asks_anew() {
    let home = home();
    let mut terminal = Terminal::run_answering(home.reader(), Answers::Narrow);
    terminal.wait_until("it is drawn narrow", |terminal| has_borders(terminal, NARROW));
    for (answers, border) in [(Answers::Wide, WIDE), (Answers::Never, WIDE), (Answers::Narrow, NARROW)] {
        terminal.answers = answers;
        let before = asked(&terminal);
        terminal.press("\x0c");
        terminal.wait_until("the terminal is asked", |terminal| asked(terminal) > before);
        terminal.press("jk");
        terminal.wait_until("it is drawn as answered", |terminal| has_borders(terminal, border));
    }
}
