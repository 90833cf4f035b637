//! Posts made by hand, for tests.

use crate::post::PostId;
use crate::query::{Listed, RowId};

/// The list's line of a post: unread, without a date, a source or an address.
pub(crate) fn listed(number: u32) -> Listed {
    Listed {
        row: RowId(number),
        id: PostId::from(format!("{number}.md").as_str()),
        title: format!("第{number}篇").as_str().into(),
        date: None,
        source: None,
        url: None,
        read: false,
        bookmarked: false,
        gone: false,
    }
}
