//! Which address is what: a list, a record, or a page of the app alone.

use talkoot_core::address;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;

use super::KINDS;

/// Kinds with a list and a feed of their own, in the order of the menu.
pub(super) const LISTED: [Kind; 3] = [Kind::Practice, Kind::Document, Kind::Project];

/// What stands at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Front,
    /// The page of the programme, whatever it is called.
    Programme,
    List(Kind),
    Record(RecordId),
    App,
    Nowhere,
}

impl Place {
    /// Reads a path.
    pub(super) fn of(path: &str) -> Self {
        let mut parts = path.split('/').skip(1);
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        let more = parts.next();
        let kind = KINDS.into_iter().find(|kind| kind.schema().path == first);
        match (first, kind, second, more) {
            _ if address::needs_app(path) => Self::App,
            ("", _, None, None) => Self::Front,
            ("programme", _, None, None) => Self::Programme,
            (_, Some(kind), None, None) if LISTED.contains(&kind) => Self::List(kind),
            (_, Some(_), Some(segment), None) => {
                address::record_of(segment).map_or(Self::Nowhere, Self::Record)
            }
            _ => Self::Nowhere,
        }
    }
}

/// Reads the number of a page of a list; what is none is the first.
pub(super) fn number(query: Option<&str>) -> usize {
    let mut pairs = query.unwrap_or_default().split('&');
    let number = pairs.find_map(|pair| pair.strip_prefix("page=")?.parse().ok());
    number.unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pu2_an_address_is_a_list_a_record_a_page_of_the_app_or_nothing() {
        let record = RecordId([7; 16]);
        for (path, expected) in [
            ("/", Place::Front),
            ("/practices", Place::List(Kind::Practice)),
            ("/documents", Place::List(Kind::Document)),
            ("/organisations", Place::Nowhere),
            ("/programme", Place::Programme),
            (&format!("/documents/{record}-slug"), Place::Record(record)),
            (&format!("/projects/{record}"), Place::Record(record)),
            (&format!("/documents/{record}/edit"), Place::App),
            (&format!("/documents/{record}/else"), Place::Nowhere),
            (&format!("/documents/{record}/edit/x"), Place::Nowhere),
            ("/documents/unknown", Place::Nowhere),
            ("/settings", Place::App),
            ("/settings/x", Place::Nowhere),
            ("/anything", Place::Nowhere),
        ] {
            assert_eq!(Place::of(path), expected, "{path}");
        }
    }

    #[test]
    fn pu2_a_page_of_a_list_has_a_number() {
        assert_eq!(number(None), 1);
        assert_eq!(number(Some("q=a&page=3")), 3);
        assert_eq!(number(Some("page=0")), 1);
        assert_eq!(number(Some("page=-1")), 1);
    }
}
