//! `finews bookmark`.

use crate::cli::args::Bookmark as Command;
use crate::cli::context::{Context, no_post, shown};
use crate::cli::output::{Out, say};
use crate::post::{Bookmark, PostId, ShelfKey, Timestamp, WebUrl};
use crate::runtime::{Library, bookmark as of_entry};
use crate::store::{Change, Shelf};
use anyhow::Context as _;
use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::Path;

pub(super) fn bookmark(context: &mut Context, command: Command, out: &mut Out) -> anyhow::Result<()> {
    match command {
        Command::Add { posts } => {
            let mut library = context.fresh_library()?;
            let changes = posts.iter().map(|post| {
                let bookmark = found(&mut library, post)?;
                Ok(Change::Bookmark(bookmark.with_context(|| no_post(post, library.archive()))?))
            });
            let changes = changes.collect::<anyhow::Result<Vec<_>>>()?;
            save(&mut library, changes, "bookmarked", out)
        }
        Command::Remove { posts } => {
            let mut library = context.fresh_library()?;
            let changes = posts.iter().map(|post| Ok(Change::Unbookmark(kept(&mut library, post)?)));
            let changes = changes.collect::<anyhow::Result<Vec<_>>>()?;
            save(&mut library, changes, "removed", out)
        }
        Command::List { json } => {
            for bookmark in context.shelf()?.bookmarks() {
                print(bookmark, json, out)?;
            }
            Ok(())
        }
        Command::Export { file } => export(&context.shelf()?, file.as_deref(), out),
        Command::Import { file } => import(&mut context.shelf()?, file.as_deref(), out),
    }
}

fn save(library: &mut Library, changes: Vec<Change>, done: &str, out: &mut Out) -> anyhow::Result<()> {
    let count = changes.len();
    library.shelf_mut().change(changes)?;
    library.reconcile()?;
    out.line(&format!("{count} {done}"))
}

/// A path as an id of the archive: as it is, or as the file that it leads to.
fn id(library: &Library, post: &Path) -> PostId {
    let within = post.canonicalize().ok();
    let within = within.as_deref().and_then(|path| path.strip_prefix(library.archive().root()).ok());
    match within {
        Some(path) if !library.archive().root().as_os_str().is_empty() => PostId::from_path(path),
        _ => PostId::from_path(post),
    }
}

/// The bookmark of a post in the archive.
fn found(library: &mut Library, post: &Path) -> anyhow::Result<Option<Bookmark>> {
    let ids = [PostId::from_path(post), id(library, post)];
    for id in &ids {
        if let Some(entry) = library.ask(|catalog| catalog.find(id))? {
            return Ok(Some(of_entry(&entry, library.archive())));
        }
    }
    Ok(None)
}

/// The key of a bookmark on the shelf: of a post in the archive, of one that is gone, or by its address.
fn kept(library: &mut Library, post: &Path) -> anyhow::Result<ShelfKey> {
    let text = post.to_string_lossy();
    let by_url = WebUrl::parse(&text).map(|url| ShelfKey::of_url(&url));
    if let Some(key) = by_url.filter(|key| library.marks().bookmark(key).is_some()) {
        return Ok(key);
    }
    let ids = [PostId::from_path(post), id(library, post)];
    let bookmarks = library.shelf().bookmarks();
    if let Some(bookmark) = bookmarks.iter().find(|bookmark| ids.contains(&bookmark.id)) {
        return Ok(bookmark.key.clone());
    }
    let key = found(library, post)?.map(|bookmark| bookmark.key);
    let key = key.filter(|key| library.marks().bookmark(key).is_some());
    key.with_context(|| format!("{}: not bookmarked; `finews bookmark list` shows what is", shown(post)))
}

fn print(bookmark: &Bookmark, json: bool, out: &mut Out) -> anyhow::Result<()> {
    if json {
        return out.json(bookmark);
    }
    let date = bookmark.date.map(Timestamp::day_or_minute).unwrap_or_default();
    let source = bookmark.source.as_deref().unwrap_or_default();
    out.line(&[&date, source, &bookmark.title, bookmark.id.as_str()].join("\t"))
}

fn export(shelf: &Shelf, file: Option<&Path>, out: &mut Out) -> anyhow::Result<()> {
    let Some(path) = file else {
        return shelf.bookmarks().into_iter().try_for_each(|bookmark| out.json(bookmark));
    };
    let mut file = File::create(path).with_context(|| format!("{} cannot be written", shown(path)))?;
    shelf.export(&mut file)?;
    file.sync_all().with_context(|| format!("{} cannot be written", shown(path)))
}

fn import(shelf: &mut Shelf, file: Option<&Path>, out: &mut Out) -> anyhow::Result<()> {
    let mut from: Box<dyn BufRead> = match file {
        Some(path) => {
            let file = File::open(path).with_context(|| format!("{} cannot be read", shown(path)))?;
            Box::new(BufReader::new(file))
        }
        None => Box::new(stdin().lock()),
    };
    let imported = shelf.import(&mut from)?;
    for (line, why) in &imported.skipped {
        say(&format!("finews: line {line} is no bookmark: {why}"));
    }
    out.line(&format!("{} added, {} already there", imported.added, imported.kept))
}
