//! Which addresses a link may lead to.
//!
//! Everything else loses its link mark on the way out; the words stay. The
//! rule looks at bytes, because a browser that repairs an address (drops tabs,
//! turns `\` into `/`) must not find a scheme that was not there.

/// How many bytes an address may take.
pub const HREF_BYTES_MAX: usize = 2_000;

/// Where an allowed address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Another site, over http or https.
    Elsewhere,
    /// A letter or a call: `mailto:` and `tel:`.
    Person,
    /// A place of this site: `/…`.
    Here,
}

/// Tells where an address leads, or `None` where it must not be a link.
pub fn destination(href: &str) -> Option<Destination> {
    let unsafe_bytes = href.chars().any(|sign| sign.is_control() || sign.is_whitespace());
    if href.len() > HREF_BYTES_MAX || unsafe_bytes || href.contains('\\') {
        return None;
    }
    if href.starts_with('/') {
        return (!href.starts_with("//")).then_some(Destination::Here);
    }
    let (scheme, rest) = href.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//")?;
            (!host.is_empty() && !host.starts_with('/')).then_some(Destination::Elsewhere)
        }
        "mailto" | "tel" => (!rest.is_empty()).then_some(Destination::Person),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x2_only_web_mail_phone_and_own_addresses_are_links() {
        let table = [
            ("https://example.org/a?b=1#c", Some(Destination::Elsewhere)),
            ("HTTP://example.org", Some(Destination::Elsewhere)),
            ("mailto:a@example.org", Some(Destination::Person)),
            ("tel:+358401234567", Some(Destination::Person)),
            ("/documents/1-a", Some(Destination::Here)),
            ("//example.org", None),
            ("/\\example.org", None),
            ("/\t/example.org", None),
            ("javascript:alert(1)", None),
            ("JaVaScRiPt:alert(1)", None),
            (" javascript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("data:text/html,<script>", None),
            ("vbscript:x", None),
            ("https:/example.org", None),
            ("https://", None),
            ("mailto:", None),
            ("example.org", None),
            ("#here", None),
            ("", None),
        ];
        for (href, expected) in table {
            assert_eq!(destination(href), expected, "{href:?}");
        }
        assert_eq!(destination(&format!("/{}", "a".repeat(HREF_BYTES_MAX))), None);
    }
}
