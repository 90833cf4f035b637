//! Formulas in `MathML` as one line of text: `1/2`, `x²`, `√(a+b)`.

use super::super::entity;
use super::super::tag::{Token, Tokens};
use super::held::{lowered, raised};

/// Elements that are deeper are read as if they were not there.
const MAX_DEPTH: usize = 50;

/// An element that is open, and what its children say.
#[derive(Debug, Default)]
struct Element {
    name: String,
    children: Vec<String>,
}

/// The text of the formula whose start tag was read; `None`, and nothing read, where it is never closed or holds
/// what no formula does.
pub(super) fn formula(tokens: &mut Tokens<'_>) -> Option<String> {
    let content = tokens.rest();
    let text = read(tokens);
    if text.is_none() {
        tokens.go_back(content);
    }
    text
}

fn read(tokens: &mut Tokens<'_>) -> Option<String> {
    let mut open = vec![Element::default()];
    loop {
        match tokens.next()? {
            Token::Text(text) => {
                let text = entity::decode(text).split_whitespace().collect::<Vec<_>>().join(" ");
                open.last_mut()?.children.extend(Some(text).filter(|text| !text.is_empty()));
            }
            Token::Open(tag) if is_math(&tag.name) => {
                if open.len() < MAX_DEPTH && !tag.attributes().ends_with('/') {
                    open.push(Element { name: tag.name.into_owned(), children: Vec::new() });
                }
            }
            Token::Open(_) => return None,
            Token::Close(name) => {
                let is_end = name == "math";
                let at = open.iter().skip(1).rposition(|element| element.name == name).map(|at| at + 1);
                while open.len() > if is_end { 1 } else { at.unwrap_or(open.len()) } {
                    let text = open.pop()?.text();
                    open.last_mut()?.children.push(text);
                }
                if is_end {
                    return Some(open.pop()?.text());
                }
            }
        }
    }
}

/// Whether an element may stand in a formula.
fn is_math(name: &str) -> bool {
    (name.starts_with('m') && !matches!(name, "math" | "main" | "map" | "mark" | "menu" | "meta" | "meter"))
        || matches!(name, "semantics" | "annotation" | "none")
}

impl Element {
    fn text(self) -> String {
        let child = |at: usize| self.children.get(at).map_or("", String::as_str);
        match self.name.as_str() {
            // The same once more in another language.
            "annotation" => String::new(),
            "mfrac" => format!("{}/{}", in_brackets(child(0), is_word), in_brackets(child(1), is_word)),
            "msup" | "mover" => format!("{}{}", child(0), raised(child(1))),
            "msub" | "munder" => format!("{}{}", child(0), lowered(child(1))),
            "msubsup" | "munderover" => format!("{}{}{}", child(0), lowered(child(1)), raised(child(2))),
            "msqrt" => format!("√{}", in_brackets(&self.children.concat(), is_atom)),
            "mroot" => {
                let root = match child(1) {
                    "3" => "∛".to_owned(),
                    "4" => "∜".to_owned(),
                    index => format!("{}√", raised(index)),
                };
                format!("{root}{}", in_brackets(child(0), is_atom))
            }
            "mtr" => self.children.join(" "),
            "mtable" => self.children.join("; "),
            _ => self.children.concat(),
        }
    }
}

fn in_brackets(text: &str, stands_alone: fn(&str) -> bool) -> String {
    let has_own = text.starts_with('(') && text.find(')') == Some(text.len() - 1);
    if stands_alone(text) || has_own { text.to_owned() } else { format!("({text})") }
}

/// A word or a number.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','))
}

/// A letter or a number.
fn is_atom(text: &str) -> bool {
    text.chars().nth(1).is_none() || text.chars().all(|c| c.is_ascii_digit() || c == '.')
}
