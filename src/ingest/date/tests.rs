use super::*;
use crate::ingest::front_matter;
use proptest::prelude::*;

fn shanghai() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

#[test]
fn dates_are_read_in_the_shapes_people_write() {
    for (text, expected) in [
        ("2022-01-21 18:05:40 +0800", "2022-01-21T18:05:40+08:00"),
        ("2021-12-01 13:33:50", "2021-12-01T13:33:50+08:00"),
        ("2022-01-02T15:04:05.123456789Z", "2022-01-02T15:04:05+00:00"),
        ("2022-01-02T15:04:05-03:30", "2022-01-02T15:04:05-03:30"),
        ("2022-01-02T15:04", "2022-01-02T15:04:00+08:00"),
        ("2022/1/2", "2022-01-02T00:00:00+08:00"),
        ("2022-1-2 3:04", "2022-01-02T03:04:00+08:00"),
        ("2022.01.02", "2022-01-02T00:00:00+08:00"),
        ("20220121", "2022-01-21T00:00:00+08:00"),
        ("20220121150405", "2022-01-21T15:04:05+08:00"),
        ("2022年1月21日", "2022-01-21T00:00:00+08:00"),
        ("2022年1月21日 15时04分", "2022-01-21T15:04:00+08:00"),
        ("2022年01月21日15:04", "2022-01-21T15:04:00+08:00"),
        ("2022-01", "2022-01-01T00:00:00+08:00"),
        ("Jan 2, 2022", "2022-01-02T00:00:00+08:00"),
        ("January 2nd, 2022 3:04 PM", "2022-01-02T15:04:00+08:00"),
        ("2 January 2022", "2022-01-02T00:00:00+08:00"),
        ("02-Jan-2022", "2022-01-02T00:00:00+08:00"),
        ("2022-Jan-02", "2022-01-02T00:00:00+08:00"),
        ("Sun, 02 Jan 2022 15:04:05 +0800", "2022-01-02T15:04:05+08:00"),
        ("Sun, 2 Jan 2022 15:04:05 GMT", "2022-01-02T15:04:05+00:00"),
        ("Sun Jan  2 15:04:05 2022", "2022-01-02T15:04:05+08:00"),
        ("Sun Jan 2 15:04:05 CST 2022", "2022-01-02T15:04:05+08:00"),
        ("Sun Jan 02 2022 15:04:05 GMT+0800 (中国标准时间)", "2022-01-02T15:04:05+08:00"),
        ("1642759540", "2022-01-21T18:05:40+08:00"),
        ("1642759540000", "2022-01-21T18:05:40+08:00"),
        ("2022-01-02 15:04:05 CST", "2022-01-02T15:04:05+08:00"),
        ("2022-01-02 15:04:05 UTC", "2022-01-02T15:04:05+00:00"),
        ("2022-01-02 15:04:05 UTC+8", "2022-01-02T15:04:05+08:00"),
        ("2022-07-02 15:04:05 PDT", "2022-07-02T15:04:05-07:00"),
        ("2022-07-02 15:04:05 Europe/Berlin", "2022-07-02T15:04:05+02:00"),
        ("2022-01-02T15:04:05+09:00[Asia/Tokyo]", "2022-01-02T15:04:05+09:00"),
        ("2022-01-02 +0900", "2022-01-02T00:00:00+09:00"),
        ("2022-01-02 周日", "2022-01-02T00:00:00+08:00"),
        ("13/01/2022", "2022-01-13T00:00:00+08:00"),
        ("1/13/2022", "2022-01-13T00:00:00+08:00"),
        ("13.1.2022", "2022-01-13T00:00:00+08:00"),
        ("2016-12-31 23:59:60", "2016-12-31T23:59:59+08:00"),
        ("2022-01-02 12:30 am", "2022-01-02T00:30:00+08:00"),
    ] {
        let date = written::parse(text, &shanghai()).map(|date| date.to_string());
        assert_eq!(date.as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "+0800",
        "2022-02-30",
        "2022-13-01",
        "2022-01-02 25:00",
        "2022-01-02 15:99",
        "22-01-02",
        "0001-01-01",
        "3022-01-01",
        "20221301",
        "7",
        "{{ date }}",
        "昨天",
        "Jan 2022 x",
        "",
        "2022-01-02 13:00 pm",
        "99999999999999999999999999",
    ] {
        assert_eq!(written::parse(text, &shanghai()), None, "{text}");
    }
}

#[test]
fn cst_is_central_time_in_america() {
    let chicago = TimeZone::get("America/Chicago").unwrap();
    let date = written::parse("2022-01-02 15:04:05 CST", &chicago).unwrap();
    assert_eq!(date.offset(), -6 * 3600);
}

#[test]
fn a_date_without_a_zone_is_the_sites_own_in_summer_too() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    assert_eq!(written::parse("2022-07-02", &berlin).unwrap().to_string(), "2022-07-02T00:00:00+02:00");
}

fn of(path: &str, block: &str) -> (Option<String>, DateFrom, Vec<ProblemKind>) {
    let text = format!("---\nlayout: post\n{block}\n---\n");
    let front = front_matter::read(&text, &mut Vec::new()).0;
    let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    let site = Site { zone: shanghai(), kind: crate::ingest::SiteKind::Plain };
    let mut problems = Vec::new();
    let (date, from) = find(&front, &parts, &site, &mut problems);
    (date.map(Timestamp::date), from, problems.iter().map(|problem| problem.kind).collect())
}

#[test]
fn the_path_gives_the_date_when_the_front_matter_does_not() {
    for (path, date, from) in [
        ("2022-01-21-x.md", "2022-01-21", DateFrom::FileName),
        ("2022_01_21.md", "2022-01-21", DateFrom::FileName),
        ("20220121 甲.md", "2022-01-21", DateFrom::FileName),
        ("-202205262391921712.md", "2022-05-26", DateFrom::FileName),
        ("NW202201212257099936.md", "2022-01-21", DateFrom::FileName),
        ("2022年1月21日.md", "2022-01-21", DateFrom::FileName),
        ("甲-2022-1-21.md", "2022-01-21", DateFrom::FileName),
        ("2022-01.md", "2022-01-01", DateFrom::FileName),
        ("2019/01/02/2022-01-21-x.md", "2022-01-21", DateFrom::FileName),
        ("2022-01-21-x/index.md", "2022-01-21", DateFrom::Path),
        ("2022/01/21/x.md", "2022-01-21", DateFrom::Path),
        ("2022/01/21.md", "2022-01-21", DateFrom::Path),
        ("2022/01/x.md", "2022-01-01", DateFrom::Path),
        ("2022-01/x.md", "2022-01-01", DateFrom::Path),
        ("202203/x.md", "2022-03-01", DateFrom::Path),
        ("2022年/3月/x.md", "2022-03-01", DateFrom::Path),
        ("posts/2022/x.md", "2022-01-01", DateFrom::Path),
        ("2022/2/30.md", "2022-02-01", DateFrom::Path),
    ] {
        assert_eq!(of(path, ""), (Some(date.to_owned()), from, vec![]), "{path}");
    }
}

#[test]
fn numbers_in_a_path_are_no_dates() {
    for path in
        ["x.md", "1984.md", "issue-123.md", "20221399.md", "3022-01-01.md", "rfc/2119/x.md", "12/34/x.md"]
    {
        assert_eq!(of(path, ""), (None, DateFrom::None, vec![ProblemKind::NoDate]), "{path}");
    }
}

#[test]
fn a_bad_date_is_reported_and_the_next_best_taken() {
    for (block, date, from) in [
        ("date:  +0800", Some("2022-05-26"), DateFrom::FileName),
        ("date: 2022-02-30\nupdated: 2022-03-01", Some("2022-03-01"), DateFrom::FrontMatter),
    ] {
        let found = of("-202205262391921712.md", block);
        assert_eq!(found, (date.map(str::to_owned), from, vec![ProblemKind::BadDate]), "{block}");
    }
    assert_eq!(of("x.md", "path: posts/2022-01-21-x").1, DateFrom::FrontMatter);
    assert_eq!(of("x.md", "url: /2022/01/21/x/").0.as_deref(), Some("2022-01-21"));
    // A path that was given on purpose says more than the folder of a year.
    assert_eq!(of("2020/x.md", "path: 2020/03/04/x").0.as_deref(), Some("2020-03-04"));
    assert_eq!(of("x.md", "date:").2, [ProblemKind::NoDate]);
    assert_eq!(of("2022-01-21-x.md", "published: false\ntime: 5 minutes").2, []);
}

#[test]
fn a_file_is_called_without_its_date() {
    for (name, rest) in [
        ("2022-01-21-hello-world.md", "hello-world"),
        ("20220121 甲.md", "甲"),
        ("2022-01-21.md", "2022-01-21"),
        ("-202205262391921712.md", "-202205262391921712"),
        ("甲-2022-01-21.md", "甲-2022-01-21"),
        (".md", ".md"),
    ] {
        assert_eq!(without_date(name), rest, "{name}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_date_outside_of_the_years_that_count(text in "([0-9]{1,5}|[-/.: ,T年月日+Z]|Jan|Sun|CST|pm){0,14}") {
        if let Some(date) = written::parse(&text, &shanghai()) {
            let year: i16 = date.date().split('-').next().unwrap().parse().unwrap();
            prop_assert!((1979..=2101).contains(&year));
        }
        let _ = (in_name(&text), without_date(&text));
    }
}
