//! What robots are told: every public address with its date, and what is not worth asking for.

use talkoot_core::schema::Kind;

use super::atom::{day, text};
use super::board::Board;

/// Most addresses that a sitemap may have, by its standard.
const ADDRESSES_MAX: usize = 50_000;

/// Writes the sitemap.
pub(super) fn write(board: &Board, origin: &str) -> String {
    let lists = [Kind::Practice, Kind::Document, Kind::Project].map(|kind| {
        let latest = board.of_kind(kind).map(|notice| notice.updated_ms).max();
        (format!("/{}", kind.schema().path), latest)
    });
    let latest = board.notices().map(|notice| notice.updated_ms).max();
    let records = board.notices().map(|notice| (notice.address(), Some(notice.updated_ms)));
    let all = std::iter::once(("/".to_owned(), latest)).chain(lists).chain(records);
    let line = |(address, updated): (String, Option<u64>)| {
        let day = updated.and_then(day);
        let day = day.map(|(day, _)| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        format!("<url><loc>{origin}{}</loc>{day}</url>\n", text(&address))
    };
    let urls: String = all.take(ADDRESSES_MAX).map(line).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    )
}

/// Writes what robots may do.
pub(super) fn robots(origin: &str) -> String {
    format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /yjs/\nDisallow: /sign-in\n\nSitemap: {origin}/sitemap.xml\n"
    )
}
