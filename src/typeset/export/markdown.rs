//! An article as Markdown.

use super::addresses;
use crate::typeset::article::{Align, Article, Block, Cell, Code, Kind, Level, Marker, Picture, Table};
use crate::typeset::flow::Flow;
use crate::typeset::style::{Mark, Style};
use std::fmt::Write as _;

/// The article under its title as CommonMark with tables, strikethrough and definition lists.
pub fn markdown(title: &str, article: &Article) -> String {
    let mut out = format!("# {}\n", escape(title));
    let mut previous: Option<&Block> = None;
    for block in &article.blocks {
        let Some(lines) = lines(block, article) else { continue };
        separate(&mut out, previous, block);
        push(&mut out, &lines, &block.levels);
        previous = Some(block);
    }
    out
}

/// The empty line before a block. Within a quotation that goes on it is quoted too, or it would end there.
fn separate(out: &mut String, previous: Option<&Block>, block: &Block) {
    let before = previous.map_or(&[][..], |previous| &previous.levels);
    let shared = before.iter().zip(&block.levels).take_while(|(before, level)| before.goes_on_in(level));
    let prefix: String = shared.map(|(_, level)| prefixes(level).1).collect();
    out.push_str(prefix.trim_end());
    out.push('\n');
}

fn push(out: &mut String, lines: &[String], levels: &[Level]) {
    let (first, rest): (Vec<_>, Vec<_>) = levels.iter().map(prefixes).unzip();
    let (first, rest) = (first.concat(), rest.concat());
    for (number, line) in lines.iter().enumerate() {
        let line = format!("{}{line}", if number == 0 { &first } else { &rest });
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// What a level puts before the first line of a block and before the others.
fn prefixes(level: &Level) -> (String, String) {
    match level {
        Level::Quote => ("> ".to_owned(), "> ".to_owned()),
        Level::Item { marker, digits } => {
            let blank = " ".repeat(usize::from(*digits) + 2);
            let first = match marker {
                None => blank.clone(),
                Some(Marker::Bullet) => "- ".to_owned(),
                Some(Marker::Number(number)) => format!("{:<1$}", format!("{number}."), blank.len()),
            };
            (first, blank)
        }
        Level::Definition { begins } => {
            ((if *begins { ":   " } else { "    " }).to_owned(), "    ".to_owned())
        }
    }
}

/// The lines of a block without its levels; `None` for what is no part of the article.
fn lines(block: &Block, article: &Article) -> Option<Vec<String>> {
    Some(match &block.kind {
        Kind::Paragraph(flow) | Kind::Centred(flow) | Kind::FlushRight(flow) | Kind::Term(flow) => {
            vec![paragraph(flow, article)]
        }
        Kind::Heading(level, flow) => {
            vec![format!("{} {}", "#".repeat(usize::from((*level).clamp(1, 6))), inline(flow, article))]
        }
        Kind::Code(block) => code(block),
        Kind::Table(table) => rows(table, article),
        Kind::Image(image) => vec![picture(image, article)],
        Kind::Rule => vec!["---".to_owned()],
        Kind::Remark(_) => return None,
    })
}

/// A paragraph whose beginning cannot be taken for a heading, a list, a quotation or a definition.
fn paragraph(flow: &Flow, article: &Article) -> String {
    let text = inline(flow, article);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.strip_suffix(rest).unwrap_or_default();
    if text.starts_with(['#', '+', '-', '=', ':', '|']) {
        format!("\\{text}")
    } else if !number.is_empty() && rest.starts_with(['.', ')']) {
        format!("{number}\\{rest}")
    } else {
        text
    }
}

fn inline(flow: &Flow, article: &Article) -> String {
    let mut text = String::new();
    for (piece, style, link) in flow.pieces(0..flow.text().len()) {
        let styled = styled(piece, style);
        match link.and_then(|link| article.links.get(link)) {
            // Writing to a string cannot fail.
            Some(link) => drop(write!(text, "[{styled}](<{}>)", link.url)),
            None => text.push_str(&styled),
        }
    }
    text
}

/// A piece with its marks. Blanks at its ends stay outside of them, as CommonMark wants it.
fn styled(piece: &str, style: Style) -> String {
    let (body, after) = piece.split_at_checked(piece.trim_end().len()).unwrap_or((piece, ""));
    let (before, body) = body.split_at_checked(body.len() - body.trim_start().len()).unwrap_or(("", body));
    if body.is_empty() {
        return piece.to_owned();
    }
    let mut marked = if style.has(Mark::Code) { fenced(body) } else { escape(body) };
    for (mark, sign) in [(Mark::Emphasis, "*"), (Mark::Strong, "**"), (Mark::Strike, "~~")] {
        if style.has(mark) {
            marked = format!("{sign}{marked}{sign}");
        }
    }
    format!("{before}{marked}{after}")
}

fn fenced(code: &str) -> String {
    let fence = "`".repeat(longest_run(code) + 1);
    let blank = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{code}{blank}{fence}")
}

/// A picture, in its link if that leads elsewhere.
fn picture(picture: &Picture, article: &Article) -> String {
    let (source, link) = addresses(picture, article);
    let image = format!("![{}](<{source}>)", escape(picture.caption.text()));
    match link {
        Some(link) => format!("[{image}](<{}>)", link.url),
        None => image,
    }
}

fn code(code: &Code) -> Vec<String> {
    let longest = code.lines.iter().map(|line| longest_run(line.text())).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let mut out = vec![format!("{fence}{}", code.language)];
    out.extend(code.lines.iter().map(|line| line.text().to_owned()));
    out.push(fence);
    out
}

/// The most backticks in a row.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A table always has a heading row; where the article has none, it is empty.
fn rows(table: &Table, article: &Article) -> Vec<String> {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let row = |cells: &[Cell]| {
        let cell = |column| cells.get(column).map(|cell| cell_text(cell, article)).unwrap_or_default();
        format!("| {} |", (0..columns).map(cell).collect::<Vec<_>>().join(" | "))
    };
    let heads = usize::from(table.rows.first().is_some_and(|row| row.iter().any(|cell| cell.head)));
    let head = table.rows.first().filter(|_| heads == 1).map_or(&[][..], Vec::as_slice);
    let align = |column| match align(table, column) {
        None | Some(Align::Left) => " --- |",
        Some(Align::Centre) => " :-: |",
        Some(Align::Right) => " --: |",
    };
    let mut out = vec![row(head), format!("|{}", (0..columns).map(align).collect::<String>())];
    out.extend(table.rows.iter().skip(heads).map(|cells| row(cells)));
    out
}

/// What the author said of a column: what is said of all its cells.
fn align(table: &Table, column: usize) -> Option<Align> {
    let mut cells = table.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.lines.is_empty());
    let first = cells.next()?.align?;
    cells.all(|cell| cell.align == Some(first)).then_some(first)
}

/// A bar in a cell would begin the next one, in program text too; tables alone take the backslash away there.
fn cell_text(cell: &Cell, article: &Article) -> String {
    let lines: Vec<_> = cell.lines.iter().map(|flow| inline(flow, article)).collect();
    lines.join(" ").replace('|', "\\|")
}

/// The text with every character escaped that Markdown could take for more than itself, but for what does so at
/// the beginning of a paragraph or within a table alone.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' | '^' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::{Body, Markup};
    use crate::typeset::article;
    use proptest::prelude::*;

    fn read(text: &str) -> Article {
        article(&Body { markup: Markup::Markdown, text: text.to_owned() })
    }

    const POST: &str = "\
甲公司*公告*，**净利**增`4.21%`，见[原文](https://example.com/a_(1))。

## 一、概况

1. 第一条

   续第一条
2. 第二条

> 引文第一段
>
> 引文第二段

| 名 | 值 |
|---|---|
| a\\|b | 1 |

```rust
let x = `y`;
```

词目
: 定义

    续定义

[![图](https://example.com/q.png)](https://example.com/r)

余 $a_1 * b_1$ 元

![图注](https://example.com/p.png)

---

1\\. 不是列表
";

    #[test]
    fn markdown_says_what_the_article_says() {
        insta::assert_snapshot!(markdown("标题 *一*", &read(POST)));
    }

    #[test]
    fn exported_markdown_reads_as_the_same_article() {
        let article = read(POST);
        let again = read(&markdown("标题", &article)).below("标题");
        assert_eq!(again.plain_text(), article.plain_text());
        assert_eq!(again.blocks.len(), article.blocks.len());
    }

    /// Every kind of nesting, loose and tight.
    const NESTED: &str = "\
- 甲

  乙

  > 丙
  >
  > 1. 丁
  >
  >    ```go
  >    a := 1
  >    ```
  >
  >    | a | b |
  >    |---|---|
  >    | 1 | 2 |
  >
  > 2. 戊
  >    - 己
  >    - 庚
  >
  >      辛

- 壬

> 一
>
> > 二
>
> - 三
>   > 四
>
> 五
> : 六
>
>     - 七

9. 八
10. 九

    ![图](https://example.com/a.png)
";

    #[test]
    fn whatever_stands_in_what_comes_back() {
        let article = read(NESTED);
        let again = read(&markdown("标题", &article)).below("标题");
        let shape = |article: &Article| -> Vec<_> {
            let kind = |block: &Block| (std::mem::discriminant(&block.kind), block.levels.clone());
            article.blocks.iter().map(kind).collect()
        };
        assert_eq!(shape(&again), shape(&article));
        assert_eq!(again.plain_text(), article.plain_text());
        let depths: Vec<_> = article.blocks.iter().map(|block| block.levels.len()).collect();
        assert_eq!(depths, [1, 1, 2, 3, 3, 3, 3, 4, 4, 4, 1, 1, 2, 2, 3, 1, 2, 3, 1, 1, 1]);
    }

    #[test]
    fn bars_in_cells_begin_no_cells() {
        let cells = "<table><tr><td>甲|乙<td><code>a|b</code><td><code>c||d</code>|\\|<td>末</table>";
        let article = article(&Body { markup: Markup::Html, text: cells.to_owned() });
        let again = read(&markdown("题", &article)).below("题");
        assert_eq!(again.plain_text(), article.plain_text());
        assert_eq!(again.plain_text().matches(" | ").count(), 3);
    }

    proptest! {
        #[test]
        fn any_text_survives_the_way_through_markdown(text in "(: )?[甲乙，。“”a-c 0-9.:#*_`<>&|~\\[\\]()+=-]{1,40}") {
            let paragraph = Flow::new(&text, Style::default());
            prop_assume!(!paragraph.is_empty());
            // What stands before may not be taken for a term, or for a heading that is underlined.
            let before = Flow::new("甲", Style::default());
            let blocks = [before, paragraph].map(|flow| Block { kind: Kind::Paragraph(flow), levels: Vec::new(), tight: false });
            let article = Article { blocks: blocks.to_vec(), ..Article::default() };
            let again = read(&markdown("题", &article)).below("题");
            let is_paragraph = |block: &Block| matches!(block.kind, Kind::Paragraph(_)) && block.levels.is_empty();
            prop_assert!(again.blocks.iter().all(is_paragraph));
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&again.plain_text()), letters(&article.plain_text()));
        }
    }
}
