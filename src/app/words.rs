//! The words of the interface, in the reader's language. They come from a file per language under
//! `assets/lang`; `{}` stands for a value.

use crate::app::{Action, Group};
use serde::Deserialize;
use std::collections::BTreeMap;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Every text that the program shows, except the articles.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct Words {
            $($(#[$doc])* pub $name: String,)*
            /// What the actions do, for the help.
            pub actions: BTreeMap<Action, String>,
            /// The headings of the help.
            pub groups: BTreeMap<Group, String>,
        }
    };
}

words! {
    /// The sidebar's title, when the archive has no name.
    archive,
    /// The sidebar's entry for every post.
    all,
    /// The same while a search is shown: all that it has found.
    found,
    /// The sidebar's entry for unread posts.
    unread,
    /// The sidebar's entry for bookmarks.
    bookmarks,
    /// The sidebar's section of saved queries.
    saved,
    /// The sidebar's section of sources.
    sources,
    /// The sidebar's section of months.
    months,
    /// The sidebar's section of categories.
    categories,
    /// The sidebar's section of tags.
    tags,
    /// The sidebar's section of stocks.
    stocks,
    /// The list's order: oldest first.
    sort_oldest,
    /// The list's order: by title.
    sort_title,
    /// The list's order: by source.
    sort_source,
    /// The list's order: by relevance.
    sort_relevance,
    /// Instead of a list: the archive has no posts.
    no_posts,
    /// Under that: what to do.
    no_posts_hint,
    /// Under that: what counts as a post.
    no_posts_kinds,
    /// Instead of a list: nothing is bookmarked.
    no_bookmarks,
    /// Under that: what to do; the value is the key.
    no_bookmarks_hint,
    /// Instead of a list: everything is read.
    no_unread,
    /// Instead of a list: no title contains the filter.
    no_match,
    /// When no article meets the query.
    none_found,
    /// Instead of a list: a saved query makes no sense.
    wrong_query,
    /// Under that: what to do; the value is the key.
    wrong_query_hint,
    /// Under that: what to do; the value is the key.
    no_match_hint,
    /// Instead of a list: the archive is being read.
    reading,
    /// Instead of an article: nothing is open.
    nothing_open,
    /// Instead of an article: the file is gone.
    gone,
    /// Under that: the bookmark is left.
    gone_kept,
    /// Before the filter that is being typed.
    prompt_filter,
    /// Before the sidebar's filter that is being typed.
    prompt_sidebar,
    /// Before the query that is being typed.
    prompt_search,
    /// Before the text to be found.
    prompt_find,
    /// Before the text that a menu is narrowed by.
    prompt_menu,
    /// Before the name under which a query is saved.
    prompt_save,
    /// Said after setting a bookmark.
    bookmarked,
    /// Said after removing a bookmark.
    unbookmarked,
    /// Said after marking as read.
    marked_read,
    /// Said after marking as unread.
    marked_unread,
    /// Said after saving or renaming a query; the value is the name.
    query_saved,
    /// Said after removing a saved query; the value is the name.
    query_removed,
    /// Said when the list shows the whole archive, which is no query.
    nothing_to_save,
    /// Said when another query has the name.
    name_taken,
    /// Said when no saved query is chosen.
    no_saved_query,
    /// Said after taking back a change.
    undone,
    /// Said when there is no change to take back.
    nothing_to_undo,
    /// Said when a post has no address.
    no_address,
    /// Said after copying an address.
    copied,
    /// Said after handing an address to the browser.
    opening,
    /// Said when there is no shell to hand the terminal to.
    no_shell,
    /// Said when a text is not found; the value is the text.
    not_found,
    /// Which hit this is: its number and how many there are.
    hit,
    /// Which mention of a stock this is: the stock, its number and how many there are of all stocks.
    mention,
    /// Said when there is none.
    no_mention,
    /// How wide the measure is now, in cells.
    measure,
    /// The same when the window holds no wider lines.
    measure_full,
    /// Said when wide tables are grids from now on.
    tables_as_grids,
    /// Said when wide tables are set row by row from now on.
    tables_by_row,
    /// The title of the menu of headings.
    outline,
    /// The title of the menu of links.
    links,
    /// Said when an article has no headings.
    no_headings,
    /// Said when an article has no links.
    no_links,
    /// Instead of the words of a link that has none.
    picture,
    /// How many files have been found while names are read.
    looking,
    /// How many posts have been read of how many.
    syncing,
    /// Texts are being made searchable: how many are, and how many were not.
    indexing,
    /// So many posts have come in.
    arrived,
    /// Not all that happens to the files is heard of, so they are looked at now and then; the value is the reason.
    deaf,
    /// What to press for help; the value is the key.
    help_hint,
    /// The help's title.
    help,
    /// The start of the list of a filter: the value is the filter.
    filtered,
    /// The list's title, when its posts were found by a query; the value is the query.
    searched,
}

impl Words {
    /// Puts values into the places of a text, one for each `{}`.
    pub fn fill(template: &str, values: &[&dyn std::fmt::Display]) -> String {
        let mut filled = String::new();
        let mut values = values.iter();
        for (i, part) in template.split("{}").enumerate() {
            if i > 0
                && let Some(value) = values.next()
            {
                filled.push_str(&value.to_string());
            }
            filled.push_str(part);
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_into_their_places() {
        assert_eq!(Words::fill("{} of {}", &[&1, &"two"]), "1 of two");
        assert_eq!(Words::fill("none", &[&1]), "none");
        assert_eq!(Words::fill("{} and {}", &[&1]), "1 and ");
    }
}
