//! The address under which people reach the server, for links that leave it.

use axum::http::HeaderMap;
use axum::http::header::HOST;

use crate::settings::Settings;

/// Gives scheme and host: those of the settings, or those that the request names.
pub fn of(settings: &Settings, headers: &HeaderMap) -> String {
    if let Some(url) = &settings.public_url {
        return url.origin();
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_plain =
        |host: &&str| host.bytes().all(|it| it.is_ascii_alphanumeric() || b".:-[]".contains(&it));
    format!("http://{}", host.filter(is_plain).unwrap_or("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pu3_links_name_the_host_of_the_settings_or_a_plain_one() {
        let origin = |public_url: Option<&str>, host: &str| {
            let public_url = public_url.and_then(|url| url.parse().ok());
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().unwrap());
            of(&Settings { public_url, ..Settings::default() }, &headers)
        };
        assert_eq!(origin(Some("https://talkoot.example"), "x"), "https://talkoot.example");
        assert_eq!(origin(None, "127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(origin(None, "x\"><script>"), "http://localhost");
    }
}
