//! What is marked in posts, and what was found in one.

use crate::app::Snippet;
use crate::ingest::Archive;
use crate::post::{PostId, StockCode};
use crate::query::{Query, Symbol, Terms};
use crate::runtime::{Library, LibraryError};
use crate::typeset::words;

/// Of a part of a name that more stocks have, these are marked, the most frequent ones.
const MOST_STOCKS: u32 = 50;
/// Of more conditions on stocks, these.
const MOST_PARTS: usize = 100;

/// What to mark in the posts that meet a search within a scope: the words of the search, and the names and codes of the
/// stocks that either wants.
///
/// # Errors
/// When the catalog fails.
pub fn terms(library: &mut Library, search: &Query, scope: &Query) -> Result<Terms, LibraryError> {
    let mut terms = search.terms();
    for part in search.stocks().into_iter().chain(scope.stocks()).take(MOST_PARTS) {
        for stock in library.ask(|catalog| catalog.stocks(part, MOST_STOCKS))? {
            terms.add_stock(Symbol::new(&stock.value), stock.name.as_deref());
        }
    }
    Ok(terms)
}

/// Gives stocks that their post does not name the names that others give them.
///
/// # Errors
/// When the catalog fails.
pub(super) fn name_stocks(library: &mut Library, stocks: &mut [StockCode]) -> Result<(), LibraryError> {
    for stock in stocks.iter_mut().filter(|stock| stock.name.is_none()) {
        let part = Query::Code(Symbol::of(stock));
        stock.name = library.ask(|catalog| catalog.stocks(&part, 1))?.pop().and_then(|count| count.name);
    }
    Ok(())
}

/// Looks for terms in the text of a post, as it stands in its file. `None` when that cannot be read.
pub fn snippet(archive: &Archive, id: &PostId, terms: &Terms) -> Option<Snippet> {
    let read = archive.read(id).ok()?;
    Some(Snippet::new(&read.post.header.title, &words(&read.post.body), terms))
}
