//! What surrounds an order on its page: the document, its head, the bar at the
//! top, the palette. It is the same for all orders, so it is rendered by the
//! views that every page has, with names of places where pages differ.

use std::ops::Range;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, Request, Response, header},
};
use leptos::nonce::Nonce;
use maud::Render as _;

use super::{preview::Preview, view::Written};
use crate::ui::{
    components::{Exact, ExactText},
    language::{self, Locale},
    reader::Reader,
    theme::Theme,
    zone,
};

/// The largest frame, in bytes: there is no page without its content near it.
const MAX_BYTES: usize = 1024 * 1024;

/// For whom a frame is: all that it may say of its reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Audience {
    pub(super) locale: Locale,
    pub(super) theme: Theme,
    pub(super) zone: Option<String>,
}

impl Audience {
    /// The readers like this one.
    pub(super) fn of(reader: &Reader, theme: Theme) -> Self {
        Self {
            locale: reader.locale,
            theme,
            zone: reader.zone.name().map(str::to_owned),
        }
    }

    /// A request that such a reader could have sent, with nothing in it of the
    /// one who did.
    pub(super) fn request(&self) -> Request<Body> {
        let cookies = [
            Some(language::cookie(self.locale)),
            Some(self.theme.cookie()),
            self.zone.as_deref().map(zone::cookie),
        ];
        let cookies: Vec<&str> = cookies
            .iter()
            .flatten()
            .filter_map(|cookie| cookie.split(';').next())
            .collect();
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = axum::http::Uri::from_static("/orders/any");
        if let Ok(cookies) = HeaderValue::try_from(cookies.join("; ")) {
            request.headers_mut().insert(header::COOKIE, cookies);
        }
        request
    }
}

/// A place where pages of the same frame differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Nonce,
    Title,
    PreviewTitle,
    PreviewDescription,
    Content,
}

impl Place {
    const ALL: [Self; 5] = [
        Self::Nonce,
        Self::Title,
        Self::PreviewTitle,
        Self::PreviewDescription,
        Self::Content,
    ];

    /// Its name in a frame. Nothing that a reader or an order says stands in a
    /// frame, so nothing else has such a name.
    const fn name(self) -> &'static str {
        match self {
            Self::Nonce => "{{nonce}}",
            Self::Title => "{{title}}",
            Self::PreviewTitle => "{{preview-title}}",
            Self::PreviewDescription => "{{preview-description}}",
            Self::Content => "{{content}}",
        }
    }
}

/// An order that is nothing but the names of places.
pub(super) fn places() -> Written {
    let name = |place: Place| place.name().to_owned();
    Written {
        title: name(Place::Title),
        preview: Some(Preview {
            title: name(Place::PreviewTitle),
            description: name(Place::PreviewDescription),
        }),
        content: name(Place::Content),
    }
}

/// The name of the place of nonces.
pub(super) fn nonce_place() -> Nonce {
    Nonce::from_value(Place::Nonce.name())
}

/// What surrounds an order on its page.
#[derive(Debug)]
pub(super) struct Frame {
    parts: axum::http::response::Parts,
    html: String,
    /// Each place, with the text before it.
    places: Vec<(Range<usize>, Place)>,
    /// What stands behind the last one.
    rest: Range<usize>,
}

impl Frame {
    /// Reads a page that was rendered with [`places`]; `None` where one is
    /// missing.
    pub(super) async fn read(rendered: Response<Body>) -> Option<Self> {
        let (mut parts, body) = rendered.into_parts();
        // The length is another one for each page.
        parts.headers.remove(header::CONTENT_LENGTH);
        let bytes = to_bytes(body, MAX_BYTES).await.ok()?;
        let html = String::from_utf8(bytes.into()).ok()?;
        let mut places = Vec::new();
        let mut from = 0;
        while let Some((at, place)) = Place::ALL
            .into_iter()
            .filter_map(|place| Some((html[from..].find(place.name())?, place)))
            .min_by_key(|(at, _)| *at)
        {
            places.push((from..from + at, place));
            from += at + place.name().len();
        }
        let has_all = Place::ALL
            .into_iter()
            .all(|place| places.iter().any(|(_, here)| *here == place));
        has_all.then(|| Self {
            rest: from..html.len(),
            parts,
            html,
            places,
        })
    }

    /// The page of an order, with a nonce of its own. `None` for one without a
    /// preview, for which there is no frame.
    pub(super) fn page(&self, order: &Written) -> Option<Response<Body>> {
        let preview = order.preview.as_ref()?;
        let nonce = Nonce::new();
        let mut page = String::with_capacity(self.html.len() + order.content.len() + 512);
        for (before, place) in &self.places {
            page.push_str(&self.html[before.clone()]);
            match place {
                Place::Nonce => page.push_str(&nonce),
                Place::Title => ExactText(&order.title).render_to(&mut page),
                Place::PreviewTitle => Exact(&preview.title).render_to(&mut page),
                Place::PreviewDescription => Exact(&preview.description).render_to(&mut page),
                Place::Content => page.push_str(&order.content),
            }
        }
        page.push_str(&self.html[self.rest.clone()]);
        let mut response = Response::new(Body::from(page));
        *response.status_mut() = self.parts.status;
        *response.headers_mut() = self.parts.headers.clone();
        if let Some(policy) = response
            .headers_mut()
            .get_mut(header::CONTENT_SECURITY_POLICY)
        {
            let named = policy.to_str().ok()?;
            *policy = HeaderValue::try_from(named.replace(Place::Nonce.name(), &nonce)).ok()?;
        }
        Some(response)
    }
}

#[cfg(test)]
mod tests {
    use leptos::{config::LeptosOptions, prelude::provide_context};

    use super::{
        Audience, Body, Frame, Preview, Response, Theme, Written, header, language::ALL,
        nonce_place, places, to_bytes,
    };
    use crate::ui::{
        App,
        order_page::view::{Shown, Views},
    };

    fn order() -> Written {
        let hostile = |what: &str| format!("{what} </title>\"><script>{{{{content}}}}&");
        Written {
            title: hostile("title"),
            preview: Some(Preview {
                title: hostile("preview"),
                description: hostile("description"),
            }),
            content: "<main>order</main>".to_owned(),
        }
    }

    fn nonce(response: &Response<Body>) -> String {
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str();
        let (_, rest) = policy.unwrap().split_once("'nonce-").unwrap();
        rest.split_once('\'').unwrap().0.to_owned()
    }

    /// The page with all that differs from one answer to the next taken out.
    async fn text(response: Response<Body>) -> String {
        let nonce = nonce(&response);
        let headers = format!("{:?}", response.headers());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let html = String::from_utf8(body.to_vec()).unwrap();
        assert!(html.contains(&nonce), "{html}");
        format!("{headers}\n{html}").replace(&nonce, "nonce")
    }

    #[tokio::test]
    async fn a_page_in_a_frame_is_the_page_that_views_make() {
        // It starts Leptos' executor.
        leptos_axum::generate_route_list(App);
        let options = LeptosOptions::builder().output_name("orderdesk").build();
        let views = Views::new(options, || {});
        for locale in ALL {
            let audience = Audience {
                locale,
                theme: Theme::Dark,
                zone: Some("Europe/Moscow".to_owned()),
            };
            let rendered = views.render(audience.request(), || {
                provide_context(nonce_place());
                provide_context(Shown::Order(places()));
            });
            let frame = Frame::read(rendered.await).await.unwrap();
            let (one, other) = (frame.page(&order()), frame.page(&order()));
            let (one, other) = (one.unwrap(), other.unwrap());
            assert_ne!(nonce(&one), nonce(&other));
            let whole = views.render(audience.request(), || {
                provide_context(Shown::Order(order()));
            });
            let whole = text(whole.await).await;
            assert!(whole.contains("Europe/Moscow") && whole.contains("data-theme=\"dark\""));
            assert_eq!(text(one).await, whole);
        }
        let no_place = Response::new(Body::from("<title>{{title}}</title>"));
        assert!(Frame::read(no_place).await.is_none());
    }
}
