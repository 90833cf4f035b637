//! Why a configuration cannot be used.

use std::io::ErrorKind;
use std::path::Path;

/// A file of the configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {message}")]
pub struct ConfigError {
    path: String,
    message: String,
}

impl ConfigError {
    /// An error in a file. Only its first line counts: the reader gets one clear line.
    pub(super) fn at(path: &Path, error: impl std::fmt::Display) -> Self {
        let text = error.to_string();
        // toml's errors are drawings of the place; the last line says what is wrong, the first one where.
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or_default().to_owned();
        let message = match lines.next_back() {
            Some(last) if first.starts_with("TOML parse error") => format!("{first}: {last}"),
            _ => first,
        };
        Self { path: path.display().to_string(), message }
    }
}

/// Reads a file that must be there.
pub(super) fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|e| ConfigError::at(path, e))
}

/// Reads a file that need not be there.
pub(super) fn read_optional(path: &Path) -> Result<Option<String>, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(ConfigError::at(path, error)),
    }
}
