//! The server's address, which may carry a password and so never prints whole.

use std::{fmt, str::FromStr};

use url::Url;

/// The port of a NATS server.
const DEFAULT_PORT: u16 = 4222;

/// Where the NATS Streaming server is, e.g. `nats://127.0.0.1:4222`. Printing
/// it leaves out user and password.
#[derive(Clone)]
pub struct ServerUrl {
    url: Url,
    host: String,
}

impl ServerUrl {
    /// Everything, user and password too, for the client.
    pub fn secret(&self) -> &str {
        self.url.as_str()
    }

    /// Host and port.
    pub fn address(&self) -> (&str, u16) {
        (&self.host, self.url.port().unwrap_or(DEFAULT_PORT))
    }
}

impl FromStr for ServerUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let whole = if text.contains("://") {
            text.to_owned()
        } else {
            format!("nats://{text}")
        };
        let form = "a server's address has the form nats://host:port";
        let url = Url::parse(&whole).map_err(|error| format!("{form} ({error})"))?;
        if !matches!(url.scheme(), "nats" | "tls") {
            return Err(form.to_owned());
        }
        let host = match url.host() {
            Some(url::Host::Ipv6(address)) => address.to_string(),
            Some(host) => host.to_string(),
            None => return Err(form.to_owned()),
        };
        if host.is_empty() || !matches!(url.path(), "" | "/") {
            return Err(form.to_owned());
        }
        Ok(Self { url, host })
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, port) = self.address();
        let scheme = self.url.scheme();
        if host.contains(':') {
            write!(formatter, "{scheme}://[{host}]:{port}")
        } else {
            write!(formatter, "{scheme}://{host}:{port}")
        }
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::ServerUrl;

    #[test]
    fn prints_no_password() {
        let url: ServerUrl = "nats://me:secret@10.0.0.1:4333".parse().unwrap();
        assert_eq!(url.to_string(), "nats://10.0.0.1:4333");
        assert_eq!(format!("{url:?}"), "nats://10.0.0.1:4333");
        assert!(url.secret().contains("secret"));
    }

    #[test]
    fn fills_in_what_is_usual() {
        for (text, printed) in [
            ("localhost", "nats://localhost:4222"),
            ("localhost:1", "nats://localhost:1"),
            ("nats://[::1]:5", "nats://[::1]:5"),
            ("nats://a/", "nats://a:4222"),
        ] {
            let url: ServerUrl = text.parse().unwrap();
            assert_eq!(url.to_string(), printed, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_address() {
        for text in [
            "",
            "nonsense nonsense",
            "http://a",
            "nats://",
            "nats://a:b",
            "nats://a/x",
        ] {
            assert!(text.parse::<ServerUrl>().is_err(), "{text}");
        }
    }
}
