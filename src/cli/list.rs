//! `finews list` and `finews search`.

use crate::app::Marked;
use crate::cli::args::{List, Order};
use crate::cli::context::{Context, is_terminal, terminal_width};
use crate::cli::output::{Out, painted, safe};
use crate::cli::record::Record;
use crate::config::{Look, Theme};
use crate::post::{PostId, Timestamp};
use crate::query::{Listed, Query, RowId, Sort, Terms};
use crate::runtime::{Library, Searcher, snippet, terms};
use crate::typeset::{Ambiguous, width};

/// So many posts are fetched at a time: memory stays flat, and `head` need not wait for all.
const CHUNK: usize = 512;

/// The cells of the source in a list on a terminal.
const SOURCE: usize = 16;
/// The cells before a snippet: those of the date.
const INDENT: usize = 18;
/// On a terminal narrower than this it has fewer before it.
const NARROW: usize = 60;
/// The cells of a row on a terminal that does not say how many it has.
const USUAL: usize = 80;
/// The cells of a snippet in a record, and the most on a terminal.
const SNIPPET: usize = 160;

pub(super) fn list(context: &mut Context, args: &List, out: &mut Out) -> anyhow::Result<()> {
    print(context, args, false, out)
}

/// As [`list`], with what was found in the texts.
pub(super) fn search(context: &mut Context, args: &List, out: &mut Out) -> anyhow::Result<()> {
    print(context, args, true, out)
}

fn print(context: &mut Context, args: &List, snippets: bool, out: &mut Out) -> anyhow::Result<()> {
    let ambiguous = context.config.settings.options().ambiguous;
    let query = args.filter.query(ambiguous, &|name| context.saved_query(name))?;
    let sort = sort(args.sort);
    if sort == Sort::Relevance && query.words().is_empty() {
        return Err(NoWords.into());
    }
    let asks_for_text = query.asks_for_text() || sort == Sort::Relevance;
    let mut library = if asks_for_text { context.searchable_library()? } else { context.fresh_library()? };
    let rows = match args.filter.limit {
        Some(limit) if !asks_for_text => library.ask(|catalog| catalog.first_rows(&query, sort, limit))?,
        limit => {
            let limit = limit.map_or(usize::MAX, |limit| limit as usize);
            Searcher::complete().first(&mut library, &query, sort, limit)?
        }
    };
    let theme = context.has_colors().then_some(&context.config.settings.theme);
    let theme = theme.map(|name| Theme::load(name, &context.paths.themes())).transpose()?;
    let wants_text = snippets && query.wants_text();
    let terminal = is_terminal().then(|| terminal_width().map_or(USUAL, usize::from));
    let terms = terms(&mut library, &query, &Query::All)?;
    let mut printer = Printer { library, ambiguous, terminal, theme, terms, wants_text };
    for chunk in rows.chunks(CHUNK) {
        if args.json {
            printer.print_records(chunk, snippets, out)?;
        } else {
            printer.print_lines(chunk, out)?;
        }
    }
    Ok(())
}

/// Nothing says which posts are relevant.
#[derive(Debug, thiserror::Error)]
#[error("--sort relevance wants words to search for; see --help")]
pub(super) struct NoWords;

fn sort(order: Order) -> Sort {
    match order {
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
        Order::Title => Sort::Title,
        Order::Source => Sort::Source,
        Order::Relevance => Sort::Relevance,
    }
}

struct Printer {
    library: Library,
    ambiguous: Ambiguous,
    /// The cells of a row, where the output is a terminal.
    terminal: Option<usize>,
    /// Where colours are shown.
    theme: Option<Theme>,
    /// What was looked for.
    terms: Terms,
    /// Whether what was found in the texts is to be shown.
    wants_text: bool,
}

impl Printer {
    fn print_records(&mut self, rows: &[RowId], snippets: bool, out: &mut Out) -> anyhow::Result<()> {
        for row in rows {
            let Some(entry) = self.library.ask(|catalog| catalog.entry(*row))? else { continue };
            let record = Record::new(&entry.header, entry.read, entry.bookmarked);
            let found = self.snippet(&entry.header.id, SNIPPET, Ambiguous::Narrow);
            out.json(&if snippets { record.with_snippet(found.map(|marked| marked.text)) } else { record })?;
        }
        Ok(())
    }

    /// A line a post. On a terminal, where people look at it, a search has what was found below each: elsewhere
    /// programs count lines.
    fn print_lines(&mut self, rows: &[RowId], out: &mut Out) -> anyhow::Result<()> {
        for line in self.library.ask(|catalog| catalog.listed(rows))? {
            let [before, after] = around_title(&line, self.terminal.map(|_| self.ambiguous));
            let title = self.paint(&Marked::title(&line.title, &self.terms), Look::Text);
            out.styled(&[safe(&before), title, safe(&after)].concat())?;
            let Some(cells) = self.terminal else { continue };
            let indent = if cells < NARROW { 2 } else { INDENT };
            let room = cells.saturating_sub(indent).min(SNIPPET);
            if let Some(found) = self.snippet(&line.id, room, self.ambiguous) {
                out.styled(&format!("{:indent$}{}", "", self.paint(&found, Look::Snippet)))?;
            }
        }
        Ok(())
    }

    fn snippet(&self, id: &PostId, cells: usize, ambiguous: Ambiguous) -> Option<Marked> {
        let archive = self.wants_text.then_some(self.library.archive())?;
        Some(snippet(archive, id, &self.terms)?.fit(cells, ambiguous))
    }

    /// A text that is safe to show, with its hits in their colours, where there are colours.
    fn paint(&self, marked: &Marked, look: Look) -> String {
        let Some(theme) = &self.theme else { return marked.text.clone() };
        let looks = |is_hit| theme.style(if is_hit { Look::Hit } else { look });
        marked.pieces().map(|(piece, is_hit)| painted(piece, looks(is_hit))).collect()
    }
}

/// What stands before and after the title: aligned for people, on a terminal of this kind; for programs with tabs
/// between date, source, title and id.
fn around_title(line: &Listed, terminal: Option<Ambiguous>) -> [String; 2] {
    let date = line.date.map(Timestamp::day_or_minute).unwrap_or_default();
    let source = line.source.as_deref().unwrap_or_default();
    let Some(ambiguous) = terminal else { return [format!("{date}\t{source}\t"), format!("\t{}", line.id)] };
    let source = width::cut(source, SOURCE, ambiguous);
    let gap = SOURCE - width::of(&source, ambiguous);
    [format!("{date:16}  {source}{:gap$}  ", ""), format!("  {}", line.id)]
}
