//! Completing a query while it is typed.

use crate::app::{Effect, Model, Prompt, PromptKind, opening};
use crate::query::{Facet, Field, complete, fold};

/// The ways to go on from what was typed, one of which stands in the prompt.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    texts: Vec<String>,
    /// Which of them stands there.
    current: usize,
    /// The byte at which it begins.
    begin: usize,
    /// The whole text then: after any other change the offer no longer stands.
    whole: String,
}

impl Offer {
    /// The prompt's offer, if there is another way to go on and nothing has been typed since.
    fn standing(prompt: &mut Prompt) -> Option<Self> {
        let offer = prompt.offer.take()?;
        let end = offer.begin + offer.texts.get(offer.current).map_or(0, String::len);
        let is_untouched = offer.whole == prompt.input.value() && prompt.cursor() == end;
        (is_untouched && offer.texts.len() > 1).then_some(offer)
    }
}

/// Completes the word at the cursor of a search: with the name of a field, or with one of its values that hold what has
/// been typed, the most frequent one first. Once more, and with the way to go on that stands so many places behind or
/// before that.
pub(crate) fn at_cursor(model: &mut Model, step: isize) -> Vec<Effect> {
    let Some(prompt) = model.prompt.as_mut().filter(|prompt| prompt.kind == PromptKind::Search) else {
        return Vec::new();
    };
    let (range, offer) = if let Some(mut offer) = Offer::standing(prompt) {
        let next = offer.current.cast_signed() + step;
        let end = prompt.cursor();
        offer.current = next.rem_euclid(offer.texts.len().cast_signed()).cast_unsigned();
        (offer.begin..end, offer)
    } else {
        let (text, cursor) = (prompt.input.value().to_owned(), prompt.cursor());
        let completions = complete(&text, cursor, &|field, begun| values(model, field, begun));
        let Some(range) = completions.first().map(|first| first.range.clone()) else { return Vec::new() };
        let texts = completions.into_iter().map(|completion| completion.text).collect();
        let offer = Offer { texts, current: 0, begin: range.start, whole: String::new() };
        (range, offer)
    };
    let (Some(prompt), Some(text)) = (&mut model.prompt, offer.texts.get(offer.current)) else {
        return Vec::new();
    };
    prompt.replace(range, text);
    let whole = prompt.input.value().to_owned();
    prompt.offer = Some(Offer { whole: whole.clone(), ..offer });
    opening::narrow(model, PromptKind::Search, &whole)
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
