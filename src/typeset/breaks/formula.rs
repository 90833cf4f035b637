//! Formulas in TeX, between `$` or `$$`.

use std::ops::Range;

/// What stands in formulas and not between two amounts of money.
const SIGNS: [char; 5] = ['\\', '^', '_', '=', '{'];

/// The signs around a formula.
pub(super) struct Formula {
    open: Range<usize>,
    close: Range<usize>,
    /// The blanks behind the opening sign.
    blanks: usize,
}

impl Formula {
    /// The places where no line may end: behind the signs that open it, before those that close it, within either.
    pub(super) fn holds(&self, end: usize) -> bool {
        let opening = self.open.start + 1..=self.open.end;
        opening.contains(&end) || end == self.open.end + self.blanks || self.close.contains(&end)
    }

    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        self.close.end
    }
}

/// The formulas of a text, in order.
pub(super) fn formulas(text: &str) -> Vec<Formula> {
    let mut formulas = Vec::new();
    if !text.contains('$') || !text.contains(SIGNS) {
        return formulas;
    }
    let mut open: Option<Range<usize>> = None;
    for signs in signs(text) {
        match open.take().filter(|open| open.len() == signs.len() && is_formula(text, open.end..signs.start))
        {
            Some(open) => {
                let inner = text.get(open.end..signs.start).unwrap_or_default();
                let blanks = inner.len() - inner.trim_start_matches(' ').len();
                formulas.push(Formula { open, close: signs, blanks });
            }
            None => open = Some(signs),
        }
    }
    formulas
}

/// The places of `$` and `$$`, in order.
fn signs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find('$')?;
        let rest = text.get(start..)?;
        let length = if rest.starts_with("$$") { 2 } else { 1 };
        from = start + length;
        Some(start..from)
    })
}

fn is_formula(text: &str, inner: Range<usize>) -> bool {
    text.get(inner).is_some_and(|inner| !inner.is_empty() && inner.contains(SIGNS))
}
