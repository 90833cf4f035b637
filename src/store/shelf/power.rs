//! A model of power cuts and full disks: what was appended but not synced is lost, or any part of it is.

use super::journal::{Medium, append_durably};
use super::line::{Dated, Field, Line};
use crate::post::ShelfKey;
use std::io::{self, ErrorKind};

/// A disk with a cache, which obeys a number of calls and then fails.
#[derive(Clone, Debug, Default)]
struct Disk {
    /// What programs see.
    cached: Vec<u8>,
    /// What a power cut leaves.
    durable: Vec<u8>,
    named: bool,
    /// Calls that still succeed; `None` for all.
    obeys: Option<usize>,
    /// Whether a failing write leaves half of its bytes, as a full disk does.
    half: bool,
}

impl Disk {
    fn step(&mut self) -> io::Result<()> {
        match &mut self.obeys {
            Some(0) => Err(ErrorKind::StorageFull.into()),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn after_power_cut(&self) -> &[u8] {
        if self.named { &self.durable } else { &[] }
    }
}

impl Medium for Disk {
    fn length(&self) -> io::Result<u64> {
        Ok(self.cached.len() as u64)
    }

    fn ends_cleanly(&self) -> io::Result<bool> {
        Ok(self.cached.last().is_none_or(|&last| last == b'\n'))
    }

    fn append(&mut self, text: &[u8]) -> io::Result<()> {
        if let Err(full) = self.step() {
            let half = if self.half { text.len() / 2 } else { 0 };
            self.cached.extend_from_slice(&text[..half]);
            return Err(full);
        }
        self.cached.extend_from_slice(text);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.step()?;
        self.durable.clone_from(&self.cached);
        Ok(())
    }

    fn sync_name(&mut self) -> io::Result<()> {
        self.step()?;
        self.named = true;
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.cached.truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

fn line(n: i64) -> String {
    let key = ShelfKey::from(format!("//example.cn/{n}"));
    Line { key, change: Dated { time: n, device: "d".into(), field: Field::Read(true) } }.encode().unwrap()
}

#[test]
fn what_was_answered_survives_a_power_cut() {
    let mut disk = Disk::default();
    let mut answered = String::new();
    for n in 0..20 {
        append_durably(&mut disk, &line(n)).unwrap();
        answered += &line(n);
        assert_eq!(disk.after_power_cut(), answered.as_bytes(), "after {n}");
    }
}

#[test]
fn a_change_that_failed_leaves_nothing() {
    for (obeys, half) in [(0, false), (0, true), (1, false), (1, true), (2, false)] {
        for before in ["", &line(1)] {
            let mut disk = Disk { obeys: Some(obeys), half, named: !before.is_empty(), ..Disk::default() };
            disk.cached.extend_from_slice(before.as_bytes());
            let result = append_durably(&mut disk, &line(2));
            // Naming is the third step, which only a new journal needs.
            assert_eq!(result.is_err(), obeys < 2 || before.is_empty(), "{obeys} {half} {before:?}");
            if result.is_err() {
                assert_eq!(disk.cached, before.as_bytes(), "{obeys} {half}");
            }
        }
    }
}

#[test]
fn a_line_torn_at_any_byte_swallows_no_other() {
    let (first, second, third) = (line(1), line(2), line(3));
    for torn_at in 0..second.len() {
        let mut disk = Disk::default();
        append_durably(&mut disk, &first).unwrap();
        disk.cached.extend_from_slice(&second.as_bytes()[..torn_at]);
        append_durably(&mut disk, &third).unwrap();
        let read: Vec<Line> =
            disk.cached.split(|&b| b == b'\n').filter_map(|line| Line::decode(line).ok().flatten()).collect();
        let wanted = |line: &str| Line::decode(line.trim_end().as_bytes()).unwrap().unwrap();
        assert!(read.contains(&wanted(&first)) && read.contains(&wanted(&third)), "torn at {torn_at}");
        // Cut before its line end only, the torn line is whole.
        assert_eq!(read.len(), if torn_at == second.len() - 1 { 3 } else { 2 }, "torn at {torn_at}");
    }
}
