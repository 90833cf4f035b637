//! Definition lists: terms, and definitions that hang below them.

use super::super::marks::DEFINITION;
use super::{Cleaner, Part, Structure};

impl Cleaner {
    pub(super) fn open_definitions(&mut self) {
        self.end_term();
        self.open_structure(Structure::Definitions, "");
    }

    pub(super) fn close_definitions(&mut self) {
        self.end_term();
        self.close_structure(|s| s == Structure::Definitions);
        self.close_to_before = false;
    }

    pub(super) fn open_term(&mut self) {
        self.end_definition();
        (self.part, self.close_to_before) = (Part::Term, false);
    }

    pub(super) fn end_term(&mut self) {
        self.boundary();
        if self.part == Part::Term {
            (self.part, self.close_to_before) = (Part::Text, true);
        }
    }

    pub(super) fn open_definition(&mut self) {
        self.end_definition();
        self.open_structure(Structure::Definition, &format!("<ol start=\"{DEFINITION}\"><li>"));
    }

    /// Ends what is open in the innermost definition list; what comes next belongs to it.
    pub(super) fn end_definition(&mut self) {
        self.end_term();
        let base = self.tables.base();
        let within = self.structures.get(base..).unwrap_or_default();
        let is_list = |s: &Structure| matches!(s, Structure::Definitions | Structure::Definition);
        let Some(at) = within.iter().rposition(is_list) else { return };
        if self.too_deep == 0 && within.get(at) == Some(&Structure::Definition) {
            self.close_structures_to(base + at);
            self.close_to_before = true;
        }
    }
}
