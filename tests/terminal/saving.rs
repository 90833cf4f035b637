//! What was shown as saved is there, whatever happens to the program.

use crate::program::Home;
use crate::pty::Terminal;
use rustix::process::Signal;

/// How many bookmarks the sidebar counts: only those that are on the disk.
fn counted(terminal: &Terminal) -> usize {
    let text = terminal.text();
    let line = text.lines().find_map(|line| line.trim().strip_prefix("Bookmarks"));
    let number = line.and_then(|line| line.trim_start().split(['│', ' ']).next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn kept(home: &Home) -> usize {
    home.prints(&["bookmark", "list"]).lines().count()
}

#[test]
fn a_bookmark_that_was_shown_as_saved_survives_a_kill() {
    let names: Vec<String> = (1..=28).map(|n| format!("文{n}")).collect();
    let home = Home::with_posts(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut before = 0;
    for round in 1..=5 {
        let mut terminal = Terminal::run(home.reader(), 120, 40);
        terminal.wait_for("的正文");
        terminal.wait_until("the old bookmarks are counted", |terminal| counted(terminal) == before);
        // The session was not remembered, so the cursor is at the top again.
        terminal.press(&"j".repeat(before));
        terminal.press(&"bj".repeat(10));
        terminal.wait_until("some are saved", |terminal| counted(terminal) >= before + round.min(3));
        let shown = counted(&terminal);
        terminal.signal(Signal::KILL);
        terminal.ends();
        before = kept(&home);
        assert!(before >= shown.max(counted(&terminal)), "{before} are kept of {shown} shown");
        if before > 18 {
            break;
        }
    }
}

#[test]
fn two_readers_on_one_home_see_each_others_bookmarks() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let [mut one, mut other] = [(); 2].map(|()| Terminal::run(home.reader(), 120, 24));
    one.wait_for("丙的正文");
    other.wait_for("丙的正文");
    one.press("b");
    other.wait_until("the other one counts it", |terminal| counted(terminal) == 1);
    other.press("jb");
    one.wait_until("the first one counts both", |terminal| counted(terminal) == 2);
    for mut terminal in [one, other] {
        terminal.press("q");
        assert_eq!(terminal.ends(), (0, None));
    }
    assert_eq!(kept(&home), 2);
}

#[test]
fn posts_that_another_process_has_read_come_into_the_list() {
    let home = Home::with_posts(&["甲"]);
    let mut terminal = Terminal::run(home.reader(), 120, 24);
    terminal.wait_for("甲的正文");
    std::fs::write(home.archive().join("乙.md"), "乙").unwrap();
    // Either of the two may be first to read it.
    assert!(home.prints(&["sync"]).starts_with("2 posts: "));
    terminal.wait_for("1/2");
}
