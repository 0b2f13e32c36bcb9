//! Laws over generated trees: Markdown there and back, seeds there and back, one
//! text rewritten into another, and HTML that never lets a tag through.

#![expect(clippy::indexing_slicing, reason = "helpers of tests are tests")]

use proptest::prelude::*;
use talkoot_core::text::html::html;
use talkoot_core::text::outline::headings;
use talkoot_core::text::{Block, Cell, CheckItem, Inline, Marks, TextDocument};
use talkoot_core::text::{markdown, scan_update, seed_update};

/// Words with everything in them that Markdown or HTML could stumble over.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zåäö]{1,6}( [a-zåäö]{1,6}){0,2}",
        2 => r#"[-a-z0-9 .,:;!?*_~`#>+=|<&()"'/{}\[\]\\]{1,12}"#,
        1 => "[0-9]{1,3}[.)] [a-z]{1,4}",
        1 => "(- |\\+ |# |> |\\[ \\] |--- |=== |~~~|```|    |<b>|</u>|&amp;|&#35;)[a-z]{0,4}",
        1 => "[\u{a0}🎵é ]{1,3}[a-z]{0,3}",
    ]
}

fn href() -> impl Strategy<Value = String> {
    prop_oneof![
        "https://[a-z]{1,6}\\.example/[a-z0-9?=&()<>|_*`'\"]{0,8}",
        "/[a-z]{0,5}",
        Just("mailto:a@example.org".to_owned()),
    ]
}

fn marks() -> impl Strategy<Value = Marks> {
    let flag = || prop::bool::weighted(0.2);
    let link = prop::option::weighted(0.15, href());
    (flag(), flag(), flag(), flag(), flag(), link).prop_map(
        |(bold, italic, underline, strike, code, link)| Marks {
            bold,
            italic,
            underline,
            strike,
            code,
            link,
        },
    )
}

/// A line as a document would give it: neighbours differ in their marks.
fn line() -> impl Strategy<Value = Vec<Inline>> {
    let piece = prop_oneof![
        8 => (words(), marks()).prop_map(|(text, marks)| Inline::Text { text, marks }),
        1 => Just(Inline::LineBreak),
    ];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| {
        let mut line = Vec::new();
        for piece in pieces {
            talkoot_core::text::node::push_inline(&mut line, piece);
        }
        line
    })
}

fn table() -> impl Strategy<Value = Block> {
    (1..4_usize, 0..3_usize).prop_flat_map(|(columns, rows)| {
        let cell = move |is_header| {
            prop::collection::vec(prop_oneof![3 => line(), 1 => Just(Vec::new())], columns)
                .prop_map(move |lines| -> Vec<Cell> {
                    let cell = |line| Cell::plain(is_header, vec![Block::Paragraph(line)]);
                    lines.into_iter().map(cell).collect()
                })
        };
        (cell(true), prop::collection::vec(cell(false), rows))
            .prop_map(|(head, body)| Block::Table([vec![head], body].concat()))
    })
}

/// Trees of the shapes that Markdown has a form for.
fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let leaf = prop_oneof![
        6 => line().prop_map(Block::Paragraph),
        2 => (1..=4_u8, line()).prop_map(|(level, content)| Block::Heading { level, content }),
        1 => Just(Block::Rule),
        1 => table(),
    ];
    let block = leaf.prop_recursive(3, 24, 3, |inner| {
        let content = prop::collection::vec(inner, 0..3);
        let items = || prop::collection::vec(content.clone(), 1..3);
        let check = (any::<bool>(), line(), content.clone()).prop_map(|(checked, line, rest)| {
            CheckItem { checked, content: [vec![Block::Paragraph(line)], rest].concat() }
        });
        prop_oneof![
            items().prop_map(Block::BulletList),
            (0..2_000_u32, items()).prop_map(|(start, items)| Block::NumberedList { start, items }),
            prop::collection::vec(check, 1..3).prop_map(Block::CheckList),
            content.prop_map(Block::Quote),
        ]
    });
    prop::collection::vec(block, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn x13_markdown_that_was_written_reads_as_the_same_tree(blocks in blocks()) {
        let source = markdown::write(&blocks);
        let again = markdown::read(&source);
        prop_assert!(again == without_breaks(blocks), "{}\nread as\n{}", source, markdown::write(&again));
    }

    #[test]
    fn x13_any_text_is_markdown(source in "\\PC{0,80}|[-*>#`<u/>|\\[\\]x 0-9.\n\\\\~_]{0,80}") {
        let blocks = markdown::read(&source);
        let again = markdown::read(&markdown::write(&blocks));
        prop_assert_eq!(words_of(&again), words_of(&blocks));
    }

    #[test]
    fn x10_a_seed_gives_back_its_tree(blocks in blocks()) {
        let update = seed_update(77, "body", &blocks);
        prop_assert_eq!(&update, &seed_update(77, "body", &blocks));
        let mut document = TextDocument::new(1);
        document.apply(&update).unwrap();
        prop_assert_eq!(document.blocks("body"), with_paragraphs(blocks));
        let reopened = TextDocument::from_state(2, &document.state()).unwrap();
        prop_assert_eq!(reopened.canonical(&["body"]), document.canonical(&["body"]));
    }

    #[test]
    fn g1_a_text_becomes_any_other_and_the_update_says_so_elsewhere(
        old in blocks(), new in blocks(),
    ) {
        let (old, new) = (with_paragraphs(old), with_paragraphs(new));
        let open = |client: u64| {
            let mut document = TextDocument::new(client);
            document.apply(&seed_update(1, "body", &old)).map(|()| document)
        };
        let (mut writer, mut reader) = (open(7).unwrap(), open(8).unwrap());
        let update = writer.rewrite(&[("body", new.clone())]).unwrap();
        prop_assert_eq!(&writer.blocks("body"), &new);
        prop_assert_eq!(update.is_none(), old == new);
        if let Some(update) = update {
            prop_assert!(scan_update(&update).is_ok());
            reader.apply(&update).unwrap();
            prop_assert_eq!(reader.canonical(&["body"]), writer.canonical(&["body"]));
        }
        prop_assert_eq!(writer.rewrite(&[("body", new)]).unwrap(), None);
    }

    #[test]
    fn x14_html_has_no_markup_but_its_own(blocks in blocks()) {
        let html = html(&blocks);
        let tags = html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or(""));
        for tag in tags {
            let name = tag.trim_start_matches('/').split(' ').next().unwrap_or("");
            let known = [
                "p", "h2", "h3", "h4", "h5", "ul", "ol", "li", "blockquote", "table", "thead",
                "tbody", "tr", "td", "th", "hr", "br", "label", "input", "span", "a", "strong",
                "em", "u", "s", "code",
            ];
            prop_assert!(known.contains(&name), "{} in {}", tag, html);
            prop_assert!(!tag.contains(" on") && !tag.contains("style"), "{}", tag);
        }
        for heading in headings(&blocks) {
            let id = format!("id=\"{}\"", heading.id);
            prop_assert_eq!(html.matches(&id).count(), 1, "{}", id);
        }
    }
}

/// What Markdown makes of items without words: one empty paragraph.
fn without_breaks(blocks: Vec<Block>) -> Vec<Block> {
    let empty = Block::Paragraph(Vec::new());
    let lone_break = Block::Paragraph(vec![Inline::LineBreak]);
    let each = |items: Vec<Vec<Block>>| {
        let item = |item: Vec<Block>| match item.as_slice() {
            [] => vec![empty.clone()],
            [only] if *only == lone_break => vec![empty.clone()],
            _ => without_breaks(item),
        };
        items.into_iter().map(item).collect()
    };
    let check = |mut item: CheckItem| {
        if item.content[0] == lone_break {
            item.content[0] = empty.clone();
        }
        CheckItem { content: without_breaks(item.content), ..item }
    };
    let block = |block| match block {
        Block::CheckList(items) => Block::CheckList(items.into_iter().map(check).collect()),
        Block::BulletList(items) => Block::BulletList(each(items)),
        Block::NumberedList { start, items } => Block::NumberedList { start, items: each(items) },
        Block::Quote(content) => Block::Quote(without_breaks(content)),
        leaf @ (Block::Paragraph(_) | Block::Heading { .. } | Block::Table(_) | Block::Rule) => {
            leaf
        }
    };
    blocks.into_iter().map(block).collect()
}

/// Puts the empty paragraph where a seed puts one.
fn with_paragraphs(blocks: Vec<Block>) -> Vec<Block> {
    let fill = |content: Vec<Block>| {
        if content.is_empty() {
            vec![Block::Paragraph(Vec::new())]
        } else {
            with_paragraphs(content)
        }
    };
    let each = |items: Vec<Vec<Block>>| items.into_iter().map(fill).collect();
    let item = |item: CheckItem| CheckItem { content: fill(item.content), ..item };
    let block = |block| match block {
        Block::BulletList(items) => Block::BulletList(each(items)),
        Block::NumberedList { start, items } => Block::NumberedList { start, items: each(items) },
        Block::CheckList(items) => Block::CheckList(items.into_iter().map(item).collect()),
        Block::Quote(content) => Block::Quote(fill(content)),
        leaf @ (Block::Paragraph(_) | Block::Heading { .. } | Block::Table(_) | Block::Rule) => {
            leaf
        }
    };
    blocks.into_iter().map(block).collect()
}

fn words_of(blocks: &[Block]) -> Vec<String> {
    let text = talkoot_core::text::plain::plain(blocks);
    text.split_whitespace().map(str::to_owned).collect()
}
