//! A formatted text inside a page: its headings continue the page's own.
//!
//! People begin with any level and skip some. A page must not skip (a screen
//! reader's list of headings would have holes), so levels close up here. The
//! HTML comes from core, where everything that people wrote is escaped: a `<`
//! in it always begins a tag.

/// The deepest level that HTML has.
const LEVEL_MAX: u8 = 6;

/// Writes the headings of a text so that they follow a heading of level `above` (rule P12).
pub(crate) fn headings_below(above: u8, html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut open: Vec<(u8, u8)> = Vec::new();
    let mut now = above;
    for (place, piece) in html.split('<').enumerate() {
        if place == 0 {
            text.push_str(piece);
            continue;
        }
        text.push('<');
        if let Some((level, rest)) = heading(piece, "h") {
            while open.last().is_some_and(|(own, _)| *own >= level) {
                open.pop();
            }
            now = open.last().map_or(above, |(_, shown)| *shown).saturating_add(1).min(LEVEL_MAX);
            open.push((level, now));
            text.extend(["h", &now.to_string(), rest]);
        } else if let Some((_, rest)) = heading(piece, "/h") {
            text.extend(["/h", &now.to_string(), rest]);
        } else {
            text.push_str(piece);
        }
    }
    text
}

/// Reads the level of a heading's tag and what follows it.
fn heading<'a>(piece: &'a str, start: &str) -> Option<(u8, &'a str)> {
    let rest = piece.strip_prefix(start)?;
    let digit = rest.chars().next()?.to_digit(10)?;
    Some((u8::try_from(digit).ok()?, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p12_levels_close_up_and_equals_stay_equal() {
        let table = [
            (
                1,
                "<h3 id=\"a\">A</h3><h4>B</h4><h3>C</h3>",
                "<h2 id=\"a\">A</h2><h3>B</h3><h2>C</h2>",
            ),
            (2, "<p>x</p><h4>A</h4><h2>B</h2>", "<p>x</p><h3>A</h3><h3>B</h3>"),
            (1, "<hr><h2>A</h2><h5>B</h5>", "<hr><h2>A</h2><h3>B</h3>"),
            (1, "no headings, 1 &lt; 2", "no headings, 1 &lt; 2"),
        ];
        for (above, html, expected) in table {
            assert_eq!(headings_below(above, html), expected);
        }
    }
}
