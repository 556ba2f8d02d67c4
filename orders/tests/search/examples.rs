//! Every example of `docs/search.md` is understood.

use orders::search::{Field, Query};

#[test]
fn the_examples_of_the_documentation_are_understood() {
    let page = include_str!("../../../docs/search.md");
    let examples: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |"))
        .map(|(example, _)| example)
        .collect();
    assert!(examples.len() > 30, "the page has its tables: {examples:?}");
    for example in examples {
        assert!(
            Query::parse(example).is_ok(),
            "{example}: {:?}",
            Query::parse(example)
        );
    }
}

#[test]
fn the_documentation_names_every_field() {
    let page = include_str!("../../../docs/search.md");
    for field in Field::all() {
        assert!(
            page.contains(&format!("`{}:", field.name)),
            "{}",
            field.name
        );
    }
}
