//! Reading lines of a file that may hold anything.

use std::io::{self, BufRead, Read as _};

/// Longer lines are no lines of ours; they are passed over without being held in memory.
const MAX_LEN: u64 = 1 << 20;

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Bytes, with the line end.
    pub(super) bytes: u64,
    /// Whether a line end stood at the end.
    pub(super) ended: bool,
    /// Whether the line was cut at the limit.
    pub(super) too_long: bool,
}

/// Reads the next line into `line`, without its line end (`\n` or `\r\n`). `None` at the end of the file.
pub(super) fn next(reader: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Option<Taken>> {
    line.clear();
    let mut bytes = (&mut *reader).take(MAX_LEN).read_until(b'\n', line)?;
    if bytes == 0 {
        return Ok(None);
    }
    let mut ended = line.ends_with(b"\n");
    let too_long = !ended && line.len() as u64 == MAX_LEN;
    if too_long {
        let rest = skip_line(reader)?;
        bytes += rest.bytes;
        ended = rest.ended;
    }
    for end in [b'\n', b'\r'] {
        line.pop_if(|&mut last| last == end);
    }
    Ok(Some(Taken { bytes: bytes as u64, ended, too_long }))
}

struct Skipped {
    bytes: usize,
    ended: bool,
}

fn skip_line(reader: &mut dyn BufRead) -> io::Result<Skipped> {
    let mut skipped = Skipped { bytes: 0, ended: false };
    while !skipped.ended {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        let end = chunk.iter().position(|&b| b == b'\n');
        let step = end.map_or(chunk.len(), |at| at + 1);
        skipped.ended = end.is_some();
        skipped.bytes += step;
        reader.consume(step);
    }
    Ok(skipped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut text: &[u8]) -> Vec<(Vec<u8>, Taken)> {
        let mut line = Vec::new();
        std::iter::from_fn(|| next(&mut text, &mut line).unwrap().map(|taken| (line.clone(), taken)))
            .collect()
    }

    #[test]
    fn lines_end_in_any_way() {
        let taken = |bytes, ended| Taken { bytes, ended, too_long: false };
        assert_eq!(
            all(b"a\r\n\nb"),
            [(b"a".to_vec(), taken(3, true)), (vec![], taken(1, true)), (b"b".to_vec(), taken(1, false))]
        );
    }

    #[test]
    fn a_line_without_end_is_passed_over_and_the_next_is_found() {
        let mut text = vec![b'x'; 3 << 20];
        text.extend_from_slice(b"\nnext\n");
        let lines = all(&text);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].1, Taken { bytes: (3 << 20) + 1, ended: true, too_long: true });
        assert_eq!(lines[1].0, b"next");
    }
}
