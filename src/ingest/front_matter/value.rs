//! What stands behind a key.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The key under which the `toml` crate hands over a date.
const TOML_DATE: &str = "$__toml_private_datetime";

/// A value as text; which type a format would make of it does not matter to a reader.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ingest) enum Value {
    /// Nothing: `null`, `~`, or no text behind the key.
    Null,
    /// A string or a date.
    Text(String),
    /// A number or a truth value as the parser prints it, which may differ from the file: `1.10` becomes `1.1`.
    Scalar(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values in the order of the file; a key that stands twice is in it twice.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The text of a scalar that has any.
    pub(in crate::ingest) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Scalar(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Every text in it: the items of lists in lists, and of maps the `name` or else the keys and their values.
    pub(in crate::ingest) fn texts(&self) -> Vec<&str> {
        match self {
            Self::List(items) => items.iter().flat_map(Self::texts).collect(),
            Self::Map(entries) => match self.entry("name").and_then(Self::text) {
                Some(name) => vec![name],
                None => entries
                    .iter()
                    .flat_map(|(key, value)| std::iter::once(key.as_str()).chain(value.texts()))
                    .collect(),
            },
            scalar => scalar.text().into_iter().collect(),
        }
    }

    /// What stands behind a key of a map.
    pub(in crate::ingest) fn entry(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .rev()
                .find(|(known, _)| known.eq_ignore_ascii_case(key))
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The entries of a map; none of anything else.
    pub(super) fn into_entries(self) -> Vec<(String, Self)> {
        match self {
            Self::Map(entries) => entries,
            _ => Vec::new(),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, a list or a map")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Scalar(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = map.next_entry::<Value, Value>()? {
            let key = key.text().unwrap_or_default().to_owned();
            if key == TOML_DATE {
                return Ok(value);
            }
            entries.push((key, value));
        }
        Ok(Value::Map(entries))
    }
}
