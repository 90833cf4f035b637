//! The real program in a pseudo-terminal: what it does to the terminal, and what the terminal does to it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic, also in its helpers")]

mod hostile;
mod leaving;
mod links;
mod live;
mod no_terminal;
mod program;
mod pty;
mod reading;
mod saving;
mod searching;
mod stopping;
mod width;
mod window;
