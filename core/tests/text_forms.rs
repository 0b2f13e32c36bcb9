//! The forms of a text, each as a table: Markdown in, Markdown out, HTML out.

use talkoot_core::text::html::html;
use talkoot_core::text::{Block, Cell, Inline, Marks, headings, markdown};

#[track_caller]
fn check_html(source: &str, expected: &str) {
    assert_eq!(html(&markdown::read(source)), expected);
}

/// Reads Markdown and writes it again.
#[track_caller]
fn check_markdown(source: &str, expected: &str) {
    let written = markdown::write(&markdown::read(source));
    assert_eq!(written, expected);
    assert_eq!(markdown::write(&markdown::read(&written)), expected, "once more");
}

#[test]
fn x14_html_of_every_block() {
    check_html(
        "Hei **maailma** ja _kaikki_",
        "<p>Hei <strong>maailma</strong> ja <em>kaikki</em></p>",
    );
    check_html("# Yksi\n\n#### Neljä", "<h2 id=\"h-yksi\">Yksi</h2><h3 id=\"h-neljä\">Neljä</h3>");
    check_html(
        "### Kolme\n\n## Kaksi",
        "<h2 id=\"h-kolme\">Kolme</h2><h2 id=\"h-kaksi\">Kaksi</h2>",
    );
    check_html("- a\n- b\n\n  c", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>");
    check_html("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>");
    check_html(
        "- [x] tehty\n- [ ] kesken",
        "<ul class=\"check-list\"><li><label><input type=\"checkbox\" disabled checked> \
         <span>tehty</span></label></li><li><label><input type=\"checkbox\" disabled> \
         <span>kesken</span></label></li></ul>",
    );
    check_html("> a\n>\n> ---", "<blockquote><p>a</p><hr></blockquote>");
    check_html(
        "| a | b |\n| - | - |\n| c | ~~d~~ |",
        "<table><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\
         <tbody><tr><td>c</td><td><s>d</s></td></tr></tbody></table>",
    );
    check_html(
        "rivi\\\ntoinen <u>alla</u> `koodi`",
        "<p>rivi<br>toinen <u>alla</u> <code>koodi</code></p>",
    );
}

#[test]
fn x14_a_header_in_a_row_is_that_rows() {
    let paragraph = |text: &str| vec![Block::Paragraph(vec![Inline::plain(text)])];
    let wide = Cell { colspan: 2, rowspan: 3, ..Cell::plain(false, paragraph("b")) };
    let row = vec![Cell::plain(true, paragraph("a")), wide];
    let expected = "<table><tbody><tr><th scope=\"row\">a</th>\
                    <td colspan=\"2\" rowspan=\"3\">b</td></tr></tbody></table>";
    assert_eq!(html(&[Block::Table(vec![row])]), expected);
}

#[test]
fn x14_nothing_that_people_write_becomes_markup() {
    let attacks = [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <img src=x onerror=alert(1)>", "<p>a &lt;img src=x onerror=alert(1)&gt;</p>"),
        ("<u onclick=\"x()\">a</u>", "<p>&lt;u onclick=&quot;x()&quot;&gt;a&lt;/u&gt;</p>"),
        ("[a](javascript:alert(1))", "<p>a</p>"),
        ("[a](<JAVASCRIPT:alert(1)>)", "<p>a</p>"),
        ("[a](data:text/html,x)", "<p>a</p>"),
        ("[a](//example.org)", "<p>a</p>"),
        ("![kuva](https://example.org/x.png)", "<p>kuva</p>"),
        ("&lt;b&gt;", "<p>&lt;b&gt;</p>"),
        ("</p></article>", "<p>&lt;/p&gt;&lt;/article&gt;</p>"),
        ("# \"><script>", "<h2 id=\"h-script\">&quot;&gt;&lt;script&gt;</h2>"),
    ];
    for (source, expected) in attacks {
        check_html(source, expected);
    }
    let breakout = Marks { link: Some("/a\"onmouseover='x()'".to_owned()), ..Marks::default() };
    let line = vec![Inline::Text { text: "a".to_owned(), marks: breakout }];
    let expected = "<p><a href=\"/a&quot;onmouseover=&#39;x()&#39;\">a</a></p>";
    assert_eq!(html(&[Block::Paragraph(line)]), expected);
}

#[test]
fn x2_only_links_elsewhere_say_so() {
    check_html(
        "[a](https://example.org/?a=1&b=2)",
        "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\">a</a></p>",
    );
    check_html("[a](/documents/1)", "<p><a href=\"/documents/1\">a</a></p>");
    check_html("[a](mailto:a@example.org)", "<p><a href=\"mailto:a@example.org\">a</a></p>");
}

#[test]
fn x11_html_and_outline_agree_on_ids() {
    let blocks = markdown::read("# Alku\n\n> ## Alku\n\n- ### Loppu\n");
    let found = headings(&blocks);
    let ids: Vec<(u8, &str)> = found.iter().map(|found| (found.level, found.id.as_str())).collect();
    assert_eq!(ids, [(1, "h-alku"), (2, "h-alku-2"), (3, "h-loppu")]);
    for id in ids {
        assert!(html(&blocks).contains(&format!("id=\"{}\"", id.1)));
    }
}

#[test]
fn x13_markdown_is_written_as_a_person_would() {
    let table = [
        ("", ""),
        ("Title\n=====\n\ntext   \nmore", "# Title\n\ntext\\\nmore\n"),
        ("##### five", "#### five\n"),
        ("* a\n* b\n\n\n1) c", "- a\n- b\n\n1. c\n"),
        ("- a\n\n* b", "- a\n\n* b\n"),
        ("- [ ] a\n- [X] b", "- [ ] a\n- [x] b\n"),
        ("__bold__ *it* ***both*** ~~no~~", "**bold** *it* ***both*** ~~no~~\n"),
        ("a**b**c", "a<strong>b</strong>c\n"),
        ("**bold**, really", "**bold**, really\n"),
        ("```rust\nfn a() {}\n\nb\n```", "`fn a() {}`<br><br>`b`\n"),
        ("|a|b|\n|-|-|\n|1|x \\| y|", "| a | b |\n| --- | --- |\n| 1 | x \\| y |\n"),
        ("<u>alla</u> <b>ei</b>", "<u>alla</u> \\<b\\>ei\\</b\\>\n"),
        ("[a](</x y>) ![b](c)", "a b\n"),
        ("1\\. ei lista\\\n\\- eikä tämä", "1\\. ei lista\\\n\\- eikä tämä\n"),
        ("***", "___\n"),
        ("5 < 6 & 7 > 2", "5 \\< 6 & 7 \\> 2\n"),
    ];
    for (source, expected) in table {
        check_markdown(source, expected);
    }
}

#[test]
fn x13_nesting_in_markdown_is_bounded() {
    let deep = format!("{}a", "> ".repeat(5_000));
    let blocks = markdown::read(&deep);
    assert!(markdown::write(&blocks).contains('a'));
    let line = |depth| ["  ".repeat(depth), "- a\n".to_owned()].concat();
    let lists: String = (0..2_000).map(line).collect();
    assert!(markdown::write(&markdown::read(&lists)).len() > 2_000);
}
