//! `cargo xtask new-slice`: the skeleton of a slice, after the anatomy that ARCHITECTURE.md describes.
//!
//! It writes new files only. What must be changed in others' files it prints, because there a person
//! decides (who may do what, where in the menu it stands).

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

#[derive(Args)]
pub struct Options {
    /// Plural noun in snake case: `study_trips`
    name: String,
    /// One of them: `study_trip` [default: the name without its last letter]
    #[arg(long, value_name = "NOUN")]
    record: Option<String>,
}

const FILES: &[(&str, &str)] = &[
    ("mod.rs", include_str!("skeleton/mod.rs.txt")),
    ("model.rs", include_str!("skeleton/model.rs.txt")),
    ("store.rs", include_str!("skeleton/store.rs.txt")),
    ("web.rs", include_str!("skeleton/web.rs.txt")),
    ("view.rs", include_str!("skeleton/view.rs.txt")),
    ("api.rs", include_str!("skeleton/api.rs.txt")),
    ("tests.rs", include_str!("skeleton/tests.rs.txt")),
];
const MIGRATION: &str = include_str!("skeleton/migration.sql.txt");
const TEXTS: &str = include_str!("skeleton/texts.ftl.txt");

pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let names = Names::of(&options.name, options.record.as_deref())?;
    let slice = &names.slice;
    let folder = root.join("crates/sozvezdie/src").join(slice);
    ensure!(!folder.exists(), "{} is there already", folder.display());
    let migration = format!("{:04}_{slice}", next_number(root)?);
    for (file, skeleton) in FILES {
        write(&folder.join(file), &names.fill(skeleton))?;
    }
    write(&root.join("migrations").join(format!("{migration}.sql")), &names.fill(MIGRATION))?;
    for language in ["ru", "en"] {
        write(&root.join("locales").join(language).join(format!("{}.ftl", names.words())), &names.fill(TEXTS))?;
    }
    println!(
        "Written. By hand, in this order:\n\
         \x20 crates/sozvezdie/src/lib.rs        pub mod {slice};\n\
         \x20 crates/sozvezdie/src/slices.rs     {slice}::slice() in all(), \"{migration}\" in MIGRATIONS\n\
         \x20 crates/sozvezdie/src/roles.rs      who holds {slice}.view and {slice}.add, and how far\n\
         \x20 crates/sozvezdie/src/shell/nav.rs  its line of the menu, with the text nav-{}\n\
         \x20 locales/ru, locales/en             the words of {}.ftl\n\
         \x20 crates/sozvezdie/tests/all         a record in the foreign network (world.rs), its place in the access matrix\n\
         Then: cargo fmt, cargo xtask test",
        names.words(),
        names.words(),
    );
    Ok(true)
}

struct Names {
    slice: String,
    record: String,
}

impl Names {
    fn of(slice: &str, record: Option<&str>) -> Result<Self> {
        let record = match record {
            Some(record) => record,
            None => slice.strip_suffix('s').context("no English plural in s: say --record")?,
        };
        for name in [slice, record] {
            let right = name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if !right {
                bail!("{name} is not in snake case");
            }
        }
        ensure!(slice != record, "a slice is a plural");
        Ok(Self { slice: slice.to_owned(), record: record.to_owned() })
    }

    /// The slice's name in addresses and keys of texts.
    fn words(&self) -> String {
        self.slice.replace('_', "-")
    }

    fn fill(&self, skeleton: &str) -> String {
        let marks = [
            ("@slice@", self.slice.clone()),
            ("@record@", self.record.clone()),
            ("@Record@", self.record.split('_').map(capital).collect()),
            ("@Slice@", capital(&self.slice.replace('_', " "))),
            ("@path@", self.words()),
            ("@words@", self.words()),
            ("@word@", self.record.replace('_', "-")),
        ];
        marks.iter().fold(skeleton.to_owned(), |text, (mark, name)| text.replace(mark, name))
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn next_number(root: &Path) -> Result<usize> {
    let entries = std::fs::read_dir(root.join("migrations")).context("cannot read migrations")?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let numbers = names.filter_map(|name| name.split_once('_')?.0.parse::<usize>().ok());
    Ok(numbers.max().unwrap_or(0) + 1)
}

fn write(path: &Path, text: &str) -> Result<()> {
    ensure!(!path.exists(), "{} is there already", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_filled_in() {
        let names = Names::of("study_trips", None).unwrap();
        for skeleton in FILES.iter().map(|(_, skeleton)| skeleton).chain([&MIGRATION, &TEXTS]) {
            // `@if` of a view is none: a mark is a word between two of them.
            let text = names.fill(skeleton);
            let unknown =
                text.split('@').skip(1).find(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
            assert_eq!(unknown, None, "{text}");
        }
        assert_eq!(
            names.fill("@slice@ @record@ @Record@ @Slice@ @path@ @word@"),
            "study_trips study_trip StudyTrip Study trips study-trips study-trip"
        );
    }

    #[test]
    fn bad_names_are_refused() {
        for (slice, record) in
            [("Trips", None), ("trip", None), ("trips", Some("trips")), ("../x", Some("y")), ("", Some("y"))]
        {
            assert!(Names::of(slice, record).is_err(), "{slice}");
        }
        assert!(Names::of("people", Some("person")).is_ok());
    }
}
