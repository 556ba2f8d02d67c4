//! The least that a server can do: one handler, one body, the headers that the
//! service sends with an order. It is a process of its own, as the service is.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::Context as _;
use axum::{Router, http::header, routing::get, serve::ListenerExt as _};
use bytes::Bytes;
use tokio::net::TcpListener;

/// A server on a free port, until it is dropped.
pub struct PlainServer {
    /// Where it listens.
    pub address: SocketAddr,
    process: Child,
}

impl PlainServer {
    /// Starts one that answers each `/api/orders/{uid}` with what `body` holds.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(body: &Path) -> anyhow::Result<Self> {
        let mut process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL"])
            .arg(std::env::current_exe()?)
            .arg("--plain-server")
            .arg(body)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("setpriv, of util-linux")?;
        let output = process.stdout.take();
        // From here on it ends with this.
        let mut server = Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            process,
        };
        let mut line = String::new();
        BufReader::new(output.context("standard output is piped")?).read_line(&mut line)?;
        server.address = line.trim().parse().context("the bare handler's address")?;
        Ok(server)
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for PlainServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Is such a server; says on standard output where it listens.
///
/// # Errors
/// When it cannot listen.
pub fn serve(body: &Path) -> anyhow::Result<()> {
    let body = Bytes::from(fs::read(body).with_context(|| body.display().to_string())?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        println!("{}", listener.local_addr()?);
        let listener = listener.tap_io(|stream| {
            // A socket that went away meanwhile is found out when it is read.
            stream.set_nodelay(true).ok();
        });
        let answer = get(move || {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::ETAG, "\"00112233445566778899aabbccddeeff\""),
                (header::CACHE_CONTROL, "private, no-cache"),
            ];
            let body = body.clone();
            async move { (headers, body) }
        });
        let router = Router::new().route("/api/orders/{uid}", answer);
        Ok(axum::serve(listener, router).await?)
    })
}
