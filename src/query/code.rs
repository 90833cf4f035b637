//! Stocks as readers write them.

use crate::post::{Market, SafeText, StockCode};
use std::fmt;

/// A stock code, on one market (`600519.SH`) or on whichever (`600519`), in the one way to write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol(SafeText);

impl Symbol {
    /// Takes a code in capitals, the market behind it (`sh600519` is `600519.SH`), and the digits that newspapers
    /// leave out in Hong Kong (`700.HK` is `00700.HK`).
    pub fn new(text: &str) -> Self {
        let text = SafeText::label(text).to_ascii_uppercase();
        let (code, market) = parts(&text);
        Self(SafeText::new(&match market {
            Some("HK") => format!("{code:0>5}.HK"),
            Some(market) => format!("{code}.{market}"),
            None => code.to_owned(),
        }))
    }

    /// The symbol of a code.
    pub fn of(code: &StockCode) -> Self {
        Self::new(&code.symbol())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ways in which texts write it, in small letters: `600519`, `600519.sh`, `sh600519`, `700.hk`.
    pub(super) fn ways(&self) -> Vec<String> {
        let known = |market: &&str| Market::SUFFIXES.contains(market);
        let split = self.0.rsplit_once('.').filter(|(_, market)| known(market));
        let Some((code, market)) = split else { return vec![self.0.to_ascii_lowercase()] };
        let mut ways = vec![code.to_owned(), format!("{code}.{market}")];
        if market != "US" {
            ways.push(format!("{market}{code}"));
        }
        let mut shorter = code;
        while let Some(rest) = shorter.strip_prefix('0').filter(|_| market == "HK") {
            shorter = rest;
            ways.push(format!("{shorter}.HK"));
        }
        ways.iter().map(|way| way.to_ascii_lowercase()).collect()
    }

    /// Whether it means this code.
    pub fn means(&self, code: &StockCode) -> bool {
        let same = |text: &str| text.eq_ignore_ascii_case(&self.0);
        same(&code.code) || same(&code.symbol())
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The digits of a code and its market, where both are there.
fn parts(text: &str) -> (&str, Option<&str>) {
    let split =
        text.split_once('.').or_else(|| text.split_at_checked(2).map(|(market, code)| (code, market)));
    let digits = |code: &str| (1..=6).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    match split {
        Some((code, market @ ("SH" | "SZ" | "HK"))) if digits(code) => (code, Some(market)),
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_in_one_way() {
        for (written, symbol) in [
            ("600519", "600519"),
            ("600519.sh", "600519.SH"),
            ("sz000001", "000001.SZ"),
            ("700.HK", "00700.HK"),
            ("hk700", "00700.HK"),
            ("nio", "NIO"),
            ("bk0493", "BK0493"),
            ("SHELL", "SHELL"),
            ("", ""),
        ] {
            assert_eq!(Symbol::new(written).as_str(), symbol);
            assert_eq!(Symbol::new(symbol), Symbol::new(written));
        }
    }

    #[test]
    fn texts_write_codes_in_several_ways() {
        for (symbol, ways) in [
            ("600519.SH", &["600519", "600519.sh", "sh600519"][..]),
            ("700.HK", &["00700", "00700.hk", "hk00700", "0700.hk", "700.hk"]),
            ("NIO.US", &["nio", "nio.us"]),
            ("BRK.A.US", &["brk.a", "brk.a.us"]),
            ("600519", &["600519"]),
            ("BK0493", &["bk0493"]),
        ] {
            assert_eq!(Symbol::new(symbol).ways(), ways, "{symbol}");
        }
    }

    #[test]
    fn a_code_without_a_market_means_it_on_every_market() {
        let stock = |market, code: &str| StockCode { market, code: code.into(), name: None };
        for (symbol, code, expected) in [
            ("600519", stock(Market::SHANGHAI, "600519"), true),
            ("600519.SH", stock(Market::SHANGHAI, "600519"), true),
            ("600519.SZ", stock(Market::SHANGHAI, "600519"), false),
            ("60051", stock(Market::SHANGHAI, "600519"), false),
            ("nio", stock(Market(106), "NIO"), true),
            ("brk", stock(Market(106), "BRK.A"), false),
        ] {
            assert_eq!(Symbol::new(symbol).means(&code), expected, "{symbol}");
        }
    }
}
