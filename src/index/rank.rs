//! How much a post is about what is looked for.

use super::tally::{Count, Extent};

/// How soon more occurrences cease to say more: the usual value.
const K1: f64 = 1.2;
/// How much the length of a text counts, from not at all to fully: the usual value.
const B: f64 = 0.75;
/// A word in the title counts as so many in the text. What stands in the title of a news post stands three times in its
/// text in the mean (pairs of Hanzi, 41 posts): with a word in the title alone a post comes before most that mention it,
/// and after those that speak of nothing else.
const TITLE: f64 = 5.0;

/// Okapi BM25, with the title as a field that weighs more (Robertson and Zaragoza, "The Probabilistic Relevance
/// Framework: BM25 and Beyond", 2009, sections 3.4 and 3.6), for one needle.
#[derive(Clone, Copy, Debug)]
pub struct Rank {
    /// What an occurrence of the needle is worth: the fewer posts hold it, the more.
    weight: f64,
    mean: f64,
}

impl Rank {
    /// The rank of a needle that so many of the posts hold. Its weight is positive also when most do.
    pub fn new(holders: u32, of: Extent) -> Self {
        let (holders, posts) = (f64::from(holders), f64::from(of.posts.max(holders)));
        Self { weight: ((posts - holders + 0.5) / (holders + 0.5)).ln_1p(), mean: of.mean() }
    }

    /// What a post is worth in which the needle stands so often, and whose text has so many bytes. The values of several
    /// needles add up.
    ///
    /// The length is in bytes, not in characters: a Hanzi has three, and says as much as three letters do.
    pub fn score(&self, count: Count, bytes: u32) -> f64 {
        let occurrences = TITLE * f64::from(count.title) + f64::from(count.text);
        let length = 1.0 - B + B * f64::from(bytes) / self.mean;
        self.weight * occurrences * (K1 + 1.0) / (occurrences + K1 * length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Extent = Extent { posts: 1000, bytes: 3_000_000 };

    fn score(holders: u32, title: u32, text: u32, bytes: u32) -> f64 {
        Rank::new(holders, ALL).score(Count { title, text }, bytes)
    }

    #[test]
    fn what_is_said_more_often_in_less_text_about_rarer_things_is_worth_more() {
        for (less, more) in [
            (score(10, 0, 1, 3000), score(10, 0, 2, 3000)),
            (score(10, 0, 2, 3000), score(10, 1, 0, 3000)),
            (score(10, 1, 0, 3000), score(10, 1, 3, 3000)),
            (score(10, 1, 0, 3000), score(10, 0, 12, 3000)),
            (score(10, 0, 3, 9000), score(10, 0, 3, 1000)),
            (score(900, 0, 9, 3000), score(10, 0, 1, 3000)),
            (0.0, score(1000, 0, 1, 3000)),
        ] {
            assert!(less < more, "{less} {more}");
        }
        assert!(score(10, 0, 0, 3000).abs() < f64::EPSILON);
        assert!(Rank::new(3, Extent::default()).score(Count { title: 1, text: 1 }, 0).is_finite());
    }

    #[test]
    fn the_formula_is_that_of_the_paper() {
        // ln(1 + 990.5 / 10.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 2))
        assert!((score(10, 0, 2, 6000) - 4.557_380 * 4.4 / 4.1).abs() < 1e-5);
    }
}
