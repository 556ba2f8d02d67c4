//! What the browser keeps: short lists in its local storage.

use leptos::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use web_sys::Storage;

const VIEWS: &str = "orderdesk.views";
const ORDERS: &str = "orderdesk.orders";

/// The most that is kept of each.
const MAX_KEPT: usize = 12;

/// Tells the rail that there is something new.
pub(super) const CHANGED: &str = "orderdesk:kept";

/// A list that was given a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptView {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
}

/// An order that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOrder {
    /// Its uid.
    pub uid: String,
    /// The recipient's name.
    pub name: String,
}

/// The views that were saved, the last one first.
pub(in crate::ui) fn views() -> Vec<KeptView> {
    read(VIEWS)
}

/// The orders that were opened, the last one first.
pub(in crate::ui) fn orders() -> Vec<KeptOrder> {
    read(ORDERS)
}

/// Saves a view, on top of the others.
pub fn save_view(view: KeptView) {
    let mut views = views();
    views.retain(|kept| kept.address != view.address);
    views.insert(0, view);
    write(VIEWS, views);
}

/// Forgets a view.
pub(super) fn forget_view(address: &str) {
    let mut views = views();
    views.retain(|kept| kept.address != address);
    write(VIEWS, views);
}

/// Remembers that an order was opened.
pub(super) fn remember(order: KeptOrder) {
    let mut orders = orders();
    orders.retain(|kept| kept.uid != order.uid);
    orders.insert(0, order);
    write(ORDERS, orders);
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept; nothing where the browser keeps nothing, or another version
/// of this page kept it otherwise.
fn read<T: DeserializeOwned>(name: &str) -> Vec<T> {
    storage()
        .and_then(|storage| storage.get_item(name).ok().flatten())
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn write<T: Serialize>(name: &str, mut list: Vec<T>) {
    list.truncate(MAX_KEPT);
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&list)) {
        // It fails only where the storage is full or forbidden: then the list
        // is as short as it was.
        let _ = storage.set_item(name, &text);
    }
    if let Ok(event) = web_sys::Event::new(CHANGED) {
        let _ = window().dispatch_event(&event);
    }
}
