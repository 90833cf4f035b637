//! What a post costs from bytes to lines, and a page when the window changes.
//!
//! Run with `cargo bench --bench typeset`. Floors in the same run: validating the same bytes as UTF-8. Peers:
//! html2text converting and wrapping the same text by itself, and `w3m -dump`, where it is installed, on the long
//! post; less `0`, which is what starting it costs.

use divan::{Bencher, black_box, counter::BytesCount};
use finews::post::{Body, Markup};
use finews::typeset::{Article, Options, article, lay_out, words};
use std::io::Write;
use std::process::Command;
use std::sync::Arc;

fn main() {
    divan::main();
}

/// A post of about 8 KB, marked up as news sites do it.
fn post() -> Body {
    let mut text = String::from("> 早上七点，茶馆的门就开了。（本刊）\n\n");
    let paragraph = "<p>早上七点，茶馆的门就开了。“今年的新茶比去年好，”掌柜一边烧水一边说，“价钱也涨了4.5%。”\
        坐在窗边的<span id=\"stock_1.600000\"><a href=\"http://quote.example.com/unify/r/1.600000\" class=\"keytip\" \
        data-code=\"1,600000\">老主顾</a></span>只点头——他等的是茶，不是行情（2022-2025年的行情他早已听够）。</p>";
    let heading = "<p><strong>水开了以后</strong></p><center><img src=\"https://a.example.com/b.png\" alt=\"Image\" /></center>";
    let table = "<table><tr><td>茶</td><td>价格</td></tr><tr><td>龙井</td><td>1,200.50</td></tr></table>";
    while text.len() < 8 * 1024 {
        text.push_str(&paragraph.repeat(3));
        text.push_str(heading);
    }
    text.push_str(table);
    Body { markup: Markup::Markdown, text }
}

/// How many copies of the post make a long one, of about 1.5 MB.
const LONG: usize = 180;

fn long_post() -> Body {
    let Body { markup, text } = post();
    Body { markup, text: vec![text; LONG].join("\n\n") }
}

fn pages(article: &Arc<Article>, width: u16) -> usize {
    lay_out(article, &Options { width, ..Options::default() }).len()
}

#[divan::bench]
fn bytes_to_lines(bencher: Bencher<'_, '_>) {
    let body = post();
    bencher.counter(BytesCount::of_str(&body.text)).bench(|| pages(&Arc::new(article(black_box(&body))), 80));
}

#[divan::bench]
fn bytes_to_article(bencher: Bencher<'_, '_>) {
    let body = post();
    bencher.counter(BytesCount::of_str(&body.text)).bench(|| article(black_box(&body)));
}

/// What is searched: the same text, without making the article.
#[divan::bench]
fn bytes_to_words(bencher: Bencher<'_, '_>) {
    let body = post();
    bencher.counter(BytesCount::of_str(&body.text)).bench(|| words(black_box(&body)));
}

#[divan::bench(args = [40, 80])]
fn lay_out_again(bencher: Bencher<'_, '_>, width: u16) {
    let article = Arc::new(article(&post()));
    let page = lay_out(&article, &Options { width: width + 1, ..Options::default() });
    let options = Options { width, ..Options::default() };
    bencher.bench(|| page.again(black_box(&article), &options).len());
}

#[divan::bench]
fn lay_out_again_with_every_setting(bencher: Bencher<'_, '_>) {
    let article = Arc::new(article(&post()));
    let options =
        Options { justify: true, autospace: true, full_width_punctuation: true, ..Options::default() };
    let page = lay_out(&article, &options);
    bencher.bench(|| page.again(black_box(&article), &Options { width: 79, ..options.clone() }).len());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn long_bytes_to_lines(bencher: Bencher<'_, '_>) {
    let body = long_post();
    bencher.counter(BytesCount::of_str(&body.text)).bench(|| pages(&Arc::new(article(black_box(&body))), 80));
}

#[divan::bench(args = [40, 80], sample_count = 20, sample_size = 1)]
fn long_lay_out_again(bencher: Bencher<'_, '_>, width: u16) {
    let article = Arc::new(article(&long_post()));
    bencher.bench(|| pages(black_box(&article), width));
}

/// The copies that w3m is to dump; none where it is not installed.
fn w3m_copies() -> Vec<usize> {
    if Command::new("w3m").arg("-version").output().is_ok() { vec![0, LONG] } else { Vec::new() }
}

#[divan::bench(args = w3m_copies(), sample_count = 20, sample_size = 1)]
fn peer_w3m(bencher: Bencher<'_, '_>, copies: usize) {
    let text = vec![post().text; copies].join("\n\n");
    let Ok(mut file) = tempfile::Builder::new().suffix(".html").tempfile() else { return };
    if file.write_all(text.as_bytes()).is_err() {
        return;
    }
    let dump = || {
        let mut command = Command::new("w3m");
        command.args(["-dump", "-cols", "80", "-I", "UTF-8", "-O", "UTF-8"]).arg(file.path());
        command.output().map_or(0, |output| output.stdout.len())
    };
    bencher.counter(BytesCount::of_str(&text)).bench(dump);
}

#[divan::bench]
fn floor_utf8(bencher: Bencher<'_, '_>) {
    let body = post();
    bencher
        .counter(BytesCount::of_str(&body.text))
        .bench(|| std::str::from_utf8(black_box(body.text.as_bytes())).is_ok());
}

#[divan::bench]
fn peer_html2text(bencher: Bencher<'_, '_>) {
    let body = post();
    bencher
        .counter(BytesCount::of_str(&body.text))
        .bench(|| html2text::from_read(black_box(body.text.as_bytes()), 80).map_or(0, |text| text.len()));
}
