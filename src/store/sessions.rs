//! What is remembered from one run to the next: small files that may be lost without harm.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

/// The session of one archive, and which archive was the last.
#[derive(Clone, Debug)]
pub struct Sessions {
    folder: PathBuf,
    key: String,
}

/// The file that names the last archive.
const LAST: &str = "last-archive";

impl Sessions {
    /// Sessions in the folder of states; `key` is the archive's file-name-safe key.
    pub fn new(state: &Path, key: String) -> Self {
        Self { folder: state.to_owned(), key }
    }

    /// The last session of this archive; the default if there is none or it cannot be read.
    pub fn load<T: DeserializeOwned + Default>(&self) -> T {
        let text = fs::read(self.path()).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Remembers the session.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&self, session: &impl Serialize) -> io::Result<()> {
        replace(&self.path(), &serde_json::to_vec_pretty(session)?)
    }

    fn path(&self) -> PathBuf {
        self.folder.join("sessions").join(format!("{}.json", self.key))
    }
}

/// The archive that was open last.
pub fn last_archive(state: &Path) -> Option<PathBuf> {
    let path = fs::read(state.join(LAST)).ok().filter(|path| !path.is_empty())?;
    Some(PathBuf::from(OsString::from_vec(path)))
}

/// Remembers which archive is open.
///
/// # Errors
/// When the folder cannot be written.
pub fn remember_archive(state: &Path, archive: &Path) -> io::Result<()> {
    replace(&state.join(LAST), archive.as_os_str().as_bytes())
}

/// Replaces a file by a new one in one step, so that two programs never see half of it.
fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_comes_back_and_a_broken_one_is_forgotten() {
        let state = tempfile::tempdir().unwrap();
        let sessions = Sessions::new(state.path(), "key".to_owned());
        assert_eq!(sessions.load::<Vec<u8>>(), Vec::<u8>::new());
        sessions.save(&vec![1, 2, 3]).unwrap();
        assert_eq!(sessions.load::<Vec<u8>>(), [1, 2, 3]);
        fs::write(sessions.path(), "{").unwrap();
        assert_eq!(sessions.load::<Vec<u8>>(), Vec::<u8>::new());
    }

    #[test]
    fn the_last_archive_is_remembered() {
        let state = tempfile::tempdir().unwrap();
        assert_eq!(last_archive(state.path()), None);
        remember_archive(state.path(), Path::new("/某处/文库")).unwrap();
        assert_eq!(last_archive(state.path()).as_deref(), Some(Path::new("/某处/文库")));
    }
}
