//! Reads any JSON value only to see whether its strings are text.

use serde::{Deserialize, Deserializer, de};

/// Any JSON value whose strings are all text that PostgreSQL can hold.
pub(crate) struct Text;

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> de::Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
        if text.contains('\0') {
            Err(E::custom("NUL"))
        } else {
            Ok(Text)
        }
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Text, A::Error> {
        while seq.next_element::<Text>()?.is_some() {}
        Ok(Text)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key.contains('\0') {
                return Err(de::Error::custom("NUL"));
            }
            map.next_value::<Text>()?;
        }
        Ok(Text)
    }
}
