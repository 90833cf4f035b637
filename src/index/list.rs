//! Lists of posts by their numbers within a segment: a bit for each post of the segment, or the differences between the
//! numbers, whichever is shorter. A list that is as long as all those bits is of that kind.

use super::bytes::{ascending, push_after};
use fixedbitset::{Block, FixedBitSet};

/// Appends a list of a segment of so many posts, in ascending order.
pub(super) fn push_list(out: &mut Vec<u8>, numbers: &[u32], posts: usize) {
    let (start, most) = (out.len(), posts.div_ceil(8));
    let mut previous = None;
    for &number in numbers {
        push_after(out, previous, number);
        previous = Some(number);
        if out.len() - start >= most {
            out.truncate(start);
            out.resize(start + most, 0);
            let bits = out.get_mut(start..).unwrap_or_default();
            for number in numbers {
                set(bits, *number);
            }
            return;
        }
    }
}

fn set(bits: &mut [u8], number: u32) {
    if let Some(bits) = bits.get_mut(number as usize / 8) {
        *bits |= 1 << (number % 8);
    }
}

/// Adds the posts of a list to a set with a place for each post of the segment.
pub(super) fn add_list(list: &[u8], numbers: &mut FixedBitSet) {
    let posts = numbers.len();
    if list.len() == posts.div_ceil(8) {
        let blocks = list.chunks(size_of::<Block>()).map(|bytes| {
            let mut block = [0; size_of::<Block>()];
            block.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            Block::from_le_bytes(block)
        });
        numbers.union_with(&FixedBitSet::with_capacity_and_blocks(posts, blocks));
    } else {
        ascending(list)
            .map(|number| number as usize)
            .take_while(|&number| number < posts)
            .for_each(|number| numbers.insert(number));
    }
}

/// The numbers of a list of a segment of so many posts, in ascending order.
pub(super) fn numbers(list: &[u8], posts: usize) -> Vec<u32> {
    let mut numbers = FixedBitSet::with_capacity(posts);
    add_list(list, &mut numbers);
    in_order(&numbers).collect()
}

/// The numbers of a set, in ascending order.
pub(super) fn in_order(numbers: &FixedBitSet) -> impl Iterator<Item = u32> + '_ {
    // A damaged list may have bits behind the last post.
    numbers
        .ones()
        .take_while(|&number| number < numbers.len())
        .filter_map(|number| u32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn lists_come_back_and_none_is_longer_than_a_bit_a_post(
            posts in 1..300_u32,
            wanted in proptest::collection::vec(any::<prop::sample::Index>(), 0..300),
        ) {
            let wanted: BTreeSet<u32> =
                wanted.iter().map(|index| u32::try_from(index.index(posts as usize)).unwrap()).collect();
            let wanted: Vec<u32> = wanted.into_iter().collect();
            let mut list = Vec::new();
            push_list(&mut list, &wanted, posts as usize);
            prop_assert_eq!(numbers(&list, posts as usize), wanted);
            prop_assert!(list.len() <= posts.div_ceil(8) as usize);
        }

        #[test]
        fn any_bytes_are_a_list_of_posts_of_the_segment(list: Vec<u8>, posts in 0..100_u32) {
            prop_assert!(numbers(&list, posts as usize).iter().all(|number| *number < posts));
        }
    }
}
