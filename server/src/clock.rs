//! The server's clock, the only place that reads it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Gives the milliseconds since 1970-01-01 UTC.
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
