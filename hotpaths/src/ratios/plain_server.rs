//! The least that a server can do: one handler, one body, the headers that the
//! service sends with an order.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context as _;
use axum::{Router, http::header, routing::get, serve::ListenerExt as _};
use bytes::Bytes;
use tokio::{net::TcpListener, runtime::Runtime};

/// A server on a free port, until it is dropped.
pub struct PlainServer {
    /// Where it listens.
    pub address: SocketAddr,
    _runtime: Runtime,
}

impl PlainServer {
    /// Answers each `/api/orders/{uid}` with `body`.
    ///
    /// # Errors
    /// When it cannot listen.
    pub fn start(body: Bytes) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_io()
            .build()
            .context("a runtime")?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        let listener = listener.tap_io(|stream| {
            // A socket that went away meanwhile is found out when it is read.
            stream.set_nodelay(true).ok();
        });
        let router = Router::new().route(
            "/api/orders/{uid}",
            get(move || {
                let body = body.clone();
                async move {
                    let headers = [
                        (header::CONTENT_TYPE, "application/json"),
                        (header::ETAG, "\"00112233445566778899aabbccddeeff\""),
                        (header::CACHE_CONTROL, "private, no-cache"),
                    ];
                    (headers, body)
                }
            }),
        );
        runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Self {
            address,
            _runtime: runtime,
        })
    }
}
