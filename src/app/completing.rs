//! Completing a query while it is typed.

use crate::app::{Effect, Model, PromptKind, opening};
use crate::query::{Facet, Field, complete, fold};

/// Completes the word at the cursor of a search with the first way to go on: the name of a field, or of its values
/// the most frequent one that holds what has been typed.
pub(crate) fn at_cursor(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = model.prompt.as_ref().filter(|prompt| prompt.kind == PromptKind::Search) else {
        return Vec::new();
    };
    let (text, cursor) = (prompt.input.value(), prompt.cursor());
    let values = |field, begun: &str| values(model, field, begun);
    let Some(first) = complete(text, cursor, &values).into_iter().next() else { return Vec::new() };
    let Some(prompt) = &mut model.prompt else { return Vec::new() };
    prompt.replace(first.range, &first.text);
    let text = prompt.input.value().to_owned();
    opening::narrow(model, PromptKind::Search, &text)
}

fn values(model: &Model, field: Field, begun: &str) -> Vec<String> {
    let begun = fold(begun);
    let facet = match field {
        Field::Source => Facet::Source,
        Field::Category => Facet::Category,
        Field::Tag => Facet::Tag,
        Field::Code => Facet::Stock,
        Field::Saved => {
            let fitting =
                model.sidebar.saved().iter().filter(|saved| fold(&saved.query.name).contains(&begun));
            return fitting.map(|saved| saved.query.name.to_string()).collect();
        }
        _ => return Vec::new(),
    };
    let fitting = model.sidebar.all_counts(facet).iter().filter(|count| count.contains(&begun));
    fitting.map(|count| count.value.to_string()).collect()
}
