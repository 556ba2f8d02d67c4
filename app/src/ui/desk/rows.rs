//! Other rows take the place of those that are shown: some in each frame, so
//! that keys are answered in between, and from the top, where the reader looks.

use std::{cell::RefCell, collections::VecDeque};

use leptos::task::spawn_local;
use web_sys::Element;

use crate::ui::live::browser;

/// Rows that are put in place in a frame at first: a phone of the middle class
/// lays one out in some 3 ms.
const AT_FIRST: usize = 6;

/// Frames that follow sooner than this, in ms, may take twice as many.
const SOON: f64 = 25.0;

/// Rows on their way into a list.
struct Coming {
    body: Element,
    /// The row whose place the next one takes; at the end none.
    at: Option<Element>,
    rows: VecDeque<Element>,
}

thread_local! {
    static COMING: RefCell<Option<Coming>> = const { RefCell::new(None) };
}

impl Coming {
    /// Puts up to `count` rows in place; whether there are more.
    fn put(&mut self, count: usize) -> bool {
        for row in self.rows.drain(..count.min(self.rows.len())) {
            let Some(old) = self.at.take() else {
                // It fails only for a row that holds the list; so below.
                let _ = self.body.append_child(&row);
                continue;
            };
            self.at = old.next_element_sibling();
            if !old.is_equal_node(Some(&row)) {
                let _ = self.body.replace_child(&row, &old);
            }
        }
        !self.rows.is_empty()
    }
}

/// `rows` take the place of the rows of `body`, and of those that were on their
/// way there.
pub(super) fn replace(body: Element, rows: Vec<Element>) {
    while body.child_element_count() as usize > rows.len()
        && let Some(last) = body.last_element_child()
    {
        last.remove();
    }
    let coming = Coming {
        at: body.first_element_child(),
        rows: rows.into(),
        body,
    };
    let is_on_its_way = COMING.replace(Some(coming)).is_some();
    if !is_on_its_way {
        spawn_local(put_all());
    }
}

/// Puts all rows in place that are on their way.
pub(super) fn settle() {
    if let Some(mut coming) = COMING.take() {
        coming.put(usize::MAX);
    }
}

/// No more rows come: the list is another.
pub(super) fn forget() {
    COMING.take();
}

async fn put_all() {
    let mut count = AT_FIRST;
    let mut last = 0.0;
    while COMING.with_borrow(Option::is_some) {
        browser::next_frame().await;
        let now = js_sys::Date::now();
        count = if now - last < SOON {
            count * 2
        } else {
            AT_FIRST
        };
        last = now;
        COMING.with_borrow_mut(|coming| {
            if !coming.as_mut().is_some_and(|coming| coming.put(count)) {
                *coming = None;
            }
        });
    }
}
