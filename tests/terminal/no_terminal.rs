//! Input or output is no terminal, or one that can do little.

use crate::program::Home;
use crate::pty::Terminal;

#[test]
fn without_a_terminal_the_articles_are_listed() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let listed = home.prints(&["list"]);
    assert_eq!(home.prints(&[]), listed);
    assert_eq!(listed.lines().count(), 3);
}

#[test]
fn a_dumb_terminal_is_told_what_works_in_it() {
    let home = Home::with_posts(&["甲"]);
    let mut command = home.reader();
    command.env("TERM", "dumb");
    let mut terminal = Terminal::run(command, 200, 24);
    assert_eq!(terminal.ends(), (1, None));
    assert!(terminal.is_restored());
    assert_eq!(terminal.text().lines().count(), 1);
    assert!(terminal.text().contains("finews list"));
    assert!(!terminal.bytes.contains(&0x1b));
}

#[test]
fn keys_come_from_the_terminal_when_the_input_is_something_else() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = Terminal::run(home.shell(r#"echo jjqj | "$0" "$1"; echo "ended: $?""#), 120, 24);
    terminal.wait_for("丙的正文");
    terminal.press("j");
    terminal.wait_for("乙的正文");
    terminal.press("q");
    terminal.wait_for("ended: 0");
    assert_eq!(terminal.ends(), (0, None));
    assert!(terminal.is_restored());
}

/// Runs shell lines to their end in a wide terminal; returns what is on the screen.
fn shell(lines: &str) -> String {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = Terminal::run(home.shell(lines), 200, 24);
    assert_eq!(terminal.ends(), (0, None));
    assert!(terminal.is_restored());
    terminal.text()
}

#[test]
fn an_output_that_takes_nothing_is_one_clear_line() {
    for command in [r#""$0" "$1""#, r#""$0" -a "$1" list"#, r#""$0" -a "$1" list --json"#, r#""$0" --help"#] {
        let text = shell(&format!(r#"{command} >/dev/full; echo "ended: $?""#));
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            matches!(lines[..], [said, "ended: 1"] if said.starts_with("finews: the output cannot be written")),
            "{command}: {lines:?}"
        );
    }
}

#[test]
fn a_closed_output_is_no_failure() {
    assert_eq!(shell(r#""$0" "$1" >&-; echo "ended: $?""#), "ended: 0");
    assert_eq!(shell(r#""$0" -a "$1" list | true; echo "ended: $?""#), "ended: 0");
}

#[test]
fn where_no_file_may_grow_the_reader_reads_and_says_what_is_not_saved() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let mut terminal = Terminal::run(home.shell(r#"ulimit -f 0; "$0" "$1"; echo "ended: $?""#), 120, 24);
    terminal.wait_for("丙的正文");
    terminal.press("b");
    terminal.wait_for("File too large");
    terminal.wait_for("Bookmarks         0");
    terminal.press("q");
    terminal.wait_for("ended: ");
    assert!(terminal.text().contains("finews: sessions are not remembered"), "{}", terminal.text());
    assert_eq!(terminal.ends(), (0, None));
    assert!(terminal.is_restored());
}

#[test]
fn a_reader_started_in_the_background_waits_for_the_foreground() {
    let home = Home::with_posts(&["甲", "乙", "丙"]);
    let lines = r#""$0" "$1" & echo started; read line; fg >/dev/null; echo "ended: $?""#;
    let mut terminal = Terminal::run(home.shell(lines), 120, 24);
    terminal.wait_for("started");
    terminal.press("\n");
    terminal.wait_for("丙的正文");
    terminal.press("q");
    terminal.wait_for("ended: 0");
    assert_eq!(terminal.ends(), (0, None));
    assert!(terminal.is_restored());
}
