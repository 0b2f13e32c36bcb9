//! Mail that leaves the server, over SMTP.
//!
//! The address of the mail server may hold a password, so it is never shown: not in an error, a
//! log line or the form for programmers.

use std::convert::Infallible;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use axum::http::Uri;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use tokio::time::timeout;

/// How long one mail may take; after that nobody knows whether it was taken.
const SEND_MAX: Duration = Duration::from_mins(1);

/// The address of a mail server as it was given.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(String);

/// Why no mail can be sent as the options say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailFault {
    #[error("--smtp needs the address that mail comes from; give it with --mail-from")]
    NoSender,
    #[error(
        "--mail-from is of no use without a mail server; give one with --smtp, or leave it out"
    )]
    NoServer,
    #[error("links in a mail need the address that people use; give it with --public-url")]
    NoPublicUrl,
    #[error(
        "--mail-from is no e-mail address; write it like talkoot@yhdistys.example or \
         'Talkoot <talkoot@yhdistys.example>'"
    )]
    Sender,
    #[error(
        "--smtp is no address of a mail server; write it like smtps://name:password@host or \
         smtp://host:587?tls=required, with signs such as @ and / in the password as %40 and %2F"
    )]
    Server,
    #[error(
        "the password in --smtp could be read on its way; write smtps://… or add ?tls=required"
    )]
    OpenPassword,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    Accepted,
    /// The mail server did not take it, and said so.
    Refused,
    /// The line broke before an answer came.
    Unknown,
}

/// Where mail is handed over.
#[derive(Clone, Debug)]
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Post {
    /// Reads both options, without talking to anybody.
    pub fn new(url: &SmtpUrl, from: &str) -> Result<Self, MailFault> {
        let from = from.parse().map_err(|_| MailFault::Sender)?;
        let server: Uri = url.0.parse().map_err(|_| MailFault::Server)?;
        let host = server.host().filter(|host| !host.is_empty()).ok_or(MailFault::Server)?;
        let has_password = server.authority().is_some_and(|it| it.as_str().contains('@'));
        let is_locked = server.scheme_str() == Some("smtps")
            || server.query().is_some_and(|query| query == "tls=required");
        if has_password && !is_locked && !is_here(host) {
            return Err(MailFault::OpenPassword);
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url.0);
        let transport = transport.map_err(|_| MailFault::Server)?.build();
        Ok(Self { transport, from })
    }

    /// Gives the address that mail comes from.
    pub fn from(&self) -> &Mailbox {
        &self.from
    }

    /// Says whether the mail server answers and lets this server in.
    pub async fn is_open(&self) -> bool {
        let tried = timeout(SEND_MAX, self.transport.test_connection()).await;
        let is_open = matches!(tried, Ok(Ok(true)));
        if !is_open {
            let status = tried.ok().and_then(Result::err).and_then(|it| status(&it));
            tracing::warn!(status, "the mail server cannot be reached, or does not let us in");
        }
        is_open
    }

    /// Hands one mail over.
    pub async fn send(&self, message: Message) -> Sent {
        match timeout(SEND_MAX, self.transport.send(message)).await {
            Ok(Ok(_)) => Sent::Accepted,
            // Some are not even sent: an address that this mail server cannot write.
            Ok(Err(cause)) if cause.is_permanent() || cause.is_transient() || cause.is_client() => {
                tracing::warn!(status = status(&cause), "a mail was not taken");
                Sent::Refused
            }
            Ok(Err(_)) | Err(_) => {
                tracing::warn!("the line to the mail server broke while a mail was handed over");
                Sent::Unknown
            }
        }
    }
}

/// Of what a mail server says only the number: the rest may name a person.
fn status(cause: &Error) -> Option<u16> {
    cause.status().map(u16::from)
}

/// What is said to this machine itself passes no network.
fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|it| it.is_loopback())
}

impl FromStr for SmtpUrl {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SmtpUrl")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(url: &str, from: &str) -> Option<MailFault> {
        let SmtpUrl(text) = &url.parse::<SmtpUrl>().unwrap();
        assert_eq!(format!("{:?}", SmtpUrl(text.clone())), "SmtpUrl");
        Post::new(&SmtpUrl(text.clone()), from).err()
    }

    #[test]
    fn md11_a_mail_server_and_a_sender_are_read_and_a_password_never_goes_in_the_clear() {
        let from = "Talkoot <talkoot@yhdistys.example>";
        for (url, expected) in [
            ("smtp://127.0.0.1:2525", None),
            ("smtp://name:pass@127.0.0.1:2525", None),
            ("smtp://name:pass@[::1]:2525", None),
            ("smtp://mail.example", None),
            ("smtp://name:pass@mail.example", Some(MailFault::OpenPassword)),
            ("smtp://name:pass@mail.example?tls=opportunistic", Some(MailFault::OpenPassword)),
            ("smtp://name:pass@mail.example?x=y&tls=required", Some(MailFault::OpenPassword)),
            ("http://mail.example", Some(MailFault::Server)),
            ("smtp://mail.example?tls=some", Some(MailFault::Server)),
            ("mail.example", Some(MailFault::Server)),
            ("smtp://", Some(MailFault::Server)),
            ("", Some(MailFault::Server)),
        ] {
            assert_eq!(fault(url, from), expected, "{url}");
        }
        for wrong in ["", "talkoot", "a@b\r\nBcc: c@d.example", "<a@b.example"] {
            assert_eq!(fault("smtp://127.0.0.1", wrong), Some(MailFault::Sender), "{wrong}");
        }
    }
}
