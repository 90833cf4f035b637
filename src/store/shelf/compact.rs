//! Shortening a journal that holds far more than what counts.

use super::journal::{Journal, Medium as _};
use super::line::Line;
use std::collections::HashMap;
use std::io;

/// Shorter journals are not worth the trouble.
pub(super) const WORTHWHILE: u64 = 64 * 1024;

/// How many times longer than its shortened form a journal may be.
const SLACK: u64 = 4;

/// The length at which a journal is worth looking at, when its shortened form has this length.
pub(super) fn next_length(shortened: u64) -> u64 {
    WORTHWHILE.max(shortened.saturating_mul(SLACK))
}

/// The same, estimated from a journal's bytes and lines and how many values they give.
pub(super) fn first_look(length: u64, lines: usize, values: usize) -> u64 {
    next_length(length / lines.max(1) as u64 * values as u64)
}

/// Rewrites a locked journal of at least `from` bytes if that makes it several times shorter. The length
/// that its shortened form has; `None` if it was not worth looking at.
pub(super) fn shorten(journal: &Journal, from: u64) -> io::Result<Option<u64>> {
    let length = journal.length()?;
    if length <= from {
        return Ok(None);
    }
    let short = shortened(&journal.read()?);
    let short_length = short.len() as u64;
    if length > next_length(short_length) {
        journal.replace(&short)?;
    }
    Ok(Some(short_length))
}

/// The lines that count among those of one journal, as they stand and in their order; and all lines that
/// cannot be read, be they damaged or of a later version.
pub(super) fn shortened(journal: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = journal.split(|&b| b == b'\n').filter(|line| !line.is_empty()).collect();
    let mut keep = vec![true; lines.len()];
    let mut latest = HashMap::new();
    for (number, line) in lines.iter().enumerate() {
        let Ok(Some(Line { key, change })) = Line::decode(line.strip_suffix(b"\r").unwrap_or(line)) else {
            continue;
        };
        let outdone = match latest.get(&(key.clone(), change.field.name())) {
            Some((_, old)) if !change.outdoes(old) => Some(number),
            _ => latest.insert((key, change.field.name()), (number, change)).map(|(old, _)| old),
        };
        if let Some(keep) = outdone.and_then(|number| keep.get_mut(number)) {
            *keep = false;
        }
    }
    let kept = lines.iter().zip(keep).filter_map(|(line, keep)| keep.then_some(line));
    kept.flat_map(|line| line.iter().chain(b"\n")).copied().collect()
}
