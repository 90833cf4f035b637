//! Numbers as bytes: LEB128, seven bits a byte, the lowest first.

/// Appends a number.
pub(super) fn push(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

/// Takes the number at the beginning of the bytes; `None` if there is none.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// The numbers that were appended by [`push_after`], ascending. Ends at the first that is none.
pub fn ascending(mut bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut next = 0_u64;
    std::iter::from_fn(move || {
        let number = u32::try_from(next.checked_add(take(&mut bytes)?)?).ok()?;
        next = u64::from(number) + 1;
        Some(number)
    })
}

/// Appends a number to ascending ones, of which `previous` is the last and less than it, as the difference.
pub fn push_after(out: &mut Vec<u8>, previous: Option<u32>, number: u32) {
    let least = previous.map_or(0, |previous| u64::from(previous) + 1);
    push(out, u64::from(number).saturating_sub(least));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers: Vec<u64>) {
            let mut bytes = Vec::new();
            for &number in &numbers {
                push(&mut bytes, number);
            }
            let mut rest = bytes.as_slice();
            let back: Vec<u64> = std::iter::from_fn(|| take(&mut rest)).collect();
            prop_assert_eq!(back, numbers);
        }

        #[test]
        fn ascending_numbers_come_back(numbers: std::collections::BTreeSet<u32>) {
            let mut bytes = Vec::new();
            let mut previous = None;
            for &number in &numbers {
                push_after(&mut bytes, previous, number);
                previous = Some(number);
            }
            prop_assert!(ascending(&bytes).eq(numbers.iter().copied()));
        }

        #[test]
        fn any_bytes_end(bytes: Vec<u8>) {
            prop_assert!(ascending(&bytes).count() <= bytes.len());
            let mut large = [1].to_vec();
            push(&mut large, u64::MAX);
            prop_assert_eq!(ascending(&large).collect::<Vec<u32>>(), [1]);
        }
    }
}
