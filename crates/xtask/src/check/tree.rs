//! The files that rules look at.

use std::path::Path;

use anyhow::{Context, Result};

use super::lex::{self, Kind, Token};

/// Folders that hold something for a rule.
const FOLDERS: &[&str] = &["crates", "migrations", "locales"];
const ENDINGS: &[&str] = &["rs", "toml", "sql", "ftl"];

pub struct File {
    /// From the workspace's root, with `/`.
    pub path: String,
    pub content: String,
    /// Empty unless it is Rust.
    pub tokens: Vec<Token>,
}

pub struct Tree {
    files: Vec<File>,
}

impl Tree {
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for folder in FOLDERS {
            read_folder(&root.join(folder), folder, &mut files)?;
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, content)| File::new(path, (*content).to_owned()));
        Self { files: files.collect() }
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Files below a folder (which ends in `/`) with an ending.
    pub fn files<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.starts_with(folder) && file.path.ends_with(ending))
    }

    /// Rust files of the crates' `src` folders that are not themselves tests.
    pub fn sources(&self) -> impl Iterator<Item = &File> {
        self.files("crates/", ".rs").filter(|file| file.in_source_folder() && !file.is_test_file())
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }

    pub fn has_folder(&self, folder: &str) -> bool {
        let inside = |file: &File| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.files.iter().any(inside)
    }
}

impl File {
    fn new(path: &str, content: String) -> Self {
        let tokens = if path.ends_with(".rs") { lex::tokens(&content) } else { Vec::new() };
        Self { path: path.to_owned(), content, tokens }
    }

    fn in_source_folder(&self) -> bool {
        self.path.split('/').nth(2) == Some("src")
    }

    fn is_test_file(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    pub fn crate_name(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or_default()
    }

    /// Words of the program itself: neither tests nor comments.
    pub fn code(&self) -> Vec<&Token> {
        let is_code = |token: &&Token| !token.test && !matches!(token.kind, Kind::Comment(_));
        self.tokens.iter().filter(is_code).collect()
    }
}

fn read_folder(folder: &Path, name: &str, files: &mut Vec<File>) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {name}"))?;
        let path = entry.path();
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            read_folder(&path, &name, files)?;
        } else if path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
            let content = std::fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
            files.push(File::new(&name, content));
        }
    }
    Ok(())
}
