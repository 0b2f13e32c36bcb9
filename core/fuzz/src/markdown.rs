//! Any text as Markdown: read, written, read again; and what HTML comes of it.

use talkoot_core::text::html::html;
use talkoot_core::text::outline::headings;
use talkoot_core::text::{Block, TextDocument, markdown, plain, seed_update};

/// Every tag that a text's HTML may hold.
const TAGS: [&str; 26] = [
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "hr",
    "br",
    "label",
    "input",
    "span",
    "a",
    "strong",
    "em",
    "u",
    "s",
    "code",
];

/// Every attribute that a tag may carry.
const ATTRIBUTES: [&str; 11] = [
    "id", "start", "class", "type", "disabled", "checked", "scope", "colspan", "rowspan", "href",
    "rel",
];

/// Longest source that is tried: Markdown is for people.
const BYTES_MAX: usize = 1 << 16;

/// Reads the bytes as Markdown and follows what comes of it.
pub fn run(bytes: &[u8]) {
    let Some(bytes) = bytes.get(..bytes.len().min(BYTES_MAX)) else { return };
    let source = String::from_utf8_lossy(bytes);
    let blocks = markdown::read(&source);
    let written = markdown::write(&blocks);
    let again = markdown::read(&written);
    assert_eq!(words(&again), words(&blocks), "no word is lost in\n{written}");
    check_html(&html(&blocks));
    let ids: Vec<String> = headings(&blocks).into_iter().map(|heading| heading.id).collect();
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "an id is given once");
    let mut document = TextDocument::new(1);
    let seeded = document.apply(&seed_update(77, "body", &blocks));
    let too_large = seeded.as_ref().is_err_and(|refused| refused.code() == "text_too_large");
    assert!(seeded.is_ok() || too_large, "a seed is an update: {seeded:?}");
    if seeded.is_ok() {
        assert_eq!(words(&document.blocks("body")), words(&blocks), "a seed keeps every word");
    }
}

fn words(blocks: &[Block]) -> Vec<String> {
    plain::plain(blocks).split_whitespace().map(str::to_owned).collect()
}

/// Walks the HTML: known tags alone, opened and closed in order, no bare sign between them.
pub fn check_html(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        check_words(before);
        let Some((tag, after)) = after.split_once('>') else {
            assert!(rest.is_empty(), "an open end: {rest}");
            return;
        };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of turn");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(TAGS.contains(&name), "a foreign tag: {tag}");
        check_attributes(attributes);
        if !["hr", "br", "input"].contains(&name) {
            open.push(name);
        }
    }
    check_words(rest);
    assert!(open.is_empty(), "left open: {open:?}");
}

fn check_words(words: &str) {
    assert!(!words.contains(['>', '"', '\'']), "a bare sign in {words}");
    for (_, entity) in words.match_indices('&').filter_map(|(at, _)| words.split_at_checked(at)) {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        assert!(known.iter().any(|known| entity.starts_with(known)), "a bare & in {words}");
    }
}

fn check_attributes(attributes: &str) {
    let mut rest = attributes;
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        assert!(ATTRIBUTES.contains(&name), "a foreign attribute: {attributes}");
        rest = match after.strip_prefix("=\"") {
            Some(value) => {
                let (value, after) = value.split_once('"').unwrap_or((value, ""));
                let scheme = value.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                let link = ["http", "https", "mailto", "tel"];
                let fits = scheme.is_none_or(|scheme| link.contains(&scheme.as_str()));
                assert!(name != "href" || value.starts_with('/') || fits, "an address: {value}");
                after
            }
            None => after,
        };
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
}
