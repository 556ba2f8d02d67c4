//! A URL that may hold a password, and never prints it.

use std::{convert::Infallible, fmt, str::FromStr};

use url::Url;

/// A URL that may hold a password. `Display` and `Debug` show it without user
/// and password; only [`SecretUrl::expose`] gives it whole.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(String);

impl SecretUrl {
    /// The URL with everything in it: for the client that connects, never for
    /// a message.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is a URL with one of `schemes` and a host.
    ///
    /// # Errors
    /// A sentence that shows no secret.
    pub fn check(&self, schemes: &[&str]) -> Result<Url, String> {
        let example = format!("{}://host:port", schemes[0]);
        // What is no URL is not shown: it may be a password in the wrong place.
        let url = Url::parse(&self.0).map_err(|problem| {
            format!("it is no URL ({problem}); one such as {example} is expected")
        })?;
        if !schemes.contains(&url.scheme()) {
            return Err(format!(
                "its scheme is {:?}; {} is expected",
                url.scheme(),
                schemes.join(" or ")
            ));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(format!(
                "it names no host; one such as {example} is expected"
            ));
        }
        Ok(url)
    }

    /// Scheme, host, port and path.
    fn shown(&self) -> Option<String> {
        let mut url = Url::parse(&self.0).ok()?;
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        url.set_query(None);
        Some(url.to_string())
    }
}

impl FromStr for SecretUrl {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.shown().as_deref().unwrap_or("(no URL)"))
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
