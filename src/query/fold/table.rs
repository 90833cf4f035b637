//! The table of characters that count as the same.

use std::sync::LazyLock;

/// See `same.txt`.
pub(super) static SAME: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("same.txt")));

/// Characters and what they fold to: a bit for every code point, and behind the bits only what is folded. The bits of
/// all Hanzi that are in use are three kilobytes, and most of them fold to themselves, which one bit says.
pub(super) struct Table {
    /// For each 64 code points the bits of those that fold to another one, and how many do before them.
    words: Vec<(u64, u16)>,
    folded: Vec<char>,
}

impl Table {
    /// Reads groups with blanks between them, and lines that begin with `#` and say something else.
    fn read(text: &str) -> Self {
        let groups = text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        let mut pairs: Vec<(char, char)> = groups
            .flat_map(|group| {
                let mut chars = group.chars();
                let first = chars.next();
                chars.filter_map(move |c| Some((c, first?)))
            })
            .collect();
        pairs.sort_unstable();
        let mut words = Vec::new();
        for (before, (c, _)) in (0_u16..).zip(&pairs) {
            let (word, bit) = place(*c);
            if words.len() <= word {
                words.resize(word + 1, (0, before));
            }
            if let Some((bits, _)) = words.last_mut() {
                *bits |= bit;
            }
        }
        Self { words, folded: pairs.into_iter().map(|(_, folded)| folded).collect() }
    }

    /// What a character folds to.
    #[inline]
    pub(super) fn get(&self, c: char) -> char {
        let (word, bit) = place(c);
        match self.words.get(word) {
            Some((bits, before)) if bits & bit != 0 => {
                let index = usize::from(*before) + (bits & (bit - 1)).count_ones() as usize;
                self.folded.get(index).copied().unwrap_or(c)
            }
            _ => c,
        }
    }
}

fn place(c: char) -> (usize, u64) {
    let code = u32::from(c);
    ((code / 64) as usize, 1 << (code % 64))
}
