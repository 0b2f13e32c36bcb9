//! Which nodes, marks and attributes a text may hold, as data.
//!
//! The editor's ProseMirror schema names exactly the same things: y-prosemirror
//! deletes what its schema does not know, so a name is added on both sides and
//! [`TEXT_SCHEMA_VERSION`] is raised in the same change. Nothing here reads
//! bytes; `prescan` and `ledger` ask this file what is allowed.

/// The version of this schema; an older client opens newer text read-only.
pub const TEXT_SCHEMA_VERSION: u16 = 1;

/// How deep elements may sit in each other; a root field is depth 0.
pub const DEPTH_MAX: u8 = 64;

/// How many bytes the name of a field, node, mark or attribute may take.
pub const NAME_BYTES_MAX: usize = 32;

/// An element of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    Paragraph,
    Heading,
    BulletList,
    NumberedList,
    ListItem,
    CheckList,
    CheckItem,
    Quote,
    Table,
    TableRow,
    TableHeader,
    TableCell,
    Rule,
    LineBreak,
}

/// What may sit directly inside an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Paragraphs, headings, lists, quotes, tables and rules.
    Blocks,
    /// Text and line breaks.
    Inline,
    /// These elements alone.
    Only(&'static [Node]),
    /// Nothing.
    Nothing,
}

/// A named value on an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    Level,
    Start,
    Checked,
    Colspan,
    Rowspan,
    Colwidth,
}

/// How a run of text is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Bold,
    Italic,
    Underline,
    Strike,
    Code,
    Link,
}

/// Everything the schema says about one node.
struct NodeRule {
    node: Node,
    name: &'static str,
    holds: Holds,
    attributes: &'static [Attribute],
}

const CELL: &[Attribute] = &[Attribute::Colspan, Attribute::Rowspan, Attribute::Colwidth];

const NODES: [NodeRule; 14] = [
    rule(Node::Paragraph, "paragraph", Holds::Inline, &[]),
    rule(Node::Heading, "heading", Holds::Inline, &[Attribute::Level]),
    rule(Node::BulletList, "bullet_list", Holds::Only(&[Node::ListItem]), &[]),
    rule(Node::NumberedList, "numbered_list", Holds::Only(&[Node::ListItem]), &[Attribute::Start]),
    rule(Node::ListItem, "list_item", Holds::Blocks, &[]),
    rule(Node::CheckList, "check_list", Holds::Only(&[Node::CheckItem]), &[]),
    rule(Node::CheckItem, "check_item", Holds::Blocks, &[Attribute::Checked]),
    rule(Node::Quote, "quote", Holds::Blocks, &[]),
    rule(Node::Table, "table", Holds::Only(&[Node::TableRow]), &[]),
    rule(Node::TableRow, "table_row", Holds::Only(&[Node::TableHeader, Node::TableCell]), &[]),
    rule(Node::TableHeader, "table_header", Holds::Blocks, CELL),
    rule(Node::TableCell, "table_cell", Holds::Blocks, CELL),
    rule(Node::Rule, "rule", Holds::Nothing, &[]),
    rule(Node::LineBreak, "line_break", Holds::Nothing, &[]),
];

const fn rule(
    node: Node,
    name: &'static str,
    holds: Holds,
    attributes: &'static [Attribute],
) -> NodeRule {
    NodeRule { node, name, holds, attributes }
}

impl Node {
    /// Finds the node that carries a name.
    pub fn from_name(name: &str) -> Option<Self> {
        NODES.iter().find(|rule| rule.name == name).map(|rule| rule.node)
    }

    /// Gives the name used in documents, here and in the editor.
    pub fn name(self) -> &'static str {
        NODES.iter().find(|rule| rule.node == self).map_or("", |rule| rule.name)
    }

    /// Tells what may sit directly inside.
    pub fn holds(self) -> Holds {
        NODES.iter().find(|rule| rule.node == self).map_or(Holds::Nothing, |rule| rule.holds)
    }

    /// Tells whether the node can stand in a field by itself.
    pub fn is_block(self) -> bool {
        match self {
            Self::Paragraph
            | Self::Heading
            | Self::BulletList
            | Self::NumberedList
            | Self::CheckList
            | Self::Quote
            | Self::Table
            | Self::Rule => true,
            Self::ListItem
            | Self::CheckItem
            | Self::TableRow
            | Self::TableHeader
            | Self::TableCell
            | Self::LineBreak => false,
        }
    }

    /// Tells whether `child` may sit directly inside.
    pub fn may_hold(self, child: Self) -> bool {
        match self.holds() {
            Holds::Blocks => child.is_block(),
            Holds::Inline => child == Self::LineBreak,
            Holds::Only(nodes) => nodes.contains(&child),
            Holds::Nothing => false,
        }
    }

    /// Finds the attribute that the node carries under a name.
    pub fn attribute(self, name: &str) -> Option<Attribute> {
        let attributes = NODES.iter().find(|rule| rule.node == self)?.attributes;
        attributes.iter().copied().find(|attribute| attribute.name() == name)
    }
}

impl Attribute {
    /// Every attribute that some node carries.
    pub const ALL: [Self; 6] =
        [Self::Level, Self::Start, Self::Checked, Self::Colspan, Self::Rowspan, Self::Colwidth];

    /// Gives the name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Start => "start",
            Self::Checked => "checked",
            Self::Colspan => "colspan",
            Self::Rowspan => "rowspan",
            Self::Colwidth => "colwidth",
        }
    }
}

impl Mark {
    /// Every mark, in the order in which seeds and Markdown nest them.
    pub const ALL: [Self; 6] =
        [Self::Link, Self::Bold, Self::Italic, Self::Underline, Self::Strike, Self::Code];

    /// Gives the name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Underline => "underline",
            Self::Strike => "strike",
            Self::Code => "code",
            Self::Link => "link",
        }
    }

    /// Finds the mark that carries a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

/// Tells whether a name could be the name of a field, node, mark or attribute
/// of any version of the schema: a small letter, then small letters, digits, `_`.
pub fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= NAME_BYTES_MAX
        && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x1_every_node_mark_and_attribute_is_found_by_its_own_name() {
        for rule in &NODES {
            assert_eq!(Node::from_name(rule.node.name()), Some(rule.node));
            assert!(is_name(rule.name), "{}", rule.name);
        }
        for mark in Mark::ALL {
            assert_eq!(Mark::from_name(mark.name()), Some(mark));
        }
        assert_eq!(Node::Heading.attribute("level"), Some(Attribute::Level));
        assert_eq!(Node::Paragraph.attribute("level"), None);
        assert_eq!(Node::from_name("script"), None);
    }

    #[test]
    fn x1_what_may_sit_where_is_the_schemas_word() {
        assert!(Node::TableRow.may_hold(Node::TableCell));
        assert!(Node::Paragraph.may_hold(Node::LineBreak));
        assert!(Node::Quote.may_hold(Node::Table));
        assert!(!Node::BulletList.may_hold(Node::Paragraph));
        assert!(!Node::Rule.may_hold(Node::Paragraph));
        assert!(!Node::Paragraph.may_hold(Node::Paragraph));
    }

    #[test]
    fn x1_a_name_is_short_and_plain() {
        for good in ["body", "how_to_2", "a"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "_a", "2a", "A", "a b", "a-b", "å", &"a".repeat(33)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
