//! What can be written on the command line.

use crate::config::Ambiguity;
use crate::post::Timestamp;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A terminal reader for archives of articles kept as files (Jekyll, Hexo, Hugo, or any folder of Markdown and
/// HTML), set in correct Chinese typography.
///
/// The files are read as they are and never written to. Without DIR, the archive of the settings opens, else
/// the last one, else the built-in sample. When the output is no terminal, the articles are listed instead.
#[derive(Debug, Parser)]
#[command(name = "finews", version, disable_help_subcommand = true, after_help = FILES)]
pub(super) struct Args {
    /// The folder of posts, or a single post
    pub(super) dir: Option<PathBuf>,

    /// The archive, for commands
    #[arg(short, long, value_name = "DIR", env = "FINEWS_ARCHIVE", global = true, help_heading = EVERYWHERE)]
    pub(super) archive: Option<PathBuf>,

    /// Settings to use instead of config.toml in the configuration folder
    #[arg(long, value_name = "FILE", global = true, help_heading = EVERYWHERE)]
    pub(super) config: Option<PathBuf>,

    /// Colours: always, never, or where the output is a terminal and `NO_COLOR` is not set
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true, help_heading = EVERYWHERE)]
    pub(super) color: When,

    /// How wide the terminal draws characters like “ — … · (default: the setting)
    #[arg(long, value_name = "WIDTH", value_enum, global = true, help_heading = EVERYWHERE)]
    pub(super) ambiguous: Option<Ambiguity>,

    /// Read posts in _drafts folders too
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(super) drafts: bool,

    /// Do not look for new and changed posts first
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(super) no_sync: bool,

    /// Say on stderr what is read and how long it takes
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    pub(super) verbose: bool,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The heading of the options that every command takes.
const EVERYWHERE: &str = "Options of all commands";

const FILES: &str = "\
Files (on Linux, after XDG):
  ~/.config/finews/config.toml, keymap.toml, themes/   settings, keys, colours
  ~/.local/share/finews/shelf/                         bookmarks, read marks, saved queries
  ~/.local/state/finews/                               where you left off
  ~/.cache/finews/                                     catalogs; can be deleted at any time";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List articles, newest first unless told otherwise
    List(List),
    /// List the articles with these words in title or text
    ///
    /// As `list`, which understands the same, but for what was found: on a terminal a piece of the text around the
    /// first hit stands below each article, and with --json it is the field `snippet`.
    #[command(mut_arg("words", |words| words.required(true).value_name("QUERY")))]
    Search(List),
    /// Print an article, typeset
    Show(Show),
    /// Keep articles
    #[command(subcommand, arg_required_else_help = false)]
    Bookmark(Bookmark),
    /// Bring the catalog up to date with the files
    Sync {
        /// Forget the catalog and read every post again
        #[arg(long)]
        rebuild: bool,
    },
    /// List every problem of every file
    Check {
        /// Exit with 1 if there is any
        #[arg(long)]
        strict: bool,
    },
}

/// Which articles.
#[derive(Clone, Debug, Default, ClapArgs)]
pub(super) struct Filter {
    /// Words in title or text, and the conditions below; those of the flags are added
    #[arg(value_name = "FILTER")]
    pub(super) words: Vec<String>,
    /// Only of this source
    #[arg(long)]
    pub(super) source: Option<String>,
    /// Only in this category
    #[arg(long)]
    pub(super) category: Option<String>,
    /// Only with this tag
    #[arg(long)]
    pub(super) tag: Option<String>,
    /// Only with this text in the title
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// Only from this day, month or year on (2022-06-14, 2022-06, 2022)
    #[arg(long, value_name = "DATE", value_parser = super::filter::first_moment)]
    pub(super) since: Option<Timestamp>,
    /// Only up to this day, month or year, itself included
    #[arg(long, value_name = "DATE", value_parser = super::filter::moment_after)]
    pub(super) until: Option<Timestamp>,
    /// Only bookmarked ones, also those whose file is gone
    #[arg(long)]
    pub(super) bookmarked: bool,
    /// Only unread ones
    #[arg(long)]
    pub(super) unread: bool,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<u32>,
}

/// The language of filters, as the help shows it.
const FILTERS: &str = "\
Filters (quote them for the shell; a filter that begins with - comes after --):
  央行 降准                both words           央行 OR 降准   either (also |)
  \"央行 降准\"              this phrase          -央行          not this (also NOT)
  (甲 OR 乙) -丙           parentheses bind     /降.{0,3}准/   a regular expression
  ~二〇二二年              also written 2022年 or 二零二二年; so ~壹佰 for 一百, ~账目 for 帐目
  title:快讯               in the title         source:新浪    a part of the source's name
  source:\"新浪财经\"        its whole name       category:, tag:  likewise
  code:600519 code:NIO     names this stock     code:茅台      names a stock called so
  date:2022-01..2022-03    between these days   newer:7d, older:1y   also w, m
  is:unread is:read is:bookmarked has:image
  saved:茅台               what the query finds that is saved under this name
Names may be Chinese: 标题： 来源： 分类： 标签： 代码： 日期： 状态： 查询：";

#[derive(Clone, Debug, Default, ClapArgs)]
#[command(after_help = FILTERS)]
pub(super) struct List {
    #[command(flatten)]
    pub(super) filter: Filter,
    /// In which order
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    pub(super) sort: Order,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

/// The orders of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Order {
    /// Newest first
    #[default]
    Newest,
    /// Oldest first
    Oldest,
    /// By title
    Title,
    /// By source
    Source,
    /// Those first that are most about the words of the filter
    Relevance,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Show {
    /// The post: its id (the path within the archive) or the path of a file
    pub(super) post: PathBuf,
    /// Cells a line (default: the terminal's, at most the measure of the settings); the blank half of a stop may
    /// hang beyond them, and program text is not wrapped
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) width: Option<u16>,
    /// What to print (default: ansi where colours are shown, else text)
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Lines of text
    Text,
    /// Lines of text with colours
    Ansi,
    /// The article, cleaned, as a fragment of HTML
    Html,
    /// The article, cleaned, as Markdown
    Markdown,
    /// What is known of the post and its plain text, as a JSON object
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Bookmark {
    /// Keep articles, by id or by the path of a file
    Add {
        /// Ids or paths
        #[arg(required = true)]
        posts: Vec<PathBuf>,
    },
    /// Keep articles no longer, by id, path or address
    Remove {
        /// Ids, paths or addresses
        #[arg(required = true)]
        posts: Vec<PathBuf>,
    },
    /// List what is kept, of all archives, the latest first
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Write all bookmarks as JSON Lines
    Export {
        /// Where to (default: stdout)
        file: Option<PathBuf>,
    },
    /// Add the bookmarks of an export
    Import {
        /// Where from (default: stdin)
        file: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    #[default]
    Auto,
    Always,
    Never,
}
