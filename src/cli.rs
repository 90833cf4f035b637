//! The command line: arguments, and the subcommands that print.

mod args;
mod bookmark;
mod check;
mod context;
mod filter;
mod list;
mod output;
mod record;
mod show;
mod sync;

use crate::runtime;
use crate::store::allow_many_files;
use args::{Args, Command};
use clap::{CommandFactory as _, Parser as _};
use context::{Context, can_show_colors, is_dumb, is_terminal, shown};
use filter::Misread;
use list::NoWords;
use output::{Closed, Out, say, show};
use std::path::Path;
use std::process::ExitCode;

/// Runs the program with the arguments of the process: parses them, does what they ask for, and maps what
/// went wrong to an exit code (1 for a failure, 2 for arguments that make no sense).
pub fn main() -> ExitCode {
    allow_many_files();
    let done = match Args::try_parse() {
        Ok(args) => run(args),
        Err(error) => usage(&error),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        // Whoever reads our output has read enough: `finews list | head`.
        Err(error) if error.is::<Closed>() => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("finews: {}", with_causes(&error)));
            match error.downcast_ref::<Misread>() {
                Some(misread) => misread.place().iter().for_each(|line| show(line)),
                None if error.is::<NoWords>() => {}
                None => return ExitCode::FAILURE,
            }
            ExitCode::from(2)
        }
    }
}

/// An error and its causes, without those that it has named itself.
fn with_causes(error: &anyhow::Error) -> String {
    error.chain().skip(1).map(ToString::to_string).fold(error.to_string(), |said, cause| {
        if said.ends_with(&cause) { said } else { format!("{said}: {cause}") }
    })
}

/// What clap has to say: help, the version, or what is wrong with the arguments.
fn usage(error: &clap::Error) -> anyhow::Result<u8> {
    if error.use_stderr() {
        // The arguments that it quotes may come from anywhere, say a file name of `xargs`.
        say(&format!("finews: {}; see --help", in_one_line(&error.to_string())));
        return Ok(2);
    }
    let help = error.render();
    let help = if can_show_colors() { help.ansi().to_string() } else { help.to_string() };
    let mut out = Out::new();
    out.styled(help.trim_end())?;
    out.flush()?;
    Ok(0)
}

/// What clap says in paragraphs, up to the reminder of the usage.
fn in_one_line(error: &str) -> String {
    let error = error.strip_prefix("error: ").unwrap_or(error);
    let (said, _) = error.split_once("\nUsage:").unwrap_or((error, ""));
    let (said, _) = said.split_once("\nFor more information").unwrap_or((said, ""));
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |said, line| match line.strip_prefix("tip: ") {
        Some(tip) => format!("{said}; {tip}"),
        None => format!("{said} {line}").trim_start().to_owned(),
    })
}

fn run(args: Args) -> anyhow::Result<u8> {
    runtime::prepare()?;
    if let (Some(dir), None) = (&args.dir, &args.command) {
        refuse_a_mistyped_command(dir)?;
    }
    let mut context = Context::new(&args)?;
    let mut out = Out::new();
    match args.command {
        None if is_terminal() => return read(context),
        None => list::list(&mut context, &args::List::default(), &mut out)?,
        Some(Command::List(list)) => list::list(&mut context, &list, &mut out)?,
        Some(Command::Search(search)) => list::search(&mut context, &search, &mut out)?,
        Some(Command::Show(show)) => show::show(&mut context, &show, &mut out)?,
        Some(Command::Bookmark(command)) => bookmark::bookmark(&mut context, command, &mut out)?,
        Some(Command::Sync { rebuild }) => sync::sync(&mut context, rebuild, &mut out)?,
        Some(Command::Check { strict }) => return check::check(&mut context, strict, &mut out),
    }
    out.flush()?;
    Ok(0)
}

/// A lone word that names nothing is more often a command than a folder.
fn refuse_a_mistyped_command(dir: &Path) -> anyhow::Result<()> {
    let is_word = dir.components().count() == 1 && dir.extension().is_none();
    if is_word && dir.symlink_metadata().is_err() {
        let commands = Args::command();
        let names: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
        anyhow::bail!("{}: no such folder, and no command ({})", shown(dir), names.join(", "));
    }
    Ok(())
}

/// The reader itself.
fn read(context: Context) -> anyhow::Result<u8> {
    if is_dumb() {
        anyhow::bail!(
            "this terminal cannot place text (TERM=dumb); `finews list` and `finews show` work in it"
        );
    }
    let start = context.into_reader()?;
    runtime::run(start)
}
