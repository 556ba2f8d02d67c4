//! The columns of up to 4,096 rows.

use orders::{
    Item, Order, OrderUid,
    search::{Line, SearchRow},
};

use super::{
    dictionary::{Code, Dictionary},
    shared::SharedValues,
    text_column::{TextColumn, fit},
};

/// The rows of a full chunk.
pub(super) const CHUNK_ROWS: usize = 4_096;

/// A row to be taken in.
#[derive(Clone, Copy, Debug)]
pub struct NewRow<'a> {
    /// What it is found by.
    pub row: &'a SearchRow,
    /// The order itself.
    pub order: &'a Order,
}

/// The texts that rows share.
#[derive(Debug, Default)]
pub(super) struct Dictionaries {
    pub(super) city: Dictionary,
    pub(super) delivery: Dictionary,
    pub(super) bank: Dictionary,
    pub(super) currency: Dictionary,
    pub(super) provider: Dictionary,
    pub(super) brand: Dictionary,
    pub(super) item: Dictionary,
    /// Customers, by number and by name, that are not alone in having it.
    pub(super) customers: SharedValues,
    /// Track numbers that several orders have.
    pub(super) tracks: SharedValues,
}

impl Dictionaries {
    /// Bytes in memory, about.
    pub(super) fn size(&self) -> usize {
        let all = [
            &self.city,
            &self.delivery,
            &self.bank,
            &self.currency,
            &self.provider,
            &self.brand,
            &self.item,
        ];
        let texts: usize = all.into_iter().map(Dictionary::size).sum();
        texts + self.customers.size() + self.tracks.size()
    }
}

/// The columns of up to [`CHUNK_ROWS`] rows.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) seq: Vec<i64>,
    pub(super) received: Vec<i64>,
    pub(super) date: Vec<i64>,
    pub(super) amount: Vec<f64>,
    pub(super) uid: TextColumn,
    pub(super) track: TextColumn,
    pub(super) customer: TextColumn,
    pub(super) name: TextColumn,
    pub(super) phone: TextColumn,
    pub(super) email: TextColumn,
    pub(super) city: Vec<Code>,
    pub(super) delivery: Vec<Code>,
    pub(super) bank: Vec<Code>,
    pub(super) currency: Vec<Code>,
    pub(super) provider: Vec<Code>,
    /// Where each row's lines end.
    pub(super) line_end: Vec<u32>,
    pub(super) brand: Vec<Code>,
    pub(super) item: Vec<Code>,
    /// As it is compared; NaN where there is none.
    pub(super) nm_id: Vec<f64>,
    /// As it is compared; NaN where there is none.
    pub(super) status: Vec<f64>,
    /// The uids that folding changed, by row.
    uids: Vec<(u16, OrderUid)>,
}

impl Chunk {
    pub(super) fn rows(&self) -> usize {
        self.seq.len()
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows() >= CHUNK_ROWS
    }

    /// Takes a row in.
    pub(super) fn push(&mut self, new: NewRow<'_>, dictionaries: &mut Dictionaries) {
        let NewRow { row, order } = new;
        let (delivery, payment) = (&order.delivery, &order.payment);
        if row.uid != order.order_uid.as_str() {
            let at = u16::try_from(self.rows()).expect("a chunk has 4,096 rows");
            self.uids.push((at, order.order_uid.clone()));
        }
        self.seq.push(row.seq.get());
        self.received.push(row.received);
        self.date.push(row.date);
        self.amount.push(row.amount);
        self.uid.push(&row.uid);
        self.track.push(&row.track);
        self.customer.push(&row.customer);
        dictionaries.customers.add(&row.customer);
        if row.name != row.customer {
            dictionaries.customers.add(&row.name);
        }
        dictionaries.tracks.add(&row.track);
        self.name.push(&row.name);
        self.phone.push(&row.phone);
        self.email.push(&row.email);
        let Dictionaries {
            city,
            delivery: services,
            bank,
            currency,
            provider,
            ..
        } = dictionaries;
        self.city.push(city.code(&row.city, &delivery.city));
        self.delivery
            .push(services.code(&row.delivery, &order.delivery_service));
        self.bank.push(bank.code(&row.bank, &payment.bank));
        self.currency
            .push(currency.code(&row.currency, &payment.currency));
        self.provider
            .push(provider.code(&row.provider, &payment.provider));
        self.push_lines(&row.lines, &order.items, dictionaries);
    }

    fn push_lines(&mut self, lines: &[Line], items: &[Item], dictionaries: &mut Dictionaries) {
        for (line, item) in lines.iter().zip(items) {
            self.brand
                .push(dictionaries.brand.code(&line.brand, &item.brand));
            self.item
                .push(dictionaries.item.code(&line.name, &item.name));
            self.nm_id.push(number(line.nm_id));
            self.status.push(number(line.status));
        }
        let end = u32::try_from(self.brand.len())
            .expect("an order of at most 1 GiB has less than a million lines");
        self.line_end.push(end);
    }

    /// Where a row's lines stand.
    pub(super) fn lines(&self, row: usize) -> std::ops::Range<usize> {
        let start = row
            .checked_sub(1)
            .map_or(0, |before| self.line_end[before] as usize);
        start..self.line_end[row] as usize
    }

    /// A row's uid, as it was sent.
    pub(super) fn order_uid(&self, row: usize) -> Option<OrderUid> {
        let changed = u16::try_from(row)
            .ok()
            .and_then(|row| self.uids.binary_search_by_key(&row, |&(at, _)| at).ok());
        match changed {
            Some(at) => Some(self.uids[at].1.clone()),
            None => std::str::from_utf8(self.uid.get(row)).ok()?.parse().ok(),
        }
    }

    /// Notes that no more rows come, and gives back what memory they would need.
    pub(super) fn seal(&mut self) {
        for column in [
            &mut self.uid,
            &mut self.track,
            &mut self.customer,
            &mut self.name,
            &mut self.phone,
            &mut self.email,
        ] {
            column.seal();
        }
        for codes in [
            &mut self.city,
            &mut self.delivery,
            &mut self.bank,
            &mut self.currency,
            &mut self.provider,
            &mut self.brand,
            &mut self.item,
            &mut self.line_end,
        ] {
            fit(codes);
        }
        fit(&mut self.seq);
        fit(&mut self.received);
        fit(&mut self.date);
        fit(&mut self.amount);
        fit(&mut self.nm_id);
        fit(&mut self.status);
        fit(&mut self.uids);
    }

    /// Bytes in memory, about.
    pub(super) fn size(&self) -> usize {
        let texts = [
            &self.uid,
            &self.track,
            &self.customer,
            &self.name,
            &self.phone,
            &self.email,
        ];
        let texts: usize = texts.into_iter().map(TextColumn::size).sum();
        let wide = self.seq.capacity() * 4 + self.nm_id.capacity() * 2;
        let narrow = self.city.capacity() * 6 + self.brand.capacity() * 2;
        texts + wide * size_of::<i64>() + narrow * size_of::<Code>()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers are compared as doubles, as `orders::search::Number` says"
)]
fn number(number: Option<i64>) -> f64 {
    number.map_or(f64::NAN, |number| number as f64)
}

/// Rows that never change any more.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) chunk: Chunk,
    /// Whether its rows stand one after the other as they arrived: the newest
    /// last, or, as they are read at start, first.
    pub(super) arrival: Option<Arrival>,
    pub(super) lowest: i64,
    pub(super) highest: i64,
    pub(super) last_date: i64,
    pub(super) largest_amount: f64,
}

/// How rows stand that stand in the order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    NewestFirst,
    NewestLast,
}

impl Sealed {
    pub(super) fn new(mut chunk: Chunk) -> Self {
        chunk.seal();
        let arrival = if chunk.seq.is_sorted() {
            Some(Arrival::NewestLast)
        } else if chunk.seq.is_sorted_by(|one, next| one >= next) {
            Some(Arrival::NewestFirst)
        } else {
            None
        };
        Self {
            arrival,
            lowest: chunk.seq.iter().copied().min().unwrap_or(i64::MAX),
            highest: chunk.seq.iter().copied().max().unwrap_or(i64::MIN),
            last_date: chunk.date.iter().copied().max().unwrap_or(i64::MIN),
            largest_amount: chunk.amount.iter().copied().fold(f64::NAN, f64::max),
            chunk,
        }
    }
}
