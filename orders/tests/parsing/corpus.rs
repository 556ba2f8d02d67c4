//! Everything that fuzzing has found worth keeping, once more.

use std::{fs, path::Path};

use crate::invariants;

#[test]
fn the_corpus_of_fuzzing_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/parse");
    let mut messages = 0;
    for entry in fs::read_dir(&folder).expect("the corpus is in the repository") {
        let message = fs::read(entry.expect("an entry").path()).expect("a file");
        invariants::hold(&message);
        messages += 1;
    }
    assert!(
        messages > 100,
        "{messages} messages in {}",
        folder.display()
    );
}
