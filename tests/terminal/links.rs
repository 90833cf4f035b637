//! The address of an article, and a browser.

use crate::program::Home;
use crate::pty::Terminal;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

/// The reader with this `BROWSER`, a name in the home folder, and a display or none.
fn open(home: &Home, browser: &str, display: &str) -> Terminal {
    let text = "---\ntitle: 甲\noriginal: http://example.com/a?b=1&c=2\n---\n甲的正文。\n\n<http://example.com/a?b=1&c=2>\n";
    fs::write(home.archive().join("甲.md"), text).unwrap();
    let mut command = home.reader();
    command.env("BROWSER", home.path().join(browser));
    command.env("DISPLAY", display);
    // The browsers of the machine that the test runs on are not to be found.
    for folders in ["PATH", "XDG_DATA_DIRS", "XDG_CONFIG_DIRS"] {
        command.env(folders, home.path());
    }
    let mut terminal = Terminal::run(command, 200, 24);
    terminal.wait_for("甲的正文");
    terminal
}

/// A program that writes its arguments to the file `opened` and something on its output.
fn install(home: &Home, name: &str) {
    let path = home.path().join(name);
    fs::write(
        &path,
        "#!/bin/sh\necho garbage\necho garbage >&2\necho \"$# $1\" >opened.new\n/bin/mv opened.new opened\n",
    )
    .unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_browser_gets_the_address_and_nothing_of_the_terminal() {
    let home = Home::with_posts(&["甲"]);
    install(&home, "browser");
    let mut terminal = open(&home, "browser", "");
    terminal.press("o");
    terminal.wait_until("the browser has run", |_| home.path().join("opened").exists());
    assert_eq!(fs::read_to_string(home.path().join("opened")).unwrap(), "1 http://example.com/a?b=1&c=2\n");
    terminal.press("q");
    assert_eq!(terminal.ends(), (0, None));
    assert!(!String::from_utf8_lossy(&terminal.bytes).contains("garbage"));
}

#[test]
fn without_a_browser_that_has_a_window_one_line_says_so() {
    for (browser, display, said) in [
        ("none", "", "there are no windows here"),
        ("none", ":77", "none is found"),
        ("w3m", ":77", "w3m needs the terminal"),
    ] {
        let home = Home::with_posts(&["甲"]);
        install(&home, "w3m");
        let mut terminal = open(&home, browser, display);
        terminal.press("o");
        terminal.wait_for(said);
        assert!(terminal.text().lines().last().unwrap().ends_with("http://example.com/a?b=1&c=2"));
        assert!(terminal.is_taken());
        assert!(!home.path().join("opened").exists());
    }
}

#[test]
fn a_copied_address_goes_to_the_terminal_in_base64() {
    let home = Home::with_posts(&["甲"]);
    let mut terminal = open(&home, "none", "");
    terminal.press("y");
    terminal.wait_for("copied");
    let bytes = String::from_utf8(terminal.bytes.clone()).unwrap();
    assert!(bytes.contains("\x1b]52;c;aHR0cDovL2V4YW1wbGUuY29tL2E/Yj0xJmM9Mg=="), "{bytes:?}");
}
