//! Signs that Chinese texts use as such, though `CommonMark` takes them for marks.

use comrak::html::{ChildRendering, Context, format_node_default};
use comrak::nodes::{Node, NodeValue};
use std::fmt::{Error, Write};

/// Writes a part of a text as HTML, or the sign at which it begins or ends.
pub(super) fn format(
    context: &mut Context<'_, '_>,
    node: Node<'_>,
    entering: bool,
) -> Result<ChildRendering, Error> {
    let Some(sign) = sign(node) else { return format_node_default(context, node, entering) };
    context.write_str(sign)?;
    Ok(ChildRendering::HTML)
}

/// The sign around a part that is not marked up by it: single tildes stand in ranges (`3~5元、7~9元`), and the star of
/// `*ST海航、*ST康美` is a part of the name.
fn sign(node: Node<'_>) -> Option<&'static str> {
    match node.data().value {
        NodeValue::Subscript => Some("~"),
        NodeValue::Emph if node.first_child().is_some_and(names_stock) => Some("*"),
        _ => None,
    }
}

/// Whether a text begins with the name of a stock whose company may lose its listing.
fn names_stock(node: Node<'_>) -> bool {
    let value = &node.data().value;
    let name = value.text().and_then(|text| text.strip_prefix("ST"));
    name.is_some_and(|name| name.starts_with(|c: char| !c.is_ascii() && c.is_alphabetic()))
}
