//! Codes in the attributes that eastmoney gives its links and charts.

use super::{Mention, a_share, canonical};
use crate::post::Market;
use memchr::memmem;

/// Makes a code of a place in the text and of what stands there.
type Reader<'t> = fn(usize, &'t str) -> Option<Mention<'t>>;

/// Adds the codes of `data-code="106,NIO"` (with the name that follows), `data-code="K NIO|106|7"`,
/// `nid=106.NIO` and `alt="K图 600519_0"`.
pub(super) fn mentions<'t>(text: &'t str, found: &mut Vec<Mention<'t>>) {
    let marks: [(&str, Reader<'t>); 3] = [("data-code=", data_code), ("nid=", nid), ("K图 ", chart)];
    for (mark, read) in marks {
        let after_marks = memmem::find_iter(text.as_bytes(), mark).map(|start| start + mark.len());
        found.extend(after_marks.filter_map(|at| read(at, text.get(at..)?)));
    }
}

fn data_code(at: usize, rest: &str) -> Option<Mention<'_>> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, after) = rest.get(1..)?.split_once(quote).filter(|(value, _)| value.len() <= 40)?;
    if let Some((market, code)) = value.split_once(',') {
        return mention(at, market, code, element_text(after));
    }
    let mut fields = value.split('|');
    let code = fields.next()?;
    mention(at, fields.next()?, code.strip_prefix("K ").unwrap_or(code), None)
}

fn nid(at: usize, rest: &str) -> Option<Mention<'_>> {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
    let (market, code) = rest.get(..end)?.split_once('.')?;
    mention(at, market, code, None)
}

/// The number behind the code says nothing of the market, so only A shares can be told.
fn chart(at: usize, rest: &str) -> Option<Mention<'_>> {
    let (code, _) = rest.get(..7)?.split_once('_')?;
    Some(Mention { at, market: a_share(code)?, code: code.into(), name: None })
}

fn mention<'t>(at: usize, market: &str, code: &'t str, name: Option<&'t str>) -> Option<Mention<'t>> {
    let code = code.trim();
    let market = Market(market.trim().parse().ok()?);
    let is_code = (1..=12).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    is_code.then(|| Mention { at, market, code: canonical(market, code), name })
}

/// The text of the element whose start tag goes on here, when it is as short as a name.
fn element_text(tag: &str) -> Option<&str> {
    let reach = tag.get(..tag.floor_char_boundary(400)).unwrap_or(tag);
    let (_, text) = reach.split_once('>')?;
    let (text, _) = text.split_once('<')?;
    let length = text.trim().chars().count();
    (1..=20).contains(&length).then(|| text.trim())
}
