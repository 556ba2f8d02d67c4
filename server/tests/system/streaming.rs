//! NATS Streaming from behind the client's back: its protocol by hand, and its
//! monitoring.

use prost::Message as _;
use serde_json::Value;

use crate::services::{Publisher, Services};

/// NATS Streaming's messages, of its protocol.proto, as far as they are needed.
#[derive(Clone, PartialEq, prost::Message)]
struct ConnectRequest {
    #[prost(string, tag = "1")]
    client_id: String,
    #[prost(string, tag = "2")]
    heartbeat_inbox: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct ConnectResponse {
    #[prost(string, tag = "4")]
    close_requests: String,
    #[prost(string, tag = "5")]
    error: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct CloseRequest {
    #[prost(string, tag = "1")]
    client_id: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct MsgProto {
    #[prost(uint64, tag = "1")]
    sequence: u64,
    #[prost(bytes = "vec", tag = "4")]
    data: Vec<u8>,
    #[prost(int64, tag = "5")]
    timestamp: i64,
}

fn encoded(message: &impl prost::Message) -> Vec<u8> {
    let mut bytes = Vec::new();
    message.encode(&mut bytes).expect("a Vec takes all bytes");
    bytes
}

/// A message that the client panics on.
pub fn message_before_1970() -> Vec<u8> {
    encoded(&MsgProto {
        sequence: 9,
        data: b"x".to_vec(),
        timestamp: -1,
    })
}

pub fn connection(services: &Services) -> nats::Connection {
    nats::connect(services.stan_url.trim_start_matches("nats://")).expect("NATS answers")
}

/// Says goodbye in the name of `client_id`: the server forgets that client,
/// and the client hears nothing of it.
pub fn make_server_forget(services: &Services, client_id: &str) {
    let connection = connection(services);
    let inbox = connection.new_inbox();
    let _heartbeats = connection.subscribe(&inbox).expect("a subscription");
    let request = ConnectRequest {
        client_id: format!("{client_id}-forget"),
        heartbeat_inbox: inbox,
    };
    let reply = connection
        .request("_STAN.discover.orderdesk", encoded(&request))
        .expect("an answer");
    let response = ConnectResponse::decode(reply.data.as_slice()).expect("a response");
    assert_eq!(response.error, "");
    for client_id in [client_id.to_owned(), format!("{client_id}-forget")] {
        let close = CloseRequest { client_id };
        connection
            .request(&response.close_requests, encoded(&close))
            .expect("an answer");
    }
    connection.close();
}

/// The service's subscription, as NATS Streaming's monitoring shows it.
pub async fn subscription(services: &Services, channel: &str) -> Value {
    let url = format!(
        "{}/streaming/channelsz?channel={channel}&subs=1",
        services.monitor_url
    );
    let answer = reqwest::get(url).await.expect("monitoring answers");
    // No channel, as long as a server that starts has not read it.
    let channel: Value = answer.json().await.unwrap_or_default();
    channel["subscriptions"][0].clone()
}

pub async fn publish(services: &Services, channel: &str, messages: Vec<Vec<u8>>) {
    let publisher = Publisher::connect(services, channel);
    tokio::task::spawn_blocking(move || publisher.publish(messages))
        .await
        .expect("all are taken");
}
