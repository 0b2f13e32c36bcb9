//! One mail: what is told, as plain text and as simple HTML, with the way to end it.
//!
//! Nothing that people wrote stands in its head, so no title and no name can add a line there.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use talkoot_core::text::html::escape;

use super::link::{Link, message_name};
use super::news::{Item, News};
use super::words::Words;
use crate::mail::Post;
use crate::settings::PublicUrl;
use crate::store::{Every, Subscription};

/// What a mail is written from.
pub(super) struct Letter<'a> {
    pub(super) subscription: &'a Subscription,
    pub(super) every: Every,
    pub(super) period: u64,
    pub(super) news: &'a News,
    pub(super) host: &'a PublicUrl,
    pub(super) at_ms: u64,
}

impl Letter<'_> {
    /// Writes it to an e-mail address; none where that is no address.
    pub(super) fn write(&self, post: &Post, to: &str) -> Option<Message> {
        let to: Mailbox = to.parse().ok()?;
        let end = format!("<{}>", self.end());
        let name = message_name(self.subscription, self.period);
        let message = Message::builder()
            .from(post.from().clone())
            .to(to)
            .subject(self.words().subject(self.news.count))
            .date(UNIX_EPOCH + Duration::from_millis(self.at_ms))
            .message_id(Some(format!("<{name}@{}>", self.host.name())))
            .raw_header(fixed("List-Unsubscribe", end))
            .raw_header(fixed("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()))
            .raw_header(fixed("Auto-Submitted", "auto-generated".to_owned()));
        message.multipart(MultiPart::alternative_plain_html(self.text(), self.html())).ok()
    }

    fn words(&self) -> &'static Words {
        Words::of(self.subscription.language)
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.host.origin())
    }

    fn end(&self) -> String {
        self.address(&format!("/api/v1/digest/{}", Link::of(self.subscription).text()))
    }

    fn why(&self) -> &'static str {
        match self.every {
            Every::Day => self.words().why_day,
            Every::Week => self.words().why_week,
        }
    }

    /// Says how many are not listed.
    fn more(&self) -> Option<String> {
        let left = self.news.count.saturating_sub(self.news.items.len());
        (left > 0).then(|| self.words().more.replace("{count}", &left.to_string()))
    }

    fn title<'a>(&self, item: &'a Item) -> &'a str {
        if item.title.is_empty() { self.words().untitled } else { &item.title }
    }

    fn text(&self) -> String {
        let words = self.words();
        let item = |item: &Item| {
            let sentence = words.sentence(item.what, &item.who);
            format!("* {sentence}\n  {}\n  {}\n\n", self.title(item), self.address(&item.path))
        };
        let items: String = self.news.items.iter().map(item).collect();
        let more = self.more().map(|more| format!("{more}: {}\n\n", self.address("/inbox")));
        format!(
            "{}\n\n{items}{}{}\n{}: {}\n{}: {}\n",
            words.lead,
            more.unwrap_or_default(),
            self.why(),
            words.end,
            self.end(),
            words.settings,
            self.address("/settings"),
        )
    }

    fn html(&self) -> String {
        let words = self.words();
        let link = |address: &str, text: &str| {
            format!("<a href=\"{}\">{}</a>", escape(address), escape(text))
        };
        let item = |item: &Item| {
            let sentence = words.sentence(item.what, &item.who);
            let title = link(&self.address(&item.path), self.title(item));
            format!("<li>{}<br>{title}</li>\n", escape(&sentence))
        };
        let items: String = self.news.items.iter().map(item).collect();
        let more = self.more().map(|more| link(&self.address("/inbox"), &more));
        format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>\
             </head><body>\n<p>{}</p>\n<ul>\n{items}</ul>\n{}<p>{}<br>{} · {}</p>\n\
             </body></html>\n",
            self.subscription.language.tag(),
            escape(&words.subject(self.news.count)),
            words.lead,
            more.map(|more| format!("<p>{more}</p>\n")).unwrap_or_default(),
            self.why(),
            link(&self.end(), words.end),
            link(&self.address("/settings"), words.settings),
        )
    }
}

/// A header of our own signs alone, which is sent as it stands: an address is never broken.
fn fixed(name: &'static str, value: String) -> HeaderValue {
    let encoded = value.clone();
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value, encoded)
}
