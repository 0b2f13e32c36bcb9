//! The files of the web bundle, with the compressed copies that the build made.

use std::borrow::Cow;

use rust_embed::{EmbeddedFile, RustEmbed};

use crate::session::hex;

/// What `cargo xtask bundle` left. A debug build reads the folder each time.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../dist"]
struct Dist;

/// A compressed form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// The smallest first.
    pub(super) const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

/// A file as it is sent.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) bytes: Cow<'static, [u8]>,
    pub(super) content_type: &'static str,
    pub(super) encoding: Option<Encoding>,
    pub(super) etag: String,
}

/// Finds a file, compressed if there is such a copy and the browser takes it.
pub(super) fn find(path: &str, encodings: &[Encoding]) -> Option<Found> {
    let plain = Dist::get(path)?;
    let compressed = encodings.iter().find_map(|encoding| {
        Some((Dist::get(&format!("{path}{}", encoding.suffix()))?, *encoding))
    });
    let (file, encoding) = match compressed {
        Some((file, encoding)) => (file, Some(encoding)),
        None => (plain, None),
    };
    let etag = etag(&file);
    Some(Found { bytes: file.data, content_type: content_type(path), encoding, etag })
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    format!("\"{}\"", hex(hash.get(..16).unwrap_or_default()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
