//! The service inside the test process, in the words of its users.

use std::time::{Duration, Instant};

use clap::Parser as _;
use orderdesk::{Application, Lifecycle, config::Config};
use reqwest::StatusCode;
use serde_json::Value;
use sqlx::{Connection as _, PgConnection, PgPool};

use crate::services::{Publisher, Services, shared, unique};

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The canonical order of the task.
pub const CANONICAL: &str = include_str!("../../../samples/model-order.json");

/// What a service is started with.
#[derive(Clone)]
pub struct Setting {
    pub database_url: String,
    pub channel: String,
    arguments: Vec<String>,
}

impl Setting {
    /// A database, a channel and a client id that nobody else has.
    pub async fn fresh(services: &Services) -> Self {
        Self::between(services, services).await
    }

    /// The same, with PostgreSQL and NATS Streaming from different places.
    pub async fn between(postgres: &Services, nats: &Services) -> Self {
        let name = format!("test_{}_{}", std::process::id(), unique());
        let mut connection = PgConnection::connect(&postgres.database_url)
            .await
            .expect("PostgreSQL answers");
        sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}")))
            .execute(&mut connection)
            .await
            .expect("the role may create databases");
        let (server, _) = postgres
            .database_url
            .rsplit_once('/')
            .expect("a URL with a database");
        let database_url = format!("{server}/{name}");
        let setting = Self {
            database_url,
            channel: name.clone(),
            arguments: Vec::new(),
        };
        let url = setting.database_url.clone();
        setting
            .with("--listen-addr", "127.0.0.1:0")
            .with("--database-url", &url)
            .with("--stan-url", &nats.stan_url)
            .with("--stan-monitor-url", &nats.monitor_url)
            .with("--stan-channel", &name)
            .with("--stan-client-id", &name)
    }

    /// The flags for the binary.
    pub fn arguments(&self) -> &[String] {
        &self.arguments
    }

    /// The same with another value of a flag.
    pub fn with(mut self, flag: &str, value: &str) -> Self {
        if let Some(at) = self.arguments.iter().position(|argument| argument == flag) {
            self.arguments.drain(at..at + 2);
        }
        self.arguments.extend([flag.to_owned(), value.to_owned()]);
        self
    }

    fn config(&self) -> Config {
        let program = std::iter::once("orderdesk").map(str::to_owned);
        Config::try_parse_from(program.chain(self.arguments.iter().cloned()))
            .expect("a valid configuration")
    }
}

/// A running service.
pub struct TestApp {
    pub url: String,
    pub setting: Setting,
    lifecycle: Lifecycle,
    running: tokio::task::JoinHandle<anyhow::Result<()>>,
    client: reqwest::Client,
}

impl TestApp {
    /// Starts on the shared servers and waits until it is ready.
    pub async fn start() -> Self {
        let app = Self::start_with(Setting::fresh(shared()).await).await;
        app.wait_until_ready().await;
        app
    }

    /// Starts with `setting`; does not wait.
    pub async fn start_with(setting: Setting) -> Self {
        let config = setting.config();
        let lifecycle = Lifecycle::new(config.shutdown_timeout);
        let application = Application::build(config, lifecycle.clone())
            .await
            .expect("a free port");
        let url = format!("http://{}", application.address());
        let running = tokio::spawn(application.run());
        Self {
            url,
            setting,
            lifecycle,
            running,
            client: reqwest::Client::new(),
        }
    }

    pub async fn wait_until_ready(&self) {
        self.wait_until("the service to be ready", async || {
            self.get("/readyz").await.status() == 200
        })
        .await;
        self.wait_until("the cache to be complete", async || {
            self.stats().await["cache"]["complete"] == true
        })
        .await;
    }

    /// Waits until `condition` holds; fails the test after [`PATIENCE`].
    pub async fn wait_until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        let began = Instant::now();
        while !condition().await {
            assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until so many messages were dealt with.
    pub async fn wait_until_received(&self, messages: u64) {
        self.wait_until(&format!("{messages} messages"), async || {
            self.stats().await["received"] == messages
        })
        .await;
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.client
            .get(format!("{}{path}", self.url))
            .send()
            .await
            .expect("the service answers")
    }

    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub async fn json(&self, path: &str) -> Value {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.expect("JSON")
    }

    pub async fn stats(&self) -> Value {
        self.json("/api/stats").await
    }

    /// The bytes of an order, if there is one.
    pub async fn order(&self, uid: &str) -> Option<Vec<u8>> {
        let response = self.get(&format!("/api/orders/{uid}")).await;
        match response.status() {
            StatusCode::OK => Some(response.bytes().await.expect("a body").to_vec()),
            StatusCode::NOT_FOUND => None,
            other => panic!("{uid}: {other}"),
        }
    }

    pub async fn publisher(&self) -> Publisher {
        let channel = self.setting.channel.clone();
        tokio::task::spawn_blocking(move || Publisher::connect(shared(), &channel))
            .await
            .expect("no panic")
    }

    /// Publishes in order and waits until all is dealt with.
    pub async fn publish(&self, messages: Vec<Vec<u8>>) {
        let before = self.stats().await["received"].as_u64().expect("a number");
        let count = messages.len() as u64;
        let publisher = self.publisher().await;
        tokio::task::spawn_blocking(move || publisher.publish(messages))
            .await
            .expect("all are taken");
        self.wait_until_received(before + count).await;
    }

    pub async fn database(&self) -> PgPool {
        PgPool::connect(&self.setting.database_url)
            .await
            .expect("PostgreSQL answers")
    }

    /// Stops in order, as on SIGTERM.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.lifecycle.stop().cancel();
        self.running.await.expect("no panic")
    }
}

/// An order with this uid, and `extra` after its required fields, e.g.
/// `,"note":1`.
pub fn order(uid: &str, extra: &str) -> Vec<u8> {
    format!(
        r#"{{"order_uid":"{uid}","track_number":"TRACK{uid}","delivery":{{"name":"N","city":"C"}},"payment":{{"amount":10.50,"currency":"USD"}},"items":[{{"name":"I","price":1}}],"date_created":"2021-11-26T06:22:19Z"{extra}}}"#
    )
    .into_bytes()
}
