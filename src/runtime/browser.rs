//! Opening an address in the user's browser.

use crate::app::{Event, Message};
use crate::post::{SafeText, WebUrl};
use std::env::{split_paths, var_os};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::mpsc::Sender;
use std::thread::Builder;
use webbrowser::{Browser, BrowserOptions, open_browser_with_options};

/// Browsers that need a terminal; `webbrowser` would run them in ours, over the screen.
const IN_TERMINAL: [&str; 10] =
    ["lynx", "links", "links2", "elinks", "w3m", "eww", "netrik", "retawq", "curl", "www-browser"];

/// Opens an address without waiting for the browser. Only web addresses are ever handed on, as one argument,
/// never through a shell.
pub(super) fn open(url: WebUrl, events: Sender<Event>) {
    let work = move || {
        if let Err(why) = hand_over(&url) {
            let text = SafeText::label(&format!("no browser could be opened ({why}): {url}"));
            let _ = events.send(Event::Said(Message::Error(text)));
        }
    };
    // Without a thread the address is still on the screen.
    let _ = Builder::new().name("browser".to_owned()).spawn(work);
}

fn hand_over(url: &WebUrl) -> Result<(), String> {
    match chosen().as_deref().map(|name| (name, is_in_terminal(name))) {
        Some((name, true)) => return Err(format!("{name} needs the terminal, which the reader has")),
        None if !has_windows() => return Err("there are no windows here, and BROWSER names none".to_owned()),
        _ => {}
    }
    let mut options = BrowserOptions::new();
    options.with_suppress_output(true);
    let opened = open_browser_with_options(Browser::Default, url.as_str(), &options);
    opened.map_err(|error| match error.kind() {
        ErrorKind::NotFound => "none is found; BROWSER can name one".to_owned(),
        _ => error.to_string(),
    })
}

/// The first browser of `BROWSER`, a list with colons, that is there.
fn chosen() -> Option<String> {
    let list = var_os("BROWSER")?.into_string().ok()?;
    let names = list.split(':').filter_map(|command| command.split_ascii_whitespace().next());
    names.map(str::to_owned).find(|name| is_installed(name))
}

fn is_installed(name: &str) -> bool {
    if name.contains('/') {
        return Path::new(name).exists();
    }
    var_os("PATH").is_some_and(|path| split_paths(&path).any(|folder| folder.join(name).exists()))
}

fn is_in_terminal(name: &str) -> bool {
    IN_TERMINAL.iter().any(|known| Path::new(name).ends_with(known))
}

/// Whether a browser could open a window: without X or Wayland, all that is left are those in a terminal.
/// macOS and the Windows around a Linux always can.
fn has_windows() -> bool {
    let is_set = |name| var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "macos") || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(is_set)
}
