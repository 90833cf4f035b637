//! Choosing in the sidebar.

use super::{folder, home, open};
use crate::app::Scope;
use crate::query::Facet;
use crate::runtime::journey::Journey;
use tempfile::TempDir;

/// Four articles; three name a stock of one name on two markets, one a stock without a name.
fn exchange() -> TempDir {
    folder(&[
        ("archive/2022-06-14-a.md", "---\ntitle: 甲\nsource: 晨报\n---\n中国平安（601318.SH）的年报。\n"),
        ("archive/2022-06-13-b.md", "---\ntitle: 乙\nsource: 晨报\n---\n中国平安（601318.SH、02318.HK）。\n"),
        ("archive/2022-05-12-c.md", "---\ntitle: 丙\nsource: 晚报\n---\n中国平安（601318.SH）。码头。\n"),
        (
            "archive/2021-01-11-d.md",
            "---\ntitle: 丁\nsource: 晚报\n---\n<a data-code=\"106,NIO\"></a>码头上的茶馆。\n",
        ),
    ])
}

/// The sidebar alone in a window of this width.
fn sidebar(journey: &mut Journey, width: u16) -> String {
    journey.resize(width, 14).screen()
}

#[test]
fn a_stock_shows_its_name_and_as_much_of_its_code_as_there_is_room_for() {
    let (home, folder) = (home(), exchange());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("h G Enter G");
    insta::assert_snapshot!(sidebar(&mut journey, 30), @r"
    archive
     All                         4
     Unread                      4
     Bookmarks                   0
    -Sources                     2
      晚报                       2
      晨报                       2
    +Months                      3
    -Stocks                      3
      中国平安 601318.SH         3
      中国平安 02318.HK          1
      NIO.US                     1

    丁                 1/1  ? help
    ");
    insta::assert_snapshot!(sidebar(&mut journey, 19), @r"
    archive
     All              4
     Unread           4
     Bookmarks        0
    -Sources          2
      晚报            2
      晨报            2
    +Months           3
    -Stocks           3
      中国平安 601318 3
      中国平安 02318  1
      NIO.US          1

    丁      1/1  ? help
    ");
    insta::assert_snapshot!(sidebar(&mut journey, 13), @r"
    archive
     All        4
     Unread     4
     Bookmarks  0
    -Sources    2
      晚报      2
      晨报      2
    +Months     3
    -Stocks     3
      中国平安  3
      中国平安  1
      NIO.US    1

    丁
    ");
    insta::assert_snapshot!(sidebar(&mut journey, 8), @r"
    archive
     All   4
     Unre… 4
     Book… 0
    -Sour… 2
      晚报 2
      晨报 2
    +Mont… 3
    -Stoc… 3
      中…  3
      中…  1
      NIO… 1

    丁
    ");
}

#[test]
fn a_stock_is_found_by_its_name_chosen_and_remembered() {
    let (home, folder) = (home(), exchange());
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.press("h f '平安 Enter Enter");
    assert_eq!(journey.model.sidebar.scope, Scope::Facet(Facet::Stock, "601318.SH".into()));
    assert_eq!(journey.model.list.len(), 3);
    assert!(journey.screen().contains("中国平安 601318.SH"), "{}", journey.screen());
    journey.press("Q");
    let tomorrow = open(&folder.path().join("archive"), home.path());
    assert_eq!(tomorrow.model.sidebar.scope, Scope::Facet(Facet::Stock, "601318.SH".into()));
    assert_eq!(tomorrow.model.list.len(), 3);
}
