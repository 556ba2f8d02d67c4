//! Memory for documents: many of them share a page.
//!
//! A document of its own in memory costs the allocator's header, its rounding,
//! and a counter of who holds it, some 60 bytes; in a page it costs nothing.

use bytes::{Bytes, BytesMut};

/// The size of a page, in bytes: what an allocator adds makes no second one.
const PAGE_BYTES: usize = (1 << 20) - 64;

/// Longer documents, in bytes, stay where they are: they would leave too much
/// of a page empty.
const MAX_SHARED_BYTES: usize = PAGE_BYTES / 16;

/// The page that is being filled. A page is given back when the last of its
/// documents is.
#[derive(Debug, Default)]
pub(super) struct Pages {
    rest: BytesMut,
}

impl Pages {
    /// `document`, moved into a page.
    pub(super) fn keep(&mut self, document: Bytes) -> Bytes {
        if document.len() > MAX_SHARED_BYTES {
            return document;
        }
        if self.rest.capacity() < document.len() {
            self.rest = BytesMut::with_capacity(PAGE_BYTES);
        }
        self.rest.extend_from_slice(&document);
        self.rest.split().freeze()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{MAX_SHARED_BYTES, PAGE_BYTES, Pages};

    #[test]
    fn documents_share_pages_and_stay_as_they_are() {
        let mut pages = Pages::default();
        let documents: Vec<Bytes> = (0..5_000_usize)
            .map(|number| vec![u8::try_from(number % 251).expect("below 251"); number].into())
            .collect();
        let kept: Vec<Bytes> = documents
            .iter()
            .map(|document| pages.keep(document.clone()))
            .collect();
        assert_eq!(kept, documents);
        // Each stands right behind the one before, unless a page ended.
        let turns = kept
            .windows(2)
            .filter(|pair| pair[0].as_ptr().wrapping_add(pair[0].len()) != pair[1].as_ptr())
            .count();
        let bytes: usize = documents.iter().map(Bytes::len).sum();
        assert!(turns <= bytes / (PAGE_BYTES - 5_000) + 1, "{turns} pages");
    }

    #[test]
    fn a_long_document_stays_where_it_is() {
        let long = Bytes::from(vec![1; MAX_SHARED_BYTES + 1]);
        assert_eq!(Pages::default().keep(long.clone()).as_ptr(), long.as_ptr());
    }
}
