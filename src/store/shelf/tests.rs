//! What a shelf goes through.

use super::line::{Dated, Field, Flaw, Line};
use super::{Change, Marks, Shelf, ShelfError};
use crate::post::{Bookmark, PostId, SavedQuery, ShelfKey, Timestamp, WebUrl};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use tempfile::tempdir;

fn key(n: usize) -> ShelfKey {
    ShelfKey::from(format!("//example.cn/{n}.html"))
}

fn bookmark(n: usize) -> Bookmark {
    Bookmark {
        key: key(n),
        archive: n.is_multiple_of(2).then(|| "archive".into()),
        id: PostId::from(format!("_posts/{n}.md").as_str()),
        title: "“股王”重回2000元\u{2028}关口".into(),
        source: Some("滚动".into()),
        date: Timestamp::new(1_640_000_000, 8 * 3600),
        url: WebUrl::parse(&format!("https://example.cn/{n}.html")),
        added: Timestamp::new(1_700_000_000 + i64::try_from(n).unwrap(), 0).unwrap(),
    }
}

fn open(folder: &Path, device: &str) -> Shelf {
    let (shelf, damage) = Shelf::open(folder, device).unwrap();
    assert_eq!(damage, []);
    shelf
}

type State = (BTreeMap<ShelfKey, (bool, Option<Bookmark>)>, Vec<SavedQuery>);

fn state(marks: &Marks) -> State {
    let state = |key: &ShelfKey| (key.clone(), (marks.is_read(key), marks.bookmark(key).cloned()));
    (marks.keys().map(state).collect(), marks.queries().into_iter().cloned().collect())
}

fn query(name: &str, text: &str, added: i64) -> SavedQuery {
    SavedQuery { name: name.into(), text: text.into(), added: Timestamp::new(added, 0) }
}

fn line(time: i64, device: &str, n: usize, field: Field) -> Line {
    Line { key: key(n), change: Dated { time, device: device.into(), field } }
}

#[test]
fn what_was_marked_is_there_the_next_time() {
    let dir = tempdir().unwrap();
    let folder = dir.path().join("data/shelf");
    let mut shelf = open(&folder, "laptop");
    shelf.bookmark(&bookmark(1)).unwrap();
    shelf.bookmark(&bookmark(2)).unwrap();
    shelf.bookmark(&bookmark(3)).unwrap();
    shelf.unbookmark(&key(2)).unwrap();
    shelf.set_read(&key(3), true).unwrap();
    shelf.set_read(&key(4), true).unwrap();
    shelf.set_read(&key(4), false).unwrap();

    let again = open(&folder, "laptop");
    assert_eq!(again.marks(), shelf.marks());
    assert_eq!(again.bookmarks(), [&bookmark(3), &bookmark(1)]);
    assert!(again.marks().is_read(&key(3)) && !again.marks().is_read(&key(4)));
}

/// The format is a promise to the reader's other machines and later versions.
#[test]
fn the_format_of_a_line() {
    let read = line(1_767_312_245_678, "laptop", 7, Field::Read(true));
    let text = r#"{"v":1,"t":"2026-01-02T00:04:05.678Z","d":"laptop","k":"//example.cn/7.html","f":"read","x":true,"c":"1d88595e"}"#;
    assert_eq!(read.encode().unwrap(), format!("{text}\n"));
    assert_eq!(Line::decode(text.as_bytes()), Ok(Some(read)));
    let kept = Field::Query(Some(query("茶", "title:茶", 1_700_000_000).into()));
    let kept = Line { key: ShelfKey::from("茶".to_owned()), ..line(1_767_312_245_678, "laptop", 7, kept) };
    let text = r#"{"v":1,"t":"2026-01-02T00:04:05.678Z","d":"laptop","k":"茶","f":"query","x":{"name":"茶","text":"title:茶","added":"2023-11-14T22:13:20+00:00"},"c":"f7d48ca7"}"#;
    assert_eq!(kept.encode().unwrap(), format!("{text}\n"));
    assert_eq!(Line::decode(text.as_bytes()), Ok(Some(kept)));
}

#[test]
fn saved_queries_keep_their_order_under_new_names_and_texts() {
    let dir = tempdir().unwrap();
    let mut shelf = open(dir.path(), "d");
    let first = query("央行 newer:7d", "央行 newer:7d", 1);
    for saved in [first, query("茶", "title:茶", 2), query("咖啡", "咖啡", 3)] {
        shelf.change(vec![Change::SaveQuery(saved)]).unwrap();
    }
    // A new name, another text, and one that goes.
    shelf
        .change(vec![
            Change::SaveQuery(query("央行", "央行 newer:7d", 1)),
            Change::DropQuery("央行 newer:7d".into()),
            Change::SaveQuery(query("茶", "茶", 2)),
            Change::DropQuery("咖啡".into()),
        ])
        .unwrap();
    let again = open(dir.path(), "d");
    assert_eq!(again.marks(), shelf.marks());
    assert_eq!(again.marks().queries(), [&query("央行", "央行 newer:7d", 1), &query("茶", "茶", 2)]);
    assert_eq!(again.marks().keys().count(), 0, "no post is marked by it");
    assert_eq!(again.marks().query("茶"), Some(&query("茶", "茶", 2)));
    assert_eq!(again.marks().query("咖啡"), None);
}

#[test]
fn a_saved_query_is_found_by_its_name_whatever_its_case_and_width() {
    let dir = tempdir().unwrap();
    let mut shelf = open(dir.path(), "d");
    shelf
        .change(vec![Change::SaveQuery(query("ETF", "甲", 1)), Change::SaveQuery(query("etf", "乙", 2))])
        .unwrap();
    let text = |name: &str| shelf.marks().query(name).map(|query| query.text.to_string());
    assert_eq!(
        (text("ETF").as_deref(), text("etf").as_deref(), text("ＥＴＦ").as_deref()),
        (Some("甲"), Some("乙"), Some("甲"))
    );
    assert_eq!(text("E"), None);
}

fn sealed(text: &str) -> String {
    format!("{text},\"c\":\"{:08x}\"}}", crc32fast::hash(text.as_bytes()))
}

#[test]
fn what_a_line_may_be() {
    let common = r#"{"v":1,"t":"2026-01-02T00:04:05Z","d":"x","k":"y","f":"#;
    for (text, meaning) in [
        (sealed(&format!(r#"{common}"read","x":false"#)), Ok(true)),
        (sealed(&format!(r#"{common}"read","new":[1],"x":false"#)), Ok(true)),
        (sealed(&format!(r#"{common}"bookmark","x":null"#)), Ok(true)),
        (sealed(&format!(r#"{common}"query","x":{{"name":"z","text":"甲","added":null}}"#)), Ok(true)),
        (sealed(&format!(r#"{common}"query","x":null"#)), Ok(true)),
        (sealed(&format!(r#"{common}"query","x":"甲""#)), Err(Flaw::Content)),
        (sealed(&format!(r#"{common}"note","x":"later""#)), Ok(false)),
        (sealed(r#"{"v":2,"anything":{}"#), Ok(false)),
        (sealed(&format!(r#"{common}"read","x":"yes""#)), Err(Flaw::Content)),
        (sealed(&format!(r#"{common}"bookmark","x":{{}}"#)), Err(Flaw::Content)),
        (sealed(r#"{"v":1"#), Err(Flaw::Content)),
        (sealed("<<<<<<< HEAD"), Err(Flaw::Content)),
        ("<<<<<<< HEAD".into(), Err(Flaw::Checksum)),
        (format!(r#"{common}"read","x":false,"c":"00000000"}}"#), Err(Flaw::Checksum)),
    ] {
        assert_eq!(Line::decode(text.as_bytes()).map(|line| line.is_some()), meaning, "{text}");
    }
}

#[test]
fn a_line_that_git_gave_other_line_ends_still_counts() {
    let dir = tempdir().unwrap();
    let text = line(1, "d", 1, Field::Read(true)).encode().unwrap().replace('\n', "\r\n");
    fs::write(dir.path().join("d.jsonl"), text).unwrap();
    assert!(open(dir.path(), "d").marks().is_read(&key(1)));
}

#[test]
fn damaged_lines_are_told_and_stay() {
    let dir = tempdir().unwrap();
    let good = line(1, "d", 1, Field::Read(true)).encode().unwrap();
    let text = format!("junk\n\n{good}{}", good.split_at(20).0);
    let path = dir.path().join("d.jsonl");
    fs::write(&path, &text).unwrap();
    let (mut shelf, damage) = Shelf::open(dir.path(), "d").unwrap();
    let told: Vec<String> = damage.iter().map(ToString::to_string).collect();
    let at = |line| format!("{}:{line}: checksum does not match; this line is passed over", path.display());
    assert_eq!(told, [at(1), at(4)]);
    shelf.set_read(&key(2), true).unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with(&format!("{text}\n")));
    assert!(shelf.marks().is_read(&key(1)));
}

#[test]
fn a_clock_set_back_does_not_undo_changes() {
    let dir = tempdir().unwrap();
    let mut shelf = open(dir.path(), "d");
    shelf.clock = || 1_000_000;
    shelf.set_read(&key(1), true).unwrap();
    shelf.clock = || 5;
    shelf.set_read(&key(1), false).unwrap();
    shelf.bookmark(&bookmark(1)).unwrap();
    let batch = [true, false, true].map(|read| Change::Read(key(2), read));
    shelf.change(batch.into()).unwrap();
    for shelf in [&shelf, &open(dir.path(), "d")] {
        assert!(!shelf.marks().is_read(&key(1)));
        assert!(shelf.marks().bookmark(&key(1)).is_some());
        assert!(shelf.marks().is_read(&key(2)));
    }
}

#[test]
fn another_devices_clock_that_runs_ahead_does_not_win_for_ever() {
    let dir = tempdir().unwrap();
    let ahead = line(4_000_000_000_000, "tower", 1, Field::Read(true)).encode().unwrap();
    fs::write(dir.path().join("tower.jsonl"), ahead).unwrap();
    let mut shelf = open(dir.path(), "laptop");
    assert!(shelf.marks().is_read(&key(1)));
    shelf.set_read(&key(1), false).unwrap();
    assert!(!open(dir.path(), "laptop").marks().is_read(&key(1)));
}

#[test]
fn shelves_on_one_folder_follow_each_other() {
    let dir = tempdir().unwrap();
    let mut laptop = open(dir.path(), "laptop");
    let mut same = open(dir.path(), "laptop");
    let mut tower = open(dir.path(), "tower");
    assert!(!laptop.follow().unwrap());
    laptop.bookmark(&bookmark(1)).unwrap();
    tower.set_read(&key(1), true).unwrap();
    for shelf in [&mut laptop, &mut same, &mut tower] {
        assert!(shelf.follow().unwrap());
        assert!(!shelf.follow().unwrap());
        assert!(shelf.marks().is_read(&key(1)) && shelf.marks().bookmark(&key(1)).is_some());
    }
    fs::remove_file(dir.path().join("tower.jsonl")).unwrap();
    assert!(laptop.follow().unwrap());
    assert!(!laptop.marks().is_read(&key(1)));
}

/// As git does with a file that a merge changed; the new file often gets the old one's inode number.
#[test]
fn a_journal_that_another_took_the_place_of_is_read_anew() {
    let dir = tempdir().unwrap();
    let path = dir.path().join("tower.jsonl");
    let read = |n| line(1, "tower", n, Field::Read(true)).encode().unwrap();
    fs::write(&path, read(1)).unwrap();
    let mut shelf = open(dir.path(), "laptop");
    for n in 2..8 {
        fs::remove_file(&path).unwrap();
        fs::write(&path, (n..n * 3).map(read).collect::<String>()).unwrap();
        assert!(shelf.follow().unwrap());
        assert_eq!(shelf.marks(), open(dir.path(), "laptop").marks());
    }
}

#[test]
fn half_a_line_is_read_when_the_rest_of_it_comes() {
    let dir = tempdir().unwrap();
    let mut shelf = open(dir.path(), "laptop");
    let text = line(1, "tower", 1, Field::Read(true)).encode().unwrap();
    let (half, rest) = text.split_at(30);
    let append = |text: &str| {
        let path = dir.path().join("tower.jsonl");
        OpenOptions::new().create(true).append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
    };
    append(half);
    assert!(!shelf.follow().unwrap());
    append(rest);
    assert!(shelf.follow().unwrap());
    assert!(shelf.marks().is_read(&key(1)));
}

#[test]
fn many_shelves_at_once_lose_no_mark() {
    let dir = tempdir().unwrap();
    // So long that the journal is rewritten again and again meanwhile.
    let padding = WebUrl::parse(&format!("https://example.cn/{}", "x".repeat(3000))).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (folder, padding) = (dir.path(), padding.clone());
            scope.spawn(move || {
                let mut shelf = open(folder, "d");
                for n in 0..60 {
                    shelf.set_read(&key(writer * 60 + n), true).unwrap();
                    shelf
                        .bookmark(&Bookmark { url: Some(padding.clone()), ..bookmark(1000 + writer) })
                        .unwrap();
                }
            });
        }
    });
    let shelf = open(dir.path(), "d");
    assert!((0..240).all(|n| shelf.marks().is_read(&key(n))));
    assert_eq!(shelf.bookmarks().len(), 4);
    let length = fs::metadata(dir.path().join("d.jsonl")).unwrap().len();
    assert!(length < 240 * 3000 / 2, "{length} bytes: the journal was not shortened");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "something was left behind");
}

#[test]
fn a_journal_far_longer_than_what_counts_is_rewritten_with_all_it_does_not_know() {
    let dir = tempdir().unwrap();
    let path = dir.path().join("d.jsonl");
    let strange = format!("damaged\n{}\n", sealed(r#"{"v":9,"from":"the future""#));
    let mut text = strange.clone();
    for time in 0..2000 {
        text += &line(time, "d", 1, Field::Read(time % 2 == 0)).encode().unwrap();
    }
    fs::write(&path, text).unwrap();
    let mut other = Shelf::open(dir.path(), "e").unwrap().0;
    let mut shelf = Shelf::open(dir.path(), "d").unwrap().0;
    shelf.set_read(&key(2), true).unwrap();

    let short = fs::read_to_string(&path).unwrap();
    assert!(short.starts_with(&strange));
    assert_eq!(short.lines().count(), 4);
    assert!(other.follow().unwrap(), "the rewritten journal was not noticed");
    assert_eq!(other.marks(), shelf.marks());
}

#[test]
fn a_failed_save_changes_nothing_and_says_so_in_one_line() {
    let dir = tempdir().unwrap();
    fs::create_dir(dir.path().join("d.jsonl")).unwrap();
    let mut shelf = open(dir.path(), "d");
    let error = shelf.bookmark(&bookmark(1)).unwrap_err();
    assert!(matches!(error, ShelfError::Write { .. }));
    assert!(error.to_string().starts_with("not saved, "), "{error}");
    assert_eq!(error.to_string().lines().count(), 1);
    assert_eq!(shelf.marks(), &Marks::default());
}

#[test]
fn a_device_name_is_a_file_name() {
    for name in ["", ".", "..", ".x", "a/b", "a\0b", "../../etc/x", "a b\n"] {
        assert!(matches!(Shelf::open(Path::new("."), name), Err(ShelfError::Device(_))), "{name:?}");
    }
}

#[test]
fn an_export_comes_back() {
    let (from, to) = (tempdir().unwrap(), tempdir().unwrap());
    let mut shelf = open(from.path(), "d");
    shelf.change((1..4).map(bookmark).map(Change::Bookmark).collect()).unwrap();
    let mut text = Vec::new();
    shelf.export(&mut text).unwrap();
    text.extend_from_slice(b"\nno json\n{\"key\":\"\"}\n");

    let mut other = open(to.path(), "e");
    other.bookmark(&Bookmark { title: "mine".into(), ..bookmark(2) }).unwrap();
    let imported = other.import(&mut &*text).unwrap();
    assert_eq!((imported.added, imported.kept), (2, 1));
    assert_eq!(imported.skipped.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5, 6]);
    assert_eq!(other.marks().bookmark(&key(2)).unwrap().title.as_str(), "mine");
    assert_eq!(other.marks().bookmark(&key(3)), Some(&bookmark(3)));
    assert_eq!(other.import(&mut &*text).unwrap().added, 0);
}

fn field() -> impl Strategy<Value = Field> {
    let kept = prop_oneof![Just(None), (0..3usize).prop_map(|n| Some(Box::new(bookmark(n))))];
    let saved = (0..3i64).prop_map(|n| (n > 0).then(|| Box::new(query("", "甲", n))));
    prop_oneof![
        any::<bool>().prop_map(Field::Read),
        kept.prop_map(Field::Bookmark),
        saved.prop_map(Field::Query),
    ]
}

/// Few keys, times and devices, so that they collide.
fn any_line() -> impl Strategy<Value = Line> {
    (0..4i64, prop::sample::select(vec!["a", "b", "c"]), 0..3usize, field()).prop_map(
        |(time, device, n, mut field)| {
            match &mut field {
                Field::Bookmark(Some(bookmark)) => bookmark.key = key(n),
                Field::Query(Some(query)) => query.name = key(n).as_str().into(),
                _ => {}
            }
            line(time, device, n, field)
        },
    )
}

fn journal(lines: &[Line]) -> String {
    lines.iter().map(|line| line.encode().unwrap()).collect()
}

fn fold(lines: &[Line]) -> Marks {
    let mut marks = Marks::default();
    for line in lines {
        marks.merge(line.clone());
    }
    marks
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_state_does_not_depend_on_the_order_of_lines_or_files(
        (lines, shuffled) in vec(any_line(), 0..40).prop_flat_map(|l| (Just(l.clone()), Just(l).prop_shuffle())),
        split in 0..40usize,
    ) {
        let dir = tempdir().unwrap();
        let (one, two) = shuffled.split_at(split.min(shuffled.len()));
        fs::write(dir.path().join("one.jsonl"), journal(one)).unwrap();
        fs::write(dir.path().join("two.jsonl"), journal(two)).unwrap();
        // What a merge of both would hold, read again, changes nothing.
        fs::write(dir.path().join("three.jsonl"), journal(&lines)).unwrap();
        let shelf = open(dir.path(), "mine");
        prop_assert_eq!(shelf.marks(), &fold(&lines));
    }

    #[test]
    fn a_flipped_bit_or_a_cut_loses_at_most_the_lines_it_touches(
        lines in vec(any_line(), 1..8),
        at in any::<prop::sample::Index>(),
        bit in 0..8u8,
        cut in any::<bool>(),
    ) {
        let mut text = journal(&lines).into_bytes();
        let at = at.index(text.len());
        if cut { text.truncate(at) } else { text[at] ^= 1 << bit }
        let survivors: Vec<Line> =
            text.split(|&b| b == b'\n').filter_map(|line| Line::decode(line).ok().flatten()).collect();
        // In order, none invented, none changed.
        let mut rest = lines.iter();
        for line in &survivors {
            prop_assert!(rest.any(|whole| whole == line), "{:?} was never written", line);
        }
        let lost = lines.len() - survivors.len();
        let after_cut = journal(&lines).as_bytes()[at..].split_inclusive(|&b| b == b'\n').count();
        prop_assert!(lost <= if cut { after_cut } else { 2 }, "{lost} lines lost");
    }

    #[test]
    fn shortening_keeps_the_state_with_any_other_journal(
        mine in vec(any_line(), 0..40), theirs in vec(any_line(), 0..10),
    ) {
        let short = super::compact::shortened(journal(&mine).as_bytes());
        let left: Vec<Line> = short.split(|&b| b == b'\n').filter_map(|l| Line::decode(l).ok().flatten()).collect();
        prop_assert_eq!(state(&fold(&[left.clone(), theirs.clone()].concat())), state(&fold(&[mine, theirs].concat())));
        prop_assert!(left.len() <= 9);
    }
}
