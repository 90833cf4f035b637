//! Nothing that a post holds reaches the terminal as a command.

use crate::program::Home;
use crate::pty::Terminal;
use finews::post::is_unsafe;
use std::fs;

/// What an article must not do: write to the clipboard, name the window, turn the text around, in seven-bit
/// and eight-bit form.
const ATTACK: &str =
    "\u{1b}]52;c;SE9TVElMRQ==\u{7}\u{9d}52;c;SE9TVElMRQ==\u{9c}\u{1b}[2J\u{9b}2J\u{202e}\u{8}\u{7f}";

/// The same as YAML writes it.
const ESCAPED: &str = r"\e]52;c;SE9TVElMRQ==\a\x9d52;c;SE9TVElMRQ==\x9c\e[2J\x9b2J\u202e\b\x7f";

fn hostile() -> Home {
    let home = Home::with_posts(&["甲"]);
    let head = format!(
        "title: \"恶{ESCAPED}意\"\ndate: 2024-06-01\nsource: \"源{ESCAPED}\"\ncategories: [\"类{ESCAPED}\"]\n\
         tags: [\"签{ESCAPED}\"]\nsurprise: \"{ESCAPED}"
    );
    let body = format!(
        "正文{ATTACK}。\n\n[链接](http://example.com/{ATTACK}) <a href=\"http://example.com/&#27;]52;c;SE9TVElMRQ==&#7;\">\
         &#27;]52;c;SE9TVElMRQ==&#7;&#x9b;2J</a>\n\n```\n{ATTACK}\n```\n\n<http://example.com/{ATTACK}>\n"
    );
    let text = format!("---\n{head}\n---\n{body}");
    for name in ["hostile.md".to_owned(), format!("{ATTACK}.md")] {
        fs::write(home.archive().join(name), &text).unwrap();
    }
    home
}

/// What is left of a text without the sequences that move, colour and clear: `ESC [`, numbers, a letter.
fn without_own_sequences(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut after =
            part.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ';' | '?')).chars();
        let letter = after.next().unwrap_or_default();
        assert!(letter.is_ascii_alphabetic(), "a sequence of its own making: {part:?}");
        rest.push_str(after.as_str());
    }
    rest
}

fn assert_harmless(what: &str, bytes: &[u8]) {
    let text = str::from_utf8(bytes).unwrap();
    let rest = without_own_sequences(text);
    let bad: Vec<char> = rest.chars().filter(|&c| is_unsafe(c) && !matches!(c, '\n' | '\t')).collect();
    assert!(bad.is_empty(), "{what}: {bad:?} in {text:?}");
    assert!(!text.contains("\u{1b}[2J\u{202e}"));
}

#[test]
fn in_the_reader_a_hostile_post_is_only_text() {
    let home = hostile();
    let mut terminal = Terminal::run(home.reader(), 120, 40);
    terminal.wait_for("正文");
    // Through every pane: the sidebar, the article, a filter with the post's own title, the help, links.
    terminal.press("jlGggh");
    terminal.press("hG/源\r");
    terminal.press("lb/恶\rL");
    terminal.press("\x1b[200~恶\x1b]52;c;SE9TVElMRQ==\x07\x1b[201~");
    terminal.wait_until("the bookmark is saved", |terminal| terminal.text().contains("]52;c;SE9TVElMRQ=="));
    terminal.press("Q\x03");
    terminal.ends();
    assert!(terminal.is_restored());
    assert_harmless("reader", &terminal.bytes);
}

#[test]
fn every_subcommand_prints_a_hostile_post_as_text() {
    let home = hostile();
    assert_eq!(home.prints(&["bookmark", "add", "hostile.md"]), "1 bookmarked\n");
    let odd = format!("{ATTACK}.md");
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["show", "hostile.md"],
        &["show", "hostile.md", "--format", "ansi"],
        &["show", "hostile.md", "--format", "json"],
        &["show", &odd],
        &["show", "nothing\u{1b}]0;x\u{7}.md"],
        &["bookmark", "add", &odd],
        &["bookmark", "list"],
        &["bookmark", "list", "--json"],
        &["bookmark", "export"],
        &["bookmark", "remove", "\u{9b}2J"],
        &["check"],
        &["sync"],
        &["--config", "\u{1b}]0;x\u{7}", "list"],
        &["list", "--since", "\u{1b}]0;x\u{7}"],
        &["\u{1b}]0;x\u{7}\u{9b}2J"],
        &["--\u{1b}]0;x\u{7}\u{9b}2J"],
    ] {
        let output = home.run(arguments);
        assert_harmless(&format!("{arguments:?}"), &output.stdout);
        assert_harmless(&format!("{arguments:?}"), &output.stderr);
    }
}
