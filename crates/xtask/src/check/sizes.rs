//! No file that one must scroll for minutes.

use super::Finding;
use super::tree::Tree;

/// When a file outgrows this, it is asking for a noun of its own.
const MOST_LINES: usize = 600;

/// Files that may be longer, each with its own limit and the reason: `(path, lines, reason)`.
const LONGER: &[(&str, usize, &str)] = &[];

pub fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files("crates/", ".rs").filter(|file| file.path.contains("/src/")) {
        let own = LONGER.iter().find(|(path, _, _)| *path == file.path);
        let most = own.map_or(MOST_LINES, |(_, lines, _)| *lines);
        let lines = file.content.lines().count();
        if lines > most {
            found.push(Finding::new(&file.path, 0, format!("{lines} lines, {most} are allowed")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{MOST_LINES, findings};
    use crate::check::messages;

    #[test]
    fn counts_lines() {
        let just = "\n".repeat(MOST_LINES);
        let more = "\n".repeat(MOST_LINES + 1);
        assert!(messages(findings, &[("crates/a/src/b.rs", &just)]).is_empty());
        assert_eq!(messages(findings, &[("crates/a/src/b.rs", &more)]), ["601 lines, 600 are allowed"]);
        assert!(messages(findings, &[("crates/a/tests/b.rs", &more)]).is_empty());
    }
}
