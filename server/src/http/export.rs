//! `GET /api/orders/export`: every order that a search finds, as a file.
//!
//! The answer is read and written a part at a time while it is being sent, so
//! memory does not grow with it. Where reading fails on the way, the transfer is broken off
//! without its end (RFC 9112, section 7.1), which every client takes for an
//! error: a broken export cannot be taken for a whole one.

use std::{io, sync::Arc, vec};

use app::desk::{MAX_PAGE, PageRequest};
use axum::{
    body::{Body, Bytes},
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderValue, StatusCode, Version, header},
    response::Response,
};
use futures::{Stream, StreamExt as _, stream};
use orders::{Cursor, Sort, search::Filter};
use serde::Deserialize;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;
use utoipa::{IntoParams, ToSchema};

use super::{
    HttpState,
    csv::{CSV_HEADER, csv_line},
    orders::{read_query, read_sort},
    problem::Problem,
};
use crate::{desk::ServiceDesk, store::StoredOrder};

/// A part of the file has about so many bytes.
const PART_BYTES: usize = 64 * 1024;

/// `?format=csv|ndjson&q=&sort=`
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The kind of file.
    #[param(value_type = Format, required = true)]
    format: Option<String>,
    /// What orders have to be like, in the search language; empty for all.
    #[serde(default)]
    #[param(max_length = 500)]
    q: String,
    /// What the file is sorted by; without it, by arrival.
    #[param(value_type = Option<Sort>)]
    sort: Option<String>,
}

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(as = ExportFormat, rename_all = "lowercase")]
pub(super) enum Format {
    /// A table (RFC 4180), a line for each order.
    Csv,
    /// The documents as they were published, a line for each order.
    Ndjson,
}

impl Format {
    fn read(text: Option<&str>) -> Result<Self, Problem> {
        match text.unwrap_or_default() {
            "csv" => Ok(Self::Csv),
            "ndjson" => Ok(Self::Ndjson),
            _ => Err(Problem::invalid("format: `csv` or `ndjson` is expected")),
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            // RFC 4180, section 3; RFC 7111.
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::Csv => "attachment; filename=\"orders.csv\"",
            Self::Ndjson => "attachment; filename=\"orders.ndjson\"",
        }
    }
}

/// Export.
///
/// Every order that a search finds, as a file. A transfer that fails is broken
/// off without its end, so half a file is never taken for a whole one. In CSV,
/// a text that a spreadsheet would take for a formula has an apostrophe in front.
#[utoipa::path(
    get,
    path = "/api/orders/export",
    tag = "Orders",
    operation_id = "exportOrders",
    params(ExportQuery),
    responses(
        (status = 200, description = "The file.", content(
            (String = "text/csv"),
            (String = "application/x-ndjson"),
        )),
        (status = 400, description = "A parameter cannot be understood; the sentence says where."),
        (status = 505, description = "It was asked for by HTTP/1.0, which cannot tell a broken transfer from a whole one."),
        (status = 503, description = "Not every order is searchable yet, or PostgreSQL is away."),
    )
)]
pub async fn export(
    State(state): State<HttpState>,
    version: Version,
    query: Result<Query<ExportQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|problem| Problem::invalid(problem.body_text()))?;
    let format = Format::read(query.format.as_deref())?;
    let filter = Filter::new(&read_query(&query.q)?, OffsetDateTime::now_utc());
    let sort = read_sort(query.sort.as_deref())?;
    if version < Version::HTTP_11 {
        return Err(Problem::new(
            StatusCode::HTTP_VERSION_NOT_SUPPORTED,
            "http-1.1-needed",
            "An export needs HTTP/1.1: by HTTP/1.0 a transfer that breaks off looks like a whole one. A proxy in front has to speak HTTP/1.1 to Orderdesk.",
        ));
    }
    let progress = state.service.search.progress();
    if !progress.is_complete {
        return Err(Problem::not_ready(format!(
            "Not every order is searchable yet: {} are. Try again in a moment.",
            progress.rows
        )));
    }
    let export = Export {
        desk: Arc::clone(&state.service),
        stop: state.stop.clone(),
        filter,
        format,
        sort,
        next: Next::Start,
        read: Vec::new().into_iter(),
        orders: 0,
    };
    // The first part is read before the answer begins: it may say 503.
    let (first, rest) = export.begin().await?;
    let parts = stream::once(async move { Ok(first) }).chain(rest).fuse();
    let body = Body::from_stream(parts);
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.content_type()),
    );
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static(format.file()),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Where an export goes on.
#[derive(Clone, Copy, Debug)]
enum Next {
    Start,
    Below(Cursor),
    Over,
}

struct Export {
    desk: Arc<ServiceDesk>,
    stop: CancellationToken,
    filter: Filter,
    format: Format,
    sort: Sort,
    next: Next,
    /// What was read and is not written yet.
    read: vec::IntoIter<StoredOrder>,
    /// Orders that were written.
    orders: u64,
}

impl Export {
    async fn begin(
        mut self,
    ) -> Result<(Bytes, impl Stream<Item = io::Result<Bytes>> + Send), Problem> {
        let mut first = match self.format {
            Format::Csv => CSV_HEADER.to_owned().into_bytes(),
            Format::Ndjson => Vec::new(),
        };
        first.extend(self.part().await?);
        let rest = stream::unfold(Some(self), |export| async move {
            let mut export = export?;
            if export.is_over() {
                return None;
            }
            let part = tokio::select! {
                () = export.stop.clone().cancelled_owned() => {
                    Err(io::Error::other("the service stops"))
                }
                part = export.part() => part.map_err(|problem| io::Error::other(problem.detail)),
            };
            match part {
                Ok(part) => Some((Ok(Bytes::from(part)), Some(export))),
                Err(error) => {
                    tracing::warn!(%error, orders = export.orders, "an export was broken off");
                    Some((Err(error), None))
                }
            }
        });
        Ok((Bytes::from(first), rest))
    }

    fn is_over(&self) -> bool {
        matches!(self.next, Next::Over) && self.read.len() == 0
    }

    /// The next part of the file.
    async fn part(&mut self) -> Result<Vec<u8>, Problem> {
        let mut part = Vec::with_capacity(PART_BYTES + PART_BYTES / 4);
        while part.len() < PART_BYTES && !self.is_over() {
            match self.read.next() {
                Some(order) => {
                    self.push(&mut part, &order);
                    self.orders += 1;
                }
                None => self.read_on().await?,
            }
        }
        Ok(part)
    }

    /// Reads the next page.
    async fn read_on(&mut self) -> Result<(), Problem> {
        let cursor = match self.next {
            Next::Start => None,
            Next::Below(cursor) => Some(cursor),
            Next::Over => return Ok(()),
        };
        let page = PageRequest {
            sort: self.sort,
            cursor,
            limit: MAX_PAGE,
        };
        let (documents, next) = self.desk.documents(&self.filter, page).await?;
        self.next = next.map_or(Next::Over, Next::Below);
        self.read = documents.into_iter();
        Ok(())
    }

    fn push(&self, part: &mut Vec<u8>, order: &StoredOrder) {
        match self.format {
            Format::Csv => part.extend_from_slice(csv_line(order).as_bytes()),
            Format::Ndjson => {
                push_on_one_line(part, &order.document);
                part.push(b'\n');
            }
        }
    }
}

/// A document may be written over several lines; between its parts JSON allows
/// a space in the place of a line break, and within its strings there is none
/// (RFC 8259, sections 2 and 7).
fn push_on_one_line(part: &mut Vec<u8>, document: &[u8]) {
    part.extend(document.iter().map(|&byte| {
        if matches!(byte, b'\n' | b'\r') {
            b' '
        } else {
            byte
        }
    }));
}
