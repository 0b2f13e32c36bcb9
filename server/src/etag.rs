//! Whether somebody holds an answer already.

use axum::http::HeaderMap;
use axum::http::header::IF_NONE_MATCH;
use sha2::{Digest as _, Sha256};

use crate::session::hex;

/// Gives the tag of an answer: another one whenever a byte is.
pub fn of(body: &str) -> String {
    let hash: [u8; 32] = Sha256::digest(body).into();
    format!("\"{}\"", hex(hash.get(..16).unwrap_or_default()))
}

/// Says whether a request names this tag, or any, as one that it holds.
pub fn is_held(headers: &HeaderMap, etag: &str) -> bool {
    let lines = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|line| line.to_str().ok());
    let mut tags = lines.flat_map(|line| line.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d6_a_tag_is_found_among_others_and_weak_ones() {
        let held = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(IF_NONE_MATCH, line.parse().unwrap());
            is_held(&headers, "\"7-j\"")
        };
        assert!(held("\"7-j\"") && held("\"6-j\", W/\"7-j\"") && held("*"));
        assert!(!held("\"7-h\"") && !held("7-j") && !is_held(&HeaderMap::new(), "\"7-j\""));
    }
}
