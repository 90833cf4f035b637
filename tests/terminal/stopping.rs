//! Stopped by a shell, and back.

use crate::program::Home;
use crate::pty::{Terminal, state};
use rustix::process::{Pid, Signal, kill_process};

/// The reader as the foreground job of a shell, which says when it has the terminal back.
const JOB: &str = r#""$0" "$1"; echo "away: $?"; read line; fg >/dev/null; echo "back: $?""#;

fn open(home: &Home) -> (Terminal, Pid) {
    let mut terminal = Terminal::run(home.shell(JOB), 120, 24);
    terminal.wait_for("丙的正文");
    terminal.press("j");
    terminal.wait_for("乙的正文");
    let reader = terminal.foreground();
    (terminal, reader)
}

/// The job is stopped, the shell goes on, the job comes back, and ends.
fn goes_and_comes_back(terminal: &mut Terminal, reader: Pid) {
    terminal.wait_for("away");
    assert_eq!(state(reader), "T");
    terminal.wait_until("the terminal is the shell's", Terminal::is_restored);
    // The window has changed meanwhile.
    terminal.resize(118, 20);
    terminal.press("\n");
    terminal.wait_until("the terminal is taken again", Terminal::is_taken);
    terminal.wait_for("乙的正文");
    terminal.wait_until("the status is at the bottom", |terminal| {
        terminal.text().lines().nth(19).is_some_and(|line| line.ends_with("? help"))
    });
    assert!(!terminal.text().contains("away"));
    terminal.press("q");
    terminal.wait_for("back: 0");
    assert_eq!(terminal.ends(), (0, None));
    assert!(terminal.is_restored());
}

#[test]
fn ctrl_z_stops_the_reader_and_the_shell_brings_it_back() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let (mut terminal, reader) = open(&home);
    terminal.press("\x1a");
    goes_and_comes_back(&mut terminal, reader);
}

#[test]
fn a_stop_signal_from_outside_does_the_same() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let (mut terminal, reader) = open(&home);
    kill_process(reader, Signal::TSTP).unwrap();
    goes_and_comes_back(&mut terminal, reader);
}

#[test]
fn after_a_stop_that_could_not_be_seen_the_terminal_is_taken_again() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let (mut terminal, reader) = open(&home);
    kill_process(reader, Signal::STOP).unwrap();
    terminal.wait_for("away");
    assert_eq!(state(reader), "T");
    terminal.press("\n");
    terminal.wait_until("the terminal is taken again", |terminal| {
        terminal.is_taken() && terminal.text().contains("乙的正文") && !terminal.text().contains("away")
    });
    terminal.press("q");
    terminal.wait_for("back: 0");
    assert_eq!(terminal.ends(), (0, None));
    assert!(terminal.is_restored());
}

#[test]
fn without_a_shell_to_go_back_to_ctrl_z_does_not_stop_the_reader() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = Terminal::run(home.reader(), 120, 24);
    terminal.wait_for("丙的正文");
    terminal.press("\x1aj");
    terminal.wait_for("乙的正文");
    assert!(terminal.is_taken());
}

#[test]
fn a_reader_in_the_background_leaves_the_terminal_alone_and_can_be_ended() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let job = r#""$0" "$1"; read line; bg >/dev/null; read line; kill -TERM %1; bg >/dev/null; wait %1; echo "ended: $?""#;
    let mut terminal = Terminal::run(home.shell(job), 120, 24);
    terminal.wait_for("丙的正文");
    let reader = terminal.foreground();
    terminal.press("\x1a");
    terminal.wait_until("the reader has stopped", |_| state(reader) == "T");
    let stopped = switches(reader);
    terminal.press("\n");
    terminal.wait_until("it has stopped again", |_| switches(reader) > stopped && state(reader) == "T");
    terminal.wait_until("the terminal is the shell's", Terminal::is_restored);
    terminal.press("\n");
    terminal.wait_for("ended: 143");
    assert_eq!(terminal.ends(), (0, None));
    assert!(terminal.is_restored());
}

/// How often a process has begun to wait.
fn switches(process: Pid) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let number = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    number.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}
