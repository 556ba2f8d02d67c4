//! The recorded ratios: a committed file.

use std::{collections::BTreeMap, fs, io::ErrorKind, path::Path};

use anyhow::Context as _;

/// Recorded ratios by figure.
#[derive(Debug, Default, PartialEq)]
pub struct Record(BTreeMap<String, f64>);

impl Record {
    /// Reads it; empty where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read, or holds something else.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        let ratios = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        Ok(Self(ratios))
    }

    /// Writes it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(&self.0)? + "\n";
        fs::write(path, text).with_context(|| path.display().to_string())
    }

    /// The ratio of a figure.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    /// Notes a ratio, as exact as it can be.
    pub fn set(&mut self, name: &str, ratio: f64) {
        self.0
            .insert(name.to_owned(), (ratio * 1000.0).round() / 1000.0);
    }

    /// The figures that are recorded.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn what_is_written_is_read() {
        let path = std::env::temp_dir().join(format!("orderdesk-record-{}", std::process::id()));
        let mut record = Record::default();
        record.set("parse", 1.234_567);
        record.write(&path).unwrap();
        let read = Record::read(&path);
        std::fs::remove_file(&path).unwrap();
        let read = read.unwrap();
        assert_eq!(read, record);
        assert_eq!(read.get("parse"), Some(1.235));
        assert_eq!(read.get("search"), None);
        assert_eq!(Record::read(&path).unwrap(), Record::default());
    }
}
