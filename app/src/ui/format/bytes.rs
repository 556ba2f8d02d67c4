//! Sizes in memory: `812 B`, `3.4 MiB`.

use super::number::with_decimal_mark;
use crate::ui::language::Locale;

/// Bytes, in the largest unit of which there is at least one.
pub fn bytes(locale: Locale, count: u64) -> String {
    let units = match locale {
        Locale::en => ["B", "KiB", "MiB", "GiB", "TiB"],
        Locale::ru => ["Б", "КиБ", "МиБ", "ГиБ", "ТиБ"],
    };
    if count < 1_024 {
        return format!("{count} {}", units[0]);
    }
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let mut size = count as f64 / 1_024.0;
    let mut unit = units[1];
    for larger in &units[2..] {
        if size < 1_024.0 {
            break;
        }
        size /= 1_024.0;
        unit = larger;
    }
    format!("{} {unit}", with_decimal_mark(locale, format!("{size:.1}")))
}

#[cfg(test)]
mod tests {
    use super::{Locale, bytes};

    #[test]
    fn sizes_are_written_in_the_unit_that_fits() {
        let cases = [
            (0, "0 B", "0 Б"),
            (1_023, "1023 B", "1023 Б"),
            (1_536, "1.5 KiB", "1,5 КиБ"),
            (5 << 30, "5.0 GiB", "5,0 ГиБ"),
        ];
        for (count, english, russian) in cases {
            assert_eq!(bytes(Locale::en, count), english);
            assert_eq!(bytes(Locale::ru, count), russian);
        }
    }
}
