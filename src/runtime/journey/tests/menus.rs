//! The menus of headings and links.

use super::{folder, home, open, says};
use crate::app::{Effect, Event, Pane};
use crate::runtime::journey::Journey;
use std::fs;
use tempfile::TempDir;

/// An article with headings of several ranks, and links of several kinds.
fn article() -> TempDir {
    let paragraph = "海风吹过霜湾的旧码头，码头上没有船。".repeat(12);
    let text = format!(
        "---\ntitle: 霜湾纪事\ndate: 2024-05-06\n---\n{paragraph}\n\n\
         ## 一、旧码头\n\n{paragraph}见[港务公告](https://www.port.example.cn/notice/2024/05.html)。\n\n\
         ### （一）从前的航线与已经停开的夜班船以及它们的船票\n\n{paragraph}\n\n\
         ### （二）灯塔\n\n{paragraph}<https://light.example.cn/>，又见[公告](https://www.port.example.cn/notice/2024/05.html)。\n\n\
         ## 二、鱼市 Market\n\n{paragraph}\n\n[![image](https://img.example.cn/fish.png)](https://fish.example.cn/today)\n\n\
         ## 三、尾声\n\n{paragraph}"
    );
    folder(&[
        ("archive/2024-05-06-shuangwan.md", &text),
        ("archive/2024-05-05-plain.md", "---\ntitle: 白纸\n---\n没有标题，没有链接。"),
    ])
}

fn top_line(journey: &Journey) -> String {
    let shown = journey.model.reader.shown.as_ref().unwrap();
    shown.line(journey.model.reader.top()).unwrap().text()
}

#[test]
fn menus_at_three_sizes() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter");
    for (width, height) in [(120, 30), (80, 24), (40, 12)] {
        journey.resize(width, height);
        insta::assert_snapshot!(format!("outline-{width}"), journey.press("O j j").screen());
        insta::assert_snapshot!(format!("links-{width}"), journey.press("Esc L j").screen());
        journey.press("q");
    }
    journey.resize(80, 24).take(Event::Width(crate::typeset::Ambiguous::Wide));
    insta::assert_snapshot!("outline-wide", journey.press("O").screen());
}

#[test]
fn a_heading_is_gone_to_and_stays_when_the_window_changes() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter O");
    assert_eq!(journey.model.menu().unwrap().cursor(), 0, "the place is above all headings");
    journey.press("j j Enter");
    assert_eq!((top_line(&journey).as_str(), journey.model.menu()), ("（二）灯塔", None));
    for width in [50, 120, 33, 100] {
        journey.resize(width, 20);
        assert_eq!(top_line(&journey), "（二）灯塔", "{width}");
    }
    assert_eq!(journey.press("j O").model.menu().unwrap().cursor(), 2, "still under that heading");
    journey.press("4 G Enter");
    assert_eq!(top_line(&journey), "二、鱼市 Market");
    journey.press("O G Enter O");
    assert_eq!(journey.model.menu().unwrap().cursor(), 4, "though the article ends before it is at the top");
}

#[test]
fn typing_narrows_the_headings_and_enter_goes_there_at_once() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter O / 'MARK");
    assert_eq!(journey.model.menu().unwrap().shown().count(), 1);
    journey.press("Enter");
    assert_eq!((top_line(&journey).as_str(), journey.model.prompt.is_none()), ("二、鱼市 Market", true));
    journey.press("O f 'xyz");
    assert!(journey.screen().contains("Not found: xyz"));
    journey.press("Enter Esc");
    assert_eq!(journey.model.menu().unwrap().shown().count(), 5, "Esc drops the filter");
    assert_eq!(journey.press("Esc").model.menu(), None);
}

#[test]
fn links_are_opened_and_copied_from_their_menu() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter L y j Enter j o 1 o");
    let urls: Vec<(bool, &str)> = journey
        .outside
        .iter()
        .map(|effect| match effect {
            Effect::Copy(url) => (true, url.as_str()),
            Effect::Browse(url) => (false, url.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    let notice = "https://www.port.example.cn/notice/2024/05.html";
    assert_eq!(
        urls,
        [
            (true, notice),
            (false, "https://light.example.cn/"),
            (false, "https://fish.example.cn/today"),
            (false, notice)
        ]
    );
    assert_eq!(says(&journey), "Opening in the browser");
    journey.press("/ 'fish.ex Enter");
    assert_eq!(journey.model.menu().unwrap().shown().count(), 1);
    assert_eq!(journey.press("y").outside.len(), 5);
    assert_eq!(journey.press("L").model.menu(), None);
    journey.press("G");
    assert_eq!(journey.press("L").model.menu().unwrap().cursor(), 2, "the link that is visible");
}

#[test]
fn the_list_has_the_menus_of_the_article_beside_it() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    assert_eq!(says(journey.press("O")), "Nothing open", "the reader is not visible");
    journey.resize(120, 20).press("O j Enter");
    assert_eq!(
        (top_line(&journey).as_str(), journey.model.focus),
        ("（一）从前的航线与已经停开的夜班船以及它们的船票", Pane::List)
    );
    assert_eq!(says(journey.press("j O")), "This article has no headings");
    assert_eq!(says(journey.press("L")), "This article has no links");
}

#[test]
fn a_menu_does_not_outlive_its_article() {
    let (folder, home) = (article(), home());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("Enter O / '灯");
    let file = folder.path().join("archive/2024-05-06-shuangwan.md");
    fs::write(&file, fs::read(&file).unwrap()).unwrap();
    journey.hear(&["2024-05-06-shuangwan.md"]);
    assert!(journey.model.menu().is_some() && journey.model.prompt.is_some(), "the same text again");
    fs::write(file, "---\ntitle: 霜湾纪事\n---\n改过了。").unwrap();
    journey.hear(&["2024-05-06-shuangwan.md"]);
    assert_eq!((journey.model.menu(), journey.model.prompt.is_none()), (None, true));
}
