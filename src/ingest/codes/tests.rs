use super::*;

fn found(title: &str, text: &str) -> Vec<String> {
    let named = |code: &StockCode| match &code.name {
        Some(name) => format!("{} {name}", code.symbol()),
        None => code.symbol(),
    };
    find(title, text).iter().map(named).collect()
}

#[test]
fn attributes_name_stocks_and_boards() {
    for (text, expected) in [
        (r#"<a class="keytip" data-code="106,NIO">蔚来</a>"#, &["NIO.US 蔚来"][..]),
        (r#"<span class="em_stock_key_common" data-code="90,BK0493">新能源</span>"#, &["BK0493 新能源"]),
        (r#"<a data-code="002752|0|2" class="EmImageRemark">"#, &["002752.SZ"]),
        (r#"<img data-code="K 02338|116|5">"#, &["02338.HK"]),
        (r#"<img src="https://example.com/p?nid=1.600519&type=k">"#, &["600519.SH"]),
        (r#"<img alt="K图 002752_0">"#, &["002752.SZ"]),
        (r#"<img alt="K图 02338_0">"#, &[]),
        (r#"<a data-code="x,y">甲</a><a data-code="1,">甲</a><a data-code='1,600000'>"#, &["600000.SH"]),
        (r#"<a data-code="1,600000"#, &[]),
    ] {
        assert_eq!(found("", text), expected, "{text}");
    }
}

#[test]
fn brackets_behind_a_name_name_stocks() {
    for (text, expected) in [
        ("甲乙光电(002456)今日涨停", &["002456.SZ 甲乙光电"][..]),
        ("甲乙重工（600519.SH）", &["600519.SH 甲乙重工"]),
        ("评级：索菲亚(002572.SZ，最新价：20元)", &["002572.SZ 索菲亚"]),
        ("维持甲乙集团(2888.HK)评级", &["02888.HK 甲乙集团"]),
        ("记者从甲乙石化（600028）获悉", &["600028.SH 甲乙石化"]),
        ("<p><strong>甲乙动力</strong>(000338.SZ)", &["000338.SZ 甲乙动力"]),
        ("*ST甲乙 (600001)", &["600001.SH *ST甲乙"]),
        ("甲乙石化（600028.SH/00386.HK）", &["600028.SH 甲乙石化", "00386.HK 甲乙石化"]),
        ("昨日深夜突然宣布停牌股份(600028)", &["600028.SH"]),
        ("(600028)", &["600028.SH"]),
        ("编号(123456)、年份(2022)、电话(600028123)、(600028元)、金额(688.5)", &[]),
    ] {
        assert_eq!(found("", text), expected, "{text}");
    }
}

#[test]
fn a_code_is_kept_once_with_its_first_name_in_order_of_appearance() {
    let text = r#"<img alt="K图 600028_0"> 甲乙光电(002456)，<a data-code="1,600028">甲乙石化</a>，<a data-code="1,600028">石化</a>"#;
    assert_eq!(found("", text), ["600028.SH 甲乙石化", "002456.SZ 甲乙光电"]);
    assert_eq!(found("丙丁(300001)", text).first().map(String::as_str), Some("300001.SZ 丙丁"));
}

#[test]
fn a_table_of_the_market_is_cut() {
    let table: Vec<String> = (0..5000).map(|n| format!("(60{n:04})")).collect();
    assert_eq!(find("", &table.concat()).len(), MOST);
}
