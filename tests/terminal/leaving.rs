//! However the program ends, the terminal is as before.

use crate::program::Home;
use crate::pty::Terminal;
use rustix::process::Signal;

fn open(home: &Home) -> Terminal {
    let mut terminal = Terminal::run(home.reader(), 120, 24);
    terminal.wait_for("丙的正文");
    assert!(terminal.is_taken());
    terminal
}

#[test]
fn the_sample_opens_in_three_panes_and_q_leaves_the_terminal_as_before() {
    let home = Home::empty();
    let mut terminal = Terminal::run(home.reader(), 120, 30);
    terminal.wait_for("Sources");
    terminal.wait_until("three panes hold text", |terminal| {
        let text = terminal.text();
        text.lines().any(|line| line.split('│').filter(|pane| !pane.trim().is_empty()).count() == 3)
    });
    assert!(terminal.is_taken());
    terminal.press("q");
    assert_eq!(terminal.ends(), (0, None));
    assert!(terminal.is_restored());
    assert_eq!(terminal.text().trim(), "", "nothing is left on the screen");
}

#[test]
fn a_signal_restores_the_terminal_and_remembers_the_session() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let home = Home::with_posts(&["甲", "乙", "丙"]);
        let mut terminal = open(&home);
        terminal.press("jj");
        terminal.wait_for("甲的正文");
        terminal.signal(signal);
        assert_eq!(terminal.ends(), (code, None), "{signal:?}");
        assert!(terminal.is_restored(), "{signal:?}");
        let mut again = Terminal::run(home.reader(), 120, 24);
        again.wait_for("甲的正文");
        assert!(again.text().contains("3/3"), "{signal:?}");
    }
}

#[test]
fn a_terminal_that_vanishes_ends_the_program_and_the_session_is_remembered() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = open(&home);
    // To the last article, because portable-pty types Enter and ctrl-d when it closes a terminal.
    terminal.press("jj");
    terminal.wait_for("甲的正文");
    assert_eq!(terminal.vanish(), 129);
    let mut again = Terminal::run(home.reader(), 120, 24);
    again.wait_for("甲的正文");
    assert!(again.text().contains("3/3"));
}

#[test]
fn a_signal_ends_the_program_even_while_the_terminal_takes_no_output() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = open(&home);
    terminal.stop_reading();
    // Far more than the system keeps for a terminal.
    terminal.press(&"\x0c".repeat(3000));
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.ends_unread(), 143);
    assert!(terminal.has_old_modes());
}
