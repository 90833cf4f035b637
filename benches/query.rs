//! What it costs to fold texts, of which an index of 100,000 posts folds half a gigabyte.
//!
//! Run with `cargo bench --bench query`. The floor, in the same run: case and width alone, by the standard library.

use divan::Bencher;
use divan::counter::BytesCount;
use finews::query::fold;

const SIMPLIFIED: &str = include_str!("../assets/sample/_posts/2024-12-29-NW202412293260771845.md");
const ASCII: &str = include_str!("../Cargo.toml");
const TRADITIONAL: &str = "\
美國聯準會（Fed）主席鮑爾週三表示，通膨仍高於目標，決策者「不急於」降息；市場解讀偏鷹，美股四大指數收黑，\
台積電ADR下跌2.3%。國內法人指出，臺灣出口動能仍在，AI伺服器訂單能見度達2026年第1季，供應鏈業績可望續創新高，\
惟匯率波動、關稅談判與地緣政治仍是變數，投資人應留意評價偏高個股的回檔風險，並採取分批佈局。";

fn main() {
    divan::main();
}

#[divan::bench(args = ["simplified", "traditional", "ASCII"])]
fn folded(bencher: Bencher<'_, '_>, name: &str) {
    let text = text(name);
    bencher.counter(BytesCount::of_str(text)).bench(|| fold(divan::black_box(text)));
}

#[divan::bench(args = ["simplified", "traditional", "ASCII"])]
fn case_and_width_alone(bencher: Bencher<'_, '_>, name: &str) {
    let text = text(name);
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| divan::black_box(text).chars().map(narrow_lower).collect::<String>());
}

fn text(name: &str) -> &'static str {
    match name {
        "simplified" => SIMPLIFIED,
        "traditional" => TRADITIONAL,
        _ => ASCII,
    }
}

fn narrow_lower(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    let mut lower = narrow.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => narrow,
    }
}
