//! `finews check`.

use crate::cli::context::Context;
use crate::cli::output::Out;
use crate::query::{Query, Sort};

/// Prints `id: problem` for every problem; returns the exit code.
pub(super) fn check(context: &mut Context, strict: bool, out: &mut Out) -> anyhow::Result<u8> {
    let mut library = context.library()?;
    let summary = context.bring_up_to_date(&mut library, |_| {})?;
    let mut problems = summary.troubles.len();
    for (place, why) in &summary.troubles {
        out.line(&format!("{place}: {why}"))?;
    }
    for row in library.ask(|catalog| catalog.rows(&Query::All, Sort::Newest))? {
        let Some(entry) = library.ask(|catalog| catalog.entry(row))? else { continue };
        problems += entry.header.problems.len();
        for problem in &entry.header.problems {
            out.line(&format!("{}: {problem}", entry.header.id))?;
        }
    }
    out.flush()?;
    Ok(u8::from(strict && problems > 0))
}
