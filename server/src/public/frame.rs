//! The frame of every public page: head, menu, main part, foot, written into the app's own page.
//!
//! What the app loads stays; what a browser would fetch ahead without needing it
//! for reading goes, and the drawings of the app's icons, which it asks for when
//! it takes over. The content stands in `#public`, which the app takes away when
//! it has something of its own to show.

use talkoot_core::language::Language;
use talkoot_core::schema::Kind;
use talkoot_core::text::html::escape;

use super::place::LISTED;
use super::words::Words;

/// What a page says of itself and within itself. The texts are plain; `main` is HTML.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) language: Language,
    pub(super) title: String,
    pub(super) description: String,
    /// `None` where the page is not to be kept by anybody: it says that there is nothing.
    pub(super) address: Option<String>,
    /// Whether it is one thing that people wrote, not a list.
    pub(super) is_article: bool,
    /// The feeds that belong to it: address and title.
    pub(super) feeds: Vec<(String, String)>,
    /// The list in the menu that it belongs to.
    pub(super) kind: Option<Kind>,
    pub(super) main: String,
}

impl Page {
    /// Makes a page that only says something.
    pub(super) fn saying(language: Language, title: &str, text: &str) -> Self {
        let main = format!("<h1>{}</h1>\n<p class=\"lead\">{}</p>\n", escape(title), escape(text));
        Self {
            language,
            title: title.to_owned(),
            description: text.to_owned(),
            address: None,
            is_article: false,
            feeds: Vec::new(),
            kind: None,
            main,
        }
    }

    /// Writes the whole page into a template; `path` is the address that was asked for.
    pub(super) fn whole(&self, origin: &str, path: &str, template: &str) -> String {
        let (before, rest) = template.split_once("<head>").unwrap_or(("<!doctype html>\n", ""));
        let (head, rest) = rest.split_once("</head>").unwrap_or(("", rest));
        let (opening, body) = rest.split_once("<body>").unwrap_or(("", rest));
        let kept: Vec<&str> = head.lines().filter(|line| is_kept(line)).collect();
        let lang = format!("<html lang=\"{}\"", self.language.tag());
        let before = before.replacen("<html lang=\"fi\"", &lang, 1);
        let (kept, own) = (kept.join("\n"), self.head(origin));
        let body = without(&without(body, "<noscript>", "</noscript>"), "<svg", "</svg>");
        let content = self.content(path);
        format!("{before}<head>{kept}\n{own}  </head>{opening}<body>\n{content}{body}")
    }

    fn head(&self, origin: &str) -> String {
        let words = Words::of(self.language);
        let title =
            if self.title == SITE { SITE.to_owned() } else { format!("{} – {SITE}", self.title) };
        let mut head = format!("    <title>{}</title>\n", escape(&title));
        let mut meta = |kind: &str, name: &str, text: &str| {
            if !text.is_empty() {
                let text = escape(text);
                head.extend([format!("    <meta {kind}=\"{name}\" content=\"{text}\">\n")]);
            }
        };
        meta("name", "description", &self.description);
        let Some(address) = &self.address else { return head };
        let url = format!("{origin}{address}");
        meta("property", "og:site_name", SITE);
        meta("property", "og:type", if self.is_article { "article" } else { "website" });
        meta("property", "og:title", &self.title);
        meta("property", "og:description", &self.description);
        meta("property", "og:url", &url);
        meta("property", "og:locale", locale(self.language));
        meta("property", "og:image", &format!("{origin}/icons/app-512.png"));
        head.extend([format!("    <link rel=\"canonical\" href=\"{}\">\n", escape(&url))]);
        for (address, title) in &self.feeds {
            let title = format!("{title}: {}", words.follow);
            head.extend([format!(
                "    <link rel=\"alternate\" type=\"application/atom+xml\" title=\"{}\" href=\"{}\">\n",
                escape(&title),
                escape(address),
            )]);
        }
        head
    }

    fn content(&self, path: &str) -> String {
        let words = Words::of(self.language);
        let tag = self.language.tag();
        let (links, follow) = (self.menu(words), self.follow(words));
        format!(
            "    <div id=\"public\" class=\"public\" lang=\"{tag}\">\n\
             <a class=\"skip\" href=\"#public-main\">{}</a>\n\
             <header class=\"public__top\">\n<a class=\"public__brand\" href=\"/\">{SITE}</a>\n\
             <nav aria-label=\"{}\"><ul>{links}</ul></nav>\n\
             <a class=\"public__in\" href=\"/sign-in#{}\">{}</a>\n</header>\n\
             <main class=\"public__main\" id=\"public-main\" tabindex=\"-1\">\n{}</main>\n\
             <footer class=\"public__foot\"><p>{} {follow}</p></footer>\n</div>\n",
            words.skip,
            words.menu,
            escape(path),
            words.sign_in,
            self.main,
            words.footer,
        )
    }

    fn menu(&self, words: &Words) -> String {
        let link = |kind: Kind| {
            let current = if self.kind == Some(kind) { " aria-current=\"true\"" } else { "" };
            let (to, name) = (kind.schema().path, words.list(kind));
            format!("<li><a href=\"/{to}\"{current}>{name}</a></li>")
        };
        LISTED.map(link).concat()
    }

    fn follow(&self, words: &Words) -> String {
        let link = |(address, title): &(String, String)| {
            let (address, title, follow) = (escape(address), escape(title), words.follow);
            format!("<a href=\"{address}\">{follow}: {title}</a> ")
        };
        self.feeds.iter().map(link).collect()
    }
}

/// What the site is called.
pub(super) const SITE: &str = "Talkoot";

fn locale(language: Language) -> &'static str {
    language.choose(["fi_FI", "sv_FI", "en_GB"])
}

/// The page says these lines by itself, or reading needs nothing of them.
fn is_kept(line: &str) -> bool {
    let own = ["<title>", "name=\"description\"", "rel=\"modulepreload\"", "rel=\"preload\""];
    !own.iter().any(|part| line.contains(part))
}

/// Leaves out one element: what is said to whoever has no scripts is not true where there is
/// something to read, and nothing to read has an icon.
fn without(body: &str, opening: &str, closing: &str) -> String {
    let Some((before, rest)) = body.split_once(opening) else { return body.to_owned() };
    let (_, after) = rest.split_once(closing).unwrap_or_default();
    format!("{before}{after}")
}
