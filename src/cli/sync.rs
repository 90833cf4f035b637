//! `finews sync`.

use crate::app::Progress;
use crate::cli::context::{Context, is_dumb};
use crate::cli::output::{Out, say};
use crate::runtime::Summary;
use std::io::{IsTerminal as _, Write as _, stderr};

/// The cells of the progress bar.
const BAR: usize = 30;

pub(super) fn sync(context: &mut Context, rebuild: bool, out: &mut Out) -> anyhow::Result<()> {
    let mut library = context.library()?;
    if rebuild {
        library.rebuild()?;
    }
    let visible = stderr().is_terminal() && !is_dumb();
    let summary = context.bring_up_to_date(&mut library, |progress| {
        if visible {
            draw(progress);
        }
    })?;
    context.fill_index(&mut library, |progress| {
        if visible {
            draw(progress);
        }
    })?;
    for (place, why) in &summary.troubles {
        say(&format!("finews: {place}: {why}"));
    }
    out.line(&line(&summary))
}

/// One line: what was found and done.
fn line(summary: &Summary) -> String {
    let Summary { files, read, removed, with_problems, troubles, .. } = summary;
    let problems = match with_problems {
        0 => String::new(),
        posts => format!(", {posts} of those read with problems (finews check)"),
    };
    let troubles = match troubles.len() {
        0 => String::new(),
        places => format!(", {places} places cannot be looked into"),
    };
    format!("{files} posts: {read} read, {removed} removed{problems}{troubles}")
}

/// The bar is drawn over itself, and wiped at the end.
fn draw(progress: Progress) {
    let text = match progress {
        Progress::Looking(files) => format!("looking: {files} files"),
        Progress::Reading { done, total } | Progress::Indexing { done, total } => {
            let full = (done * BAR).checked_div(total).unwrap_or(BAR);
            format!("[{}{}] {done}/{total}", "#".repeat(full), ".".repeat(BAR - full.min(BAR)))
        }
        Progress::Done => String::new(),
    };
    let _ = write!(stderr(), "\r{text}\x1b[K");
}
