//! Going through the mentions of stocks.

use super::{folder, home, open, says};
use crate::app::Scope;
use crate::query::Facet;
use crate::runtime::journey::Journey;
use tempfile::TempDir;

/// Three articles with stocks. The second calls one by another name, and the third by none.
fn market() -> TempDir {
    let far = "海风吹过。\n\n".repeat(40);
    let tea = |name: &str| format!("<span data-code=\"1,609217\" class=\"keytip\">{name}</span>");
    let first = format!(
        "---\ntitle: 甲\n---\n{}涨。\n\n{far}蔚来(NIO.US)\n与听雨茶业。<span data-code=\"106,NIO\">蔚来</span>\n",
        tea("听雨茶业")
    );
    let second = format!("---\ntitle: 乙\n---\n{far}听雨茶业，即{}（609217.SH）\n", tea("听雨"));
    let third = "---\ntitle: 丙\n---\n码头上没有船。听雨茶业也没有。\n\n<img alt=\"K图 609217_0\">\n";
    folder(&[
        ("2022-06-14-a.md", &first),
        ("2022-06-13-b.md", &second),
        ("2022-06-12-c.md", third),
        ("2022-06-11-d.md", "---\ntitle: 丁\n---\n听雨茶业，但没有代码。\n"),
    ])
}

fn walk(journey: &mut Journey, steps: &[(&str, &str, &str)]) {
    for (key, title, said) in steps {
        journey.press(key);
        let shown = journey.model.reader.shown.as_ref().unwrap().header.title.to_string();
        assert_eq!((shown.as_str(), says(journey).as_str()), (*title, *said), "{key}");
    }
}

#[test]
fn the_mentions_of_a_stock_that_a_list_is_about_lead_from_article_to_article() {
    let folder = market();
    for query in ["code:609217", "code:听雨", "code:609217.SH"] {
        let home = home();
        let mut journey = open(folder.path(), home.path());
        journey.press(&format!("/ '{query} Enter Enter"));
        assert_eq!(journey.model.list.len(), 3, "{query}");
        let steps = [
            ("n", "甲", "hit 1 of 2"),
            ("n", "甲", "hit 2 of 2"),
            ("n", "乙", "hit 1 of 3"),
            ("3 n", "丙", "hit 1 of 1"),
            ("N", "乙", "hit 3 of 3"),
        ];
        walk(&mut journey, &steps);
    }
}

#[test]
fn a_stock_that_the_sidebar_has_chosen_is_marked_too() {
    let (home, folder) = (home(), market());
    let mut journey = open(folder.path(), home.path());
    journey.model.sidebar.scope = Scope::Facet(Facet::Stock, "609217.SH".into());
    let asked = journey.model.ask_again();
    journey.perform(vec![asked]);
    assert_eq!(journey.model.list.rows_each(), 1);
    walk(journey.press("Enter"), &[("n", "甲", "hit 1 of 2"), ("2 n", "乙", "hit 1 of 3")]);
}

#[test]
fn any_stock_that_an_article_names_can_be_gone_to() {
    let (home, folder) = (home(), market());
    let mut journey = open(folder.path(), home.path());
    journey.press("/ '海风 Enter Enter");
    let steps = [
        ("m", "甲", "听雨茶业 609217.SH, 1 of 5"),
        ("m", "甲", "蔚来 NIO.US, 2 of 5"),
        ("2 m", "甲", "听雨茶业 609217.SH, 4 of 5"),
        ("n", "甲", "蔚来 NIO.US, 5 of 5"),
        ("m", "甲", "听雨茶业 609217.SH, 1 of 5"),
        ("M", "甲", "蔚来 NIO.US, 5 of 5"),
    ];
    walk(&mut journey, &steps);
    assert!(journey.model.reader.top() > 20);
    walk(&mut journey, &[("Esc", "甲", ""), ("n", "甲", "hit 1 of 40")]);
    walk(&mut journey, &[("q Esc j j Enter m", "丙", "听雨茶业 609217.SH, 1 of 1")]);
    walk(&mut journey, &[("q q G Enter m", "丁", "No stock is named in this text")]);
}
