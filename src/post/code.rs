//! Stock codes named in a post.

use super::SafeText;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A market by the number that eastmoney gives it in `data-code`: 0 Shenzhen, 1 Shanghai, 90 sector boards,
/// 105, 106 and 107 the United States, 116 Hong Kong. Other numbers are kept as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Market(pub u16);

impl Market {
    /// All suffixes that [`Market::suffix`] gives.
    pub const SUFFIXES: [&'static str; 4] = ["SZ", "SH", "HK", "US"];
    /// Shenzhen.
    pub const SHENZHEN: Self = Self(0);
    /// Shanghai.
    pub const SHANGHAI: Self = Self(1);
    /// Hong Kong.
    pub const HONG_KONG: Self = Self(116);

    /// The suffix by which traders write the market: `SZ`, `SH`, `HK`, `US`; none for boards and others.
    pub fn suffix(self) -> Option<&'static str> {
        match self.0 {
            0 => Some("SZ"),
            1 => Some("SH"),
            116 => Some("HK"),
            105..=107 => Some("US"),
            _ => None,
        }
    }
}

/// A stock or a sector board that a post names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StockCode {
    /// Where it is traded.
    pub market: Market,
    /// The code on that market: `600519`, `NIO`, `BK0493`.
    pub code: SafeText,
    /// The name that the post gives it, where it gives one.
    pub name: Option<SafeText>,
}

impl StockCode {
    /// How traders write it: `600519.SH`, `BK0493`.
    pub fn symbol(&self) -> String {
        match self.market.suffix() {
            Some(suffix) => [&self.code, ".", suffix].concat(),
            None => self.code.to_string(),
        }
    }
}

/// `贵州茅台 600519.SH`.
impl fmt::Display for StockCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} {}", self.symbol()),
            None => f.write_str(&self.symbol()),
        }
    }
}
