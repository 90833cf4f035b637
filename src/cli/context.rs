//! What every subcommand needs: settings, folders, the archive.

use crate::app::Progress;
use crate::cli::args::{Args, When};
use crate::cli::output::say;
use crate::config::{Config, Paths, Theme};
use crate::ingest::{Archive, Options};
use crate::post::SafeText;
use crate::runtime::{Indexing, Library, LibraryError, Start, Summary, Sync, open_shelf};
use crate::store::{Sessions, Shelf, last_archive, remember_archive};
use anyhow::Context as _;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// So long a part of the index is waited for before the progress is told again.
const DELIVERY: Duration = Duration::from_millis(100);

/// The surroundings of a run.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) config: Config,
    pub(super) paths: Paths,
    archive: Option<PathBuf>,
    options: Options,
    color: When,
    no_sync: bool,
    verbose: bool,
}

impl Context {
    pub(super) fn new(args: &Args) -> anyhow::Result<Self> {
        let paths = Paths::find().context("no home folder is known; set HOME")?;
        let mut config = Config::load(args.config.as_deref(), &paths)?;
        if let Some(ambiguous) = args.ambiguous {
            config.settings.terminal.ambiguous_width = ambiguous;
        }
        for warning in &config.warnings {
            say(&format!("finews: {warning}"));
        }
        Ok(Self {
            config,
            paths,
            archive: args.dir.clone().or_else(|| args.archive.clone()),
            options: Options { drafts: args.drafts },
            color: args.color,
            no_sync: args.no_sync,
            verbose: args.verbose,
        })
    }

    /// Whether to print colours (<https://no-color.org>).
    pub(super) fn has_colors(&self) -> bool {
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => can_show_colors(),
        }
    }

    /// The archive: the one named on the command line, else that of the settings, else the last one that was
    /// read, else the built-in sample.
    pub(super) fn archive(&self) -> anyhow::Result<Archive> {
        let named = self.archive.clone().or_else(|| self.config.settings.archive(&self.paths.home));
        if let Some(path) = named {
            return Ok(Archive::open(&path, self.options)?);
        }
        // The last archive may be gone, or on a disk that is not there today.
        let last = last_archive(&self.paths.state).and_then(|path| Archive::open(&path, self.options).ok());
        Ok(last.unwrap_or_else(Archive::sample))
    }

    /// The shelf alone: it can be read and written when no archive can.
    pub(super) fn shelf(&self) -> anyhow::Result<Shelf> {
        let (journals, notices) = open_shelf(&self.paths)?;
        for notice in notices {
            say(&format!("finews: {notice}"));
        }
        Ok(journals)
    }

    /// The text of a saved query. A shelf that cannot be read is told of by whoever needs it for more.
    pub(super) fn saved_query(&self, name: &str) -> Option<String> {
        let (kept, _) = open_shelf(&self.paths).ok()?;
        kept.marks().query(name).map(|query| query.text.to_string())
    }

    /// The archive with its catalog and shelf, as they are.
    pub(super) fn library(&self) -> anyhow::Result<Library> {
        self.library_of(self.archive()?)
    }

    /// The catalog and the shelf of an archive, as they are.
    pub(super) fn library_of(&self, archive: Archive) -> anyhow::Result<Library> {
        let mut library = Library::open(archive, &self.paths)?;
        say_notices(&mut library);
        Ok(library)
    }

    /// The archive with its catalog brought up to date, unless `--no-sync`.
    pub(super) fn fresh_library(&self) -> anyhow::Result<Library> {
        let mut library = self.synchronised_library()?;
        library.insist();
        Ok(library)
    }

    fn synchronised_library(&self) -> anyhow::Result<Library> {
        let mut library = self.library()?;
        if !self.no_sync {
            let summary = self.bring_up_to_date(&mut library, |_| {})?;
            if let Some(trouble) = summary.first_trouble() {
                say(&format!("finews: {trouble}"));
            }
        }
        Ok(library)
    }

    /// The same with its full-text index.
    pub(super) fn searchable_library(&self) -> anyhow::Result<Library> {
        let mut library = self.synchronised_library()?;
        if !self.no_sync {
            self.fill_index(&mut library, |_| {})?;
        }
        library.insist();
        Ok(library)
    }

    /// Indexes the texts that are not in the full-text index yet, telling how far it is. An index that cannot be written
    /// only makes searching slow. A catalog that turns out to be damaged is filled again.
    pub(super) fn fill_index(&self, library: &mut Library, tell: impl Fn(Progress)) -> anyhow::Result<()> {
        let begun = Instant::now();
        let mut filled = index_all(library, &tell);
        if library.take_begun_anew() {
            self.bring_up_to_date(library, &tell)?;
            filled = index_all(library, &tell);
        }
        let posts = match filled {
            Err(error @ LibraryError::Index(_)) => {
                say(&format!("finews: {error}"));
                return Ok(());
            }
            filled => filled?,
        };
        if self.verbose {
            say(&format!("{posts} posts indexed in {:.2} s", begun.elapsed().as_secs_f64()));
        }
        Ok(())
    }

    /// Reads what is new or changed, telling how far it is.
    pub(super) fn bring_up_to_date(
        &self,
        library: &mut Library,
        mut tell: impl FnMut(Progress),
    ) -> anyhow::Result<Summary> {
        let begun = Instant::now();
        let mut sync = Sync::whole();
        loop {
            let progress = sync.step(library)?;
            tell(progress);
            if progress == Progress::Done {
                break;
            }
        }
        say_notices(library);
        let summary = sync.summary().clone();
        if summary.files == 0 {
            let root = shown(library.archive().root());
            say(&format!("finews: {root}: no posts here (.md, .markdown, .html, .Rmd files)"));
        }
        if self.verbose {
            let (root, files, read) = (library.archive().root().display(), summary.files, summary.read);
            say(&format!("{root}: {files} posts, {read} read, in {:.2} s", begun.elapsed().as_secs_f64()));
        }
        Ok(summary)
    }

    /// Everything for the reader.
    pub(super) fn into_reader(self) -> anyhow::Result<Start> {
        let archive = self.archive()?;
        let mut warnings = self.config.warnings.clone();
        if !archive.root().as_os_str().is_empty()
            && let Err(error) = remember_archive(&self.paths.state, &self.remembered(&archive))
        {
            warnings.push(format!("the archive is not remembered: {error}"));
        }
        let sessions = Sessions::new(&self.paths.state, archive.key());
        let theme =
            if no_color() || self.color == When::Never { "mono" } else { &self.config.settings.theme };
        let theme = Theme::load(theme, &self.paths.themes())?;
        let library = Library::open(archive, &self.paths)?;
        let session = sessions.load();
        Ok(Start { library, theme, session, sessions, warnings, config: self.config })
    }

    /// A single post is an archive of its own: it is remembered as the file it is.
    fn remembered(&self, archive: &Archive) -> PathBuf {
        let named = self.archive.as_deref().and_then(|path| path.canonicalize().ok());
        named.unwrap_or_else(|| archive.root().to_owned())
    }
}

/// Returns how many posts were indexed.
fn index_all(library: &mut Library, tell: impl Fn(Progress)) -> Result<usize, LibraryError> {
    let mut indexing = Indexing::start(library)?;
    while !indexing.step(library, DELIVERY)? {
        let (done, total) = indexing.progress();
        tell(Progress::Indexing { done, total });
    }
    tell(Progress::Done);
    Ok(indexing.progress().0)
}

fn say_notices(library: &mut Library) {
    for notice in library.take_notices() {
        say(&format!("finews: {notice}"));
    }
}

/// Whether the output is a terminal.
pub(super) fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// The cells of a row, where the output is a terminal that says so.
pub(super) fn terminal_width() -> Option<u16> {
    let size = is_terminal().then(crossterm::terminal::size)?.ok();
    size.map(|(width, _)| width).filter(|width| *width > 0)
}

/// Whether the terminal knows no escapes.
pub(super) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether the output shows colours to somebody who wants them.
pub(super) fn can_show_colors() -> bool {
    is_terminal() && !is_dumb() && !no_color()
}

fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// What to say of a post that is not there.
pub(super) fn no_post(post: &Path, archive: &Archive) -> String {
    format!("{}: no such post in {}; `finews list` shows what there is", shown(post), archive.name())
}

/// A path as it may be shown.
pub(super) fn shown(path: &Path) -> SafeText {
    SafeText::label(&path.to_string_lossy())
}
