//! A panic cannot be caused from outside, so here the test program is the one that panics: it runs one of its
//! own tests in a terminal.

use super::{PANICKED, install};
use crate::runtime::terminal::Screen;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::Read as _;
use std::num::NonZero;
use std::thread::spawn;

/// Which thread is to panic; without it, the tests that panic do nothing.
const WHERE: &str = "FINEWS_TEST_PANIC_IN";

#[test]
#[ignore = "is run in a terminal by the other test"]
fn takes_the_terminal_and_panics() {
    let Ok(place) = std::env::var(WHERE) else { return };
    install();
    let mut screen = Screen::enter().unwrap();
    screen.draw(|frame| frame.buffer_mut().set_string(0, 0, "framed", ratatui::style::Style::new())).unwrap();
    let fail = || panic!("on\u{9b}2J purpose");
    match place.as_str() {
        "ui" => screen.draw(|_| fail()).unwrap(),
        _ => spawn(fail).join().unwrap(),
    }
}

#[test]
fn a_panic_in_any_thread_restores_the_terminal_and_says_one_line() {
    for place in ["ui", "another thread"] {
        let (screen, code) = run_in_terminal(place);
        assert_eq!(code, u32::try_from(PANICKED).unwrap(), "{place}");
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "{place}");
        let text = screen.contents();
        let said: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("finews: ")).collect();
        assert!(
            matches!(said[..], [one] if one.contains("internal error at src/runtime/panic/tests.rs")),
            "{text}"
        );
        assert!(text.contains("on2J purpose"), "{text}");
    }
}

/// The screen that is left and the exit code.
fn run_in_terminal(place: &str) -> (vt100::Screen, u32) {
    let (rows, columns) = (24, 200);
    let size = PtySize { rows, cols: columns, ..PtySize::default() };
    let pair = native_pty_system().openpty(size).unwrap();
    let modes = || format!("{:?}", pair.master.get_termios().unwrap());
    let before = modes();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    let test = concat!(module_path!(), "::takes_the_terminal_and_panics").split_once("::").unwrap().1;
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    command.env(WHERE, place);
    let slave = pair.slave;
    let mut child = slave.spawn_command(command).unwrap();
    // Else the output would have no end.
    drop(slave);
    let mut bytes = Vec::new();
    pair.master.try_clone_reader().unwrap().read_to_end(&mut bytes).unwrap();
    assert!(bytes.windows(6).any(|window| window == b"framed"), "the terminal was taken");
    assert_eq!(modes(), before);
    let cells = |number| NonZero::new(number).unwrap();
    let mut parser = vt100::Parser::new(cells(rows), cells(columns), 0);
    parser.process(&bytes);
    (parser.screen().clone(), child.wait().unwrap().exit_code())
}
