//! The name of a post within its archive.

use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Private-use characters that stand for the bytes 0x80..=0xFF of a file name that is not UTF-8.
const RAW_BYTE: u32 = 0x10_FF00;

/// A post's path from the root of its archive, with `/` between the parts.
///
/// File names that are not UTF-8 keep their odd bytes as private-use characters U+10FF80..U+10FFFF, so that
/// every file has an id and every id leads back to its file. An id may hold control characters (a file name
/// may): show it through [`crate::post::SafeText`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PostId(Box<str>);

impl PostId {
    /// The id of a path that is relative to the root of the archive.
    pub fn from_path(relative: &Path) -> Self {
        if let Some(id) = relative.to_str() {
            return Self(id.into());
        }
        let mut id = String::new();
        for chunk in relative.as_os_str().as_bytes().utf8_chunks() {
            id.push_str(chunk.valid());
            id.extend(chunk.invalid().iter().filter_map(|&b| char::from_u32(RAW_BYTE + u32::from(b))));
        }
        Self(id.into())
    }

    /// The id of a file in a folder, of which the id is given, or in the root of the archive.
    pub fn within(folder: Option<&Self>, name: &OsStr) -> Self {
        match (folder, name.to_str()) {
            (Some(folder), Some(name)) => Self([&*folder.0, name].join("/").into()),
            (Some(folder), None) => Self::from_path(&folder.to_path().join(name)),
            (None, _) => Self::from_path(Path::new(name)),
        }
    }

    /// The path that [`PostId::from_path`] was given.
    pub fn to_path(&self) -> PathBuf {
        // The first byte of every character that stands for an odd one, and of hardly any other.
        if !self.0.as_bytes().contains(&0xf4) {
            return PathBuf::from(&*self.0);
        }
        let mut bytes = Vec::with_capacity(self.0.len());
        for c in self.0.chars() {
            match u32::from(c).checked_sub(RAW_BYTE).map(u8::try_from) {
                Some(Ok(byte @ 0x80..)) => bytes.push(byte),
                _ => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        PathBuf::from(OsString::from_vec(bytes))
    }

    /// Whether it is in a folder, or in a folder of that, and so on.
    pub fn is_below(&self, folder: &Self) -> bool {
        self.0.strip_prefix(&*folder.0).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PostId {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}

impl fmt::Display for PostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_reads_like_the_path() {
        let id = PostId::from_path(Path::new("_posts/-20220526 新.md"));
        assert_eq!(id.as_str(), "_posts/-20220526 新.md");
    }

    proptest! {
        #[test]
        fn any_file_name_comes_back(bytes in proptest::collection::vec(prop_oneof![1u8..b'/', b'0'..], 1..40)) {
            let path = Path::new(OsStr::from_bytes(&bytes));
            prop_assert_eq!(PostId::from_path(path).to_path(), path);
            for folder in ["_posts".as_ref(), Path::new(OsStr::from_bytes(b"\xd6\xd0"))] {
                let within = PostId::from_path(&folder.join(path));
                prop_assert_eq!(PostId::within(Some(&PostId::from_path(folder)), path.as_os_str()), within);
            }
        }
    }
}
