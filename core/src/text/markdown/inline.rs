//! Writes one line: marks as stars where stars are read rightly, else as tags.
//!
//! `CommonMark` reads a star by the characters on both sides of it. The rule here
//! is narrower and always safe: stars only around a piece that begins and ends
//! with a letter or digit, between blanks and plain punctuation.

use super::super::link::destination;
use super::super::node::{Inline, Marks};
use super::escape::{self, Edges};

/// What a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Paragraph,
    Heading,
    Cell,
}

/// Writes a line; a break in a paragraph starts a new line of the source.
pub(super) fn line(pieces: &[Inline], setting: Setting) -> String {
    let mut source = String::new();
    let mut rest = pieces;
    let mut starts_line = setting == Setting::Paragraph;
    while let Some((first, after)) = rest.split_first() {
        let Inline::Text { marks, .. } = first else {
            let between = !source.is_empty() && matches!(after.first(), Some(Inline::Text { .. }));
            let is_plain = between && setting == Setting::Paragraph && !source.ends_with("<br>");
            source.push_str(if is_plain { "\\\n" } else { "<br>" });
            starts_line = is_plain;
            rest = after;
            continue;
        };
        let href = href(marks);
        let same = rest.iter().take_while(|piece| is_linked(piece, href)).count();
        let (group, after) = rest.split_at(same.max(1));
        let next = after.first();
        match href {
            Some(href) => {
                source.push('[');
                run(&mut source, group, After::LinkEnd, false, setting);
                source.push_str("](");
                source.push_str(&escape::target(href));
                source.push(')');
            }
            None => run(&mut source, group, After::Line(next), starts_line, setting),
        }
        starts_line = false;
        rest = after;
    }
    source
}

/// Gives the address that a piece links to, if it may be a link.
fn href(marks: &Marks) -> Option<&str> {
    marks.link.as_deref().filter(|href| destination(href).is_some())
}

fn is_linked(piece: &Inline, to: Option<&str>) -> bool {
    match piece {
        Inline::Text { marks, .. } => href(marks) == to,
        Inline::LineBreak => false,
    }
}

/// What comes after a group of pieces.
#[derive(Clone, Copy)]
enum After<'a> {
    /// The next piece of the line, if there is one.
    Line(Option<&'a Inline>),
    /// The `]` of the link that the group is.
    LinkEnd,
}

/// Writes pieces that share a link or have none.
fn run(
    source: &mut String,
    pieces: &[Inline],
    after: After<'_>,
    starts_line: bool,
    setting: Setting,
) {
    let mut starts_line = starts_line;
    for (place, piece) in pieces.iter().enumerate() {
        let Inline::Text { text, marks } = piece else { continue };
        let next = match pieces.get(place + 1) {
            Some(next) => After::Line(Some(next)),
            None => after,
        };
        let follows = follows(next);
        let is_marked = Shape::of(marks) != Shape::NONE;
        let edges = Edges {
            // Only the very edge of a line is trimmed; inside a mark's own
            // signs nothing is, but a space there would spoil the stars.
            starts_line: !is_marked
                && (starts_line || source.is_empty() || source.ends_with("<br>")),
            ends_line: !is_marked && matches!(follows, Follows::LineEnd),
            before_link: !is_marked && matches!(follows, Follows::Link),
        };
        // Nothing can be escaped in a code span, and `]` would end the link.
        let bracketed = matches!(after, After::LinkEnd) && text.contains(['[', ']']);
        let core = match marks.code {
            true if bracketed => format!("<code>{}</code>", escape::text(text, edges)),
            true => escape::code(text, setting == Setting::Cell),
            false => escape::text(text, edges),
        };
        let stars = Stars { text, marks, before: source.chars().next_back(), follows };
        source.push_str(&marked(&core, marks, stars.are_safe()));
        starts_line = false;
    }
}

/// The marks that need signs around the words.
#[derive(PartialEq, Eq)]
struct Shape([bool; 5]);

impl Shape {
    const NONE: Self = Self([false; 5]);

    fn of(marks: &Marks) -> Self {
        Self([marks.bold, marks.italic, marks.underline, marks.strike, marks.code])
    }
}

/// What comes after a piece, as far as stars care.
#[derive(Clone, Copy)]
enum Follows {
    LineEnd,
    Words(Option<char>),
    Link,
    Signs,
}

fn follows(next: After<'_>) -> Follows {
    match next {
        After::LinkEnd => Follows::Words(Some(')')),
        After::Line(None | Some(Inline::LineBreak)) => Follows::LineEnd,
        After::Line(Some(Inline::Text { marks, .. })) if href(marks).is_some() => Follows::Link,
        After::Line(Some(Inline::Text { text, marks })) if Shape::of(marks) == Shape::NONE => {
            Follows::Words(text.chars().next())
        }
        After::Line(Some(Inline::Text { .. })) => Follows::Signs,
    }
}

/// What decides whether stars around a piece are read rightly.
struct Stars<'a> {
    text: &'a str,
    marks: &'a Marks,
    before: Option<char>,
    follows: Follows,
}

impl Stars<'_> {
    fn are_safe(&self) -> bool {
        let edge = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        let solid = edge(self.text.chars().next()) && edge(self.text.chars().next_back());
        let quiet = |sign: char| sign == ' ' || ".,;:?()\"'".contains(sign);
        let before = match self.before {
            None | Some('\n' | '[') => true,
            Some(sign) => quiet(sign),
        };
        let after = match self.follows {
            Follows::LineEnd => true,
            Follows::Words(sign) => sign.is_some_and(quiet),
            Follows::Link | Follows::Signs => false,
        };
        let mixed = self.marks.strike && (self.marks.bold || self.marks.italic);
        solid && before && after && !mixed && !self.marks.code && !self.marks.underline
    }
}

fn marked(core: &str, marks: &Marks, stars: bool) -> String {
    let signs = [
        (marks.strike, ["~~", "~~"], ["<del>", "</del>"]),
        (marks.bold, ["**", "**"], ["<strong>", "</strong>"]),
        (marks.italic, ["*", "*"], ["<em>", "</em>"]),
        (marks.underline, ["<u>", "</u>"], ["<u>", "</u>"]),
    ];
    let on = signs.into_iter().filter(|(is_on, ..)| *is_on);
    let chosen: Vec<[&str; 2]> = on.map(|(_, star, tag)| if stars { star } else { tag }).collect();
    let open = chosen.iter().map(|[open, _]| *open);
    let close = chosen.iter().rev().map(|[_, close]| *close);
    open.chain([core]).chain(close).collect()
}
