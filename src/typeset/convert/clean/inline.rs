//! Formatting within a line.

/// The deepest count of one kind of formatting that is kept track of.
const MAX_COUNT: u8 = 200;

/// The kinds of formatting that a start tag begins and an end tag ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Strong,
    Emphasis,
    Strike,
    Code,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Strong, Self::Emphasis, Self::Strike, Self::Code];

    /// The formatting of an element.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "strong" | "b" => Self::Strong,
            "em" | "i" | "cite" | "dfn" | "var" => Self::Emphasis,
            "s" | "strike" | "del" => Self::Strike,
            "code" | "kbd" | "samp" | "tt" => Self::Code,
            _ => return None,
        })
    }

    fn tag(self) -> &'static str {
        match self {
            Self::Strong => "strong>",
            Self::Emphasis => "em>",
            Self::Strike => "s>",
            Self::Code => "code>",
        }
    }
}

/// The formatting that text should have now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Format {
    counts: [u8; 4],
    link: Option<String>,
}

impl Format {
    fn looks_like(&self, other: &Self) -> bool {
        let kinds = self.counts.iter().zip(&other.counts);
        self.link == other.link && kinds.into_iter().all(|(one, other)| (*one > 0) == (*other > 0))
    }
}

/// The formatting that text should have, and the tags that are open for it.
#[derive(Debug, Default)]
pub(super) struct Inline {
    wanted: Format,
    written: Format,
    open: Vec<&'static str>,
}

impl Inline {
    /// A start or an end tag of a kind. However often a kind is begun, its tag is written once.
    pub(super) fn count(&mut self, kind: Kind, begins: bool) {
        if let Some(count) = self.wanted.counts.get_mut(kind as usize) {
            *count = if begins { count.saturating_add(1).min(MAX_COUNT) } else { count.saturating_sub(1) };
        }
    }

    /// A link begins, or ends with `None`. Links do not nest.
    pub(super) fn link(&mut self, href: Option<String>) {
        self.wanted.link = href;
    }

    /// The address of the open link, which its kind stands before.
    pub(super) fn address(&self) -> Option<&str> {
        self.wanted.link.as_deref()?.get(1..)
    }

    /// The formatting of the text that comes next.
    pub(super) fn format(&self) -> &Format {
        &self.wanted
    }

    /// Returns to an earlier formatting.
    pub(super) fn restore(&mut self, format: Format) {
        self.wanted = format;
    }

    /// Writes the tags that make the written formatting the wanted one.
    pub(super) fn sync(&mut self, out: &mut String) {
        if self.written.looks_like(&self.wanted) {
            return;
        }
        self.close_all(out);
        if let Some(href) = &self.wanted.link {
            out.push_str("<a href=\"");
            super::text::push_escaped(out, href);
            out.push_str("\">");
            self.open.push("a>");
        }
        for (kind, count) in Kind::ALL.into_iter().zip(self.wanted.counts) {
            if count > 0 {
                out.push('<');
                out.push_str(kind.tag());
                self.open.push(kind.tag());
            }
        }
        self.written.clone_from(&self.wanted);
    }

    /// Closes all tags; the wanted formatting stays.
    pub(super) fn close_all(&mut self, out: &mut String) {
        while let Some(tag) = self.open.pop() {
            out.push_str("</");
            out.push_str(tag);
        }
        self.written = Format::default();
    }
}
