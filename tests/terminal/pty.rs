//! A terminal without a window: a pseudo-terminal, and a screen that its output is drawn on.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

/// So long something may take on a busy machine before it has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program in a terminal.
pub(crate) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    program: Program,
    output: Receiver<Vec<u8>>,
    reading: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    parser: vt100::Parser,
    /// How it answers the question where its cursor is.
    pub(crate) answers: Answers,
    /// All that was written to the terminal.
    pub(crate) bytes: Vec<u8>,
    /// The modes of the terminal before the program began.
    before: String,
}

impl Terminal {
    pub(crate) fn run(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        Self::run_in(size(columns, rows), command, columns, rows)
    }

    /// Runs a program in a terminal of 120 by 24 cells that answers questions in this way.
    pub(crate) fn run_answering(command: CommandBuilder, answers: Answers) -> Self {
        Self { answers, ..Self::run(command, 120, 24) }
    }

    /// Runs a program in a terminal of 80 by 24 cells that does not say so, as serial lines do not.
    pub(crate) fn run_with_size_unknown(command: CommandBuilder) -> Self {
        Self::run_in(size(0, 0), command, 80, 24)
    }

    fn run_in(window: PtySize, command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(window).unwrap();
        let before = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        let mut source = pair.master.try_clone_reader().unwrap();
        let reading = Arc::new(AtomicBool::new(true));
        let goes_on = Arc::clone(&reading);
        let reader = spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(count @ 1..) = source.read(&mut buffer)
                && sender.send(buffer[..count].to_vec()).is_ok()
                && goes_on.load(Ordering::SeqCst)
            {}
        });
        Self {
            master: pair.master,
            keys,
            program: Program(child),
            output,
            reading,
            reader: Some(reader),
            parser: vt100::Parser::new(cells(rows), cells(columns), 0),
            answers: Answers::Narrow,
            bytes: Vec::new(),
            before,
        }
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The screen as lines, without the blanks at their ends.
    pub(crate) fn text(&self) -> String {
        let text = self.screen().contents();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join(
            "
",
        )
    }

    /// Types.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Writes on the screen past the program, as a message of the system does.
    pub(crate) fn scribble(&mut self, text: &str) {
        self.parser.process(text.as_bytes());
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Waits until the screen shows this text.
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} is on the screen"), |t| t.text().contains(text));
    }

    /// Waits until something is so; it is looked at whenever the program has written something, and now and
    /// then.
    pub(crate) fn wait_until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self) {
            assert!(Instant::now() < deadline, "it never came true that {what}:\n{}", self.text());
            if self.receive(Duration::from_millis(20)).is_none() {
                assert!(is_so(self), "the program ended before {what}:\n{}", self.text());
            }
        }
    }

    /// Takes in what the program has written, if anything comes in time; `None` after its end.
    fn receive(&mut self, wait: Duration) -> Option<()> {
        match self.output.recv_timeout(wait) {
            Ok(bytes) => {
                self.show(&bytes);
                self.bytes.extend(bytes);
                Some(())
            }
            Err(RecvTimeoutError::Timeout) => Some(()),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Puts what the program has written on the screen, and answers where the cursor is when it asks.
    fn show(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let mut parts = text.split("\x1b[6n").peekable();
        while let Some(part) = parts.next() {
            self.parser.process(if part.len() == bytes.len() { bytes } else { part.as_bytes() });
            if parts.peek().is_some() {
                let (row, column) = self.screen().cursor_position();
                let widened = u16::from(self.answers == Answers::Wide && part.ends_with('“'));
                if self.answers != Answers::Never {
                    self.press(&format!("\x1b[{};{}R", row + 1, column + 1 + widened));
                }
            }
        }
    }

    /// The process that the keys go to.
    pub(crate) fn foreground(&self) -> Pid {
        Pid::from_raw(self.master.process_group_leader().unwrap()).unwrap()
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.program.0.process_id().unwrap()).unwrap()).unwrap()
    }

    /// Waits for the program to end by itself; returns its exit code, and the signal that ended it.
    pub(crate) fn ends(&mut self) -> (u32, Option<String>) {
        let deadline = Instant::now() + PATIENCE;
        while self.receive(Duration::from_millis(20)).is_some() {
            assert!(Instant::now() < deadline, "the program never ended:\n{}", self.text());
        }
        let status = self.program.0.wait().unwrap();
        (status.exit_code(), status.signal().map(str::to_owned))
    }

    /// Waits for the end of a program whose output is not read; returns its exit code.
    pub(crate) fn ends_unread(&mut self) -> u32 {
        self.program.ends()
    }

    /// From now on nothing that the program writes is read.
    pub(crate) fn stop_reading(&mut self) {
        self.reading.store(false, Ordering::SeqCst);
        // The thread that reads waits until something comes, here the screen drawn anew.
        self.press("\x0c");
        self.reader.take().unwrap().join().unwrap();
    }

    /// The window is closed: there is no terminal any more. Returns the exit code.
    pub(crate) fn vanish(mut self) -> u32 {
        self.stop_reading();
        let Self { master, keys, mut program, .. } = self;
        drop((master, keys));
        program.ends()
    }

    /// Whether the modes of the terminal are what they were before the program began.
    pub(crate) fn has_old_modes(&self) -> bool {
        modes(&*self.master) == self.before
    }

    /// Whether the terminal is as before: screen, cursor, modes.
    pub(crate) fn is_restored(&self) -> bool {
        let screen = self.screen();
        self.has_old_modes()
            && !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && !self.is_on("?1004", false)
            && self.is_on("?7", true)
            && self.is_on("8", true)
    }

    /// Whether the reader has the terminal.
    pub(crate) fn is_taken(&self) -> bool {
        let screen = self.screen();
        !self.has_old_modes()
            && screen.alternate_screen()
            && screen.hide_cursor()
            && screen.bracketed_paste()
            && self.is_on("?1004", false)
            && !self.is_on("?7", true)
            && !self.is_on("8", true)
    }

    /// Whether a mode that the screen does not know is set: focus reports (`?1004`), wrapping (`?7`), bidi (`8`).
    fn is_on(&self, mode: &str, at_first: bool) -> bool {
        let text = String::from_utf8_lossy(&self.bytes);
        let last = |end| text.rfind(&format!("\x1b[{mode}{end}"));
        let (set, reset) = (last('h'), last('l'));
        if set == reset { at_first } else { set > reset }
    }
}

/// How a terminal answers the question where its cursor is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answers {
    /// As one does that draws a quotation mark one cell wide.
    Narrow,
    /// As one does that draws it two cells wide.
    Wide,
    /// Not at all.
    Never,
}

/// A process that is not left behind by a test that has failed.
struct Program(Box<dyn Child + Send + Sync>);

impl Program {
    fn ends(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "the program never ended");
            let _ = channel::<()>().1.recv_timeout(Duration::from_millis(20));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if !matches!(self.0.try_wait(), Ok(Some(_))) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// Raw or not, echo or not, as the kernel knows it.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// The state of a process in one letter: `T` for stopped.
pub(crate) fn state(process: Pid) -> String {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let (_, fields) = stat.rsplit_once(") ").unwrap_or_default();
    fields.split(' ').next().unwrap_or_default().to_owned()
}
