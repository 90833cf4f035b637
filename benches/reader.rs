//! From a key press to its frame at 100,000 posts, in a terminal of 120 by 40 cells.
//!
//! Run with `cargo bench --bench reader`. The floor, in the same run: ratatui drawing nothing on as many cells.

#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to go on with")]

use divan::{Bencher, black_box};
use finews::app::{Effect, Event, Listing, Model, Opened, Progress, Question, Session, near, update};
use finews::config::{Config, Paths, Theme};
use finews::post::{Body, DateFrom, Header, Markup, PostId, SafeText, Timestamp};
use finews::query::{Count, Facet, Listed, RowId, Totals};
use finews::typeset::{Article, article};
use finews::ui;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use std::path::Path;
use std::sync::Arc;

const POSTS: u32 = 100_000;
const SOURCES: u32 = 200;
const SIZE: Size = Size::new(120, 40);

fn main() {
    divan::main();
}

/// The program and its screen; what it asks of the disk is answered at once, with posts made by hand.
struct Reader {
    model: Model,
    theme: Theme,
    terminal: Terminal<TestBackend>,
    rows: Arc<[RowId]>,
    article: Arc<Article>,
}

impl Reader {
    fn start() -> Self {
        let config = Config::load(None, &Paths::under(Path::new("/nonexistent"))).unwrap();
        let (model, effects) = Model::start("big".into(), config.preferences(), Session::default(), SIZE);
        let mut reader = Self {
            model,
            theme: Theme::default(),
            terminal: terminal(SIZE),
            rows: (0..POSTS).map(RowId).collect(),
            article: Arc::new(article(&body())),
        };
        reader.perform(effects);
        reader.take(Event::Sync(Progress::Done));
        reader.draw();
        reader
    }

    fn press(&mut self, key: &str) {
        self.take(Event::Key(crokey::parse(key).unwrap()));
        self.draw();
    }

    fn resize(&mut self, width: u16) {
        let size = Size::new(width, SIZE.height);
        self.terminal = terminal(size);
        self.take(Event::Resize(size));
        self.draw();
    }

    fn take(&mut self, event: Event) {
        let effects = update(&mut self.model, event);
        self.perform(effects);
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| ui::draw(&self.model, &self.theme, frame)).unwrap();
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let answer = match effect {
                Effect::List(question) => Event::Listing(self.list(&question)),
                Effect::Rows { generation, near, rows } => {
                    Event::Rows { generation, near, lines: rows.into_iter().map(listed).collect() }
                }
                Effect::Facets => facets(),
                Effect::Open(row) => Event::Opened(Box::new(self.open(row))),
                _ => continue,
            };
            self.take(answer);
        }
    }

    fn list(&self, question: &Question) -> Listing {
        let near = near(0, 2 * question.height, self.rows.len());
        Listing {
            is_whole: true,
            generation: question.generation,
            rows: Arc::clone(&self.rows),
            kept: None,
            lines: self.rows.get(near.clone()).unwrap_or_default().iter().copied().map(listed).collect(),
            near,
            ..Listing::default()
        }
    }

    fn open(&self, row: RowId) -> Opened {
        let Listed { id, title, date, source, .. } = listed(row);
        let header = Header { id, title, date, source, ..header() };
        Opened { row, header, read: false, bookmarked: false, article: Some(Arc::clone(&self.article)) }
    }
}

fn terminal(size: Size) -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(size.width, size.height)).unwrap()
}

fn header() -> Header {
    Header {
        id: PostId::from(""),
        title: SafeText::default(),
        date: None,
        date_from: DateFrom::FrontMatter,
        source: None,
        categories: Vec::new(),
        tags: Vec::new(),
        url: None,
        codes: Vec::new(),
        has_image: false,
        problems: Vec::new(),
    }
}

fn listed(row: RowId) -> Listed {
    let RowId(n) = row;
    Listed {
        row,
        id: PostId::from(format!("_posts/2022-01-01-NW20220101{n:06}.md").as_str()),
        title: SafeText::label(&format!("第{n}号公告：江州银行拟发行绿色债券 A股三大指数集体收涨")),
        date: Timestamp::new(1_700_000_000 - i64::from(n) * 900, 8 * 3600),
        source: Some(SafeText::label(&format!("来源{}", n % SOURCES))),
        url: None,
        read: n % 5 == 0,
        bookmarked: n % 97 == 0,
        gone: false,
    }
}

fn facets() -> Event {
    let value =
        |n| Count { value: SafeText::label(&format!("来源{n}")), name: None, total: 500, unread: 400 };
    let counts = Facet::ALL.map(|facet| (facet, (0..SOURCES).map(value).collect()));
    let totals = Totals { posts: POSTS, unread: POSTS / 5 * 4, bookmarked: POSTS / 97 };
    Event::Facets { counts: counts.into(), totals }
}

/// A post of about 8 KB.
fn body() -> Body {
    let paragraph = "<p>早上七点，茶馆的门就开了。“今年的新茶比去年好，”掌柜一边烧水一边说，“价钱也涨了4.5%。”\
        坐在窗边的老主顾只点头——他等的是茶，不是行情（2022-2025年的行情他早已听够）。</p>";
    Body { markup: Markup::Markdown, text: paragraph.repeat(8 * 1024 / paragraph.len()) }
}

/// The floor: as many cells and nothing on them.
#[divan::bench]
fn floor_empty_frame(bencher: Bencher<'_, '_>) {
    let mut terminal = terminal(SIZE);
    bencher.bench_local(|| {
        black_box(terminal.draw(|_| {}).unwrap());
    });
}

/// Each key and its frame; the last key leads back to where the first began, so that every run does the same.
#[divan::bench(args = ["j k", "ctrl-d ctrl-u", "end home", "f a backspace esc"])]
fn keys(bencher: Bencher<'_, '_>, keys: &str) {
    let mut reader = Reader::start();
    bencher.bench_local(|| keys.split(' ').for_each(|key| reader.press(key)));
}

/// Into the article and back to the list.
#[divan::bench]
fn open_an_article(bencher: Bencher<'_, '_>) {
    let mut reader = Reader::start();
    bencher.bench_local(|| {
        reader.press("enter");
        reader.press("q");
        reader.press("j");
    });
}

/// To another width and back: two frames, two new settings of the article.
#[divan::bench(args = [64, 160])]
fn resize(bencher: Bencher<'_, '_>, width: u16) {
    let mut reader = Reader::start();
    reader.press("enter");
    bencher.bench_local(|| {
        reader.resize(width);
        reader.resize(SIZE.width);
    });
}
