//! The list in the document: another answer takes the place of the last, new
//! rows come on top, older ones below.

use std::collections::HashSet;

use leptos::prelude::*;
use orders::RowSeq;
use wasm_bindgen::JsCast as _;
use web_sys::{DomParser, Element, HtmlElement, SupportedType};

use super::{answer::ANSWER, rows, table_view::TableView};
use crate::ui::{
    language::td_string,
    live::{browser, elements},
    reader::locale,
};

/// The attributes of an answer; one that is not there is taken away.
const FACTS: [&str; 7] = [
    "data-state",
    "data-title",
    "data-says",
    "data-newest",
    "data-live",
    "data-filling",
    "data-exact",
];

/// The list, where it has rows.
const TABLE: &str = "[data-part=list] table";

/// A mistake in what is asked, while the rows of an earlier question stay.
const IS_STALE: &str = "data-stale";

/// An answer, in the document or not in it yet.
#[derive(Clone, Debug)]
pub(super) struct Shown(Element);

impl Shown {
    /// The one that is shown.
    pub(super) fn now() -> Option<Self> {
        document().get_element_by_id(ANSWER).map(Self)
    }

    /// Asks the server for the list at `address`, where `above` rows are shown
    /// above it, and where the top of the list is `further` up on another page;
    /// `None` if there was no answer.
    pub(super) async fn ask(address: &str, above: Option<usize>, further: bool) -> Option<Self> {
        let query = address.trim_start_matches('/').trim_start_matches('?');
        let above = above.map_or_else(String::new, |rows| format!("&above={rows}"));
        let further = if further { "&further=1" } else { "" };
        let html = browser::fetch_text(&format!("/desk?{query}{above}{further}")).await?;
        Self::read(&html)
    }

    /// Reads what the server rendered.
    fn read(html: &str) -> Option<Self> {
        let page = DomParser::new().ok()?;
        let page = page.parse_from_string(html, SupportedType::TextHtml).ok()?;
        page.get_element_by_id(ANSWER).map(Self)
    }

    /// One of its facts.
    pub(super) fn fact(&self, name: &str) -> Option<String> {
        self.0.get_attribute(name)
    }

    /// Whether this is what the list is.
    pub(super) fn is(&self, state: &str) -> bool {
        self.fact("data-state").is_some_and(|now| now == state)
    }

    /// The newest row that it took into account.
    pub(super) fn newest(&self) -> RowSeq {
        let newest = self.fact("data-newest");
        RowSeq::new(newest.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    pub(super) fn part(&self, name: &str) -> Option<Element> {
        self.find(&format!("[data-part={name}]"))
    }

    /// The first element within that matches.
    pub(super) fn find(&self, selector: &str) -> Option<Element> {
        self.0.query_selector(selector).ok().flatten()
    }

    /// The rows, from the top.
    pub(super) fn rows(&self) -> Vec<Element> {
        elements(&self.0, "tbody tr")
    }

    /// Says how tall the rows are, and which columns there are.
    pub(super) fn set_table_view(&self, view: &TableView) {
        if let Some(results) = self.find(".results") {
            // It fails only for a name that is none; so below.
            let _ = results.toggle_attribute_with_force("data-dense", view.is_compact);
            let _ = results.set_attribute("data-hidden", &view.hidden_names());
        }
    }

    /// Says whether an answer is awaited.
    pub(super) fn set_busy(&self, is_busy: bool) {
        if let Some(results) = self.find(".results") {
            // It fails only for a name that is none; so below.
            let _ = if is_busy {
                results.set_attribute("aria-busy", "true")
            } else {
                results.remove_attribute("aria-busy")
            };
        }
    }

    /// Takes the place of what is shown: at once, but for the rows, which follow
    /// frame by frame. A mistake leaves the rows there.
    pub(super) fn show(&self, new: &Self) {
        browser::set_title(&new.fact("data-title").unwrap_or_default());
        if new.is("mistake") && self.is("rows") {
            let _ = self.0.set_attribute(IS_STALE, "");
            self.replace("note", new);
            self.replace("terms", new);
            return;
        }
        let _ = self.0.remove_attribute(IS_STALE);
        let had_focus = self
            .part("list")
            .is_some_and(|list| list.contains(document().active_element().as_deref()));
        self.take_facts(new);
        for part in ["note", "terms", "heading", "pace", "menus", "more"] {
            self.replace(part, new);
        }
        self.replace_list(new);
        self.say(&new.fact("data-says").unwrap_or_default());
        if had_focus {
            browser::focus("found");
        }
    }

    /// Shows the same list as it is now: rows that stay are left as they are,
    /// those above `newest` are new.
    pub(super) fn bring_up_to_date(&self, new: &Self, newest: RowSeq) {
        let (Some(body), Some(new_body)) = (self.find("tbody"), new.find("tbody")) else {
            self.show(new);
            return;
        };
        rows::settle();
        self.take_facts(new);
        self.replace("heading", new);
        self.replace("more", new);
        let staying: HashSet<String> = new.rows().iter().filter_map(seq_of).collect();
        for row in self.rows() {
            if !seq_of(&row).is_some_and(|seq| staying.contains(&seq)) {
                row.remove();
            }
        }
        let mut at = body.first_element_child();
        for row in elements(&new_body, "tr") {
            if at.as_ref().and_then(seq_of) == seq_of(&row) {
                at = at.and_then(|row| row.next_element_sibling());
                continue;
            }
            if seq_of(&row)
                .and_then(|seq| seq.parse().ok())
                .map(RowSeq::new)
                > Some(newest)
            {
                mark_as_new(&row);
            }
            let _ = body.insert_before(&row, at.as_deref());
        }
    }

    /// Adds the rows that follow, those that are not there yet.
    pub(super) fn append(&self, new: &Self) {
        rows::settle();
        let here: HashSet<String> = self.rows().iter().filter_map(uid_of).collect();
        if let Some(body) = self.find("tbody") {
            for row in new.rows() {
                if !uid_of(&row).is_some_and(|uid| here.contains(&uid)) {
                    let _ = body.append_child(&row);
                }
            }
        }
        self.replace("more", new);
    }

    /// What came new is no longer news.
    pub(super) fn forget_news(&self) {
        for sign in elements(&self.0, ".new-sign") {
            sign.remove();
        }
    }

    /// Says that the server did not answer.
    pub(super) fn show_offline(&self) {
        let words = document().get_element_by_id("offline");
        if let (Some(words), Some(list)) = (words, self.part("list")) {
            rows::forget();
            list.set_inner_html(&words.inner_html());
            let _ = self.0.set_attribute("data-state", "trouble");
            for part in ["note", "more", "heading"] {
                if let Some(part) = self.part(part) {
                    part.set_inner_html("");
                }
            }
        }
    }

    /// Reads something out.
    fn say(&self, words: &str) {
        if let Some(region) = self.find("[data-announcement]") {
            region.set_text_content(Some(words));
        }
    }

    fn take_facts(&self, new: &Self) {
        for name in FACTS {
            let _ = match new.fact(name) {
                Some(value) => self.0.set_attribute(name, &value),
                None => self.0.remove_attribute(name),
            };
        }
    }

    fn replace(&self, name: &str, new: &Self) {
        if let (Some(old), Some(new)) = (self.part(name), new.part(name))
            && !old.is_equal_node(Some(&new))
        {
            old.set_text_content(None);
            while let Some(child) = new.first_child() {
                // It fails only for a child that holds the part.
                let _ = old.append_child(&child);
            }
        }
    }

    /// The table stays where both are one: its rows are what costs.
    fn replace_list(&self, new: &Self) {
        let (Some(table), Some(new_table)) = (self.find(TABLE), new.find(TABLE)) else {
            rows::forget();
            self.replace("list", new);
            return;
        };
        table.set_class_name(&new_table.class_name());
        for part in ["caption", "thead"] {
            if let (Ok(Some(old)), Ok(Some(new))) =
                (table.query_selector(part), new_table.query_selector(part))
                && !old.is_equal_node(Some(&new))
            {
                // It fails only for an element that is nowhere.
                let _ = old.replace_with_with_node_1(&new);
            }
        }
        if let Some(body) = self.find("tbody") {
            rows::replace(body, new.rows());
        }
    }
}

fn seq_of(row: &Element) -> Option<String> {
    row.get_attribute("data-seq")
}

fn uid_of(row: &Element) -> Option<String> {
    row.get_attribute("data-uid")
}

fn mark_as_new(row: &Element) {
    let _ = row.class_list().add_1("is-new");
    if let Some(first) = row.first_element_child() {
        let words = td_string!(locale(), desk.new_row);
        let sign = format!(
            "<span class=\"new-sign\"><span class=\"new-dot\"></span><span class=\"sr-only\"> {words}</span></span>"
        );
        let _ = first.insert_adjacent_html("beforeend", &sign);
    }
}

/// Hides an element, or shows it.
pub(super) fn set_hidden(element: Element, is_hidden: bool) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        element.set_hidden(is_hidden);
    }
}
