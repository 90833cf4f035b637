//! What holds for any text, at any width, with any options.

use super::*;

/// Every set of options at a width.
fn any_options(width: std::ops::Range<u16>) -> impl Strategy<Value = Options> {
    let flags = (any::<[bool; 9]>(), 0u8..4, 0u8..3);
    (width, flags).prop_map(|(width, (flags, paragraph_indent, paragraph_gap))| {
        let [
            wide,
            avoid_lonely_last,
            hanging,
            justify,
            autospace,
            full_width_punctuation,
            korean_syllable_breaks,
            link_numbers,
            wide_tables,
        ] = flags;
        Options {
            width,
            ambiguous: if wide { Ambiguous::Wide } else { Ambiguous::Narrow },
            paragraph_indent,
            paragraph_gap,
            avoid_lonely_last,
            hanging,
            justify,
            autospace,
            full_width_punctuation,
            korean_syllable_breaks,
            link_numbers,
            wide_tables,
        }
    })
}

/// The text of a block on its page, without what the setting put in and without blanks, which go at breaks.
fn kept(page: &Page, block: usize) -> String {
    let lines = page.lines().filter(|line| line.place.block == block && line.place.offset < usize::MAX);
    let spans = lines.flat_map(|line| line.spans).filter(Span::is_text);
    spans.flat_map(|span| span.text.chars().collect::<Vec<_>>()).filter(|c| !c.is_whitespace()).collect()
}

/// The first line in which a blank was put between two Hanzi.
fn gap_between_hanzi(page: &Page) -> Option<String> {
    let is_hanzi = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let lines = page.lines().filter(|line| {
        line.spans.windows(3).any(|spans| {
            spans[1].style.has(Mark::Added)
                && spans[0].text.ends_with(is_hanzi)
                && spans[2].text.starts_with(is_hanzi)
        })
    });
    lines.map(|line| line.text()).next()
}

/// The first line of a page that is wider than the page or not safe to show.
pub(super) fn violation(page: &Page, options: &Options) -> Option<String> {
    page.lines().find_map(|line| {
        let text = line.text();
        let gutter = options.hanging && text.ends_with(hangs);
        let too_wide =
            !line.whole && line.cells(options.ambiguous) > usize::from(options.width) + usize::from(gutter);
        (too_wide || text.chars().any(crate::post::is_unsafe)).then(|| format!("{text:?}"))
    })
}

/// The first line of a table in which a line between two columns stands where no other row has one: there are at
/// most so many places as the table has gaps.
pub(super) fn crooked(page: &Page, block: usize, columns: usize, ambiguous: Ambiguous) -> Option<String> {
    let mut places = std::collections::BTreeSet::new();
    page.lines().filter(|line| line.place.block == block && line.place.offset < usize::MAX).find_map(|line| {
        let mut at = 0;
        for span in &line.spans {
            let is_bar = span.style.role == Role::Border && matches!(span.text.trim(), "│" | "|");
            places.extend(is_bar.then_some(at));
            at += width::of(&span.text, ambiguous);
        }
        (places.len() >= columns).then(|| line.text())
    })
}

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[一-龥，。、“”（）]{1,20}",
        "([一-龥]{1,3}[A-Za-z0-9]{1,4}[，。]?){1,6}",
        Just(
            "\n\n|甲|乙|丙|\n|-|-|-|\n|增长A股长长B再增，后来又说了很多别的事情|C股2号，|3%|\n\n".to_owned()
        ),
        "[a-z ]{1,20}",
        Just("\n\n".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n- ".to_owned()),
        Just("\n\n12. ".to_owned()),
        Just("\n\n> ".to_owned()),
        Just("\n\n## ".to_owned()),
        Just("\n\n```\n".to_owned()),
        Just("|甲|乙|\n|-|-|\n|一|".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("<td colspan=3 rowspan=2>".to_owned()),
        Just("</table>".to_owned()),
        Just("<p><b>".to_owned()),
        Just("<img alt='图注' src='http://a.cn/b'>".to_owned()),
        Just("<div align=center>".to_owned()),
        Just("<blockquote><ul><li>".to_owned()),
        Just("</li></ul>".to_owned()),
        Just("<pre>".to_owned()),
        "\\PC{1,6}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_body_gives_lines_that_fit_and_are_safe(text in markdown(), options in any_options(8..200)) {
        let article = read(&text);
        let page = lay_out(&article, &options);
        prop_assert_eq!(violation(&page, &options), None);
        for (number, block) in article.blocks.iter().enumerate() {
            if let Kind::Paragraph(flow) | Kind::Heading(_, flow) | Kind::Centred(flow) = &block.kind {
                let text: String = flow.text().chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert_eq!(kept(&page, number), text);
            }
            if let Kind::Table(table) = &block.kind {
                let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
                prop_assert_eq!(crooked(&page, number, columns, options.ambiguous), None);
            }
        }
        prop_assert_eq!(gap_between_hanzi(&page), None);
        for line in 0..page.len() {
            let place = page.place(line);
            prop_assert!(page.place(page.line_at(place)) == place);
        }
    }
}

proptest! {
    #[test]
    fn a_page_set_again_is_the_page_set_afresh(
        text in markdown(),
        one in any_options(8..200),
        other in any_options(8..200),
        width in 8u16..200,
    ) {
        let article = read(&text);
        let page = lay_out(&article, &one);
        for options in [other, Options { width, ..one }] {
            let (again, afresh) = (page.again(&article, &options), lay_out(&article, &options));
            prop_assert_eq!(&again, &afresh);
            prop_assert_eq!(again.lines().collect::<Vec<_>>(), afresh.lines().collect::<Vec<_>>());
        }
    }
}

#[test]
fn real_posts_obey_the_rules_at_every_width() {
    let all = Options {
        justify: true,
        autospace: true,
        full_width_punctuation: true,
        paragraph_gap: 1,
        ..Options::default()
    };
    let widths = || 16..=120;
    for (name, body) in corpus::bodies() {
        let article = Arc::new(article(&body));
        let plain = widths().map(options);
        for options in plain.chain(widths().map(|width| Options { width, ..all.clone() })) {
            let (page, width) = (lay_out(&article, &options), options.width);
            assert_eq!(violation(&page, &options), None, "{name} at {width}");
            assert_eq!(gap_between_hanzi(&page), None, "{name} at {width}");
            let lines: Vec<Line> = page.lines().collect();
            for pair in lines.windows(2).filter(|pair| pair[0].place.block == pair[1].place.block) {
                let (above, below) = (pair[0].text(), pair[1].text());
                let begins_badly = below.starts_with(never_first) || below.starts_with([')', ',', '%']);
                assert!(!begins_badly, "{name} at {width}: {below}");
                assert!(!above.ends_with(never_last) && !above.ends_with('('), "{name} at {width}: {above}");
            }
        }
    }
}
