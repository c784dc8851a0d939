//! Every text of the interface exists in both languages, is used, and every text that is used exists.
//!
//! The code names a text by a literal in one of [`NAMING`], a family of texts by `text_prefix!("kind-", code)`.
//! These must exist. A text counts as used when any literal of the program equals its key, so that
//! keys may also stand in tables.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::lex::{self, Token};
use super::tree::{File, Tree};

const LANGUAGES: [&str; 2] = ["locales/ru/", "locales/en/"];

/// How code names a text: the words before the bracket, and which argument is the key.
const NAMING: &[(&[&str], usize)] = &[
    (&[".", "say"], 0),
    (&[".", "say_with"], 0),
    (&["Message", ":", ":", "new"], 0),
    (&["Key", ":", ":", "new"], 0),
    (&["text_key", "!"], 0),
    (&["t", "!"], 1),
];
/// `Permission("people.view")` is called by the text `permission-people-view`.
const PERMISSION: &[&str] = &["Permission"];
const PREFIX: &[&str] = &["text_prefix", "!"];

type Place = (String, usize);

pub fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let [first, second] = LANGUAGES.map(|folder| Language::read(tree, folder, &mut found));
    for (one, other, name) in [(&first, &second, LANGUAGES[1]), (&second, &first, LANGUAGES[0])] {
        for (key, (path, line)) in &one.keys {
            if !other.keys.contains_key(key) {
                found.push(Finding::new(path, *line, format!("{key} is missing in {name}")));
            }
        }
    }
    let mut used = Used::default();
    for file in tree.sources() {
        used.read(file);
    }
    for (key, (path, line)) in &used.keys {
        if !first.keys.contains_key(key) && !second.keys.contains_key(key) {
            found.push(Finding::new(path, *line, format!("no text {key}")));
        }
    }
    for (prefix, (path, line)) in &used.prefixes {
        if !first.keys.keys().any(|key| key.starts_with(prefix.as_str())) {
            found.push(Finding::new(path, *line, format!("no text begins with {prefix}")));
        }
    }
    for (key, (path, line)) in &first.keys {
        if !used.has(key) && !first.references.contains(key) {
            found.push(Finding::new(path, *line, format!("{key} is not used")));
        }
    }
    found
}

#[derive(Default)]
struct Language {
    keys: BTreeMap<String, Place>,
    /// Messages that other messages of the language name in braces.
    references: BTreeSet<String>,
}

impl Language {
    /// Terms (`-name`) and attributes (`.name`) are a language's own affair.
    fn read(tree: &Tree, folder: &str, found: &mut Vec<Finding>) -> Self {
        let mut language = Self::default();
        for file in tree.files(folder, ".ftl") {
            for (number, line) in (1..).zip(file.content.lines()) {
                if let Some(key) = key_defined(line) {
                    let place = (file.path.clone(), number);
                    if language.keys.insert(key.to_owned(), place).is_some() {
                        found.push(Finding::new(&file.path, number, format!("{key} is defined twice")));
                    }
                }
                if !line.starts_with('#') {
                    language.references.extend(references(line).map(str::to_owned));
                }
            }
        }
        language
    }
}

/// `key = …` at the very beginning of a line.
fn key_defined(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(in_key);
    is_key.then_some(key)
}

fn in_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Names right behind an opening brace; variables and terms begin with a sign and are none.
fn references(line: &str) -> impl Iterator<Item = &str> {
    line.split('{').skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        rest.get(..rest.find(|c| !in_key(c)).unwrap_or(rest.len())).filter(|name| !name.is_empty())
    })
}

#[derive(Default)]
struct Used {
    keys: BTreeMap<String, Place>,
    prefixes: BTreeMap<String, Place>,
    literals: BTreeSet<String>,
}

impl Used {
    fn has(&self, key: &str) -> bool {
        let in_family = || self.prefixes.keys().any(|prefix| key.starts_with(prefix.as_str()));
        self.keys.contains_key(key) || self.literals.contains(key) || in_family()
    }

    fn read(&mut self, file: &File) {
        let code: Vec<Token> = file.code().into_iter().cloned().collect();
        self.literals.extend(code.iter().filter_map(Token::text).map(str::to_owned));
        for at in 0..code.len() {
            for (words, index) in NAMING {
                for (key, line) in literals(&code, at, words, *index) {
                    self.keys.entry(message(key).to_owned()).or_insert_with(|| (file.path.clone(), line));
                }
            }
            for (code, line) in literals(&code, at, PERMISSION, 0) {
                let key = format!("permission-{}", code.replace('.', "-"));
                self.keys.entry(key).or_insert_with(|| (file.path.clone(), line));
            }
            for (prefix, line) in literals(&code, at, PREFIX, 0) {
                self.prefixes.entry(prefix.to_owned()).or_insert_with(|| (file.path.clone(), line));
            }
        }
    }
}

/// `key.attribute` is an attribute of the message `key`.
fn message(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

/// The string literals in one argument of a call that begins with these words at `at`.
fn literals<'a>(code: &'a [Token], at: usize, words: &[&str], index: usize) -> Vec<(&'a str, usize)> {
    let matches = |(offset, word): (usize, &&str)| {
        let token = code.get(at + offset);
        let mark = word.chars().next().filter(|c| !c.is_alphabetic());
        token.is_some_and(|token| token.is_word(word) || mark.is_some_and(|mark| token.is(mark)))
    };
    let open = at + words.len();
    if !words.iter().enumerate().all(matches) || !code.get(open).is_some_and(|token| token.is('(')) {
        return Vec::new();
    }
    let end = lex::matching_end(code, open).saturating_sub(1);
    let (mut depth, mut argument) = (0_usize, 0);
    let mut found = Vec::new();
    let mut family_end = 0;
    for (at, token) in code.iter().enumerate().take(end).skip(open + 1) {
        // A family inside the argument is read on its own.
        if PREFIX.first().is_some_and(|word| token.is_word(word)) {
            family_end = lex::matching_end(code, at);
        }
        if at < family_end {
            continue;
        }
        if "([{".chars().any(|mark| token.is(mark)) {
            depth += 1;
        } else if ")]}".chars().any(|mark| token.is(mark)) {
            depth = depth.saturating_sub(1);
        } else if token.is(',') && depth == 0 {
            argument += 1;
        } else if argument == index {
            found.extend(token.text().map(|text| (text, token.line)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::check::messages;

    fn found(ru: &str, en: &str, code: &str) -> Vec<String> {
        let files = [("locales/ru/a.ftl", ru), ("locales/en/a.ftl", en), ("crates/sozvezdie/src/a/view.rs", code)];
        messages(findings, &files)
    }

    #[test]
    fn all_ways_to_name_a_text() {
        let ftl = "# a = b\na = A\nb = { c }\n    .attribute = x\nc = { $n ->\n    [one] x = y\n   *[other] { -term }\n }\nd = D\ne = E\n\
            kind-x = X\nkind-y = Y\nf = F\ng = G\nh =\n    .title = H\ni = I\nj = J\n-term = T\n";
        let code = "fn a() { t.say(\"a\"); t.say_with(\"b\", &[(\"n\", \"zz\")]); Key::new(\"d\"); text_key!(\"e\");
            t.say(&text::text_prefix!(\"kind-\", if z { \"zz\" })); t!(t, \"f\", \"zz\"); t.say(match x { X => \"g\", Y => \"a\" }); t.say(\"h.title\"); Message::new(\"i\"); entry(\"j\"); }";
        assert_eq!(found(ftl, ftl, code), Vec::<String>::new());
    }

    #[test]
    fn missing_in_a_language() {
        let code = "fn a() { t.say(\"a\"); t.say(\"b\") }";
        assert_eq!(found("a = A\nb = B", "a = A", code), ["b is missing in locales/en/"]);
        assert_eq!(found("a = A", "a = A\nb = B", code), ["b is missing in locales/ru/"]);
    }

    #[test]
    fn unused_unknown_and_double() {
        assert_eq!(found("a = A", "a = A", ""), ["a is not used"]);
        assert_eq!(found("", "", "fn a() { t.say(\"a\") }"), ["no text a"]);
        let permission = "const A: Permission = Permission(\"a.view\");";
        assert_eq!(found("", "", permission), ["no text permission-a-view"]);
        assert!(found("permission-a-view = A", "permission-a-view = A", permission).is_empty());
        assert_eq!(found("", "", "fn a() { text_prefix!(\"k-\") }"), ["no text begins with k-"]);
        assert_eq!(found("a = A\na = B", "a = A", "fn a() { t.say(\"a\") }"), ["a is defined twice"]);
    }

    #[test]
    fn a_test_uses_nothing() {
        assert_eq!(found("a = A", "a = A", "#[test] fn a() { t.say(\"a\") }"), ["a is not used"]);
    }
}
