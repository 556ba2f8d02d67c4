//! What the page of an order shows: the order, what stands beside it in the
//! list that it was opened from, and what else its customer ordered.

use orders::{
    Order, OrderUid,
    search::{Condition, MAX_SEARCH_CHARS, Query, SearchRow, Term, TextField, digits, fold},
};

use crate::{
    desk::{Neighbours, OrderDesk, OrderRecord, Related},
    error::Error,
    ui::desk::Question,
};

/// Other orders that are shown of each kind.
const MAX_RELATED: usize = 4;

/// Fewer digits are no phone number that tells customers apart.
const MIN_PHONE_DIGITS: usize = 7;

/// An order, opened.
#[derive(Debug)]
pub(super) struct Opened {
    /// How it came here.
    pub(super) record: OrderRecord,
    /// The order; `None` where today's rules take the document for none.
    pub(super) order: Option<Order>,
    /// What stands beside it in its list.
    pub(super) neighbours: Neighbours,
    /// Other orders of its customer.
    pub(super) of_customer: Option<Kindred>,
    /// Other orders with its track number.
    pub(super) of_track: Option<Kindred>,
}

/// Other orders that share a value.
#[derive(Debug)]
pub(super) struct Kindred {
    /// What finds them, and the order itself.
    pub(super) query: Query,
    /// The others.
    pub(super) others: Related,
}

impl Opened {
    /// Looks an order up, and what belongs with it.
    pub(super) async fn find(
        desk: &dyn OrderDesk,
        uid: &OrderUid,
        list: &Question,
    ) -> Result<Self, Error> {
        let record = desk.order(uid).await?.ok_or(Error::NotFound)?;
        let Ok(order) = orders::parse(record.document.as_bytes(), usize::MAX) else {
            return Ok(Self {
                record,
                order: None,
                neighbours: Neighbours::default(),
                of_customer: None,
                of_track: None,
            });
        };
        let row = SearchRow::new(&order, record.seq, record.stored_at);
        let query = Query::parse(&list.typed).unwrap_or_default();
        Ok(Self {
            neighbours: desk.neighbours(&row, &query, list.sort()).await,
            of_customer: kindred(desk, uid, customer_of(&order)).await,
            of_track: kindred(desk, uid, value(TextField::Track, &order.track_number)).await,
            record,
            order: Some(order),
        })
    }
}

/// The other orders that `query` finds; `None` if there are none.
async fn kindred(desk: &dyn OrderDesk, uid: &OrderUid, query: Option<Query>) -> Option<Kindred> {
    let query = query?;
    let others = desk.related(uid, &query, MAX_RELATED).await;
    (others.found.orders > 0).then_some(Kindred { query, others })
}

/// What finds the customer's orders: by their id, else by phone, else by e-mail.
fn customer_of(order: &Order) -> Option<Query> {
    let phone = digits(&order.delivery.phone);
    let has_phone = phone.len() >= MIN_PHONE_DIGITS;
    value(TextField::Customer, &order.customer_id)
        .or_else(|| value(TextField::Phone, &phone).filter(|_| has_phone))
        .or_else(|| value(TextField::Email, &order.delivery.email))
}

/// What finds the orders whose `field` is `text`; `None` where nothing is there,
/// or more than is searched.
fn value(field: TextField, text: &str) -> Option<Query> {
    let text = text.trim();
    if text.is_empty() || fold(text).chars().count() > MAX_SEARCH_CHARS {
        return None;
    }
    let query = Query::new(vec![Term {
        is_negated: false,
        condition: Condition::Is(field, text.to_owned()),
    }]);
    // It stands in a link: what cannot be read back is no search.
    let reads_back = Query::parse(&query.to_string()).is_ok_and(|read| read == query);
    reads_back.then_some(query)
}

#[cfg(test)]
mod tests {
    use orders::search::TextField;

    use super::{customer_of, value};

    #[test]
    fn a_customer_is_known_by_the_surest_value() {
        let mut order = orders::parse(
            br#"{"order_uid":"u","track_number":"T","customer_id":"a b","delivery":{"phone":"+7 916 555-01-42","email":"a@example.com"},"payment":{},"items":[],"date_created":"2026-05-12T11:32:05Z"}"#,
            usize::MAX,
        )
        .unwrap();
        let asked = |order: &orders::Order| customer_of(order).map(|query| query.to_string());
        assert_eq!(asked(&order).as_deref(), Some("customer:=\"a b\""));
        order.customer_id.clear();
        assert_eq!(asked(&order).as_deref(), Some("phone:=79165550142"));
        order.delivery.phone = "112".to_owned();
        assert_eq!(asked(&order).as_deref(), Some("email:=a@example.com"));
        order.delivery.email.clear();
        assert_eq!(asked(&order), None);
    }

    #[test]
    fn what_cannot_be_searched_is_not() {
        assert_eq!(value(TextField::Track, "  "), None);
        assert_eq!(value(TextField::Track, &"x".repeat(201)), None);
        assert_eq!(value(TextField::Track, "a\u{1}b"), None);
        assert!(value(TextField::Track, "-\"x\" \\ y").is_some());
    }
}
