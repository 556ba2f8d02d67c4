//! `GET /api/openapi.json`: everything that can be asked for over HTTP, as
//! OpenAPI 3.1. The words are those of the handlers and of what they answer.

use std::sync::LazyLock;

use app::docs::ApiDocs;
use axum::{
    body::Bytes,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use orders::{OrderSummary, Sort};
use serde_json::{Value, json};
use utoipa::{
    OpenApi as _,
    openapi::{
        HttpMethod, OpenApi, PathItem, Ref, RefOr, Required,
        content::ContentBuilder,
        path::{Operation, OperationBuilder, ParameterBuilder, ParameterIn},
        response::ResponseBuilder,
        schema::{ObjectBuilder, Type},
    },
};

use super::{export::Format, problem::Document, read_docs::read_docs, router::described_routes};

/// What is said of the whole.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Orderdesk",
        description = "Orders as they come in through NATS Streaming: found, listed, exported, told of, and the quarantine of what is no order.\n\nErrors are `application/problem+json` (RFC 9457); their `type` is stable. Answers of 503 say with `Retry-After` when to try again. Every answer has an `X-Request-Id`, which stands in the log too. Requests that change something are refused with 403 when a page of another site sends them. The addresses under `/api/fn/` belong to the pages and change with them.",
    ),
    servers((url = "/")),
    tags(
        (name = "Orders", description = "Finding orders. `q` is written in the search language, the same as in the box of the desk."),
        (name = "Live", description = "New orders and figures, as they happen."),
        (name = "Quarantine", description = "Messages that are no order: kept whole, read again, discarded."),
        (name = "State", description = "How things stand, for people and for monitoring."),
        (name = "Pages", description = "HTML for people. They work without scripts."),
    ),
    // What answers hold is found by itself; what only parameters name is not.
    components(schemas(Document, Format, Sort, OrderSummary)),
)]
struct Whole;

/// The pages: address, operation, summary, what its parameters are.
type Page = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, ParameterIn, &'static str)],
);

const LIST: &[(&str, ParameterIn, &str)] = &[
    (
        "q",
        ParameterIn::Query,
        "What orders have to be like, in the search language.",
    ),
    (
        "sort",
        ParameterIn::Query,
        "What the list is sorted by: `arrival`, `date` or `amount`.",
    ),
    (
        "cursor",
        ParameterIn::Query,
        "Where the page of the list starts.",
    ),
];
const UID: &[(&str, ParameterIn, &str)] = &[("uid", ParameterIn::Path, "The order's number.")];
const FILTER: &[(&str, ParameterIn, &str)] = &[
    ("reason", ParameterIn::Query, "The kind of fault."),
    (
        "state",
        ParameterIn::Query,
        "How the message stands: `open`, `replayed`, `discarded` or `all`.",
    ),
    (
        "from",
        ParameterIn::Query,
        "Set aside at this time or later.",
    ),
    ("to", ParameterIn::Query, "Set aside before this time."),
    (
        "cursor",
        ParameterIn::Query,
        "Where the page of the list starts.",
    ),
];
const MESSAGE: &[(&str, ParameterIn, &str)] = &[(
    "id",
    ParameterIn::Path,
    "The message's number in the quarantine.",
)];

const PAGES: [Page; 9] = [
    (
        "/",
        "deskPage",
        "The desk: search, results, live feed.",
        LIST,
    ),
    (
        "/wb",
        "originalPage",
        "The desk, by the address of the original service.",
        LIST,
    ),
    (
        "/orders",
        "noOrderPage",
        "Where orders are, without a number: says that there is none.",
        &[],
    ),
    ("/orders/{uid}", "orderPage", "One order.", UID),
    ("/rejected", "rejectedPage", "The quarantine.", FILTER),
    (
        "/rejected/{id}",
        "messagePage",
        "One message of the quarantine.",
        MESSAGE,
    ),
    ("/keys", "keysPage", "What keys do.", &[]),
    (
        "/status",
        "statusPage",
        "How things stand, with an hour of charts.",
        &[],
    ),
    ("/api/docs", "docsPage", "This description, to read.", &[]),
];

/// The description, written and read once.
struct Description {
    json: Bytes,
    docs: ApiDocs,
}

static DESCRIPTION: LazyLock<Description> = LazyLock::new(|| {
    let value = describe();
    Description {
        docs: read_docs(&value),
        json: value.to_string().into(),
    }
});

/// The description as its page shows it.
pub fn docs() -> &'static ApiDocs {
    &DESCRIPTION.docs
}

/// What the description starts from.
pub fn whole() -> OpenApi {
    Whole::openapi()
}

/// This description.
///
/// Everything that can be asked for, as OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    tag = "State",
    operation_id = "getDescription",
    responses((status = 200, description = "The description.", body = Value, content_type = "application/json"))
)]
pub async fn openapi() -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, DESCRIPTION.json.clone()).into_response()
}

fn describe() -> Value {
    let mut whole = described_routes().into_openapi();
    for item in whole.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post];
        operations.into_iter().flatten().for_each(complete);
        if let Some(post) = &mut item.post {
            let refused = ResponseBuilder::new()
                .description("A page of another site sent it.")
                .build();
            post.responses
                .responses
                .insert("403".to_owned(), refused.into());
            complete(post);
        }
    }
    for (path, id, summary, parameters) in PAGES {
        let page = page(id, summary, parameters);
        whole
            .paths
            .paths
            .insert(path.to_owned(), PathItem::new(HttpMethod::Get, page));
    }
    serde_json::to_value(whole).unwrap_or_else(|error| json!({ "error": error.to_string() }))
}

/// Every error is a problem, unless the handler says otherwise.
fn complete(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else {
            continue;
        };
        if status.starts_with(['4', '5']) && response.content.is_empty() {
            let problem = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build();
            response
                .content
                .insert("application/problem+json".to_owned(), problem.into());
        }
    }
}

fn page(id: &str, summary: &str, parameters: &[(&str, ParameterIn, &str)]) -> Operation {
    let html = || {
        ContentBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build()
    };
    let answer = |text: &str| {
        ResponseBuilder::new()
            .description(text)
            .content("text/html", html())
            .build()
    };
    let mut page = OperationBuilder::new()
        .tag("Pages")
        .operation_id(Some(id))
        .summary(Some(summary))
        .response("200", answer("The page."));
    if parameters
        .iter()
        .any(|(_, place, _)| *place == ParameterIn::Query)
    {
        page = page.response("400", answer("The page, and what cannot be understood."));
    }
    if parameters
        .iter()
        .any(|(_, place, _)| *place == ParameterIn::Path)
        || id == "noOrderPage"
    {
        page = page.response("404", answer("A page that says that there is none."));
    }
    if !matches!(id, "keysPage" | "statusPage" | "docsPage" | "noOrderPage") {
        page = page.response("503", answer("A page that says that PostgreSQL is away."));
    }
    for (name, place, text) in parameters {
        let required = if *place == ParameterIn::Path {
            Required::True
        } else {
            Required::False
        };
        page = page.parameter(
            ParameterBuilder::new()
                .name(*name)
                .parameter_in(place.clone())
                .required(required)
                .description(Some(*text))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String))),
        );
    }
    page.build()
}
