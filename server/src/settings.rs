//! What the person who runs the server decided.

use std::str::FromStr;

use axum::http::{HeaderName, Uri};

/// The address under which people reach the server, when that is not the one it listens at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    pub https: bool,
    /// Host, and port if it is named.
    pub authority: String,
}

impl PublicUrl {
    /// Gives scheme and host.
    pub fn origin(&self) -> String {
        let scheme = if self.https { "https" } else { "http" };
        format!("{scheme}://{}", self.authority)
    }

    /// Gives the host alone.
    pub fn name(&self) -> &str {
        let port = self.authority.rsplit_once(':');
        let named = port.filter(|(_, port)| port.bytes().all(|it| it.is_ascii_digit()));
        named.map_or(self.authority.as_str(), |(name, _)| name)
    }
}

/// Why a text is not a public address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicUrlError {
    #[error("write it like https://talkoot.example")]
    Form,
    #[error("only http and https are possible")]
    Scheme,
    #[error("a path is not possible: Talkoot needs a host of its own")]
    Path,
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let uri: Uri = text.parse().map_err(|_| PublicUrlError::Form)?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            Some(_) => return Err(PublicUrlError::Scheme),
            None => return Err(PublicUrlError::Form),
        };
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(PublicUrlError::Path);
        }
        let authority = uri.authority().ok_or(PublicUrlError::Form)?.as_str().to_lowercase();
        Ok(Self { https, authority })
    }
}

/// Everything that changes how the server answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub public_url: Option<PublicUrl>,
    /// Whether any name below `/yjs/` is a scratch document that anybody may write.
    pub playground: bool,
    /// Where a trusted proxy says for whom it asks.
    pub address_header: Option<HeaderName>,
}

impl Settings {
    /// Says whether people reach the server over https.
    pub fn https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.https)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md5_the_name_of_a_host_has_no_port() {
        for (url, expected) in [
            ("https://talkoot.example", "talkoot.example"),
            ("http://localhost:8080", "localhost"),
            ("http://[::1]:8080", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            let url: PublicUrl = url.parse().unwrap();
            assert_eq!(url.name(), expected);
        }
    }

    #[test]
    fn o2_a_public_address_has_a_scheme_and_a_host_and_nothing_else() {
        let url = |https, authority: &str| Ok(PublicUrl { https, authority: authority.to_owned() });
        for (text, expected) in [
            ("https://Talkoot.example", url(true, "talkoot.example")),
            ("http://localhost:8080/", url(false, "localhost:8080")),
            ("https://talkoot.example/app", Err(PublicUrlError::Path)),
            ("ftp://talkoot.example", Err(PublicUrlError::Scheme)),
            ("talkoot.example", Err(PublicUrlError::Form)),
            ("not an address", Err(PublicUrlError::Form)),
        ] {
            assert_eq!(text.parse(), expected, "{text}");
        }
    }
}
