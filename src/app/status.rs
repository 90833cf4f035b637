//! What the line at the bottom says.

use crate::post::SafeText;

/// Something to tell the reader, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// It worked.
    Info(SafeText),
    /// It did not work: what, and what to do.
    Error(SafeText),
}

/// How far the archive has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Names are being read; so many files so far.
    Looking(usize),
    /// Posts are being read.
    Reading {
        /// Posts read.
        done: usize,
        /// Posts that are new or changed.
        total: usize,
    },
    /// Texts are being made searchable.
    Indexing {
        /// Posts whose text is searchable now.
        done: usize,
        /// Posts whose text was not.
        total: usize,
    },
    /// Everything is up to date.
    Done,
}

/// The state of the program beside the panes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// What to say now.
    pub message: Option<Message>,
    /// How far the archive has been read; `None` before anything is known.
    pub progress: Option<Progress>,
    /// So many posts have come in since the latest key.
    pub arrived: usize,
}

impl Status {
    /// Says that something worked.
    pub(crate) fn info(&mut self, text: &str) {
        self.message = Some(Message::Info(SafeText::label(text)));
    }

    /// Says that something did not work.
    pub(crate) fn error(&mut self, text: &str) {
        self.message = Some(Message::Error(SafeText::label(text)));
    }

    /// Whether files are still being read.
    pub fn is_syncing(&self) -> bool {
        matches!(
            self.progress,
            Some(Progress::Looking(_) | Progress::Reading { .. } | Progress::Indexing { .. })
        )
    }
}
