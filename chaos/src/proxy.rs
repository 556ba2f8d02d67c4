//! The network between the service and a server: a TCP proxy that can be cut,
//! held, slowed, or made to swallow what its old connections carry.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// How the network behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weather {
    /// As it should.
    #[default]
    Fair,
    /// Connections break, and new ones are closed at once.
    Cut,
    /// Nothing arrives, nothing breaks.
    Stalled,
    /// Everything arrives this much later.
    Slow(Duration),
    /// Connections opened before this are dead, and neither end is told; new
    /// ones work.
    HalfOpen,
}

/// A proxy on loopback. It ends when this is dropped.
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    weather: watch::Sender<Weather>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Stands before the server at `port`.
    pub async fn before(port: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("a port for a proxy")?;
        let own = listener.local_addr()?.port();
        let (weather, forecast) = watch::channel(Weather::Fair);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let forecast = forecast.clone();
                if *forecast.borrow() != Weather::Cut {
                    tokio::spawn(async move { carry(client, port, forecast).await });
                }
            }
        });
        Ok(Self {
            port: own,
            weather,
            task,
        })
    }

    /// Changes the weather.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry(client: TcpStream, port: u16, weather: watch::Receiver<Weather>) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else {
        return;
    };
    client.set_nodelay(true).ok();
    server.set_nodelay(true).ok();
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    // A connection that is opened during half-open weather is a new one.
    let born_in = Arc::new(*weather.borrow());
    let there = pump(
        from_client,
        to_server,
        weather.clone(),
        Arc::clone(&born_in),
    );
    let back = pump(from_server, to_client, weather.clone(), born_in);
    tokio::select! {
        () = there => {}
        () = back => {}
        () = cut(weather) => {}
    }
}

async fn cut(mut weather: watch::Receiver<Weather>) {
    if weather
        .wait_for(|weather| *weather == Weather::Cut)
        .await
        .is_err()
    {
        std::future::pending::<()>().await;
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut weather: watch::Receiver<Weather>,
    born_in: Arc<Weather>,
) {
    let mut bytes = vec![0; 64 * 1024];
    let mut is_dead = false;
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        let now = *weather.borrow_and_update();
        is_dead |= now == Weather::HalfOpen && *born_in != Weather::HalfOpen;
        match now {
            _ if is_dead => continue,
            Weather::Stalled => {
                if weather
                    .wait_for(|weather| *weather != Weather::Stalled)
                    .await
                    .is_err()
                {
                    return;
                }
            }
            Weather::Slow(latency) => tokio::time::sleep(latency).await,
            Weather::Fair | Weather::Cut | Weather::HalfOpen => {}
        }
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
    if is_dead {
        std::future::pending::<()>().await;
    }
}
