//! `finews list` and `finews search`.

use crate::cli::args::List;
use crate::cli::context::{Context, is_terminal};
use crate::cli::output::Out;
use crate::cli::record::Record;
use crate::post::Timestamp;
use crate::query::{Listed, RowId, Sort};
use crate::runtime::{Library, Searcher};
use crate::typeset::{Ambiguous, width};

/// So many posts are fetched at a time: memory stays flat, and `head` need not wait for all.
const CHUNK: usize = 512;

/// The cells of the source in a list on a terminal.
const SOURCE: usize = 16;

pub(super) fn list(context: &mut Context, args: &List, out: &mut Out) -> anyhow::Result<()> {
    let ambiguous = context.config.settings.options().ambiguous;
    let query = args.filter.query(ambiguous, &|name| context.saved_query(name))?;
    let mut library =
        if query.asks_for_text() { context.searchable_library()? } else { context.fresh_library()? };
    let mut rows = match args.filter.limit {
        Some(limit) if !query.asks_for_text() => {
            library.ask(|catalog| catalog.first_rows(&query, Sort::Newest, limit))?
        }
        _ => Searcher::complete().find(&mut library, &query, Sort::Newest)?,
    };
    rows.truncate(args.filter.limit.map_or(usize::MAX, |limit| limit as usize));
    for chunk in rows.chunks(CHUNK) {
        if args.json {
            print_json(&mut library, chunk, out)?;
        } else {
            for line in library.ask(|catalog| catalog.listed(chunk))? {
                out.line(&text(&line, is_terminal().then_some(ambiguous)))?;
            }
        }
    }
    Ok(())
}

fn print_json(library: &mut Library, rows: &[RowId], out: &mut Out) -> anyhow::Result<()> {
    for row in rows {
        if let Some(entry) = library.ask(|catalog| catalog.entry(*row))? {
            out.json(&Record::new(&entry.header, entry.read, entry.bookmarked))?;
        }
    }
    Ok(())
}

/// Aligned for people, on a terminal of this kind; for programs with tabs between date, source, title and id.
fn text(line: &Listed, terminal: Option<Ambiguous>) -> String {
    let date = line.date.map(Timestamp::day_or_minute).unwrap_or_default();
    let source = line.source.as_deref().unwrap_or_default();
    let Some(ambiguous) = terminal else {
        return [&date, source, &line.title, line.id.as_str()].join("\t");
    };
    let source = width::cut(source, SOURCE, ambiguous);
    let gap = SOURCE - width::of(&source, ambiguous);
    format!("{date:16}  {source}{:gap$}  {}  {}", "", line.title, line.id)
}
