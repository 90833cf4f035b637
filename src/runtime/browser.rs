//! Opening an address in the user's browser.

use crate::app::{Event, Message};
use crate::post::{SafeText, WebUrl};
use std::sync::mpsc::Sender;
use std::thread::Builder;
use webbrowser::{Browser, BrowserOptions, open_browser_with_options};

/// Opens an address without waiting for the browser. Only web addresses are ever handed on, as one argument,
/// never through a shell.
pub(super) fn open(url: WebUrl, events: Sender<Event>) {
    let work = move || {
        let mut options = BrowserOptions::new();
        options.with_suppress_output(true);
        if let Err(error) = open_browser_with_options(Browser::Default, url.as_str(), &options) {
            let text = SafeText::label(&format!("no browser could be opened ({error}): {url}"));
            let _ = events.send(Event::Said(Message::Error(text)));
        }
    };
    // Without a thread the address is still on the screen.
    let _ = Builder::new().name("browser".to_owned()).spawn(work);
}
