//! How long the reader takes from its start to the first frame with the list, and from a key to its frame:
//!
//! ```text
//! cargo run --release --example first_frame -- BINARY ARCHIVE [STARTS]
//! ```
//! The binary runs in a terminal of 120 by 40 cells with a home folder of its own, which is removed at the end.
//! The first start reads the whole archive, the others are those of the next days. The floor of a start is
//! `BINARY --version`, that of a key the echo of `cat`.

use anyhow::{Context as _, Result, bail};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use std::ffi::OsString;
use std::io::{Read as _, Write, stdout};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::spawn;
use std::time::{Duration, Instant};
use tempfile::tempdir;
use vt100::Parser;

const ROWS: NonZero<u16> = NonZero::new(40).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(120).unwrap();
/// Reading an archive for the first time on a slow disk takes this long at most.
const PATIENCE: Duration = Duration::from_mins(5);
/// While posts are read, a frame comes every 400 ms, so after so long all have been.
const COMES_TO_REST: Duration = Duration::from_secs(2);
/// Before a key is pressed, so long nothing must have come.
const QUIET: Duration = Duration::from_millis(30);
const KEYS: usize = 50;
/// The time between keys while the program is busy: so all of them come while it reads some 100,000 posts.
const PAUSE: Duration = Duration::from_millis(120);
/// Where is the cursor?
const ASKED: &[u8] = b"\x1b[6n";

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let binary = arguments.next().context("first_frame BINARY ARCHIVE [STARTS]")?;
    // A path with a folder in it is looked for from here, not in PATH.
    let binary = Path::new(&binary).canonicalize()?.into_os_string();
    let archive = arguments.next().context("which archive?")?;
    let starts: usize = arguments.next().and_then(|n| n.to_str()?.parse().ok()).unwrap_or(5);
    let home = tempdir()?;
    let floor = version(&binary, home.path())?;
    let echo = echo(home.path())?;
    let out = &mut stdout().lock();
    writeln!(out, "floors: `--version` {}, echo of a key {}", ms(floor), ms(echo))?;
    for start in 0..=starts {
        let program = vec![binary.clone(), "--archive".into(), archive.clone()];
        let mut reader = Terminal::start(program, home.path())?;
        let first = reader.wait_until(has_list)?;
        let memory_at_first = reader.memory();
        let busy = if start == 0 { reader.times_while_busy()? } else { Vec::new() };
        let (indexed, settled) = reader.wait_until_up_to_date()?;
        let indexed = indexed.map_or_else(String::new, |indexed| format!("indexed after {}, ", ms(indexed)));
        let mut keys = (0..KEYS).map(|_| reader.time_of_key()).collect::<Result<Vec<_>>>()?;
        keys.sort_unstable();
        let (median, slowest) = (middle(&keys), keys.last().copied().unwrap_or_default());
        writeln!(
            out,
            "start {start}: list after {} ({:.1} floors), {indexed}up to date after {}; key {} ({:.1} floors), \
             slowest {}; memory {} MB at the first frame, {} MB at most",
            ms(first),
            first.div_duration_f64(floor),
            ms(settled),
            ms(median),
            median.div_duration_f64(echo),
            ms(slowest),
            memory_at_first,
            reader.memory(),
        )?;
        if let Some(slowest) = busy.last() {
            writeln!(
                out,
                "keys while it reads and indexes: {}, slowest {}",
                ms(middle(&busy)),
                ms(*slowest)
            )?;
        }
        reader.quit()?;
    }
    Ok(())
}

/// The floor of a start: the process begins, reads its arguments and ends.
fn version(binary: &OsString, home: &Path) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..11 {
        let mut program = Terminal::start(vec![binary.clone(), "--version".into()], home)?;
        times.push(program.wait_until(|screen| !screen.trim().is_empty())?);
        program.child.wait()?;
    }
    times.sort_unstable();
    Ok(middle(&times))
}

/// The floor of a key: through the terminal, `cat` and back.
fn echo(home: &Path) -> Result<Duration> {
    let mut cat = Terminal::start(vec!["sh".into(), "-c".into(), "stty raw -echo; cat".into()], home)?;
    cat.send("k")?;
    cat.wait_until(|screen| screen.contains('k'))?;
    let mut times = (0..KEYS).map(|_| cat.time_of_key()).collect::<Result<Vec<_>>>()?;
    times.sort_unstable();
    cat.child.kill()?;
    cat.child.wait()?;
    Ok(middle(&times))
}

fn middle(sorted: &[Duration]) -> Duration {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// Whether the list is full: nothing has been read in this home, so its lines begin with the mark of the unread.
fn has_list(screen: &str) -> bool {
    screen.lines().filter(|line| line.contains("│∙ ")).count() > usize::from(ROWS.get()) / 2
}

/// A program in a terminal.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: Parser,
    started: Instant,
}

impl Terminal {
    fn start(program: Vec<OsString>, home: &Path) -> Result<Self> {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::from_argv(program);
        for variable in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env_remove(variable);
        }
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        let mut reader = pty.master.try_clone_reader()?;
        let keys = pty.master.take_writer()?;
        let (sender, output) = channel();
        let started = Instant::now();
        let child = pty.slave.spawn_command(command)?;
        spawn(move || {
            let mut bytes = [0; 16 << 10];
            while let Ok(length @ 1..) = reader.read(&mut bytes) {
                let Some(read) = bytes.get(..length) else { break };
                if sender.send(read.to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = Parser::new(ROWS, COLUMNS, 0);
        Ok(Self { child, keys, output, screen, started })
    }

    fn send(&mut self, keys: &str) -> Result<()> {
        self.keys.write_all(keys.as_bytes())?;
        Ok(self.keys.flush()?)
    }

    /// The time from the start to a screen that is as it should be.
    fn wait_until(&mut self, is_right: impl Fn(&str) -> bool) -> Result<Duration> {
        while !is_right(&self.screen.screen().contents()) {
            let Ok(bytes) = self.output.recv_timeout(PATIENCE) else {
                bail!("the screen never came; it shows:\n{}", self.screen.screen().contents());
            };
            self.show(&bytes)?;
        }
        Ok(self.started.elapsed())
    }

    fn show(&mut self, bytes: &[u8]) -> Result<()> {
        self.screen.process(bytes);
        // It is asked how wide it draws quotation marks; as others do, it answers at once.
        if bytes.windows(ASKED.len()).any(|window| window == ASKED) {
            self.send("\x1b[1;1R\x1b[1;2R")?;
        }
        Ok(())
    }

    /// The times from the start to the last frame that shows no more indexing, if there was any, and to the last one
    /// before the program came to rest: after the index it looks at the files once more.
    fn wait_until_up_to_date(&mut self) -> Result<(Option<Duration>, Duration)> {
        let (mut was_indexing, mut indexed, mut last) = (false, None, self.started.elapsed());
        loop {
            match self.output.recv_timeout(COMES_TO_REST) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(RecvTimeoutError::Timeout) => return Ok((indexed, last)),
                Err(RecvTimeoutError::Disconnected) => bail!("the program has ended"),
            }
            last = self.started.elapsed();
            let screen = self.screen.screen().contents();
            let is_indexing = screen.lines().last().is_some_and(|status| status.contains("indexing"));
            if was_indexing && !is_indexing {
                indexed = Some(last);
            }
            was_indexing = is_indexing;
        }
    }

    /// The time from a `j` to a screen that has changed, while nothing else goes on.
    fn time_of_key(&mut self) -> Result<Duration> {
        while let Ok(late) = self.output.recv_timeout(QUIET) {
            self.screen.process(&late);
        }
        let before = self.screen.screen().contents_formatted();
        let pressed = Instant::now();
        self.send("j")?;
        loop {
            self.screen.process(&self.output.recv_timeout(PATIENCE)?);
            if self.screen.screen().contents_formatted() != before {
                return Ok(pressed.elapsed());
            }
        }
    }

    /// The times from a `j` to the frame with the next line of the list under the cursor, sorted, while the archive, of
    /// more posts than keys, is read for the first time.
    fn times_while_busy(&mut self) -> Result<Vec<Duration>> {
        let mut times = Vec::new();
        for line in 2..2 + KEYS {
            let resumes = Instant::now() + PAUSE;
            while let Some(rest) = resumes.checked_duration_since(Instant::now()) {
                match self.output.recv_timeout(rest) {
                    Ok(bytes) => self.show(&bytes)?,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => bail!("the program has ended"),
                }
            }
            let pressed = Instant::now();
            self.send("j")?;
            self.wait_until(|screen| screen.contains(&format!(" {line}/")))?;
            times.push(pressed.elapsed());
        }
        times.sort_unstable();
        Ok(times)
    }

    /// The most memory that the program has held so far, in MB; 0 where there is no `/proc`.
    fn memory(&self) -> u64 {
        let id = self.child.process_id().unwrap_or_default();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak.and_then(|kb| kb.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
    }

    fn quit(&mut self) -> Result<()> {
        self.send("Q")?;
        self.child.wait()?;
        Ok(())
    }
}
