//! `cargo xtask check`: the rules of the house, held against the code.
//!
//! The rules look at words of Rust ([`lex`]), never at raw text, so that a comment or a string cannot
//! hide or fake a breach. Each rule is a function from the [`Tree`] to its [`Finding`]s and has tests
//! in which it must find something.

mod imports;
mod leftovers;
mod lex;
mod migrations;
mod sizes;
mod sql;
mod texts;
mod tree;
mod views;

use std::path::Path;

use anyhow::Result;

use tree::Tree;

/// A breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// From the workspace's root.
    path: String,
    /// From 1; 0 where the whole file is meant.
    line: usize,
    message: String,
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: &[(&str, Rule)] = &[
    ("imports", imports::findings),
    ("sql", sql::findings),
    ("views", views::findings),
    ("sizes", sizes::findings),
    ("leftovers", leftovers::findings),
    ("migrations", migrations::findings),
    ("texts", texts::findings),
];

/// Prints every breach; true when there is none.
pub fn run(root: &Path) -> Result<bool> {
    let tree = Tree::read(root)?;
    let mut count = 0;
    for (name, rule) in RULES {
        let mut findings = rule(&tree);
        findings.sort();
        findings.dedup();
        for Finding { path, line, message } in &findings {
            println!("{path}:{line}: {name}: {message}");
        }
        count += findings.len();
    }
    println!("{} rules, {} files, {count} breaches", RULES.len(), tree.len());
    Ok(count == 0)
}

/// Messages only, in order: what tests of rules compare.
#[cfg(test)]
fn messages(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
    let mut findings = rule(&Tree::of(files));
    findings.sort();
    findings.dedup();
    findings.into_iter().map(|finding| finding.message).collect()
}
