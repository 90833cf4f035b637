//! Makes an archive to measure with: finance news that never happened, in the shapes of real posts.
//!
//! ```text
//! cargo run --release --example make_archive -- DIR --posts 100000
//! ```
//! The same numbers give the same archive, byte for byte.

mod language;
mod page;
mod random;
mod words;

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use page::{Post, Source};
use random::Random;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// 2021-12-01 00:00 +08:00, the first day of every archive.
const FIRST_DAY: i64 = 1_638_288_000;
const DAY: i64 = 86_400;

/// Makes an archive of invented finance news, to measure with.
#[derive(Parser)]
struct Args {
    /// Where to: a folder that does not exist yet, or is empty.
    dir: PathBuf,
    /// How many posts.
    #[arg(long, default_value_t = 100_000)]
    posts: u32,
    /// What to begin the dice with.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many sources publish them.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=300))]
    sources: u32,
    /// Over how many years.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=50))]
    years: u32,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let posts = make_folder(&args.dir)?;
    let sources: Vec<Source> = (0..args.sources).map(Source::number).collect();
    let mut random = Random::new(args.seed);
    let mut bytes = 0;
    for number in 0..args.posts {
        let second = time(number, &args, &mut random);
        let post = Post { number, second, source: source(&sources, &mut random)? };
        let text = post.text(&mut random);
        let path = posts.join(post.file_name());
        fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
        bytes += text.len();
    }
    writeln!(std::io::stderr(), "{} posts, {} MB in {}", args.posts, bytes / 1_000_000, posts.display())?;
    Ok(())
}

/// Never writes among files that are there already.
fn make_folder(dir: &Path) -> Result<PathBuf> {
    let empty = !dir.exists() || fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none());
    ensure!(empty, "{} exists and is not an empty folder", dir.display());
    let posts = dir.join("_posts");
    fs::create_dir_all(&posts).with_context(|| format!("cannot make {}", posts.display()))?;
    Ok(posts)
}

/// The posts are spread evenly over the days, and over the waking hours of a day.
fn time(number: u32, args: &Args, random: &mut Random) -> i64 {
    let days = i64::from(args.years) * 365;
    let day = i64::from(number) * days / i64::from(args.posts.max(1));
    FIRST_DAY + day * DAY + 7 * 3600 + i64::from(random.below(15 * 3600))
}

/// A few sources publish most of the news.
fn source<'a>(sources: &'a [Source], random: &mut Random) -> Result<&'a Source> {
    let count = u32::try_from(sources.len())?;
    let rank = (0..3).map(|_| random.below(count)).min().unwrap_or(0);
    sources.get(rank as usize).context("there are no sources")
}
