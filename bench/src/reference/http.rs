//! A bare axum handler: the same runtime, the same HTTP, one constant answer.

use std::{
    fs,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::Response,
    serve::ListenerExt as _,
};
use bytes::Bytes;
use clap::Args;
use rig::free_port;
use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, process::Child};

use crate::{
    load::ask::{Answer, Asker},
    site::Site,
    tool::command,
};

/// Headers that HTTP itself writes.
const OF_HTTP: [&str; 4] = ["date", "content-length", "connection", "transfer-encoding"];

/// Which answer, and where.
#[derive(Clone, Debug, Args)]
pub struct HttpArgs {
    #[arg(long)]
    port: u16,
    /// A file with the answer as JSON
    #[arg(long)]
    answer: PathBuf,
}

/// An answer as a file.
#[derive(Serialize, Deserialize)]
struct Constant {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Serves until the process is ended.
pub fn serve(args: &HttpArgs) -> anyhow::Result<()> {
    let constant: Constant = serde_json::from_slice(&fs::read(&args.answer)?)?;
    let mut headers = HeaderMap::new();
    for (name, value) in &constant.headers {
        headers.append(name.parse::<HeaderName>()?, HeaderValue::from_str(value)?);
    }
    let answer = Arc::new((
        StatusCode::from_u16(constant.status)?,
        headers,
        Bytes::from(constant.body),
    ));
    let router = Router::new().fallback(constantly).with_state(answer);
    // As the service does it.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", args.port)).await?;
        let listener = listener.tap_io(|stream| {
            stream.set_nodelay(true).ok();
        });
        axum::serve(listener, router).await?;
        Ok(())
    })
}

async fn constantly(State(answer): State<Arc<(StatusCode, HeaderMap, Bytes)>>) -> Response {
    let mut response = Response::new(Body::from(answer.2.clone()));
    *response.status_mut() = answer.0;
    *response.headers_mut() = answer.1.clone();
    response
}

/// A bare handler as a process; it ends when this is dropped.
pub struct BareHandler {
    /// Where it answers.
    pub url: String,
    _process: Child,
}

impl BareHandler {
    /// Starts one that always gives `answer`.
    pub async fn start(site: &Site, answer: Answer) -> anyhow::Result<Self> {
        let port = free_port()?;
        let file = site.dir.join(format!("answer-{port}.json"));
        let headers = answer.headers.into_iter();
        let constant = Constant {
            status: answer.status,
            headers: headers
                .filter(|(name, _)| !OF_HTTP.contains(&name.as_str()))
                .collect(),
            body: String::from_utf8(answer.body).context("the answer is text")?,
        };
        fs::write(&file, serde_json::to_vec(&constant)?)?;
        let process = command(std::env::current_exe()?)
            .args(["reference", "http", "--port", &port.to_string(), "--answer"])
            .arg(&file)
            .spawn()?;
        let url = format!("http://127.0.0.1:{port}");
        let began = Instant::now();
        let asker = Asker::new(&url);
        loop {
            if let Ok(answer) = asker.get("/") {
                if answer.status != constant.status || answer.body.len() != constant.body.len() {
                    bail!("the bare handler answers otherwise than it should");
                }
                return Ok(Self {
                    url,
                    _process: process,
                });
            }
            if began.elapsed() > Duration::from_secs(10) {
                bail!("the bare handler does not answer");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
