//! Posts in the shapes that real archives have: flashes, digests, articles with charts, tables and stocks.

use crate::language::{Company, paragraph, sentence, title};
use crate::random::Random;
use crate::words::{HEADINGS, PAPERS, TOWNS};
use jiff::tz::Offset;
use std::fmt::Write as _;

/// A paper.
pub(crate) struct Source {
    name: String,
    slug: String,
}

impl Source {
    /// The n-th of 300.
    pub(crate) fn number(n: u32) -> Self {
        let towns = TOWNS.iter().flat_map(|town| PAPERS.iter().map(move |paper| (*town, *paper)));
        // Neighbours in rank are of different towns and kinds.
        let (town, paper) = towns.cycle().nth((n * 77 % 300) as usize).unwrap_or_default();
        Self { name: format!("{}{}", town.0, paper.0), slug: format!("{}{}", town.1, paper.1) }
    }
}

/// What is known of a post before it is written.
pub(crate) struct Post<'a> {
    pub(crate) number: u32,
    /// Seconds since 1970.
    pub(crate) second: i64,
    pub(crate) source: &'a Source,
}

impl Post<'_> {
    pub(crate) fn file_name(&self) -> String {
        format!("{}-{}.md", self.clock("%Y-%m-%d"), self.id())
    }

    fn id(&self) -> String {
        format!("NW{}{}", self.clock("%Y%m%d"), 2_206_000_000 + u64::from(self.number))
    }

    fn clock(&self, format: &str) -> String {
        let instant = jiff::Timestamp::from_second(self.second).unwrap_or_default();
        instant.to_zoned(Offset::constant(8).to_time_zone()).strftime(format).to_string()
    }

    /// The whole file: about a third flashes, the rest articles of up to 10 KB.
    pub(crate) fn text(&self, random: &mut Random) -> String {
        let mut text = self.front_matter(random);
        match random.below(100) {
            0..30 => text.push_str(&sentence(&Company::any(random).name, random)),
            30..45 => digest(&mut text, random),
            _ => {
                let length = 3200 + random.below(7200) as usize;
                article(&mut text, length, &self.source.name, random);
            }
        }
        text.push_str(&self.tail(random));
        text
    }

    fn front_matter(&self, random: &mut Random) -> String {
        let zone = if random.chance(95) { " +0800" } else { "" };
        format!(
            "---\nlayout: post\ntitle: \"{}\"\ndate: {}{zone}\ncategories: {}\ntags: {}新闻\n---\n",
            title(random),
            self.clock("%Y-%m-%d %H:%M:%S"),
            self.source.slug,
            self.source.name,
        )
    }

    /// The original's address and the way back, in the shapes of three generations of scripts.
    fn tail(&self, random: &mut Random) -> String {
        let Source { name, slug } = self.source;
        let back = match random.below(3) {
            0 => format!("[返回{name}](../{slug}/)\n[返回首页](../)"),
            1 => format!("[返回{name}](//news.example/{slug}/)\n[返回首页](//news.example/)"),
            _ => format!("[返回{name}](//news.example/category/{slug}.html)｜[返回首页](//news.example/)"),
        };
        format!("\n\n<http://news.example/share.html?infoCode={}>\n\n{back}\n", self.id())
    }
}

/// The first paragraph, said twice.
fn digest(text: &mut String, random: &mut Random) {
    let company = Company::any(random);
    let first = paragraph(&company.name, random);
    // Writing to a string cannot fail, here and below.
    let _ = write!(text, "> {first}\n\n<p>{first}</p>\n");
    for _ in 0..random.below(3) {
        let _ = writeln!(text, " <p>{}</p>", paragraph(&company.name, random));
    }
}

fn article(text: &mut String, length: usize, source: &str, random: &mut Random) {
    let company = Company::any(random);
    if random.chance(20) {
        text.push_str("<p style=\"display:none;height:1px;overflow:hidden;\"><br /></p>");
    }
    if random.chance(35) {
        chart(text, &company);
    }
    while text.len() < length {
        part(text, &company, random);
    }
    let _ = write!(text, "<p class=\"em_media\">（文章来源：<b>{source}</b>）</p>");
}

fn part(text: &mut String, company: &Company, random: &mut Random) {
    let _ = match random.below(100) {
        0..8 => writeln!(text, " <p><strong>{}</strong></p>", random.pick(&HEADINGS)),
        8..12 => writeln!(
            text,
            " <center><img src=\"https://img.example/D{}_w640h360.jpg\" style=\"border:#d1d1d1 1px solid;\" /></center>",
            random.below(u32::MAX)
        ),
        12..15 => {
            table(text, random);
            Ok(())
        }
        15..30 => writeln!(text, " <p>{}{}</p>", stock(company), paragraph(&company.name, random)),
        _ => writeln!(text, " <p>{}</p>", paragraph(&company.name, random)),
    };
}

fn chart(text: &mut String, Company { market, code, .. }: &Company) {
    let _ = writeln!(
        text,
        "<!-- EM_StockImg_Start --><p style=\"text-align:center;\"><a href=\"http://quote.example/unify/r/{market}.{code}\" \
         data-code=\"{code}|{market}|2\" class=\"EmImageRemark\" target=\"_blank\"><img \
         src=\"https://chart.example/GetPic.aspx?nid={market}.{code}&imageType=k\" border=\"0\" alt=\"K图 {code}_{market}\" \
         data-code=\"K {code}|{market}|2\" /></a></p><!-- EM_StockImg_End -->"
    );
}

fn stock(Company { name, market, code }: &Company) -> String {
    format!(
        "<span web=\"1\" href=\"http://quote.example/unify/r/{market}.{code}\" class=\"em_stock_key_common\" \
         data-code=\"{market},{code}\">{name}</span>"
    )
}

fn table(text: &mut String, random: &mut Random) {
    text.push_str("<table><tbody><tr><td>代码</td><td>名称</td><td>涨跌幅</td><td>净买入(万元)</td></tr>");
    for _ in 0..3 + random.below(6) {
        let company = Company::any(random);
        let _ = write!(
            text,
            "<tr><td>{}</td><td>{}</td><td>{}.{:02}%</td><td>{}</td></tr>",
            company.code,
            company.name,
            random.below(10),
            random.below(100),
            random.below(90_000)
        );
    }
    text.push_str("</tbody></table>\n");
}
