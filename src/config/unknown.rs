//! Settings that finews does not know.

use toml::de::{DeTable, Error};

/// From this similarity on (Jaro-Winkler, 0 to 1), a name is taken for a misspelling of another.
const ALIKE: f64 = 0.8;

/// A name in a settings file.
struct Name<'t> {
    /// The table that it stands in, unless at the top.
    table: Option<&'t str>,
    key: &'t str,
    /// The byte of the file that it begins at.
    at: usize,
}

impl Name<'_> {
    fn is_same(&self, other: &Name<'_>) -> bool {
        (self.table, self.key) == (other.table, other.key)
    }
}

/// As the settings are called: `typeset.justify`.
impl std::fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.table {
            Some(table) => write!(f, "{table}.{}", self.key),
            None => f.write_str(self.key),
        }
    }
}

/// A warning for each name in the settings that the file of defaults does not hold: its line, and the name that may
/// be meant.
///
/// # Errors
/// If one of them is no TOML.
pub(super) fn unknown(settings: &str, defaults: &str) -> Result<Vec<String>, Error> {
    let (settings_table, defaults) = (DeTable::parse(settings)?, DeTable::parse(defaults)?);
    let known = names(defaults.get_ref());
    let is_known = |name: &Name<'_>| known.iter().any(|other| other.is_same(name));
    // Of an unknown table, the table alone is told.
    let in_known_table =
        |name: &Name<'_>| name.table.is_none_or(|table| is_known(&Name { table: None, key: table, at: 0 }));
    let mut unknown = names(settings_table.get_ref());
    unknown.retain(|name| !is_known(name) && in_known_table(name));
    unknown.sort_by_key(|name| name.at);
    let warning = |name: &Name<'_>| {
        let line = settings.get(..name.at).unwrap_or_default().matches('\n').count() + 1;
        let advice = match nearest(name, &known) {
            Some(other) => format!("did you mean {other}?"),
            None => "no setting has a name like that".to_owned(),
        };
        format!("line {line}: unknown setting {name} is ignored; {advice}")
    };
    Ok(unknown.iter().map(warning).collect())
}

/// The names of the tables and of what stands in them.
fn names<'t>(top: &'t DeTable<'_>) -> Vec<Name<'t>> {
    let mut names = Vec::new();
    for (key, value) in top {
        let table = key.get_ref().as_ref();
        names.push(Name { table: None, key: table, at: key.span().start });
        for (key, _) in value.get_ref().as_table().into_iter().flatten() {
            names.push(Name { table: Some(table), key: key.get_ref(), at: key.span().start });
        }
    }
    names
}

/// What a name may have been meant for: the same in another table, or one that is spelt alike.
fn nearest<'n, 't>(name: &Name<'_>, known: &'n [Name<'t>]) -> Option<&'n Name<'t>> {
    let wanted = name.key.to_lowercase().replace('-', "_");
    let alike = known.iter().map(|other| (strsim::jaro_winkler(&wanted, other.key), other));
    let near = alike.filter(|(likeness, _)| *likeness >= ALIKE);
    near.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_told_with_its_line_and_the_one_that_may_be_meant() {
        let defaults =
            "theme = ''\n[typeset]\nhanging = true\nmax_width = 80\n[terminal]\nambiguous_width = 'auto'\n";
        for (settings, expected) in [
            ("theme = 'mono'\n[typeset]\nhanging = false\n", &[][..]),
            (
                "[typeset]\n\nhangng = false",
                &["line 3: unknown setting typeset.hangng is ignored; did you mean typeset.hanging?"],
            ),
            ("foo = 1", &["line 1: unknown setting foo is ignored; no setting has a name like that"]),
            (
                "[bar]\nx = 1\ny = 2",
                &["line 1: unknown setting bar is ignored; no setting has a name like that"],
            ),
            ("[typset]\nx = 1", &["line 1: unknown setting typset is ignored; did you mean typeset?"]),
            (
                "max-width = 60",
                &["line 1: unknown setting max-width is ignored; did you mean typeset.max_width?"],
            ),
            (
                "[typeset]\nambiguous_width = 'wide'\ntheme = 'x'",
                &[
                    "line 2: unknown setting typeset.ambiguous_width is ignored; did you mean terminal.ambiguous_width?",
                    "line 3: unknown setting typeset.theme is ignored; did you mean theme?",
                ],
            ),
        ] {
            assert_eq!(unknown(settings, defaults).unwrap(), expected, "{settings}");
        }
    }
}
