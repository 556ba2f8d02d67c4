//! What the desk finds for a text that was typed into the palette: orders, and
//! filters that it may stand for.

use orders::{
    OrderSummary,
    search::{Condition, Mistake, Parsed, Query, Term, TextField},
};

use crate::{
    desk::{Found, OrderDesk, PageRequest},
    error::Error,
    ui::desk::exact_order,
};

/// The most orders that are offered.
const MAX_ORDERS: usize = 5;

/// The most filters.
const MAX_FILTERS: usize = 4;

/// Fields whose values have names, those that people name most first.
const NAMED: [TextField; 6] = [
    TextField::Brand,
    TextField::City,
    TextField::Delivery,
    TextField::Bank,
    TextField::Currency,
    TextField::Provider,
];

/// A search that the text may stand for, and how many orders it finds.
pub(super) struct Filter {
    pub(super) query: Query,
    pub(super) found: Found,
    /// Whether it is what was typed, and not a guess.
    pub(super) is_typed: bool,
}

/// What was found.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) filters: Vec<Filter>,
    pub(super) orders: Vec<OrderSummary>,
    /// How many orders there are in all.
    pub(super) found: Found,
    /// Whether the first order is the one whose whole number was typed.
    pub(super) has_exact: bool,
    /// What of it cannot be understood.
    pub(super) mistake: Option<Mistake>,
    /// Why nothing could be looked up.
    pub(super) trouble: Option<Error>,
}

impl Findings {
    /// Looks for `typed`, which has no white space at its ends.
    pub(super) async fn of(desk: &dyn OrderDesk, typed: &str) -> Self {
        if typed.is_empty() {
            return Self::default();
        }
        let parsed = Parsed::of(typed);
        if let Some(mistake) = parsed.mistakes.into_iter().next() {
            return Self {
                mistake: Some(mistake),
                ..Self::default()
            };
        }
        let terms: Vec<Term> = parsed.terms.into_iter().map(|(_, term)| term).collect();
        let query = Query::new(terms);
        match search(desk, &query).await {
            Ok((orders, found)) => {
                let has_exact = exact_order(typed, &orders).is_some();
                Self {
                    filters: filters(desk, typed, query, found).await,
                    orders,
                    found,
                    has_exact,
                    ..Self::default()
                }
            }
            Err(trouble) => Self {
                trouble: Some(trouble),
                ..Self::default()
            },
        }
    }
}

async fn search(desk: &dyn OrderDesk, query: &Query) -> Result<(Vec<OrderSummary>, Found), Error> {
    let page = PageRequest {
        limit: MAX_ORDERS,
        ..PageRequest::default()
    };
    let page = desk.search(query, page).await?;
    Ok((page.orders, page.found))
}

/// A text that names fields is a filter itself; words may be a value of one.
async fn filters(desk: &dyn OrderDesk, typed: &str, query: Query, found: Found) -> Vec<Filter> {
    let is_words = |term: &Term| !term.is_negated && matches!(term.condition, Condition::Word(_));
    if !query.terms().iter().all(is_words) {
        let itself = Filter {
            query,
            found,
            is_typed: true,
        };
        return Vec::from_iter((found.orders > 0).then_some(itself));
    }
    let is = NAMED.iter().filter_map(|&field| {
        let likeliest = desk.values(field, typed).into_iter().next()?;
        Some(Condition::Is(field, likeliest.value))
    });
    // A number is no name.
    let customer = typed
        .contains(char::is_alphabetic)
        .then(|| Condition::Contains(TextField::Customer, typed.to_owned()));
    let mut filters = Vec::new();
    for condition in is.take(MAX_FILTERS - 1).chain(customer) {
        let query = Query::new(vec![Term {
            is_negated: false,
            condition,
        }]);
        if let Ok((_, found)) = search(desk, &query).await
            && found.orders > 0
        {
            filters.push(Filter {
                query,
                found,
                is_typed: false,
            });
        }
    }
    filters
}
