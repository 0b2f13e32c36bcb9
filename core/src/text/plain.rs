//! A text as bare words: for search, for summaries, for counting.
//!
//! Marks, bullets and table lines are dropped; a line of text is a line.

use super::node::{Block, each_line, line_text};

/// Gives the words, one line of text a line; lines without words are left out.
pub fn plain(blocks: &[Block]) -> String {
    let mut text = String::new();
    each_line(blocks, &mut |line| {
        let words = line_text(line, '\n');
        if !words.trim().is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(words.trim());
        }
    });
    text
}

/// Counts the words: what stands between white space.
pub fn word_count(blocks: &[Block]) -> usize {
    let mut count = 0;
    each_line(blocks, &mut |line| count += line_text(line, ' ').split_whitespace().count());
    count
}

/// Gives the beginning in at most `chars_max` characters, on one line, cut
/// between words where it can be, with `…` where something was cut.
pub fn excerpt(blocks: &[Block], chars_max: usize) -> String {
    let mut words = Vec::new();
    each_line(blocks, &mut |line| {
        let text = line_text(line, ' ');
        words.extend(text.split_whitespace().map(str::to_owned));
    });
    cut(&words.join(" "), chars_max)
}

/// Cuts words to at most `chars_max` characters as [`excerpt`] does.
pub fn cut(text: &str, chars_max: usize) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let whole = words.join(" ");
    if whole.chars().count() <= chars_max {
        return whole;
    }
    let room = chars_max.saturating_sub(1);
    let mut cut = String::new();
    let mut length = 0;
    for word in &words {
        let needed = word.chars().count() + usize::from(length > 0);
        if length + needed > room {
            break;
        }
        if length > 0 {
            cut.push(' ');
        }
        cut.push_str(word);
        length += needed;
    }
    if cut.is_empty() {
        // One word longer than the room: cut through it.
        cut = whole.chars().take(room).collect();
    }
    if chars_max > 0 {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::node::Inline;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Inline::plain(text)])
    }

    #[test]
    fn x12_plain_text_is_the_words_a_line_each() {
        let broken =
            Block::Paragraph(vec![Inline::plain("one"), Inline::LineBreak, Inline::plain("two")]);
        let list = Block::BulletList(vec![vec![paragraph("three"), Block::Quote(vec![broken])]]);
        let blocks = [paragraph("  "), list, Block::Rule, paragraph("four five")];
        assert_eq!(plain(&blocks), "three\none\ntwo\nfour five");
        assert_eq!(word_count(&blocks), 5);
        assert_eq!(plain(&[]), "");
    }

    #[test]
    fn x12_an_excerpt_is_never_longer_than_asked() {
        let blocks = [paragraph("Kylätalon  avaimet"), paragraph("löytyvät täältä")];
        assert_eq!(excerpt(&blocks, 100), "Kylätalon avaimet löytyvät täältä");
        assert_eq!(excerpt(&blocks, 20), "Kylätalon avaimet…");
        assert_eq!(excerpt(&blocks, 5), "Kylä…");
        assert_eq!(excerpt(&blocks, 1), "…");
        assert_eq!(excerpt(&blocks, 0), "");
        for chars_max in 0..40 {
            assert!(excerpt(&blocks, chars_max).chars().count() <= chars_max);
        }
    }
}
