//! Where to look next, and when.

use crate::runtime::watch::Hint;
use std::time::{Duration, Instant};

/// So often everything is looked at when not everything is heard of, or when it has failed.
const NOW_AND_THEN: Duration = Duration::from_mins(1);
/// Before everything is looked at again, it rests so many times as long as the last look has taken.
const REST: u32 = 10;

/// Where something may have happened that has not been looked at.
#[derive(Debug)]
pub(super) struct Agenda {
    hint: Hint,
    /// Whether something may happen unheard.
    is_deaf: bool,
    /// When the last look began.
    begun: Instant,
    /// When the last look at everything began, and not before when there is another one.
    looked: Instant,
    rested: Instant,
}

impl Agenda {
    /// With nothing on it, while everything is being looked at.
    pub(super) fn new(now: Instant) -> Self {
        Self { hint: Hint::default(), is_deaf: false, begun: now, looked: now, rested: now }
    }

    /// Something may have happened there.
    pub(super) fn add(&mut self, hint: Hint) {
        self.hint.add(hint);
    }

    /// From now on something may happen unheard.
    pub(super) fn set_deaf(&mut self) {
        self.is_deaf = true;
    }

    /// Whether there is somewhere to look now.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        match &self.hint {
            Hint::Places(places) if !places.is_empty() => true,
            Hint::Places(_) => self.is_deaf && self.rested.max(self.looked + NOW_AND_THEN) <= now,
            Hint::Everything => self.rested <= now,
        }
    }

    /// Begins with what is due.
    pub(super) fn begin(&mut self, now: Instant) -> Option<Hint> {
        if !self.is_due(now) {
            return None;
        }
        self.begun = now;
        let hint = std::mem::take(&mut self.hint);
        if matches!(&hint, Hint::Places(places) if !places.is_empty()) {
            return Some(hint);
        }
        self.looked = now;
        Some(Hint::Everything)
    }

    /// What was begun is over.
    pub(super) fn end(&mut self, now: Instant) {
        let took = now.saturating_duration_since(self.begun);
        self.rested = now + took.saturating_mul(REST).min(NOW_AND_THEN);
    }

    /// What was begun has failed: everything is looked at, but not before a while.
    pub(super) fn put_off(&mut self, now: Instant) {
        self.hint = Hint::Everything;
        self.rested = now + NOW_AND_THEN;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Hint {
        Hint::Places(["/a".into()].into())
    }

    /// An agenda at its start, and a clock in milliseconds from there.
    fn agenda() -> (Agenda, impl Fn(u64) -> Instant) {
        let start = Instant::now();
        (Agenda::new(start), move |milliseconds| start + Duration::from_millis(milliseconds))
    }

    #[test]
    fn places_are_looked_at_at_once_and_once() {
        let (mut agenda, at) = agenda();
        assert_eq!(agenda.begin(at(0)), None);
        agenda.add(places());
        assert_eq!(agenda.begin(at(0)), Some(places()));
        agenda.end(at(1000));
        assert_eq!(agenda.begin(at(1000)), None);
        agenda.add(places());
        assert_eq!(agenda.begin(at(1001)), Some(places()));
    }

    #[test]
    fn everything_is_looked_at_for_a_small_part_of_the_time() {
        let (mut agenda, at) = agenda();
        agenda.end(at(100));
        agenda.add(places());
        agenda.add(Hint::Everything);
        assert_eq!(agenda.begin(at(1099)), None);
        assert_eq!(agenda.begin(at(1100)), Some(Hint::Everything));
        agenda.end(at(100_000));
        agenda.add(Hint::Everything);
        assert_eq!(agenda.begin(at(159_999)), None, "but not for less than once a minute");
        assert_eq!(agenda.begin(at(160_000)), Some(Hint::Everything));
    }

    #[test]
    fn what_is_not_heard_of_is_found_within_a_minute_whatever_else_is_heard() {
        let (mut agenda, at) = agenda();
        assert!(!agenda.is_due(at(1_000_000)));
        agenda.set_deaf();
        for second in 1..60 {
            agenda.add(places());
            assert_eq!(agenda.begin(at(second * 1000)), Some(places()));
            agenda.end(at(second * 1000 + 1));
        }
        assert_eq!(agenda.begin(at(59_999)), None);
        assert_eq!(agenda.begin(at(60_000)), Some(Hint::Everything));
        agenda.end(at(60_001));
        assert!(!agenda.is_due(at(119_999)) && agenda.is_due(at(120_000)));
    }

    #[test]
    fn what_has_failed_is_tried_again_after_a_while() {
        let (mut agenda, at) = agenda();
        agenda.add(places());
        agenda.begin(at(0));
        agenda.put_off(at(5));
        agenda.add(places());
        assert_eq!(agenda.begin(at(60_004)), None);
        assert_eq!(agenda.begin(at(60_005)), Some(Hint::Everything));
    }
}
