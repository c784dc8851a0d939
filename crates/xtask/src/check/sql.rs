//! All the SQL of a slice stands in its `store.rs`.
//!
//! Crude but honest: a string that begins like a statement is taken for one.

use super::Finding;
use super::tree::{File, Tree};

const FIRST_WORDS: &[&str] = &["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

pub fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.sources().filter(|file| !may_hold_sql(file)) {
        for token in file.code() {
            if token.text().is_some_and(is_statement) {
                found.push(Finding::new(&file.path, token.line, "SQL outside store.rs"));
            }
        }
    }
    found
}

/// `kit` is the seam itself: its statements are about its own tables (jobs, audit, sessions).
fn may_hold_sql(file: &File) -> bool {
    file.crate_name() == "kit" || file.path.ends_with("/store.rs") || file.path.contains("/store/")
}

fn is_statement(text: &str) -> bool {
    // A literal may begin with an escaped line break.
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
    let Some((first, rest)) = text.split_once(|c: char| c.is_whitespace()) else {
        return false;
    };
    if FIRST_WORDS.contains(&first) {
        return true;
    }
    // In small letters these are also English words, so more of the statement must show.
    let rest = rest.to_lowercase();
    match first.to_lowercase().as_str() {
        "select" => rest.contains(" from "),
        "insert" => rest.starts_with("into "),
        "delete" => rest.starts_with("from "),
        "update" => rest.contains(" set "),
        "with" => rest.contains(" as ("),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::check::messages;

    const STATEMENT: &str = "fn a() { q(\"SELECT 1\") }";

    #[test]
    fn found_outside_the_store() {
        let path = "crates/sozvezdie/src/people/web.rs";
        assert_eq!(messages(findings, &[(path, STATEMENT)]), ["SQL outside store.rs"]);
        let small = "fn a() { q(r\"\n  delete from person\") }";
        assert_eq!(messages(findings, &[(path, small)]), ["SQL outside store.rs"]);
        let broken = "fn a() { q(\"\\\n  UPDATE person SET x = 1\") }";
        assert_eq!(messages(findings, &[(path, broken)]), ["SQL outside store.rs"]);
    }

    #[test]
    fn allowed_in_stores_kit_tests_and_english() {
        let english = "fn a() { say(\"Select a class\"); say(\"With love\"); say(\"SELECTED\") }";
        let files = [
            ("crates/sozvezdie/src/people/store.rs", STATEMENT),
            ("crates/sozvezdie/src/people/store/list.rs", STATEMENT),
            ("crates/kit/src/job.rs", STATEMENT),
            ("crates/sozvezdie/src/people/tests.rs", STATEMENT),
            ("crates/sozvezdie/src/people/model.rs", "#[test] fn a() { q(\"SELECT 1\") }"),
            ("crates/sozvezdie/src/people/view.rs", english),
        ];
        assert!(messages(findings, &files).is_empty());
    }
}
