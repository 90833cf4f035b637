//! The catalog against a model: plain collections, filtered and sorted by hand.

use super::{Batch, Catalog, DatedUntil, Piece, natural};
use crate::post::{
    Bookmark, DateFrom, Header, Market, PostId, SafeText, ShelfKey, Stamp, StockCode, Timestamp, WebUrl,
};
use crate::query::{Count, Facet, Listed, Pattern, Query, RowId, Sort, Symbol, Term, Totals, fold, span};
use crate::store::Marks;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

const ARCHIVE: &str = "archive";
const SORTS: [Sort; 5] = [Sort::Newest, Sort::Oldest, Sort::Title, Sort::Source, Sort::Relevance];

#[derive(Clone, Debug)]
enum Step {
    Apply(Batch),
    /// The whole shelf, or only what it says of the keys it names.
    Shelf(BTreeMap<ShelfKey, (bool, bool)>, bool),
}

#[derive(Default)]
struct Model {
    posts: BTreeMap<PostId, (Header, Stamp)>,
    marks: BTreeMap<ShelfKey, (bool, bool)>,
}

fn text() -> impl Strategy<Value = SafeText> {
    prop::sample::select(vec!["央行", "Ａ股", "a股", "港股", "50%_", "五〇%行", "發行"])
        .prop_map(SafeText::from)
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0..5i64).prop_map(|day| Timestamp::new(day * 86400, 8 * 3600).unwrap())
}

fn url() -> impl Strategy<Value = WebUrl> {
    (0..4u8).prop_map(|n| WebUrl::parse(&format!("http://news.example.cn/{n}")).unwrap())
}

fn id() -> impl Strategy<Value = PostId> {
    (0..7u8).prop_map(|n| PostId::from(format!("_posts/{n}.md").as_str()))
}

/// Every code has one name, so that it does not matter which post comes first.
fn stock() -> impl Strategy<Value = StockCode> {
    (0..3u16, prop::sample::select(vec!["600519", "000001", "nio"])).prop_map(|(market, code)| StockCode {
        market: Market(market),
        code: code.into(),
        name: Some(format!("Ａ股{market}").as_str().into()),
    })
}

fn header() -> impl Strategy<Value = Header> {
    let facets = || vec(text(), 0..3);
    let known = (id(), text(), option::of(time()), option::of(url()));
    let content = (vec(stock(), 0..3), any::<bool>());
    (known, option::of(text()), facets(), facets(), content).prop_map(
        |((id, title, date, url), source, categories, tags, (codes, has_image))| Header {
            id,
            title,
            date,
            date_from: DateFrom::None,
            source,
            categories,
            tags,
            url,
            codes,
            has_image,
            problems: Vec::new(),
        },
    )
}

fn key() -> impl Strategy<Value = ShelfKey> {
    prop_oneof![
        url().prop_map(|url| ShelfKey::of_url(&url)),
        id().prop_map(|id| ShelfKey::of_path(ARCHIVE, &id))
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let upserts = vec((header(), any::<u64>().prop_map(stamp)), 0..5);
    let batch =
        (upserts, vec(id(), 0..3)).prop_map(|(upserts, removed)| Step::Apply(Batch { upserts, removed }));
    let marks = prop::collection::btree_map(key(), any::<(bool, bool)>(), 0..5);
    prop_oneof![batch, (marks, any::<bool>()).prop_map(|(marks, whole)| Step::Shelf(marks, whole))]
}

fn stamp(size: u64) -> Stamp {
    Stamp { size, mtime: -1, ctime: i64::MIN, inode: !size }
}

fn query() -> impl Strategy<Value = Query> {
    let part = || {
        prop::sample::select(vec!["Ａ", "股", "%", "_", "", "a股", "600", "50", "五〇", "发"])
            .prop_map(str::to_owned)
    };
    let symbols = vec!["600519", "600519.SH", "NIO", "nio.sz", "60051", "600519.SH.SZ"];
    let facets = vec![Facet::Source, Facet::Category, Facet::Tag, Facet::Stock];
    let months = prop::sample::select(vec!["1970-01", "1970", "1970-01-03", "x"]);
    let leaf = prop_oneof![
        prop::sample::select(vec![Query::All, Query::Unread, Query::Read, Query::HasImage]),
        Just(Query::Bookmarked),
        text().prop_map(Query::Source),
        text().prop_map(Query::Category),
        text().prop_map(Query::Tag),
        (part(), any::<bool>()).prop_map(|(part, variants)| Query::Title(term(part, variants))),
        (part(), any::<bool>()).prop_map(|(part, variants)| Query::Text(term(part, variants))),
        (prop::sample::select(facets), part()).prop_map(|(facet, part)| Query::Like(facet, part)),
        months.prop_map(|text| Query::Like(Facet::Month, text.to_owned())),
        prop::sample::select(symbols).prop_map(|symbol| Query::Code(Symbol::new(symbol))),
        prop::sample::select(vec!["a股", "^[央港]", ""])
            .prop_map(|p| Query::Pattern(Pattern::new(p).unwrap())),
        time().prop_map(Query::Since),
        time().prop_map(Query::Before),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Query::And),
            // Answered another way.
            (inner.clone(), time()).prop_map(|(one, time)| Query::And(vec![Query::Since(time), one])),
            vec(inner.clone(), 0..3).prop_map(Query::Or),
            inner.prop_map(|one| Query::Not(Box::new(one))),
        ]
    })
}

fn term(text: String, with_variants: bool) -> Term {
    Term { text, with_variants }
}

/// What a bookmark keeps of a post that the archive does not have.
fn bookmark(key: &ShelfKey) -> Bookmark {
    Bookmark {
        key: key.clone(),
        archive: [None, Some(ARCHIVE), Some("other")][key.as_str().len() % 3].map(SafeText::from),
        id: PostId::from(format!("kept/{key}").as_str()),
        title: "港股".into(),
        source: Some("央行".into()),
        date: Timestamp::new(86400, 0),
        url: None,
        added: Timestamp::new(0, 0).unwrap(),
    }
}

fn shelf(marks: &BTreeMap<ShelfKey, (bool, bool)>) -> Marks {
    Marks::of(marks.iter().map(|(key, &(read, kept))| (key.clone(), read, kept.then(|| bookmark(key)))))
}

impl Model {
    fn apply(&mut self, catalog: &mut Catalog, step: Step) {
        match step {
            Step::Apply(batch) => {
                catalog.apply(&batch).unwrap();
                self.posts.retain(|id, _| !batch.removed.contains(id));
                self.posts
                    .extend(batch.upserts.into_iter().map(|(post, stamp)| (post.id.clone(), (post, stamp))));
            }
            Step::Shelf(marks, true) => {
                self.marks = marks;
                catalog.reconcile(&shelf(&self.marks)).unwrap();
            }
            Step::Shelf(marks, false) => {
                let keys: Vec<ShelfKey> = marks.keys().cloned().collect();
                self.marks.extend(marks);
                catalog.mark(&keys, &shelf(&self.marks)).unwrap();
            }
        }
    }

    fn headers(&self) -> impl Iterator<Item = &Header> {
        self.posts.values().map(|(header, _)| header)
    }

    /// All rows as the catalog should list them, with their headers.
    fn rows(&self) -> Vec<(Listed, Header)> {
        let live: Vec<_> =
            self.headers().map(|post| self.row(post.clone(), &post.shelf_key(ARCHIVE), false)).collect();
        let has_post = |key: &ShelfKey| self.headers().any(|post| post.shelf_key(ARCHIVE) == *key);
        let ours = |key: &ShelfKey| bookmark(key).archive.is_none_or(|archive| &*archive == ARCHIVE);
        let orphans = self.marks.iter().filter(|&(key, &(_, kept))| kept && !has_post(key) && ours(key));
        let orphans = orphans.map(|(key, _)| {
            let Bookmark { id, title, source, date, url, .. } = bookmark(key);
            let date_from = DateFrom::None;
            let (categories, tags, codes, problems) = (vec![], vec![], vec![], vec![]);
            let has_image = false;
            let header = Header {
                id,
                title,
                date,
                date_from,
                source,
                categories,
                tags,
                url,
                codes,
                has_image,
                problems,
            };
            self.row(header, key, true)
        });
        live.iter().cloned().chain(orphans).collect()
    }

    fn row(&self, header: Header, key: &ShelfKey, gone: bool) -> (Listed, Header) {
        let (read, bookmarked) = self.marks.get(key).copied().unwrap_or_default();
        let Header { id, title, date, source, url, .. } = header.clone();
        (Listed { row: RowId(0), id, title, date, source, url, read, bookmarked, gone }, header)
    }

    fn list(&self, query: &Query, sort: Sort) -> Vec<Listed> {
        let mut rows = self.rows();
        rows.retain(|(row, header)| is_there(row, query) && meets(row, header, query));
        let mut rows: Vec<Listed> = rows.into_iter().map(|(row, _)| row).collect();
        let second = |row: &Listed| row.date.map(Timestamp::second);
        let path = |row: &Listed| (natural::place(row.date, &row.id), row.id.clone());
        rows.sort_by_key(|row| Reverse((second(row), path(row))));
        match sort {
            Sort::Newest | Sort::Relevance => {}
            Sort::Oldest => rows.sort_by_key(|row| (row.date.is_none(), second(row), path(row))),
            Sort::Title => rows.sort_by_key(|row| row.title.clone()),
            Sort::Source => rows.sort_by_key(|row| (row.source.is_none(), row.source.clone())),
        }
        rows
    }

    fn counts(&self, facet: Facet) -> Vec<Count> {
        let mut counts: HashMap<(SafeText, Option<SafeText>), (u32, u32)> = HashMap::new();
        for (row, header) in self.rows().into_iter().filter(|(row, _)| !row.gone) {
            let mut values = values(&header, facet);
            values.sort();
            values.dedup();
            for value in values {
                let count = counts.entry(value).or_default();
                *count = (count.0 + 1, count.1 + u32::from(!row.read));
            }
        }
        let count = |((value, name), (total, unread))| Count { value, name, total, unread };
        let mut counts: Vec<Count> = counts.into_iter().map(count).collect();
        counts.sort_by_key(|count| (Reverse(count.total), count.value.clone()));
        counts
    }
}

/// The values of a facet that a post has, and their names.
fn values(header: &Header, facet: Facet) -> Vec<(SafeText, Option<SafeText>)> {
    let labels = match facet {
        Facet::Source => header.source.as_slice(),
        Facet::Category => &header.categories,
        Facet::Tag => &header.tags,
        Facet::Month => {
            let month = header.date.and_then(Timestamp::month);
            return month
                .map(|(year, month)| (SafeText::new(&format!("{year:04}-{month:02}")), None))
                .into_iter()
                .collect();
        }
        Facet::Stock => {
            let symbol = |code: &StockCode| SafeText::new(&code.symbol().to_uppercase());
            return header.codes.iter().map(|code| (symbol(code), code.name.clone())).collect();
        }
    };
    labels.iter().map(|label| (label.clone(), None)).collect()
}

/// Whether a post counts at all: one that is gone only where bookmarks are asked for.
fn is_there(row: &Listed, query: &Query) -> bool {
    !row.gone || query.asks_for_bookmarks()
}

fn meets(row: &Listed, header: &Header, query: &Query) -> bool {
    let contains = |text: &str, part: &str| fold(text).contains(&fold(part));
    match query {
        Query::All => true,
        Query::And(all) => all.iter().all(|one| meets(row, header, one)),
        Query::Or(any) if query.asks_for_bookmarks() => {
            any.iter().any(|one| is_there(row, one) && meets(row, header, one))
        }
        Query::Or(any) => any.iter().any(|one| meets(row, header, one)),
        Query::Not(denied) => !meets(row, header, denied),
        Query::Source(source) => row.source.as_ref() == Some(source),
        Query::Category(value) => header.categories.contains(value),
        Query::Tag(value) => header.tags.contains(value),
        Query::Title(term) | Query::Text(term) => term.is_in(&row.title),
        Query::Pattern(pattern) => pattern.is_match(&fold(&row.title)),
        Query::Like(Facet::Month, text) => span(text).is_some_and(|(first, after)| {
            meets(row, header, &Query::Since(first)) && meets(row, header, &Query::Before(after))
        }),
        Query::Like(facet, part) => values(header, *facet).iter().any(|(value, name)| {
            contains(&name.as_ref().map_or(value.to_string(), |name| format!("{value} {name}")), part)
        }),
        Query::Code(symbol) => header.codes.iter().any(|code| symbol.means(code)),
        Query::HasImage => header.has_image,
        Query::Since(time) => row.date.is_some_and(|date| date.civil_second() >= time.civil_second()),
        Query::Before(time) => row.date.is_some_and(|date| date.civil_second() < time.civil_second()),
        Query::Read => row.read,
        Query::Unread => !row.read,
        Query::Bookmarked => row.bookmarked,
    }
}

fn listed(catalog: &Catalog, query: &Query, sort: Sort) -> Vec<Listed> {
    let rows = catalog.rows(query, sort).unwrap();
    let mut listed = catalog.listed(&rows).unwrap();
    for line in &mut listed {
        line.row = RowId(0);
    }
    listed
}

/// All posts of all values, so many pieces at a time.
fn filed(catalog: &Catalog, most: u32) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    loop {
        let next = catalog.pieces(all.last().map(|piece| piece.id), most).unwrap();
        if next.is_empty() {
            return all;
        }
        all.extend(next);
    }
}

/// All dates, read in pieces of this size.
fn dated(catalog: &Catalog, piece: u32) -> Vec<(RowId, Timestamp)> {
    let (mut all, mut until) = (Vec::new(), DatedUntil::default());
    loop {
        let (next, behind) = catalog.dates(&until, piece).unwrap();
        if behind == until {
            return all;
        }
        all.extend(next);
        until = behind;
    }
}

proptest! {
    #[test]
    fn answers_equal_a_count_by_hand(steps in vec(step(), 1..12), query in query(), piece in 1..5u32) {
        let mut catalog = Catalog::in_memory(ARCHIVE).unwrap();
        let mut model = Model::default();
        for step in steps {
            model.apply(&mut catalog, step);
        }
        for sort in SORTS {
            prop_assert_eq!(listed(&catalog, &query, sort), model.list(&query, sort), "{:?}", sort);
        }
        for facet in [Facet::Source, Facet::Category, Facet::Tag, Facet::Stock] {
            prop_assert_eq!(catalog.counts(facet).unwrap(), model.counts(facet));
        }
        prop_assert_eq!(filed(&catalog, piece), filed(&catalog, 1000));
        let months: u32 = model.counts(Facet::Month).iter().map(|count| count.total).sum();
        prop_assert_eq!(dated(&catalog, piece), dated(&catalog, 1000));
        prop_assert_eq!(dated(&catalog, piece).len(), months as usize);
        let all = model.list(&Query::All, Sort::Newest);
        prop_assert_eq!(catalog.totals().unwrap(), Totals {
            posts: all.len().try_into().unwrap(),
            unread: model.list(&Query::Unread, Sort::Newest).len().try_into().unwrap(),
            bookmarked: model.list(&Query::Bookmarked, Sort::Newest).len().try_into().unwrap(),
        });
        for header in model.headers() {
            let entry = catalog.find(&header.id).unwrap().unwrap();
            prop_assert_eq!(&entry.header, header);
            prop_assert_eq!(catalog.entry(entry.row).unwrap(), Some(entry));
        }
        let stamps: BTreeMap<_, _> = catalog.stamps_after(None, u32::MAX).unwrap().into_iter().collect();
        prop_assert_eq!(stamps, model.posts.into_iter().map(|(id, (_, stamp))| (id, stamp)).collect());
    }
}
