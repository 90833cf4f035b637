//! The stocks and boards that a post names.

mod attribute;
mod bracket;

use crate::post::{Market, SafeText, StockCode};
use std::borrow::Cow;

/// More codes than this in one post are a table of the market, not what the post is about.
const MOST: usize = 300;

/// A code at its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mention<'t> {
    at: usize,
    market: Market,
    code: Cow<'t, str>,
    name: Option<&'t str>,
}

/// The codes named in a title and a text, in order of appearance, each once; the first name counts.
pub(super) fn find(title: &str, text: &str) -> Vec<StockCode> {
    let mut mentions = bracket::mentions(text);
    attribute::mentions(text, &mut mentions);
    mentions.sort_by_key(|mention| mention.at);
    let mut codes: Vec<StockCode> = Vec::new();
    for mention in bracket::mentions(title).into_iter().chain(mentions) {
        add(&mut codes, &mention);
    }
    codes
}

fn add(codes: &mut Vec<StockCode>, mention: &Mention<'_>) {
    let name = mention.name.map(SafeText::label).filter(|name| !name.is_empty());
    let is_same = |code: &&mut StockCode| code.market == mention.market && *code.code == mention.code;
    if let Some(known) = codes.iter_mut().find(is_same) {
        known.name = known.name.take().or(name);
    } else if codes.len() < MOST {
        codes.push(StockCode { market: mention.market, code: SafeText::label(&mention.code), name });
    }
}

/// A code as its market writes it: Hong Kong's have five digits, though newspapers leave out the zeros.
fn canonical(market: Market, code: &str) -> Cow<'_, str> {
    if market == Market::HONG_KONG && code.len() < 5 { format!("{code:0>5}").into() } else { code.into() }
}

/// The exchange of a Chinese A share, by the beginning of its six digits.
fn a_share(code: &str) -> Option<Market> {
    let six_digits = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
    match code.get(..2).filter(|_| six_digits)? {
        "60" | "68" => Some(Market::SHANGHAI),
        "00" | "30" => Some(Market::SHENZHEN),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
