//! What a site's configuration and folders say about all of its posts.

use super::front_matter::{self, Format, FrontMatter};
use super::{decode, file};
use crate::post::SafeText;
use jiff::tz::TimeZone;
use std::path::Path;

/// The generator that an archive was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SiteKind {
    /// Posts in `_posts` and other folders with an underscore.
    Jekyll,
    /// Posts in `source/_posts`.
    Hexo,
    /// Posts in `content`.
    Hugo,
    /// None: a folder of text files.
    #[default]
    Plain,
}

/// What parsing needs to know of the site around a post.
#[derive(Clone, Debug)]
pub struct Site {
    /// The clock of dates that name no zone.
    pub zone: TimeZone,
    /// Whose habits the front matter follows: Jekyll parts `tags: a b` at the blank.
    pub kind: SiteKind,
}

/// Where configurations lie, seen from the site's root, and how they are written.
const CONFIGS: [(&str, Format); 14] = [
    ("_config.yml", Format::Yaml),
    ("_config.yaml", Format::Yaml),
    ("hugo.toml", Format::Toml),
    ("hugo.yaml", Format::Yaml),
    ("hugo.yml", Format::Yaml),
    ("hugo.json", Format::Json),
    ("config.toml", Format::Toml),
    ("config.yaml", Format::Yaml),
    ("config.yml", Format::Yaml),
    ("config.json", Format::Json),
    ("config/_default/hugo.toml", Format::Toml),
    ("config/_default/config.toml", Format::Toml),
    ("config/_default/hugo.yaml", Format::Yaml),
    ("config/_default/config.yaml", Format::Yaml),
];

/// Folder names that say nothing about whose posts these are.
const GENERIC: [&str; 10] =
    ["_posts", "posts", "post", "content", "source", "src", "docs", "_drafts", "old_post", "blog"];

impl Site {
    /// Looks at an archive's root, and at the folders above it while their names are as general as `_posts`.
    pub(super) fn of(root: &Path) -> Self {
        let zone = homes(root).find_map(zone_of).unwrap_or_else(TimeZone::system);
        let kind = homes(root).map(layout).find(|&kind| kind != SiteKind::Plain).unwrap_or_default();
        Self { zone, kind }
    }
}

/// The root and the folders above it, up to the first whose name says something.
fn homes(root: &Path) -> impl Iterator<Item = &Path> {
    let mut inside = true;
    root.ancestors().take_while(move |path| std::mem::replace(&mut inside, is_generic(path)))
}

/// The first name on the way up that says something; `archive` when none does.
pub(super) fn name(root: &Path) -> String {
    let telling = root.ancestors().find(|path| path.file_name().is_some() && !is_generic(path));
    let name = telling.or(Some(root)).and_then(Path::file_name);
    let name = SafeText::label(&name.unwrap_or_default().to_string_lossy());
    if name.is_empty() { "archive".to_owned() } else { name.to_string() }
}

fn is_generic(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| GENERIC.contains(&name))
}

/// Which site's root a folder is; plain when it is none, be it a folder within a site.
pub(super) fn layout(root: &Path) -> SiteKind {
    let has = |name: &str| root.join(name).exists();
    let is_source = root.file_name().is_some_and(|name| name == "source");
    if has("source/_posts") || (is_source && has("_posts")) {
        // Octopress is Jekyll in the folders of Hexo.
        return if has("Rakefile") { SiteKind::Jekyll } else { SiteKind::Hexo };
    }
    if has("_posts") || (has("_config.yml") && has_nested_posts(root)) {
        return SiteKind::Jekyll;
    }
    let hugo = ["archetypes", "themes", "layouts", "config/_default", "hugo.toml", "hugo.yaml", "hugo.json"];
    if has("content") && (hugo.into_iter().any(has) || has("config.toml") || has("config.yaml")) {
        return SiteKind::Hugo;
    }
    SiteKind::Plain
}

/// Jekyll lets every category have a `_posts` of its own.
fn has_nested_posts(root: &Path) -> bool {
    let Ok(entries) = root.read_dir() else { return false };
    entries.flatten().any(|entry| entry.path().join("_posts").is_dir())
}

fn zone_of(home: &Path) -> Option<TimeZone> {
    let mut configs = CONFIGS.iter().filter_map(|(name, format)| config(&home.join(name), *format));
    configs.find_map(|config| TimeZone::get(config.text("timezone")?).ok())
}

fn config(path: &Path, format: Format) -> Option<FrontMatter> {
    let content = file::read(path, file::AtLink::Follow).ok()?;
    Some(front_matter::read_block(format, &decode::decode(&content.bytes).text, &mut Vec::new()))
}
