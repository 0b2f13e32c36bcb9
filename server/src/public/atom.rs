//! Atom feeds: of everything, of a kind, of a project, of the programme.
//!
//! A feed is named by its address and a thing by the address that never
//! changes, the one without a slug. Times are those of what shows, so a change
//! that is not published moves nothing.

use std::cmp::Reverse;

use talkoot_core::comment::Comment;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::text::html::escape;
use talkoot_core::text::plain::cut;
use talkoot_core::value::PartialDate;

use super::board::{Board, Notice};
use super::frame::SITE;
use super::place::LISTED;
use super::words::Words;
use talkoot_core::moment;

/// The feed of everything.
pub(super) const ALL: &str = "/feeds/all.atom";
/// How many things a feed tells of.
pub(super) const ENTRIES_MAX: usize = 50;
/// How much of a comment a feed tells, in characters.
const SAID_CHARS_MAX: usize = 400;
/// What a feed says of itself while nothing is in it: feeds have a time.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// What a feed tells: when, and of which thing, or of which comment on it with the number of its
/// page.
type Told<'a> = (u64, &'a Notice, Option<&'a (Comment, usize)>);

/// What a feed tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feed {
    All,
    Kind(Kind),
    /// The programme: all that is in it, which is everything.
    Programme(RecordId),
    Project(RecordId),
}

/// Gives the address of the feed of a project or a programme.
pub(super) fn address_of(kind: Kind, record: RecordId) -> String {
    format!("/feeds/{}/{record}.atom", kind.schema().path)
}

/// Gives the record that a name of a feed is about, whether or not it is public.
pub(super) fn record_of(name: &str) -> Option<RecordId> {
    let (_, record) = name.strip_suffix(".atom")?.split_once('/')?;
    record.parse().ok()
}

impl Feed {
    /// Finds the feed of a name: what follows `/feeds/`.
    pub(super) fn named(name: &str, board: &Board) -> Option<Self> {
        if let Some(record) = record_of(name) {
            let notice = board.notice(record)?;
            let is_right = address_of(notice.kind, record) == format!("/feeds/{name}");
            return match notice.kind {
                Kind::Project if is_right => Some(Self::Project(record)),
                Kind::Programme if is_right => Some(Self::Programme(record)),
                Kind::Project
                | Kind::Programme
                | Kind::Document
                | Kind::Practice
                | Kind::Organisation
                | Kind::Thread
                | Kind::Notebook => None,
            };
        }
        let kinds = LISTED.into_iter();
        let mut kinds = kinds.filter(|kind| name == format!("{}.atom", kind.schema().path));
        match kinds.next() {
            Some(kind) => Some(Self::Kind(kind)),
            None => (name == "all.atom").then_some(Self::All),
        }
    }

    fn has(self, notice: &Notice) -> bool {
        match self {
            Self::All | Self::Programme(_) => true,
            Self::Kind(kind) => notice.kind == kind,
            Self::Project(project) => notice.project == Some(project) || notice.record == project,
        }
    }

    /// Writes what it tells of, each with its time, the latest first: things, and what people
    /// without an account said of them.
    fn entries(self, board: &Board, origin: &str) -> Vec<(u64, String)> {
        let notices = board.notices().filter(|notice| self.has(notice));
        let mut told: Vec<Told<'_>> = Vec::new();
        for notice in notices {
            told.push((notice.updated_ms, notice, None));
            let comments = notice.comments.iter();
            told.extend(comments.map(|it| (it.0.published.stamp.wall_ms, notice, Some(it))));
        }
        told.sort_by_key(|(updated_ms, notice, comment)| {
            (Reverse(*updated_ms), notice.record, comment.map(|it| it.0.item))
        });
        let write = |(updated_ms, notice, comment): Told<'_>| {
            let entry =
                comment.map_or_else(|| entry(notice, origin), |it| said(notice, it, origin));
            (updated_ms, entry)
        };
        told.into_iter().take(ENTRIES_MAX).map(write).collect()
    }

    fn address(self) -> String {
        match self {
            Self::All => ALL.to_owned(),
            Self::Kind(kind) => format!("/feeds/{}.atom", kind.schema().path),
            Self::Programme(record) => address_of(Kind::Programme, record),
            Self::Project(record) => address_of(Kind::Project, record),
        }
    }

    /// Writes the feed.
    pub(super) fn write(self, board: &Board, origin: &str) -> String {
        let about = match self {
            Self::All | Self::Kind(_) => None,
            Self::Programme(record) | Self::Project(record) => board.notice(record),
        };
        let site = board.programme();
        let language = about.or(site).map(Notice::spoken).unwrap_or_default();
        let words = Words::of(language);
        let title = match self {
            Self::All => site.map_or(SITE, |notice| notice.title.as_str()).to_owned(),
            Self::Kind(kind) => words.list(kind).to_owned(),
            Self::Programme(_) | Self::Project(_) => {
                about.map(|notice| notice.title.clone()).unwrap_or_default()
            }
        };
        let page = match self {
            Self::All => "/".to_owned(),
            Self::Kind(kind) => format!("/{}", kind.schema().path),
            Self::Programme(_) | Self::Project(_) => about.map(Notice::address).unwrap_or_default(),
        };
        let entries = self.entries(board, origin);
        let updated = entries.first().and_then(|(updated_ms, _)| moment::write(*updated_ms));
        let entries: String = entries.into_iter().map(|(_, entry)| entry).collect();
        let (own, tag) = (self.address(), language.tag());
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n\
             <id>{origin}{own}</id>\n<title>{}</title>\n\
             <updated>{}</updated>\n<author><name>{SITE}</name></author>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{origin}{own}\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{origin}{}\"/>\n{entries}</feed>\n",
            text(&title),
            updated.as_deref().unwrap_or(NEVER),
            text(&page),
        )
    }
}

fn entry(notice: &Notice, origin: &str) -> String {
    let language = notice.language.as_deref();
    let lang = language.map(|tag| format!(" xml:lang=\"{}\"", text(tag))).unwrap_or_default();
    let author = |name: &String| format!("<author><name>{}</name></author>\n", text(name));
    let authors: String = notice.authors.iter().map(author).collect();
    let summary = match notice.excerpt.as_str() {
        "" => String::new(),
        excerpt => format!("<summary>{}</summary>\n", text(excerpt)),
    };
    format!(
        "<entry{lang}>\n<id>{origin}/{}/{}</id>\n<title>{}</title>\n<updated>{}</updated>\n{}\
         <link rel=\"alternate\" type=\"text/html\" href=\"{origin}{}\"/>\n{summary}</entry>\n",
        notice.kind.schema().path,
        notice.record,
        text(&notice.title),
        moment::write(notice.updated_ms).as_deref().unwrap_or(NEVER),
        authors,
        text(&notice.address()),
    )
}

/// Writes what somebody said of a thing: when it was written, and when it was published.
fn said(notice: &Notice, (comment, page): &(Comment, usize), origin: &str) -> String {
    let page = if *page == 1 { String::new() } else { format!("?page={page}") };
    let Comment { item, typed, written_ms, published, .. } = comment;
    let name = match typed.organisation.as_str() {
        "" => typed.name.clone(),
        organisation => format!("{}, {organisation}", typed.name),
    };
    let written = moment::write(*written_ms);
    let written = written.map(|at| format!("<published>{at}</published>\n")).unwrap_or_default();
    format!(
        "<entry>\n<id>{origin}/{}/{}#comment-{}</id>\n<title>{}: {}</title>\n{written}\
         <updated>{}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{origin}{}{page}#comment-{}\"/>\n\
         <summary>{}</summary>\n</entry>\n",
        notice.kind.schema().path,
        notice.record,
        item.0,
        text(&notice.title),
        text(&typed.subject),
        moment::write(published.stamp.wall_ms).as_deref().unwrap_or(NEVER),
        text(&name),
        text(&notice.address()),
        item.0,
        text(&cut(&typed.words, SAID_CHARS_MAX)),
    )
}

/// Writes a text into XML, which has no place for some signs that a text may hold.
pub(super) fn text(text: &str) -> String {
    let fits =
        |sign: &char| matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    escape(&text.chars().filter(fits).collect::<String>())
}

/// Gives the day of a moment for machines and for people; none of a clock that named no date.
pub(super) fn day(at_ms: u64) -> Option<(String, PartialDate)> {
    let text = moment::write(at_ms)?;
    let day = text.get(..10)?;
    Some((day.to_owned(), PartialDate::parse(day)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pu7_a_text_in_a_feed_has_no_markup_and_no_sign_that_xml_lacks() {
        assert_eq!(text("a<b>&\"'\u{0}\u{8}\u{b}\u{fffe}ä"), "a&lt;b&gt;&amp;&quot;&#39;ä");
    }

    #[test]
    fn pu7_a_day_is_read_off_a_moment() {
        let (text, date) = day(1_511_789_400_000).unwrap();
        assert_eq!((text.as_str(), date.to_text().as_str()), ("2017-11-27", "2017-11-27"));
        assert_eq!(day(u64::MAX), None);
    }
}
