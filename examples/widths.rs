//! Asks the terminal it runs in how many cells it gives to each kind of grapheme cluster, and lists where the
//! typesetter believes something else: `cargo run --example widths`.

use crossterm::cursor::{MoveTo, position};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};
use finews::typeset::{Ambiguous, width};
use std::io::{self, Write as _, stdout};

/// Kinds of text, each with clusters of it, set apart by blanks.
const KINDS: [(&str, &str); 26] = [
    ("Hanzi", "小 龥 𠀀 㐀"),
    ("full width", "， 。 Ａ ～ 「 ￥"),
    ("kana", "あ ア が パ"),
    ("kana with a voicing mark", "か\u{3099} ハ\u{309a}"),
    ("half-width kana", "ｱ ｶ ｶﾞ ﾊﾟ ﾞ"),
    ("Hangul", "한 글"),
    ("Hangul jamo", "\u{1100}\u{1161} \u{1112}\u{1161}\u{11ab} \u{1100} \u{1161} ㄱ ㅏ"),
    ("quotation marks, dashes", "“ ” ‘ ’ — … · ‐ –"),
    ("ambiguous letters", "α Я é à ü ß"),
    ("numbers in circles", "① ⑩ ⑳ ❶ ㉑ ㊀ ⓐ"),
    ("units and signs", "℃ № ℡ × ÷ ± § ° ® © ™ ￠ € £"),
    ("arrows, boxes, blocks", "→ ⇒ │ ─ ┼ █ ▲ ● ○ ★ ☆ ■"),
    ("emoji", "😀 🚀 📈 🧮 🫠 🪿"),
    ("old symbols", "☀ ☎ ✂ ❤ ✔ ⚠ ✈ ⌚ ⚡ ⭐ ⬛ ㊗ 🈶 🅰 🃏"),
    ("old symbols as emoji", "☀\u{fe0f} ❤\u{fe0f} ✔\u{fe0f} ⚠\u{fe0f} ㊗\u{fe0f} 🅰\u{fe0f} ⌚\u{fe0e}"),
    ("skin tones", "👍🏽 ☝🏿 🧑🏻"),
    ("families", "👨‍👩‍👧‍👦 👩‍💻 🏳️‍🌈 ❤️‍🔥"),
    ("flags", "🇨🇳 🇭🇰 🇨 🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
    ("keycaps", "1\u{fe0f}\u{20e3} #\u{fe0f}\u{20e3} 2\u{20e3}"),
    ("combining marks", "e\u{301} o\u{308}\u{304} α\u{301} x\u{20dd} ·\u{300} 小\u{301}"),
    ("Thai, Lao, Khmer, Burmese", "ก กำ กี่ นำ้ ກຳ ខ្មែ ក្រុ မြ န်"),
    ("Indic", "क क् क्ष कि क्षि र्य கி கொ শ্র ಕ್ಷ ക്ഷ"),
    ("Hebrew, Arabic", "ש שׁ ا ب لا مُ ـ ﷺ ﷽"),
    ("signs before numbers", "\u{600} \u{601}1 \u{605} \u{6dd} \u{70f} \u{110bd}"),
    ("variation of Hanzi", "葛\u{e0100} 令\u{fe00} 。\u{fe01}"),
    ("others", "Ⅷ ⅷ ﬁ ǆ ᠠ ༀ ཨོཾ ሀ Ꭰ 𝐀 𝟘 ⸺ 〰 ꧅ 𒐫 \u{e000} \u{fffd}"),
];

fn main() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen)?;
    let asked = ask();
    execute!(stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()?;
    print(&asked?)
}

/// The cells that the terminal gives to each cluster.
fn ask() -> io::Result<Vec<(&'static str, &'static str, usize)>> {
    let mut out = stdout();
    let mut cells = Vec::new();
    for (kind, clusters) in KINDS {
        for cluster in clusters.split(' ') {
            queue!(out, MoveTo(0, 0))?;
            write!(out, "{:20}", "")?;
            queue!(out, MoveTo(2, 0))?;
            write!(out, "{}", shown(cluster))?;
            out.flush()?;
            cells.push((kind, cluster, usize::from(position()?.0).saturating_sub(2)));
        }
    }
    Ok(cells)
}

fn print(asked: &[(&str, &str, usize)]) -> io::Result<()> {
    let mut out = stdout();
    let wide = asked.iter().any(|&(_, cluster, cells)| cluster == "“" && cells == 2);
    let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
    writeln!(out, "Ambiguous characters are {}.", if wide { "wide" } else { "narrow" })?;
    for &(kind, cluster, cells) in asked {
        let ours = width::of(cluster, ambiguous);
        if ours != cells {
            let shown = shown(cluster);
            writeln!(out, "{kind}: {cells}, not {ours}: {shown} {}", shown.escape_unicode())?;
        }
    }
    Ok(())
}

/// What the program shows of a text: of an emoji sequence, its base.
fn shown(text: &str) -> String {
    width::clusters(text, Ambiguous::Narrow).map(|(cluster, _)| cluster).collect()
}
