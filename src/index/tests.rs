use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn segment(texts: &[(u32, String)]) -> Segment<Vec<u8>> {
    Segment::open(built(&mut Builder::default(), texts)).unwrap()
}

fn built(builder: &mut Builder, texts: &[(u32, String)]) -> Vec<u8> {
    for (row, text) in texts {
        builder.add(Doc { row: *row, version: 1 }, text.chars());
    }
    builder.finish()
}

/// Segments of so many texts each, by one builder.
fn segments(texts: &[(u32, String)], each: usize) -> Vec<Segment<Vec<u8>>> {
    let mut builder = Builder::default();
    texts.chunks(each).map(|texts| Segment::open(built(&mut builder, texts)).unwrap()).collect()
}

/// The same, with so many other characters that those of the texts have codes of several bytes.
fn segments_of_many_characters(texts: &[(u32, String)]) -> Vec<Segment<Vec<u8>>> {
    let many: String = ('\u{5000}'..'\u{6400}').collect();
    let mut texts = texts.to_vec();
    texts.insert(0, (1_000_000, many));
    segments(&texts, 40)
}

/// The rows that hold a text, by way of the index.
fn found(segments: &[Segment<Vec<u8>>], needle: &str) -> BTreeSet<u32> {
    let needle = Needle::new(needle);
    let docs = segments.iter().flat_map(|segment| needle.find(segment, |_| true).unwrap());
    docs.map(|doc| doc.row).collect()
}

fn naive(texts: &[(u32, String)], needle: &str) -> BTreeSet<u32> {
    texts.iter().filter(|(_, text)| text.contains(needle)).map(|(row, _)| *row).collect()
}

fn texts() -> impl Strategy<Value = Vec<(u32, String)>> {
    proptest::collection::vec("[甲乙丙丁a-c0-2零， ]{0,12}", 0..60)
        .prop_map(|texts| (0..).zip(texts).map(|(row, text)| (row * 3, text)).collect())
}

#[test]
fn every_substring_is_found_and_nothing_else() {
    let texts = [(7, "贵州茅台涨停"), (9, "茅台镇贵州人"), (11, "etf 510300"), (12, "茅"), (13, "")];
    let texts: Vec<(u32, String)> = texts.map(|(row, text)| (row, text.to_owned())).into();
    let segments = [segment(&texts)];
    for (needle, rows) in [
        ("茅", &[7, 9, 12][..]),
        ("茅台", &[7, 9]),
        ("贵州茅台", &[7]),
        ("茅台镇", &[9]),
        ("台贵", &[]),
        ("停", &[7]),
        ("510", &[11]),
        ("5103", &[11]),
        ("513", &[]),
        ("f 5", &[11]),
        ("", &[7, 9, 11, 12, 13]),
    ] {
        assert_eq!(found(&segments, needle), rows.iter().copied().collect(), "{needle}");
    }
}

#[test]
fn an_empty_segment_holds_nothing() {
    let segment = segment(&[]);
    assert_eq!(segment.docs(), []);
    for needle in ["", "甲", "甲乙"] {
        assert_eq!(Needle::new(needle).find(&segment, |_| true).unwrap(), []);
    }
}

fn naive_count(text: &str, needle: &str) -> Count {
    let (title, text) = text.split_once('\n').unwrap_or((text, ""));
    let count = |text: &str| u32::try_from(text.matches(needle).count()).unwrap();
    Count { title: count(title), text: count(text) }
}

/// One to three characters for each place.
fn places() -> impl Strategy<Value = Vec<Vec<char>>> {
    let place = prop::sample::subsequence(vec!['甲', '乙', '丙', 'a', '0', '零'], 1..=3);
    proptest::collection::vec(place, 0..5)
}

/// All texts that have one of the characters at each place.
fn spellings(places: &[Vec<char>]) -> Vec<String> {
    let longer = |texts: Vec<String>, place: &Vec<char>| {
        texts.iter().flat_map(|text| place.iter().map(move |c| format!("{text}{c}"))).collect()
    };
    places.iter().fold(vec![String::new()], longer)
}

proptest! {
    #[test]
    fn every_spelling_is_found_and_nothing_else(texts in texts(), places in places()) {
        let segments: Vec<_> = texts.chunks(7).map(segment).collect();
        let needle = Needle::spelled(places.clone());
        let docs = segments.iter().flat_map(|segment| needle.find(segment, |_| true).unwrap());
        let expected: BTreeSet<u32> = spellings(&places).iter().flat_map(|text| naive(&texts, text)).collect();
        prop_assert_eq!(&docs.map(|doc| doc.row).collect::<BTreeSet<u32>>(), &expected);
        prop_assert!(texts.iter().all(|(row, text)| needle.is_in(text) == expected.contains(row)));
    }

    #[test]
    fn the_index_finds_what_reading_everything_finds(texts in texts(), needles in proptest::collection::vec("[甲乙丙丁a-c0-2， ]{0,5}", 1..20)) {
        let segments = segments(&texts, 7);
        let merged = [Segment::open(merge(&segments, |_| true).unwrap()).unwrap()];
        for needle in &needles {
            let expected = naive(&texts, needle);
            prop_assert_eq!(&found(&segments, needle), &expected);
            prop_assert_eq!(&found(&merged, needle), &expected);
        }
    }

    #[test]
    fn characters_of_several_bytes_are_found_and_counted(
        texts in proptest::collection::vec("[伀伄佐個倐一\n]{0,9}", 0..60),
        needles in proptest::collection::vec("[伀伄佐個倐一]{1,4}", 1..9),
    ) {
        let texts: Vec<(u32, String)> = (0..).zip(texts).collect();
        let segments = segments_of_many_characters(&texts);
        for needle in &needles {
            let rows: BTreeSet<u32> = found(&segments, needle).into_iter().filter(|row| *row < 1_000_000).collect();
            prop_assert_eq!(rows, naive(&texts, needle));
            let wanted = [Needle::new(needle)];
            let is_counted = |doc: Doc| doc.row < 1_000_000;
            let counts = segments.iter().flat_map(|segment| tally(&wanted, segment, |_| true, is_counted).unwrap());
            let counts: Vec<_> = counts.flat_map(|tally| tally.counts).map(|(doc, count, _)| (doc.row, count)).collect();
            let expected = texts.iter().map(|(row, text)| (*row, naive_count(text, needle)));
            prop_assert_eq!(counts, expected.filter(|(_, count)| *count != Count::default()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn merging_drops_what_is_no_longer_current(texts in texts(), gone in proptest::collection::vec(0u32..200, 0..40), needle in "[甲乙丙丁a-c]{1,3}") {
        let is_gone = |row: u32| gone.contains(&row);
        let segments: Vec<_> = texts.chunks(5).map(segment).collect();
        let merged = [Segment::open(merge(&segments, |doc| !is_gone(doc.row)).unwrap()).unwrap()];
        let left: Vec<(u32, String)> = texts.iter().filter(|(row, _)| !is_gone(*row)).cloned().collect();
        prop_assert!(merged[0].docs().iter().map(|doc| doc.row).eq(left.iter().map(|(row, _)| *row)));
        prop_assert_eq!(found(&merged, &needle), naive(&left, &needle));
    }

    #[test]
    fn nothing_in_a_segment_with_right_checksums_stops_the_program(
        texts in texts(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
        needle in "[甲乙丙丁a-c]{1,3}",
    ) {
        let mut content = pages::unsealed(built(&mut Builder::default(), &texts));
        for (at, byte) in changes {
            let at = at.index(content.len());
            content[at] = byte;
        }
        if let Ok(segment) = Segment::open(pages::seal(content)) {
            let _ = Needle::new(&needle).find(&segment, |_| true);
            let _ = tally(&[Needle::new(&needle)], &segment, |_| true, |_| true);
            let _ = segment.matching(|_| true, |text| text.contains(&needle));
            if let Ok(merged) = merge(&[segment], |_| true) {
                let _ = Segment::open(merged);
            }
        }
    }

    #[test]
    fn damage_is_an_error_or_does_not_matter(texts in texts(), at: prop::sample::Index, bit in 0u8..8, needle in "[甲乙丙丁a-c]{1,3}") {
        let mut builder = Builder::default();
        for (row, text) in &texts {
            builder.add(Doc { row: *row, version: 1 }, text.chars());
        }
        let mut bytes = builder.finish();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(segment) = Segment::open(bytes)
            && let Ok(docs) = Needle::new(&needle).find(&segment, |_| true)
        {
            let rows: BTreeSet<u32> = docs.iter().map(|doc| doc.row).collect();
            prop_assert_eq!(naive(&texts, &needle), rows);
        }
    }

    #[test]
    fn a_tally_counts_what_reading_everything_counts(
        texts in proptest::collection::vec("[甲乙a]{0,4}(\n[甲乙a]{0,9}){0,2}", 0..40),
        needles in proptest::collection::vec("[甲乙a]{1,4}", 1..4),
        stale in proptest::collection::hash_set(0u32..40, 0..9),
        skipped in proptest::collection::hash_set(0u32..40, 0..30),
    ) {
        let texts: Vec<(u32, String)> = (0..).zip(texts).collect();
        let segment = segment(&texts);
        let is_current = |doc: Doc| !stale.contains(&doc.row);
        let is_counted = |doc: Doc| !skipped.contains(&doc.row);
        let wanted: Vec<Needle> = needles.iter().map(|needle| Needle::new(needle)).collect();
        let tallies = tally(&wanted, &segment, is_current, is_counted).unwrap();
        for (needle, tally) in needles.iter().zip(tallies) {
            let current = texts.iter().filter(|(row, _)| !stale.contains(row));
            let holders: Vec<_> = current.filter(|(_, text)| text.contains(needle.as_str())).collect();
            prop_assert_eq!(tally.holders as usize, holders.len());
            let counted = holders.into_iter().filter(|(row, _)| !skipped.contains(row));
            let counts = counted.map(|(row, text)| {
                (Doc { row: *row, version: 1 }, naive_count(text, needle), u32::try_from(text.len()).unwrap())
            });
            prop_assert_eq!(tally.counts, counts.collect::<Vec<_>>());
        }
        let current = texts.iter().filter(|(row, _)| !stale.contains(row));
        let mut extent = Extent::default();
        current.for_each(|(_, text)| extent.add(u32::try_from(text.len()).unwrap()));
        prop_assert_eq!(segment.extent(is_current), extent);
    }

    #[test]
    fn needles_of_several_spellings_are_counted(places in places(), text in "[甲乙丙a0零\n]{0,20}") {
        let needle = Needle::spelled(places.clone());
        let count = needle.count(&text);
        prop_assert_eq!(count != Count::default(), needle.is_in(&text) && !places.is_empty());
    }
}
