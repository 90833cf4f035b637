//! The folders of the program, by the conventions of the platform.

use directories::{BaseDirs, ProjectDirs};
use std::path::{Path, PathBuf};

/// Where the program keeps its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The user's home.
    pub home: PathBuf,
    /// Settings, keys, themes: written by the user.
    pub config: PathBuf,
    /// Catalogs: can be deleted at any time.
    pub cache: PathBuf,
    /// The shelf: precious.
    pub data: PathBuf,
    /// Sessions, the name of this device.
    pub state: PathBuf,
}

impl Paths {
    /// The user's folders; `None` without a home. On Linux these follow `XDG_CONFIG_HOME` and its kin.
    pub fn find() -> Option<Self> {
        let home = BaseDirs::new()?.home_dir().to_owned();
        let dirs = ProjectDirs::from("", "", "finews")?;
        let data = dirs.data_dir().to_owned();
        Some(Self {
            home,
            config: dirs.config_dir().to_owned(),
            cache: dirs.cache_dir().to_owned(),
            state: dirs.state_dir().map_or_else(|| data.join("state"), Path::to_owned),
            data,
        })
    }

    /// All folders in one, as tests use them.
    pub fn under(folder: &Path) -> Self {
        Self {
            home: folder.to_owned(),
            config: folder.to_owned(),
            cache: folder.join("cache"),
            data: folder.join("data"),
            state: folder.join("state"),
        }
    }

    /// The folder of the reader's bookmarks and read marks.
    pub fn shelf(&self) -> PathBuf {
        self.data.join("shelf")
    }

    /// The themes that the user has written.
    pub fn themes(&self) -> PathBuf {
        self.config.join("themes")
    }
}
