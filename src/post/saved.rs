//! Queries that the reader keeps.

use super::{SafeText, Timestamp};
use serde::{Deserialize, Serialize};

/// A query under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedQuery {
    /// The name, one line that is not empty.
    pub name: SafeText,
    /// The query as it was typed.
    pub text: SafeText,
    /// When the reader began to keep it; `None` before it is on the shelf. A new name or another text changes nothing
    /// about it.
    pub added: Option<Timestamp>,
}
