//! Markdown to HTML: what Jekyll, Hexo and kramdown add to CommonMark is settled first, then comrak reads it.

mod indent;
mod liquid;
pub mod literal;
mod math;
mod shortcode;
mod wiki;

use comrak::Options;
use indent::Indent;
use std::borrow::Cow;

/// Marks of a quotation on one line, beyond which they are dropped.
const MAX_QUOTES: usize = 32;

/// Definitions are looked for in texts of up to so many bytes: comrak's time for them grows with the square.
const MOST_WITH_DEFINITIONS: usize = 256 * 1024;

/// The HTML of a Markdown text, raw HTML included.
pub(super) fn to_html(markdown: &str) -> String {
    let mut options = options();
    let definitions = markdown.len() <= MOST_WITH_DEFINITIONS;
    options.extension.description_lists = definitions;
    literal::shown(comrak::markdown_to_html(&normalise(markdown, definitions), &options))
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.extension.tasklist = true;
    options.extension.math_dollars = true;
    // `**粗体。**接着` is bold in kramdown and in print, but not in CommonMark.
    options.extension.cjk_friendly_emphasis = true;
    options.render.r#unsafe = true;
    options
}

/// Source that CommonMark reads as kramdown, Liquid and Hexo would; `definitions`: whether it may hold any.
fn normalise(markdown: &str, definitions: bool) -> String {
    let mut lines = Lines { definitions, ..Lines::default() };
    let tables_close = find_last(markdown, "</table");
    let mut offset = 0;
    for line in markdown.split('\n') {
        lines.push(line, offset < tables_close);
        offset += line.len() + 1;
    }
    lines.out
}

/// Where the last closing tag of a kind stands; 0 without any.
fn find_last(text: &str, tag: &str) -> usize {
    text.rfind(tag).or_else(|| text.rfind(&tag.to_ascii_uppercase())).unwrap_or(0)
}

#[derive(Default)]
struct Lines {
    out: String,
    /// The fence of the open code block.
    fence: Option<String>,
    /// Tables of raw HTML that are open.
    tables: usize,
    /// Whether the line before was of HTML.
    after_html: bool,
    /// Where a line `\[` was written in this paragraph.
    formula: Option<usize>,
    /// Whether lines that begin with a colon may define.
    definitions: bool,
    indent: Indent,
    /// Where in `out` the last fenced block ended.
    fence_end: usize,
}

impl Lines {
    fn push(&mut self, line: &str, table_may_be_open: bool) {
        let trimmed = line.trim_start();
        if let Some(fence) = &self.fence {
            if trimmed.starts_with(fence.as_str()) {
                self.fence = None;
            }
            self.write(line);
            self.fence_end = self.out.len();
            return;
        }
        self.indent.line(line);
        if let Some(fence) = fence(line) {
            self.fence = Some(fence.to_owned());
            return self.write(line);
        }
        if trimmed.is_empty() || trimmed.trim_end() == "<>" {
            // An address that was never filled in (`<>`) is as good as nothing. kramdown keeps a table together over blank lines; CommonMark would end it.
            if !(self.tables > 0 && table_may_be_open) {
                self.after_html &= line.is_empty();
                self.formula = None;
                self.write("");
            }
            return;
        }
        self.tables = tables_after(self.tables, trimmed);
        match liquid::line(line) {
            Some(line) => self.markdown(&literal::hidden(wiki::line(math::line(line)))),
            None => self.write(""),
        }
    }

    fn markdown(&mut self, line: &str) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('<') {
            // Indented HTML that goes on after a blank line is no program text.
            let line = if self.after_html { trimmed } else { line };
            self.after_html = true;
            return self.html(line);
        }
        self.after_html = false;
        if self.definitions && trimmed.starts_with(": ") && !self.indent.is_code(line) {
            self.begin_definition();
        }
        if math::DISPLAY.0.contains(&trimmed.trim_end()) {
            self.formula = Some(self.out.len());
        } else if math::DISPLAY.1.contains(&trimmed.trim_end())
            && let Some(begin) = self.formula.take()
        {
            return self.end_formula(begin, line);
        }
        self.write(&without_deep_quotes(line));
    }

    /// kramdown takes every line before a definition for a term. comrak takes them for one, and runs the paragraphs
    /// of the definition together when it stands close to its term.
    fn begin_definition(&mut self) {
        let before = self.out.trim_end();
        let paragraph = before.rfind("\n\n").map_or(0, |at| at + 2).max(self.fence_end);
        let terms = self.out.split_off(paragraph);
        let is_text = !(terms.trim_start().starts_with(": ") || self.indent.is_code(&terms));
        self.out.push_str(&if is_text { terms.trim_end().replace('\n', "  \n") + "\n" } else { terms });
        self.write("");
    }

    /// A formula whose brackets stand on lines of their own gets dollar signs instead.
    fn end_formula(&mut self, begin: usize, line: &str) {
        let formula = self.out.split_off(begin);
        for part in [formula.as_str(), line] {
            let text = part.trim_start();
            let bracket = text.find(['[', ']']).map_or(0, |at| at + 1);
            let indent = part.get(..part.len() - text.len()).unwrap_or_default();
            self.out.extend([indent, "$$", text.get(bracket..).unwrap_or_default()]);
        }
        self.out.push('\n');
    }

    /// Text that follows `</p>` on its line is a paragraph of Markdown in kramdown.
    fn html(&mut self, line: &str) {
        match line.rsplit_once("</p>") {
            Some((before, after)) if after.trim_start().starts_with(|c: char| c != '<') => {
                self.write(&format!("{before}</p>"));
                self.write("");
                self.write(after.trim_start());
            }
            _ => self.write(line),
        }
    }

    fn write(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }
}

/// The fence that a line opens, if it does: three or more backticks or tildes.
fn fence(line: &str) -> Option<&str> {
    let text = line.strip_prefix("   ").unwrap_or(line).trim_start_matches(' ');
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.len() - text.trim_start_matches(sign).len();
    let info = text.get(length..)?;
    (length >= 3 && !(sign == '`' && info.contains('`'))).then(|| text.get(..length)).flatten()
}

/// How many tables of raw HTML are open after a line, of those that were open before it.
pub(super) fn tables_after(open: usize, line: &str) -> usize {
    if !line.contains('<') {
        return open;
    }
    let line = line.to_ascii_lowercase();
    (open + line.matches("<table").count()).saturating_sub(line.matches("</table").count())
}

/// Thousands of `>` on a line would nest as deep.
fn without_deep_quotes(line: &str) -> Cow<'_, str> {
    let text = line.trim_start_matches(['>', ' ']);
    let marks = line.get(..line.len() - text.len()).unwrap_or_default();
    if marks.matches('>').count() <= MAX_QUOTES {
        return line.into();
    }
    format!("{} {text}", ">".repeat(MAX_QUOTES)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kramdown_and_hexo_read_as_their_authors_meant() {
        for (markdown, html) in [
            ("**粗体。**接着", "<p><strong>粗体。</strong>接着</p>\n"),
            ("<p>甲</p>[乙](http://a.cn)", "<p>甲</p>\n<p><a href=\"http://a.cn\">乙</a></p>\n"),
            ("<table>\n<tr>\n\n    <td>甲</td></tr></table>", "<table>\n<tr>\n<td>甲</td></tr></table>\n"),
            ("<div>\n\n    <p>甲</p>", "<div>\n<p>甲</p>\n"),
            ("{% raw %}\n甲{{ site.x }}\n{% endraw %}", "<p>甲</p>\n"),
            ("# 甲\n{: .title}\n乙", "<h1>甲</h1>\n<p>乙</p>\n"),
            (
                "{% highlight rb %}\na_b\n{% endhighlight %}",
                "<pre><code class=\"language-rb\">a_b\n</code></pre>\n",
            ),
            ("```\n{% raw %}\n```", "<pre><code>{% raw %}\n</code></pre>\n"),
            (
                "{% img left http://a.cn/b.png 300 200 图注 %}",
                "<p><img src=\"http://a.cn/b.png\" alt=\"图注\" /></p>\n",
            ),
        ] {
            assert_eq!(to_html(markdown), html, "{markdown}");
        }
    }

    #[test]
    fn a_colon_in_program_text_defines_nothing() {
        for code in
            ["    : ${X:=1}", "\t: ${X:=1}", "    set -e\n    : ${X:=1}\n    : ${Y:=2}", "    - x\n    : y"]
        {
            let lines = code.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
            assert_eq!(
                to_html(&format!("甲\n\n{code}")),
                format!("<p>甲</p>\n<pre><code>{lines}\n</code></pre>\n")
            );
        }
        assert_eq!(
            to_html("- 甲\n\n      a\n      : b"),
            "<ul>\n<li>\n<p>甲</p>\n<pre><code>a\n: b\n</code></pre>\n</li>\n</ul>\n"
        );
        assert_eq!(to_html("```\na\n```\n: b"), "<pre><code>a\n</code></pre>\n<p>: b</p>\n");
        assert_eq!(to_html("甲\n    : 乙"), "<p>甲\n: 乙</p>\n");
    }

    #[test]
    fn definitions_in_lists_are_indented_as_far_as_these() {
        let definition = "<dl>\n<dt>甲</dt>\n<dd>\n<p>乙</p>\n</dd>\n</dl>";
        for list in
            ["- 子\n  - 丑\n\n    甲\n    : 乙", "10. 子\n\n    甲\n    : 乙", "- 甲\n\n乙\n\n甲\n: 乙"]
        {
            assert!(to_html(list).contains(definition), "{list}: {}", to_html(list));
        }
    }

    #[test]
    fn a_text_too_long_for_definitions_keeps_its_colons_where_they_were() {
        let filler = "字\n".repeat(MOST_WITH_DEFINITIONS / 4 + 1);
        assert!(to_html(&format!("甲\n: 乙\n\n{filler}")).starts_with("<p>甲\n: 乙</p>\n"));
    }

    #[test]
    fn thousands_of_quotation_marks_are_as_deep_as_a_few() {
        let html = to_html(&format!("{}甲", "> ".repeat(100_000)));
        assert!(html.matches("<blockquote>").count() <= MAX_QUOTES);
        assert!(html.contains('甲'));
    }
}
