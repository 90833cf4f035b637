//! Which posts hold which bigrams, collected post by post.

use super::gram::Gram;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The bigrams of posts, each counted once a post. Bigrams get numbers as they are met, and are put in order by those
/// once all are there: a whole index costs a fifth less so than by sorting them all.
#[derive(Debug, Default)]
pub(super) struct Postings {
    met: HashMap<Gram, Met, RandomState>,
    /// The bigrams by their numbers.
    grams: Vec<Gram>,
    /// The numbers of a bigram and of a post that holds it, post by post.
    pairs: Vec<(u32, u32)>,
}

#[derive(Debug)]
struct Met {
    number: u32,
    /// The latest post that holds it.
    post: u32,
}

impl Postings {
    /// Adds a bigram of a post. The numbers of posts ascend.
    pub(super) fn add(&mut self, gram: Gram, post: u32) {
        let number = match self.met.entry(gram) {
            Entry::Occupied(met) if met.get().post == post => return,
            Entry::Occupied(mut met) => {
                met.get_mut().post = post;
                met.get().number
            }
            Entry::Vacant(place) => {
                let number = u32::try_from(self.grams.len()).unwrap_or(u32::MAX);
                self.grams.push(gram);
                place.insert(Met { number, post }).number
            }
        };
        if self.pairs.len() == self.pairs.capacity() {
            // Doubling would take twice what is needed for the largest thing there is.
            self.pairs.reserve_exact((self.pairs.len() / 4).max(1024));
        }
        self.pairs.push((number, post));
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Hands over all of them: each bigram, in order, with the posts that hold it, ascending. Their memory is that of
    /// those that come next.
    pub(super) fn take(&mut self, mut each: impl FnMut(Gram, &[u32])) {
        self.met.clear();
        let mut in_order: Vec<(Gram, u32)> = self.grams.drain(..).zip(0..).collect();
        in_order.sort_unstable();
        let mut places = self.starts(&in_order);
        let mut posts = vec![0; self.pairs.len()];
        for (number, post) in self.pairs.drain(..) {
            if let Some(place) = places.get_mut(number as usize) {
                posts.get_mut(*place).into_iter().for_each(|to| *to = post);
                *place += 1;
            }
        }
        // Each place is now where the list ends.
        let mut start = 0;
        for (gram, number) in in_order {
            let end = places.get(number as usize).copied().unwrap_or(start);
            each(gram, posts.get(start..end).unwrap_or_default());
            start = end;
        }
    }

    /// By the numbers of bigrams: where the list of each begins, when they stand one after the other in this order.
    fn starts(&self, in_order: &[(Gram, u32)]) -> Vec<usize> {
        let mut places = vec![0; in_order.len()];
        for (number, _) in &self.pairs {
            places.get_mut(*number as usize).into_iter().for_each(|length| *length += 1);
        }
        let mut end = 0;
        for (_, number) in in_order {
            if let Some(place) = places.get_mut(*number as usize) {
                end += std::mem::replace(place, end);
            }
        }
        places
    }
}
