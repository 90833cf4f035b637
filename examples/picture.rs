//! Takes the README's pictures: runs the real program in a pseudo-terminal, presses keys, and writes the screen
//! as an SVG in which every character stands in its cell.
//!
//! ```text
//! picture PROGRAM COLUMNSxROWS OUT.svg [KEY...]      KEY: a character, Enter, Esc, or ctrl-d
//! ```

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::error::Error;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use vt100::{Cell, Color, Parser, Screen};

/// The program has drawn all it has to draw when it has been silent for so long.
const SILENCE: Duration = Duration::from_millis(700);

/// The size of a cell in pixels, and the font's size that goes with it.
const CELL: (usize, usize) = (9, 20);
const FONT: usize = 15;

const BACKGROUND: &str = "#1d1f21";
const FOREGROUND: &str = "#c5c8c6";
/// The sixteen colours of a terminal (Tomorrow Night).
const PALETTE: [&str; 16] = [
    "#1d1f21", "#cc6666", "#b5bd68", "#f0c674", "#81a2be", "#b294bb", "#8abeb7", "#c5c8c6", "#81878b",
    "#d54e53", "#b9ca4a", "#e7c547", "#7aa6da", "#c397d8", "#70c0b1", "#eaeaea",
];

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [program, size, out, keys @ ..] = args.as_slice() else {
        return Err("usage: picture PROGRAM COLUMNSxROWS OUT.svg [KEY...]".into());
    };
    let (cols, rows) = size.split_once('x').ok_or("the size is written 100x30")?;
    let (cols, rows): (NonZeroU16, NonZeroU16) = (cols.parse()?, rows.parse()?);
    let size = PtySize { cols: cols.get(), rows: rows.get(), pixel_width: 0, pixel_height: 0 };
    let home = tempfile::tempdir()?;
    let pair = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(std::path::Path::new(program).canonicalize()?);
    command.env_clear();
    command.env("HOME", home.path());
    command.env("TERM", "xterm-256color");
    command.env("LANG", "zh_CN.UTF-8");
    let mut child = pair.slave.spawn_command(command)?;
    let (screen, output) = (Parser::new(rows, cols, 0), read(pair.master.as_ref())?);
    let screen = play(screen, &output, pair.master.as_ref(), keys);
    child.kill()?;
    child.wait()?;
    std::fs::write(out, svg(screen?.screen()))?;
    Ok(())
}

/// The program's output, chunk by chunk.
fn read(master: &dyn MasterPty) -> Result<Receiver<Vec<u8>>, Box<dyn Error>> {
    let mut reader = master.try_clone_reader()?;
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer.iter().take(count).copied().collect()).is_err() {
                return;
            }
        }
    });
    Ok(output)
}

fn play(
    mut screen: Parser,
    output: &Receiver<Vec<u8>>,
    master: &dyn MasterPty,
    keys: &[String],
) -> Result<Parser, Box<dyn Error>> {
    let mut writer = master.take_writer()?;
    let wait = |screen: &mut Parser| {
        while let Ok(bytes) = output.recv_timeout(SILENCE) {
            screen.process(&bytes);
        }
    };
    wait(&mut screen);
    for key in keys {
        writer.write_all(&bytes(key))?;
        writer.flush()?;
        wait(&mut screen);
    }
    Ok(screen)
}

fn bytes(key: &str) -> Vec<u8> {
    match (key, key.strip_prefix("ctrl-").and_then(|c| c.bytes().next())) {
        ("Enter", _) => b"\r".to_vec(),
        ("Esc", _) => b"\x1b".to_vec(),
        (_, Some(letter)) => vec![letter & 0x1f],
        (text, None) => text.as_bytes().to_vec(),
    }
}

fn svg(screen: &Screen) -> String {
    let (rows, cols) = screen.size();
    let (rows, cols) = (rows.get(), cols.get());
    let (width, height) = (usize::from(cols) * CELL.0, usize::from(rows) * CELL.1);
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' font-size='{FONT}' \
         font-family='DejaVu Sans Mono, Noto Sans Mono CJK SC, Sarasa Mono SC, Noto Sans CJK SC, monospace' \
         xml:space='preserve'>\n<rect width='100%' height='100%' fill='{BACKGROUND}'/>\n"
    );
    for row in 0..rows {
        for col in 0..cols {
            if let Some(cell) = screen.cell(row, col) {
                push_cell(&mut svg, cell, usize::from(col) * CELL.0, usize::from(row) * CELL.1);
            }
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Writing to a string cannot fail.
fn push_cell(svg: &mut String, cell: &Cell, x: usize, y: usize) {
    let (mut fg, mut bg) = (color(cell.fgcolor(), FOREGROUND), color(cell.bgcolor(), BACKGROUND));
    if cell.inverse() {
        std::mem::swap(&mut fg, &mut bg);
    }
    let width = CELL.0 * if cell.is_wide() { 2 } else { 1 };
    if bg != BACKGROUND {
        let _ = writeln!(svg, "<rect x='{x}' y='{y}' width='{width}' height='{}' fill='{bg}'/>", CELL.1);
    }
    if cell.underline() {
        let line = y + CELL.1 - 3;
        let _ = writeln!(svg, "<rect x='{x}' y='{line}' width='{width}' height='1' fill='{fg}'/>");
    }
    let text = cell.contents();
    if text.trim().is_empty() {
        return;
    }
    let weight = if cell.bold() { " font-weight='bold'" } else { "" };
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    // A text in the middle of its cells looks right in any font.
    let (middle, base) = (x + width / 2, y + CELL.1 - 5);
    let _ =
        writeln!(svg, "<text x='{middle}' y='{base}' text-anchor='middle' fill='{fg}'{weight}>{text}</text>");
}

fn color(color: Color, default: &str) -> String {
    match color {
        Color::Default => default.to_owned(),
        Color::Idx(index) => PALETTE.get(usize::from(index)).map_or(default, |name| name).to_owned(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    }
}
