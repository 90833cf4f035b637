//! What stands on the screen of a search.

use crate::program::Home;
use crate::pty::Terminal;
use std::fs;

/// Two posts that hold 霜湾, one of them far down, and one that does not.
fn harbour() -> Home {
    let home = Home::with_posts(&["丙"]);
    let far = "海风吹过。\n\n".repeat(60);
    for (day, title, text) in [(2, "乙", format!("{far}回到霜湾。")), (3, "甲", "霜湾的码头。".to_owned())]
    {
        let text = format!("---\ntitle: {title}\ndate: 2024-02-{day:02}\n---\n{text}\n");
        fs::write(home.archive().join(format!("{title}.md")), text).unwrap();
    }
    home
}

#[test]
fn articles_show_what_was_found_while_it_is_typed() {
    let home = harbour();
    let mut terminal = Terminal::run(home.reader(), 80, 24);
    terminal.wait_for("丙");
    terminal.press("/霜湾");
    terminal.wait_for("…海风吹过。 海风吹过。 海风吹过。 回到霜湾。");
    terminal.wait_for("霜湾的码头。");
    let hit = |terminal: &Terminal, text: &str| {
        let lines: Vec<String> = terminal.screen().rows(0, 80).collect();
        let row = lines.iter().position(|line| line.contains(text)).unwrap();
        let column = (0..80).find(|column| {
            terminal.screen().cell(u16::try_from(row).unwrap(), *column).unwrap().contents() == "霜"
        });
        terminal.screen().cell(u16::try_from(row).unwrap(), column.unwrap()).unwrap().bgcolor()
    };
    assert_ne!(hit(&terminal, "回到霜湾"), vt100::Color::Default, "the hit is marked");
    terminal.press("\x1b");
    terminal.wait_until("all articles are listed again, a row each", |terminal| {
        terminal.text().contains("丙") && !terminal.text().contains("回到霜湾")
    });
}

#[test]
fn the_command_prints_what_was_found_for_people_who_look() {
    let home = harbour();
    let mut terminal = Terminal::run(home.shell("\"$0\" -a \"$1\" search 霜湾; echo end"), 80, 24);
    terminal.wait_for("end");
    let screen = terminal.text();
    let lines: Vec<&str> = screen.lines().collect();
    assert_eq!(lines[1].trim(), "霜湾的码头。");
    assert!(lines[0].contains("甲") && lines[2].contains("乙"), "{screen}");
    assert!(
        lines[3].starts_with("                  …海风吹过。 ") && lines[3].ends_with("回到霜湾。"),
        "{screen}"
    );
}
