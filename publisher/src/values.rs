//! The messages of a run that come from a file.

use std::{
    fs,
    io::{self, Read as _},
    ops::Range,
    path::Path,
};

use crate::{
    error::Error,
    message::{Content, Message, Source},
    split,
};

/// The messages of a run, read from a file.
#[derive(Clone, Debug)]
pub struct Values {
    file: Vec<u8>,
    ranges: Vec<Range<usize>>,
    count: u64,
}

impl Values {
    /// Reads the file (`-`: standard input) whole. `raw` makes it one message,
    /// whatever it is; else each of its JSON values is one, see
    /// [`split::values`]. `count` says how many messages to take: fewer than
    /// there are, or more, by starting again; without it each is taken once.
    ///
    /// # Errors
    /// A file that cannot be read, or holds no JSON values.
    pub fn read(path: &Path, raw: bool, count: Option<u64>) -> Result<Self, Error> {
        let (name, file) = if path == Path::new("-") {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            ("standard input".to_owned(), read.map(|_| bytes))
        } else {
            (path.display().to_string(), fs::read(path))
        };
        let file = file.map_err(|source| Error::Unreadable {
            path: name.clone(),
            source,
        })?;
        Self::new(file, raw, count).map_err(|source| Error::NoValues { path: name, source })
    }

    fn new(file: Vec<u8>, raw: bool, count: Option<u64>) -> Result<Self, split::SplitError> {
        let ranges = if raw {
            std::iter::once(0..file.len()).collect()
        } else {
            split::values(&file)?
        };
        let count = count.unwrap_or(ranges.len() as u64);
        Ok(Self {
            file,
            ranges,
            count,
        })
    }
}

impl Source for Values {
    fn len(&self) -> u64 {
        self.count
    }

    fn message(&self, index: u64) -> Message {
        let at = index % self.ranges.len() as u64;
        let range = self.ranges[usize::try_from(at).unwrap_or_default()].clone();
        let payload = self.file[range].to_vec();
        let content = Content::of(&payload);
        Message { payload, content }
    }

    fn largest_bytes(&self) -> usize {
        self.ranges.iter().map(Range::len).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Values;
    use crate::message::Source as _;

    fn payloads(file: &str, raw: bool, count: Option<u64>) -> Vec<String> {
        let values = Values::new(file.as_bytes().to_vec(), raw, count).unwrap();
        (0..values.len())
            .map(|index| String::from_utf8(values.message(index).payload).unwrap())
            .collect()
    }

    #[test]
    fn a_count_cuts_or_repeats() {
        let file = "1\n2\n3\n";
        assert_eq!(payloads(file, false, None), ["1", "2", "3"]);
        assert_eq!(payloads(file, false, Some(2)), ["1", "2"]);
        assert_eq!(payloads(file, false, Some(5)), ["1", "2", "3", "1", "2"]);
    }

    #[test]
    fn raw_is_one_message_whatever_it_is() {
        assert_eq!(payloads("1\n2\n", true, None), ["1\n2\n"]);
        assert_eq!(payloads("", true, Some(2)), ["", ""]);
    }
}
