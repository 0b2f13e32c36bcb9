//! What a post says, cut into what a screen draws: paragraphs, lines, links and names.
//!
//! Pure. An address in the text becomes a link that says where it leads; nothing else of what
//! people wrote becomes more than text (rule DI21).

use talkoot_core::change::discuss::{Mention, Mentioned, Words};

/// What addresses begin with that a post may lead to.
const SCHEMES: [&str; 2] = ["https://", "http://"];
/// What ends a sentence and not an address.
const ENDS: [char; 12] = ['.', ',', ';', ':', '!', '?', '"', '\'', '”', '’', '»', '…'];

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Link(String),
    Name { text: String, of: Mentioned },
}

pub(crate) type Line = Vec<Piece>;
pub(crate) type Paragraph = Vec<Line>;

/// Cuts words into paragraphs of lines.
pub(crate) fn paragraphs(words: &Words) -> Vec<Paragraph> {
    let letters: Vec<char> = words.text.chars().collect();
    let mut lines: Vec<Line> = vec![Line::new()];
    let mut read = 0;
    for mention in &words.mentions {
        let Some((from, until)) = stretch(mention, read, letters.len()) else { continue };
        add_text(&mut lines, &text(&letters, read, from));
        if let Some(line) = lines.last_mut() {
            line.push(Piece::Name { text: text(&letters, from, until), of: mention.of });
        }
        read = until;
    }
    add_text(&mut lines, &text(&letters, read, letters.len()));
    let is_empty = |line: &Line| {
        line.iter().all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
    };
    let paragraphs = lines.split(is_empty).filter(|lines| !lines.is_empty());
    paragraphs.map(<[Line]>::to_vec).collect()
}

/// Gives the stretch of a mention, if it lies behind what was read and within the text.
fn stretch(mention: &Mention, read: usize, length: usize) -> Option<(usize, usize)> {
    let from = usize::try_from(mention.from).ok()?;
    let until = usize::try_from(mention.until).ok()?;
    (from >= read && from < until && until <= length).then_some((from, until))
}

fn text(letters: &[char], from: usize, until: usize) -> String {
    letters.iter().take(until).skip(from).collect()
}

/// Goes on with the last line, and begins new ones.
fn add_text(lines: &mut Vec<Line>, text: &str) {
    for (place, piece) in text.split('\n').enumerate() {
        if place > 0 {
            lines.push(Line::new());
        }
        if let Some(line) = lines.last_mut() {
            add_links(line, piece);
        }
    }
}

/// Adds a text in which addresses are links.
fn add_links(line: &mut Line, mut text: &str) {
    while let Some(from) = link_start(text) {
        let (before, rest) = text.split_at(from);
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, _) = rest.split_at(end);
        let address = without_end(address);
        push_text(line, before);
        line.push(Piece::Link(address.to_owned()));
        text = rest.get(address.len()..).unwrap_or_default();
    }
    push_text(line, text);
}

/// Finds where an address begins that has something behind its scheme.
fn link_start(text: &str) -> Option<usize> {
    let begins = |place: usize, scheme: &str| {
        let is_apart = text.get(..place).is_none_or(|it| !it.ends_with(char::is_alphanumeric));
        let behind =
            text.get(place.saturating_add(scheme.len())..).and_then(|it| it.chars().next());
        is_apart && behind.is_some_and(char::is_alphanumeric)
    };
    let found = |scheme: &'static str| {
        let mut places = text.match_indices(scheme).map(|(place, _)| place);
        places.find(|place| begins(*place, scheme))
    };
    SCHEMES.into_iter().filter_map(found).min()
}

/// Leaves out what belongs to the sentence around an address.
fn without_end(address: &str) -> &str {
    let mut kept = address;
    loop {
        let shorter = kept.trim_end_matches(ENDS);
        let is_open = shorter.contains('(');
        let shorter = if is_open { shorter } else { shorter.trim_end_matches(')') };
        if shorter.len() == kept.len() {
            return kept;
        }
        kept = shorter;
    }
}

fn push_text(line: &mut Line, text: &str) {
    if !text.is_empty() {
        line.push(Piece::Text(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::id::AccountId;

    fn shown(words: &Words) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Link(address) => format!("<{address}>"),
            Piece::Name { text, .. } => format!("[{text}]"),
        };
        let line = |line: &Line| line.iter().map(piece).collect::<String>();
        let paragraph = |lines: &Paragraph| lines.iter().map(line).collect::<Vec<_>>().join("/");
        paragraphs(words).iter().map(paragraph).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn di21_words_are_paragraphs_and_lines_and_addresses_are_links() {
        let table = [
            ("Yksi\nkaksi\n\n\nkolme", "Yksi/kaksi | kolme"),
            ("  \n\n", ""),
            ("Katso https://soste.fi/a?b=(c).", "Katso <https://soste.fi/a?b=(c)>."),
            ("(http://a.fi), ja", "(<http://a.fi>), ja"),
            ("ahttp://a.fi https:// http://", "ahttp://a.fi https:// http://"),
            ("javascript:alert(1) <b>x</b>", "javascript:alert(1) <b>x</b>"),
            ("https://a.fi https://b.fi!", "<https://a.fi> <https://b.fi>!"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(&Words::plain(text)), expected, "{text}");
        }
    }

    #[test]
    fn di21_a_name_leads_to_whom_it_names_wherever_it_stands() {
        let of = Mentioned::Account(AccountId([1; 16]));
        let mention = |from, until| Mention { from, until, of };
        let text = "Ä @Åsa, kuule\n@Åsa".to_owned();
        let words = Words { text, mentions: vec![mention(2, 6), mention(14, 18)] };
        assert_eq!(shown(&words), "Ä [@Åsa], kuule/[@Åsa]");
        let lies = Words { mentions: vec![mention(9, 99), mention(3, 3)], ..words };
        assert_eq!(shown(&lies), "Ä @Åsa, kuule/@Åsa");
    }
}
