//! What is looked for, and the posts that may hold it.

use super::dense::{Alphabet, is_start};
use super::gram::Gram;
use super::list::in_order;
use super::pages::{Read, ReadError};
use super::segment::{Doc, Segment};
use super::tally::Count;
use fixedbitset::FixedBitSet;
use memchr::memmem::Finder;
use std::cell::OnceCell;

/// So few texts are compared sooner than another list is read.
const FEW: usize = 4;

/// A text that is looked for, folded as the indexed texts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    /// For each character those that may stand in its place.
    places: Vec<Vec<char>>,
}

impl Needle {
    /// A needle for a folded text.
    pub fn new(text: &str) -> Self {
        Self::spelled(text.chars().map(|c| vec![c]).collect())
    }

    /// A needle for all texts that have, one after the other, one of the characters of each place.
    pub fn spelled(places: Vec<Vec<char>>) -> Self {
        Self { places }
    }

    /// Whether a folded text holds it.
    pub fn is_in(&self, text: &str) -> bool {
        self.in_utf8().is_in(text.as_bytes())
    }

    /// How often it stands in a folded text, whose first line is the title.
    pub fn count(&self, text: &str) -> Count {
        self.in_utf8().count(text.as_bytes())
    }

    fn in_utf8(&self) -> Spelling<'_> {
        Spelling::new(self, Coding::Utf8)
    }

    /// What looks for it in the codes of texts.
    pub(super) fn in_codes<'a>(&'a self, alphabet: &'a Alphabet) -> Spelling<'a> {
        Spelling::new(self, Coding::Dense(alphabet))
    }

    /// The posts of a segment that hold the text, in the order of the segment. Only those that `is_current` is true
    /// for count, and only their texts are read.
    ///
    /// # Errors
    /// When the segment is damaged or cannot be read.
    pub fn find<R: Read>(
        &self,
        segment: &Segment<R>,
        is_current: impl Fn(Doc) -> bool,
    ) -> Result<Vec<Doc>, ReadError> {
        let mut numbers = self.candidates(segment, is_current)?;
        if self.must_compare() {
            numbers = self.compare(segment, numbers)?;
        }
        Ok(numbers.into_iter().filter_map(|number| segment.docs().get(number as usize).copied()).collect())
    }

    /// The numbers, within a segment and ascending, of the posts that may hold the text: all that do, of those that
    /// `is_current` is true for, and where it [must be compared](Self::must_compare) with theirs, others too.
    pub(super) fn candidates<R: Read>(
        &self,
        segment: &Segment<R>,
        is_current: impl Fn(Doc) -> bool,
    ) -> Result<Vec<u32>, ReadError> {
        let mut docs = segment.none();
        match self.places.as_slice() {
            [] => docs.set_range(.., true),
            [one] => {
                for one in one {
                    segment.add_holding_any(&Gram::beginning_with(*one), &mut docs)?;
                }
            }
            [_, _, ..] => docs = holding_all(segment, &self.grams())?,
        }
        let is_current =
            |number: &u32| segment.docs().get(*number as usize).is_some_and(|doc| is_current(*doc));
        Ok(in_order(&docs).filter(is_current).collect())
    }

    /// Whether the lists do not say for sure who holds it.
    pub(super) fn must_compare(&self) -> bool {
        match self.places.as_slice() {
            [] | [_] | [_, _] => false,
            [first, second, third] => trigrams(first, second, third).is_none(),
            _ => true,
        }
    }

    /// Those of some posts whose texts hold the text.
    fn compare<R: Read>(&self, segment: &Segment<R>, numbers: Vec<u32>) -> Result<Vec<u32>, ReadError> {
        let mut found = Vec::new();
        if numbers.is_empty() {
            return Ok(found);
        }
        let spelling = self.in_codes(segment.alphabet());
        segment.codes(numbers, |number, code| {
            if spelling.is_in(code) {
                found.push(number);
            }
        })?;
        Ok(found)
    }

    /// For every three neighbours the trigrams that may stand there, where there are such, and for all other two the
    /// bigrams; each set of them once.
    fn grams(&self) -> Vec<Vec<Gram>> {
        let mut grams = Vec::new();
        let mut is_covered = false;
        for (at, pair) in self.places.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            let trigrams = self.places.get(at + 2).and_then(|third| trigrams(first, second, third));
            if trigrams.is_none() && !is_covered {
                grams.push(
                    first
                        .iter()
                        .flat_map(|first| second.iter().map(|second| Gram::new(*first, *second)))
                        .collect(),
                );
            }
            is_covered = trigrams.is_some();
            grams.extend(trigrams);
        }
        grams.sort_unstable();
        grams.dedup();
        grams
    }
}

/// The trigrams of three places, if all that may stand there have such.
fn trigrams(first: &[char], second: &[char], third: &[char]) -> Option<Vec<Gram>> {
    let pairs = first.iter().flat_map(|first| second.iter().map(move |second| (*first, *second)));
    pairs
        .flat_map(|(first, second)| third.iter().map(move |third| Gram::trigram([first, second, *third])))
        .collect()
}

/// What texts are made of.
#[derive(Clone, Copy)]
enum Coding<'a> {
    Utf8,
    Dense(&'a Alphabet),
}

/// What looks for a needle in texts.
pub(super) struct Spelling<'a> {
    way: Way,
    places: &'a [Vec<char>],
    coding: Coding<'a>,
    /// What finds the end of the title, once it was asked for.
    line_end: OnceCell<Option<Finder<'static>>>,
}

enum Way {
    /// There is a character that no text has.
    Never,
    /// It can be spelled in one way.
    One(Box<Finder<'static>>),
    /// It can be spelled in several ways.
    Several,
}

impl<'a> Spelling<'a> {
    fn new(needle: &'a Needle, coding: Coding<'a>) -> Self {
        let one = |place: &Vec<char>| match place.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let way = match needle.places.iter().map(one).collect::<Option<String>>() {
            Some(text) => coding.finder(&text).map_or(Way::Never, |finder| Way::One(Box::new(finder))),
            None => Way::Several,
        };
        Self { way, places: &needle.places, coding, line_end: OnceCell::new() }
    }

    fn is_in(&self, text: &[u8]) -> bool {
        self.count_in(text, 1) > 0
    }

    /// How often it stands in a text whose first line is the title; occurrences do not overlap.
    pub(super) fn count(&self, text: &[u8]) -> Count {
        if self.places.is_empty() {
            return Count::default();
        }
        let line_end = self.line_end.get_or_init(|| self.coding.finder("\n"));
        let title = line_end.as_ref().and_then(|line_end| self.coding.find(line_end, text));
        let (title, text) = text.split_at_checked(title.unwrap_or(text.len())).unwrap_or((text, &[]));
        Count { title: self.count_in(title, u32::MAX), text: self.count_in(text, u32::MAX) }
    }

    /// How often it stands in a text, so often at most.
    fn count_in(&self, text: &[u8], most: u32) -> u32 {
        match &self.way {
            Way::Never => 0,
            Way::One(finder) => self.coding.count(finder, text, most),
            Way::Several => self.count_spellings(&self.coding.decoded(text), most),
        }
    }

    fn count_spellings(&self, text: &[char], most: u32) -> u32 {
        let (mut count, mut rest) = (0, text);
        while count < most
            && let Some(window) = rest.get(..self.places.len())
        {
            let is_here = window.iter().zip(self.places).all(|(c, place)| place.contains(c));
            count += u32::from(is_here);
            rest = rest.get(if is_here { self.places.len() } else { 1 }..).unwrap_or_default();
        }
        count
    }
}

impl Coding<'_> {
    fn finder(self, text: &str) -> Option<Finder<'static>> {
        match self {
            Self::Utf8 => Some(Finder::new(text).into_owned()),
            Self::Dense(alphabet) => Some(Finder::new(&alphabet.encode(text)?).into_owned()),
        }
    }

    /// Where something is first in a text.
    fn find(self, finder: &Finder<'_>, text: &[u8]) -> Option<usize> {
        let mut from = 0;
        loop {
            let at = from + finder.find(text.get(from..)?)?;
            if matches!(self, Self::Utf8) || is_start(text, at) {
                return Some(at);
            }
            from = at + 1;
        }
    }

    fn count(self, finder: &Finder<'_>, text: &[u8], most: u32) -> u32 {
        let (mut count, mut rest) = (0, text);
        while count < most
            && let Some(at) = self.find(finder, rest)
        {
            count += 1;
            rest = rest.get(at + finder.needle().len().max(1)..).unwrap_or_default();
        }
        count
    }

    fn decoded(self, text: &[u8]) -> Vec<char> {
        match self {
            Self::Utf8 => String::from_utf8_lossy(text).chars().collect(),
            Self::Dense(alphabet) => alphabet.decode(text).collect(),
        }
    }
}

/// The posts that hold one of the grams of every set, or a few more, all of which [must be
/// compared](Needle::must_compare) if there are several sets.
fn holding_all<R: Read>(segment: &Segment<R>, sets: &[Vec<Gram>]) -> Result<FixedBitSet, ReadError> {
    let mut all: Option<FixedBitSet> = None;
    for grams in sets {
        let mut docs = segment.none();
        for gram in grams {
            segment.add_holding(*gram, &mut docs)?;
        }
        if let Some(all) = &all {
            docs.intersect_with(all);
        }
        if docs.count_ones(..) <= FEW {
            return Ok(docs);
        }
        all = Some(docs);
    }
    Ok(all.unwrap_or_else(|| segment.none()))
}
