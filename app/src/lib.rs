//! The Leptos app: pages, components, server functions, and the port they
//! read through.

pub mod desk;
pub mod error;
