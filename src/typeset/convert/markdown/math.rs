//! Formulas in TeX's own brackets, to the dollar signs that comrak knows.
//!
//! In CommonMark `\[` is an escaped bracket, and many posts mean just that; so what stands in single ones must
//! look like TeX. Writers who know that Markdown takes a backslash away write `\\(` and `\\[`.

use std::borrow::Cow;

/// The brackets: what begins, what ends, what comrak is given.
const BRACKETS: [(&str, &str, &str); 4] =
    [("\\\\(", "\\\\)", "$"), ("\\\\[", "\\\\]", "$$"), ("\\(", "\\)", "$"), ("\\[", "\\]", "$$")];

/// Lines that begin and end a formula of several lines.
pub(super) const DISPLAY: ([&str; 2], [&str; 2]) = (["\\[", "\\\\["], ["\\]", "\\\\]"]);
/// Formulas on one line are shorter, in bytes; looking no further keeps the search linear.
const LONGEST: usize = 1000;

/// A line whose formulas stand in dollar signs.
pub(super) fn line(line: Cow<'_, str>) -> Cow<'_, str> {
    if !line.contains(['(', '[', ')', ']']) || !line.contains('\\') {
        return line;
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_ref();
    let mut ticks = 0;
    while let Some((before, from)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        ticks += before.matches('`').count();
        if let Some((inner, sign, after)) = formula(from).filter(|_| ticks % 2 == 0) {
            out.extend([sign, inner, sign]);
            rest = after;
        } else {
            // A backslash and what it escapes.
            let length = from.chars().take(2).map(char::len_utf8).sum();
            let (escape, after) = from.split_at_checked(length).unwrap_or((from, ""));
            out.push_str(escape);
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The formula at the beginning of a text, the sign to set around it, and what follows.
fn formula(text: &str) -> Option<(&str, &'static str, &str)> {
    let (begin, end, sign) = *BRACKETS.iter().find(|(begin, ..)| text.starts_with(begin))?;
    let text = text.strip_prefix(begin)?;
    let near = text.get(..text.floor_char_boundary(LONGEST))?;
    let (inner, _) = near.split_once(end)?;
    let after = text.get(inner.len() + end.len()..)?;
    let is_formula = begin.len() == 3 || looks_like_tex(inner);
    (is_formula && !inner.contains('$') && !inner.trim().is_empty()).then_some((inner.trim(), sign, after))
}

/// Whether a text holds a command, an index or an exponent.
fn looks_like_tex(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '^' | '_' => return true,
            '\\' if chars.next().is_some_and(|c| c.is_ascii_alphabetic()) => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_formulas_change() {
        for (markdown, expected) in [
            ("设 \\(a_1 * b\\) 为", "设 $a_1 * b$ 为"),
            ("\\[ \\frac{a}{b} \\]", "$$\\frac{a}{b}$$"),
            ("\\\\(n\\\\) 与 \\\\[n\\\\]", "$n$ 与 $$n$$"),
            ("\\[", "\\["),
            ("\\[注\\]、\\[1\\]、\\[a\\_b\\]", "\\[注\\]、\\[1\\]、\\[a\\_b\\]"),
            ("`\\(a_1\\)` 与 \\(a^2", "`\\(a_1\\)` 与 \\(a^2"),
            ("\\(\\$5^2\\) \\甲", "\\(\\$5^2\\) \\甲"),
        ] {
            assert_eq!(line(Cow::Borrowed(markdown)), expected);
        }
    }
}
