//! The signs that lines and borders are made of. Box-drawing characters are ambiguous, so terminals that draw these
//! two cells wide get ASCII: each sign takes one cell.

use super::width::Ambiguous;

/// The signs where lines meet that come from above, below, the left and the right, each a bit.
const NARROW: [&str; 16] = [" ", "─", "─", "─", "│", "┌", "┐", "┬", "│", "└", "┘", "┴", "│", "├", "┤", "┼"];
/// The same for wide terminals.
const WIDE: [&str; 16] = [" ", "-", "-", "-", "|", "+", "+", "+", "|", "+", "+", "+", "|", "+", "+", "+"];

/// The sign where lines meet that come from above, below, the left and the right; a blank where none does.
pub fn joint(sides: [bool; 4], ambiguous: Ambiguous) -> &'static str {
    let signs = match ambiguous {
        // What is avoided is replaced when it is drawn.
        Ambiguous::Narrow | Ambiguous::Avoided => NARROW,
        Ambiguous::Wide => WIDE,
    };
    let index = sides.into_iter().fold(0, |index, side| index * 2 + usize::from(side));
    signs.get(index).copied().unwrap_or(" ")
}

/// A piece of a horizontal line.
pub fn line(ambiguous: Ambiguous) -> &'static str {
    joint([false, false, true, true], ambiguous)
}

/// A piece of a vertical line.
pub fn bar(ambiguous: Ambiguous) -> &'static str {
    joint([true, true, false, false], ambiguous)
}

/// The corners of a frame: the upper left and right one, and the lower left and right one.
pub fn corners(ambiguous: Ambiguous) -> [[&'static str; 2]; 2] {
    let corner = |up, left| joint([up, !up, left, !left], ambiguous);
    [[corner(false, false), corner(false, true)], [corner(true, false), corner(true, true)]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::width;

    #[test]
    fn lines_and_corners_are_the_signs_that_their_sides_say() {
        for (ambiguous, signs, frame) in [
            (Ambiguous::Narrow, ["─", "│"], [["┌", "┐"], ["└", "┘"]]),
            (Ambiguous::Wide, ["-", "|"], [["+", "+"], ["+", "+"]]),
        ] {
            assert_eq!(([line(ambiguous), bar(ambiguous)], corners(ambiguous)), (signs, frame));
        }
        assert_eq!(joint([true, true, false, true], Ambiguous::Narrow), "├");
        assert_eq!(joint([false; 4], Ambiguous::Wide), " ");
    }

    #[test]
    fn every_sign_takes_one_cell() {
        for (signs, ambiguous) in [(NARROW, Ambiguous::Narrow), (WIDE, Ambiguous::Wide)] {
            assert!(signs.iter().all(|sign| width::of(sign, ambiguous) == 1), "{ambiguous:?}");
        }
    }
}
