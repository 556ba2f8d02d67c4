//! What orders are made of: people, places and goods that sound real. No
//! e-mail address or telephone number here belongs to anyone.

/// People of one alphabet, and the places where they live.
pub(crate) struct Country {
    /// Language tag.
    pub(crate) locale: &'static str,
    /// ISO 4217 code.
    pub(crate) currency: &'static str,
    /// What a price in this currency is multiplied by, from US dollars.
    pub(crate) price_factor: i64,
    /// Before the rest of a telephone number.
    pub(crate) phone_prefix: &'static str,
    /// Given names, each with the family names' form that goes with it.
    pub(crate) given_names: &'static [&'static str],
    /// Family names that go with every given name.
    pub(crate) family_names: &'static [&'static str],
    /// City, region, and its postal codes but for the last three digits.
    pub(crate) cities: &'static [(&'static str, &'static str, &'static str)],
    /// Streets; the house number follows.
    pub(crate) streets: &'static [&'static str],
    /// Who delivers there.
    pub(crate) delivery_services: &'static [&'static str],
    /// Banks.
    pub(crate) banks: &'static [&'static str],
}

/// One kind of goods.
pub(crate) struct Product {
    /// The brand.
    pub(crate) brand: &'static str,
    /// What it is.
    pub(crate) name: &'static str,
    /// Its usual price in US dollars.
    pub(crate) dollars: i64,
    /// Sizes it comes in.
    pub(crate) sizes: &'static [&'static str],
}

/// Payment providers.
pub(crate) const PROVIDERS: &[&str] = &["wbpay", "wbpay", "wbpay", "sbp", "visa", "mir", "paypal"];

/// Status codes of items.
pub(crate) const STATUSES: &[i64] = &[202, 202, 202, 200, 201, 204, 300, 404];

const ONE_SIZE: &[&str] = &["0"];
const CLOTHES: &[&str] = &["XS", "S", "M", "L", "XL", "2XL", "42-44", "50"];
const SHOES: &[&str] = &["36", "37.5", "39", "41", "42", "43", "45"];

/// All goods.
pub(crate) const PRODUCTS: &[Product] = &[
    product("Vivienne Sabo", "Mascaras", 5, ONE_SIZE),
    product("Vivienne Sabo", "Тушь для ресниц Cabaret", 6, ONE_SIZE),
    product("Maybelline", "Lipstick Superstay", 9, ONE_SIZE),
    product("Natura Siberica", "Шампунь облепиховый", 4, ONE_SIZE),
    product("Nivea", "Hand cream, 75 ml", 3, ONE_SIZE),
    product("L'Oréal", "Crème de jour", 12, ONE_SIZE),
    product("Zarina", "Платье миди", 38, CLOTHES),
    product("Befree", "Футболка оверсайз", 12, CLOTHES),
    product("Gloria Jeans", "Джинсы прямые", 27, CLOTHES),
    product("Levi's", "501 Original Jeans", 89, CLOTHES),
    product("Uniqlo", "Ultra Light Down Jacket", 70, CLOTHES),
    product("Finn Flare", "Куртка зимняя", 120, CLOTHES),
    product("Adidas", "Ultraboost", 150, SHOES),
    product("Nike", "Air Max 90", 130, SHOES),
    product("Ecco", "Ботинки кожаные", 145, SHOES),
    product("Crocs", "Classic Clog", 45, SHOES),
    product("Xiaomi", "Mi Band 8", 40, ONE_SIZE),
    product("Samsung", "USB-C charger, 25 W", 19, ONE_SIZE),
    product("JBL", "Наушники Tune 510BT", 42, ONE_SIZE),
    product("Philips", "Electric kettle", 35, ONE_SIZE),
    product("LEGO", "City Fire Station \"60320\"", 70, ONE_SIZE),
    product("Эксмо", "Мастер и Маргарита, М. Булгаков", 7, ONE_SIZE),
    product("Penguin", "Nineteen Eighty-Four", 11, ONE_SIZE),
    product("IKEA", "Кружка фарфоровая, 2 шт.", 8, ONE_SIZE),
    product("Tefal", "Frying pan, 28 cm", 33, ONE_SIZE),
    product("Простоквашино", "Корм для кошек, 1,5 кг", 10, ONE_SIZE),
];

const fn product(
    brand: &'static str,
    name: &'static str,
    dollars: i64,
    sizes: &'static [&'static str],
) -> Product {
    Product {
        brand,
        name,
        dollars,
        sizes,
    }
}

const CIS_SERVICES: &[&str] = &["meest", "cdek", "boxberry", "wb_courier", "russian_post"];
const WEST_SERVICES: &[&str] = &["meest", "dhl", "gls", "ups"];

/// All countries; the first ones have most of the customers.
pub(crate) const COUNTRIES: &[Country] = &[
    Country {
        locale: "ru",
        currency: "RUB",
        price_factor: 90,
        phone_prefix: "+7900000",
        given_names: &[
            "Александр",
            "Дмитрий",
            "Сергей",
            "Михаил",
            "Артём",
            "Никита",
            "Фёдор",
        ],
        family_names: &[
            "Иванов",
            "Смирнов",
            "Кузнецов",
            "Попов",
            "Щербаков",
            "Ёлкин",
            "Римский-Корсаков",
        ],
        cities: &[
            ("Москва", "Москва", "101"),
            ("Санкт-Петербург", "Ленинградская область", "190"),
            ("Казань", "Республика Татарстан", "420"),
            ("Новосибирск", "Новосибирская область", "630"),
            ("Нижний Новгород", "Нижегородская область", "603"),
            ("Йошкар-Ола", "Республика Марий Эл", "424"),
        ],
        streets: &[
            "ул. Ленина, д.",
            "пр-т Мира, д.",
            "ул. Пушкина, д.",
            "Садовая ул., д.",
            "наб. Обводного канала, д.",
        ],
        delivery_services: CIS_SERVICES,
        banks: &["alpha", "sber", "tinkoff", "vtb"],
    },
    Country {
        locale: "ru",
        currency: "RUB",
        price_factor: 90,
        phone_prefix: "+7900000",
        given_names: &[
            "Анна",
            "Мария",
            "Екатерина",
            "Ольга",
            "Алёна",
            "София",
            "Наталья",
        ],
        family_names: &[
            "Петрова",
            "Соколова",
            "Новикова",
            "Морозова",
            "Цветкова",
            "Юрьева",
            "Салтыкова-Щедрина",
        ],
        cities: &[
            ("Москва", "Москва", "119"),
            ("Екатеринбург", "Свердловская область", "620"),
            ("Краснодар", "Краснодарский край", "350"),
            ("Владивосток", "Приморский край", "690"),
            ("Калининград", "Калининградская область", "236"),
        ],
        streets: &[
            "ул. Гагарина, д.",
            "Советская ул., д.",
            "ул. Чехова, д.",
            "Цветной б-р, д.",
            "ул. 8 Марта, д.",
        ],
        delivery_services: CIS_SERVICES,
        banks: &["alpha", "sber", "tinkoff", "raiffeisen"],
    },
    Country {
        locale: "en",
        currency: "USD",
        price_factor: 1,
        phone_prefix: "+1202555",
        given_names: &[
            "Emma", "Olivia", "Liam", "Noah", "Siobhán", "Jean-Luc", "Chloë",
        ],
        family_names: &[
            "Smith", "Johnson", "O'Brien", "Garcia", "Nguyen", "McDonald", "Lee",
        ],
        cities: &[
            ("New York", "NY", "10"),
            ("Chicago", "IL", "60"),
            ("San Francisco", "CA", "94"),
            ("Boston", "MA", "02"),
        ],
        streets: &[
            "Main Street",
            "Oak Avenue",
            "Park Lane",
            "2nd Street",
            "Elm Drive",
        ],
        delivery_services: WEST_SERVICES,
        banks: &["chase", "citi", "wells_fargo"],
    },
    Country {
        locale: "en",
        currency: "ILS",
        price_factor: 4,
        phone_prefix: "+972000",
        given_names: &["Test", "Noa", "Yosef", "Tamar", "David", "Miriam"],
        family_names: &["Testov", "Cohen", "Levi", "Mizrahi", "Peretz", "Friedman"],
        cities: &[
            ("Kiryat Mozkin", "Kraiot", "2639"),
            ("Tel Aviv", "Tel Aviv District", "6100"),
            ("Haifa", "Haifa District", "3100"),
        ],
        streets: &[
            "Ploshad Mira",
            "Herzl Street",
            "Rothschild Boulevard",
            "HaNassi Avenue",
        ],
        delivery_services: &["meest", "israel_post"],
        banks: &["alpha", "leumi", "hapoalim"],
    },
    Country {
        locale: "de",
        currency: "EUR",
        price_factor: 1,
        phone_prefix: "+49300000",
        given_names: &["Jürgen", "Käthe", "Sören", "Lukas", "Mia", "Łukasz", "Zoë"],
        family_names: &[
            "Müller",
            "Schröder",
            "Weiß",
            "von der Heide",
            "Kowalski",
            "Özdemir",
        ],
        cities: &[
            ("Berlin", "Berlin", "10"),
            ("München", "Bayern", "80"),
            ("Köln", "Nordrhein-Westfalen", "50"),
            ("Görlitz", "Sachsen", "02"),
        ],
        streets: &["Hauptstraße", "Bahnhofstraße", "Am Mühlbach", "Goetheplatz"],
        delivery_services: WEST_SERVICES,
        banks: &["commerzbank", "dkb", "sparkasse"],
    },
    Country {
        locale: "kk",
        currency: "KZT",
        price_factor: 480,
        phone_prefix: "+7700000",
        given_names: &["Айгүл", "Нұрсұлтан", "Әсел", "Ерлан", "Қайрат"],
        family_names: &["Ахметова", "Омаров", "Сейітқали", "Жұмабай"],
        cities: &[
            ("Алматы", "Алматы", "050"),
            ("Астана", "Астана", "010"),
            ("Шымкент", "Түркістан облысы", "160"),
        ],
        streets: &["Абай даңғылы", "Достық даңғылы", "Төле би көшесі"],
        delivery_services: &["kazpost", "cdek", "meest"],
        banks: &["kaspi", "halyk"],
    },
    Country {
        locale: "be",
        currency: "BYN",
        price_factor: 3,
        phone_prefix: "+37529000",
        given_names: &["Алесь", "Ганна", "Янка", "Святлана"],
        family_names: &["Каваленка", "Быкаў", "Шаўчэнка", "Куніцкі"],
        cities: &[
            ("Мінск", "Мінская вобласць", "220"),
            ("Гродна", "Гродзенская вобласць", "230"),
            ("Брэст", "Брэсцкая вобласць", "224"),
        ],
        streets: &[
            "пр-т Незалежнасці, д.",
            "вул. Якуба Коласа, д.",
            "вул. Савецкая, д.",
        ],
        delivery_services: &["belpost", "cdek", "meest"],
        banks: &["belarusbank", "priorbank"],
    },
];
