//! What a query means: which orders it finds.

use orders::{
    RowSeq, Timestamp,
    search::{Filter, Query, SearchRow},
};
use time::{OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-05-12 14:32 UTC);

fn row() -> SearchRow {
    let document = r#"{"order_uid":"b563FEB7b2b84b6test","track_number":"WBILMTESTTRACK",
        "customer_id":"Kunde-7","delivery_service":"Meest","date_created":"2026-05-11T23:58:00+03:00",
        "delivery":{"name":"Екатерина Волкова-Ёлкина","phone":"+7 (916) 204-11-83",
            "email":"Test@Gmail.com","city":"Зеленоград, Москва"},
        "payment":{"currency":"USD","provider":"wbpay","bank":"alpha","amount":6842.50},
        "items":[
            {"name":"Cabaret Première mascara","brand":"Vivienne Sabo","nm_id":2389212,"status":202},
            {"name":"Gift set","brand":"Lamoda Edit","nm_id":10442871,"status":400}]}"#;
    let order = orders::parse(document.as_bytes(), usize::MAX).unwrap();
    SearchRow::new(
        &order,
        RowSeq::new(7),
        Timestamp::from(datetime!(2026-05-12 14:30 UTC)),
    )
}

/// Searches that find the order of [`row`].
const FINDS: &[&str] = &[
    "",
    "b563feb7b2b84b6test",
    "B563",
    "b2b84",
    "wbilm",
    "kunde",
    "волкова",
    "ЕЛКИНА",
    "елкина",
    "\"екатерина волкова\"",
    "москва зеленоград",
    "gmail.com",
    "sabo",
    "premiere",
    "PREMIÈRE",
    "gift lamoda",
    "9162041183",
    "+79162041183",
    "8 916 204 11 83",
    "8(916)2041183",
    "+7 916 204-11-83",
    "204-11",
    "phone:1183",
    "phone:=79162041183",
    "city:москва",
    "city:=\"зеленоград, москва\"",
    "brand:lamoda",
    "brand:=\"vivienne sabo\"",
    "item:gift",
    "customer:kunde-7",
    "customer:волкова",
    "name:екатерина",
    "email:@gmail",
    "uid:b563",
    "track:testtrack",
    "delivery:meest",
    "bank:alpha",
    "currency:usd",
    "provider:wbpay",
    "amount:6842.5",
    "amount:>6842",
    "amount:>=6842.5",
    "amount:<6843",
    "amount:..6842.5",
    "amount:6842..6843",
    "items:2",
    "items:>1",
    "nm_id:2389212",
    "nm_id:10442871",
    "status:400",
    "status:200..300",
    "date:2026-05-11",
    "date:2026-05",
    "date:2026",
    "date:yesterday",
    "date:>2026-05-10",
    "date:..2026-05-11",
    "date:2026-05-10..2026-05-11",
    "date:2026-05-11T20:58",
    "received:today",
    "received:10m",
    "received:>2026-05-12T14:29",
    "-city:Казань",
    "-anna",
    "-amount:<100",
    "-date:today",
    "-\"gift box\"",
    "city:москва -brand:other amount:>100",
];

/// Searches that do not.
const MISSES: &[&str] = &[
    "b564",
    "\"волков а\"",
    "phone:999",
    "89162041184",
    "city:казань",
    "city:=москва",
    "brand:=vivienne",
    "amount:6842",
    "amount:>6842.5",
    "amount:<6842.5",
    "items:3",
    "nm_id:7",
    "status:201",
    "date:2026-05-12",
    "date:today",
    "date:>2026-05-11",
    "date:<2026-05-11",
    "date:2026-05-11T20:57",
    "received:1m",
    "-b563",
    "-city:москва",
    "gift -lamoda",
    "usd",
    "alpha",
    "item:sabo",
    "name:kunde",
    "city:=\"\"",
    "\"волкова екатерина\"",
];

#[test]
fn a_query_finds_what_it_says() {
    let row = row();
    for typed in FINDS {
        let filter = Filter::new(&Query::parse(typed).unwrap(), NOW);
        assert!(filter.matches(&row), "{typed}");
    }
    for typed in MISSES {
        let filter = Filter::new(&Query::parse(typed).unwrap(), NOW);
        assert!(!filter.matches(&row), "{typed}");
    }
}

#[test]
fn an_order_without_an_amount_has_none_in_any_range() {
    let mut row = row();
    row.amount = f64::NAN;
    for typed in ["amount:>=0", "amount:..9999999", "amount:0"] {
        let filter = Filter::new(&Query::parse(typed).unwrap(), NOW);
        assert!(!filter.matches(&row), "{typed}");
    }
}
