//! The import rule: `main → slices → slice → kit | documents | intake | planner`, never back.
//!
//! A slice is a folder below `crates/sozvezdie/src`. It uses another only through what that one's
//! `mod.rs` exports, and the graph of slices has no circle. Test code may use anything.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::lex::{Kind, Token};
use super::tree::{File, Tree};

const PRODUCT: &str = "crates/sozvezdie/src/";

/// Folders below `src` that are no slices. They and single files (`app.rs`) are a floor under all
/// slices: usable by them, without knowing them.
const FLOOR: &[&str] = &["shell"];

/// Files and folders that put the program together and so may name every slice.
const COMPOSITION: &[&str] =
    &["main.rs", "lib.rs", "slices.rs", "server.rs", "commands", "demo", "generate", "floor.rs"];

/// Which crates of ours each crate may use; one that is not listed is free.
const LIBRARIES: &[(&str, &[&str])] = &[("kit", &[]), ("documents", &[]), ("planner", &[]), ("intake", &["documents"])];

pub fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = libraries(tree);
    let slices = slices(tree);
    let mut graph: BTreeMap<String, BTreeMap<String, (String, usize)>> = BTreeMap::new();
    for file in tree.files(PRODUCT, ".rs").filter(|file| tree_source(file)) {
        let owner = Owner::of(file, &slices);
        for Use { path, line } in uses(file) {
            let Some(slice) = path.first().filter(|name| slices.contains(*name)) else {
                continue;
            };
            if owner == Owner::Slice(slice.clone()) {
                continue;
            }
            if let Some(inner) = path.get(1).filter(|inner| is_submodule(tree, slice, inner)) {
                let message = format!("crate::{slice}::{inner} is inside {slice}: use what its mod.rs exports");
                found.push(Finding::new(&file.path, line, message));
            }
            match &owner {
                Owner::Composition => {}
                Owner::Floor => {
                    found.push(Finding::new(&file.path, line, format!("uses the slice {slice}, it must not")));
                }
                Owner::Slice(user) => {
                    let place = (file.path.clone(), line);
                    graph.entry(user.clone()).or_default().entry(slice.clone()).or_insert(place);
                }
            }
        }
    }
    found.extend(circles(&graph));
    found
}

fn tree_source(file: &File) -> bool {
    !(file.path.ends_with("/tests.rs") || file.path.contains("/tests/"))
}

#[derive(PartialEq, Eq)]
enum Owner {
    Slice(String),
    Floor,
    Composition,
}

impl Owner {
    fn of(file: &File, slices: &BTreeSet<String>) -> Self {
        match top(file) {
            top if slices.contains(top) => Self::Slice(top.to_owned()),
            top if COMPOSITION.contains(&top) => Self::Composition,
            _ => Self::Floor,
        }
    }
}

/// The file or folder directly below `src`.
fn top(file: &File) -> &str {
    let inside = file.path.strip_prefix(PRODUCT).unwrap_or_default();
    inside.split('/').next().unwrap_or_default()
}

fn slices(tree: &Tree) -> BTreeSet<String> {
    let tops = tree.files(PRODUCT, ".rs").map(top).filter(|top| !top.ends_with(".rs"));
    tops.filter(|top| !FLOOR.contains(top) && !COMPOSITION.contains(top)).map(str::to_owned).collect()
}

fn is_submodule(tree: &Tree, slice: &str, name: &str) -> bool {
    let path = format!("{PRODUCT}{slice}/{name}");
    tree.has(&format!("{path}.rs")) || tree.has_folder(&path)
}

/// A path below the crate's root, as some file names it.
struct Use {
    path: Vec<String>,
    line: usize,
}

/// Every path in the program (not its tests) that begins with `crate`, `sozvezdie`, `self` or `super`.
fn uses(file: &File) -> Vec<Use> {
    let code = file.code();
    let mut found = Vec::new();
    let mut here = module_of(file);
    let mut depth = 0_usize;
    let mut inline = Vec::new();
    let mut at = 0;
    while let Some(token) = code.get(at) {
        match &token.kind {
            Kind::Mark('{') => {
                depth += 1;
                // `mod name {`
                let named = at.checked_sub(2).is_some_and(|at| code.get(at).is_some_and(|word| word.is_word("mod")));
                if let (true, Some(name)) = (named, code.get(at - 1).and_then(|token| token.word())) {
                    here.push(name.to_owned());
                    inline.push(depth);
                }
            }
            Kind::Mark('}') => {
                if inline.last() == Some(&depth) {
                    inline.pop();
                    here.pop();
                }
                depth = depth.saturating_sub(1);
            }
            Kind::Word(word) if is_path_start(&code, at) => {
                let base = match word.as_str() {
                    "crate" | "sozvezdie" => Some(Vec::new()),
                    "self" => Some(here.clone()),
                    "super" => Some(parent(&here)),
                    _ => None,
                };
                if let Some(base) = base {
                    at = Reader { code: &code, here: &here, found: &mut found }.path(at + 1, base);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// A word with `::` behind it and none before it.
fn is_path_start(code: &[&Token], at: usize) -> bool {
    let colons = |at: usize| [at, at + 1].iter().all(|at| code.get(*at).is_some_and(|token| token.is(':')));
    colons(at + 1) && !at.checked_sub(2).is_some_and(colons)
}

fn parent(module: &[String]) -> Vec<String> {
    module.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default()
}

/// `src/people/store/list.rs` is `people::store::list`; `src/main.rs` is the root.
fn module_of(file: &File) -> Vec<String> {
    let inside = file.path.strip_prefix(PRODUCT).unwrap_or_default().trim_end_matches(".rs");
    let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| ["mod", "main", "lib"].contains(&last.as_str())) {
        module.pop();
    }
    module
}

struct Reader<'a> {
    code: &'a [&'a Token],
    here: &'a [String],
    found: &'a mut Vec<Use>,
}

impl Reader<'_> {
    /// Reads on from `at`, where `::` is expected behind `path`; gives the first token it did not use.
    fn path(&mut self, mut at: usize, mut path: Vec<String>) -> usize {
        let begin = self.code.get(at.saturating_sub(1)).map_or(0, |token| token.line);
        while self.colons(at) {
            let Some(next) = self.code.get(at + 2) else {
                break;
            };
            match &next.kind {
                Kind::Word(word) => {
                    match word.as_str() {
                        "super" => path = parent(&path),
                        "self" => {}
                        name => path.push(name.to_owned()),
                    }
                    at += 3;
                }
                Kind::Mark('{') => return self.group(at + 3, &path),
                // `*`, `<`
                _ => break,
            }
        }
        let line = self.code.get(at.saturating_sub(1)).map_or(begin, |token| token.line);
        self.found.push(Use { path, line });
        at
    }

    /// The inside of `{ a, b::c, self }`.
    fn group(&mut self, mut at: usize, base: &[String]) -> usize {
        while let Some(token) = self.code.get(at) {
            match &token.kind {
                Kind::Mark('}') => return at + 1,
                Kind::Mark('{') => at = self.group(at + 1, base),
                Kind::Word(word) if word == "as" => at += 2,
                Kind::Word(word) => {
                    let path = match word.as_str() {
                        "crate" => Vec::new(),
                        "super" if base.is_empty() => parent(self.here),
                        "self" => base.to_vec(),
                        name => base.iter().cloned().chain([name.to_owned()]).collect(),
                    };
                    at = self.path(at + 1, path);
                }
                _ => at += 1,
            }
        }
        at
    }

    fn colons(&self, at: usize) -> bool {
        [at, at + 1].iter().all(|at| self.code.get(*at).is_some_and(|token| token.is(':')))
    }
}

/// One finding for each circle, at the place of the use that closes it.
fn circles(graph: &BTreeMap<String, BTreeMap<String, (String, usize)>>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut done = BTreeSet::new();
    for start in graph.keys() {
        visit(start, graph, &mut Vec::new(), &mut done, &mut found);
    }
    found
}

fn visit<'a>(
    slice: &'a str,
    graph: &'a BTreeMap<String, BTreeMap<String, (String, usize)>>,
    way: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
    found: &mut Vec<Finding>,
) {
    if done.contains(slice) {
        return;
    }
    way.push(slice);
    for (next, (path, line)) in graph.get(slice).into_iter().flatten() {
        if let Some(from) = way.iter().position(|passed| passed == next) {
            let mut circle: Vec<&str> = way.iter().skip(from).copied().collect();
            circle.push(next);
            found.push(Finding::new(path, *line, format!("slices use each other in a circle: {}", circle.join(" → "))));
        } else {
            visit(next, graph, way, done, found);
        }
    }
    way.pop();
    done.insert(slice);
}

/// The crates below the product know nothing of it, and of each other only what is listed.
fn libraries(tree: &Tree) -> Vec<Finding> {
    let ours: BTreeSet<&str> = tree.files("crates/", "/Cargo.toml").map(File::crate_name).collect();
    let mut found = Vec::new();
    for (library, allowed) in LIBRARIES {
        let is_foreign = |name: &str| ours.contains(name) && name != *library && !allowed.contains(&name);
        let folder = format!("crates/{library}/");
        for file in tree.files(&folder, "/Cargo.toml") {
            for (line, text) in (1..).zip(file.content.lines()) {
                let name = text.split(['.', '=', ' ']).next().unwrap_or_default();
                if is_foreign(name) {
                    found.push(Finding::new(&file.path, line, format!("{library} must not depend on {name}")));
                }
            }
        }
        for file in tree.files(&folder, ".rs") {
            for token in &file.tokens {
                if token.is_word("sozvezdie") {
                    found.push(Finding::new(&file.path, token.line, format!("{library} must not mention the product")));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::check::messages;

    const PEOPLE: (&str, &str) = ("crates/sozvezdie/src/people/mod.rs", "mod store; pub struct Person;");
    const STORE: (&str, &str) =
        ("crates/sozvezdie/src/people/store.rs", "use super::Person; use crate::people::Person;");

    fn found(path: &str, source: &str) -> Vec<String> {
        messages(findings, &[PEOPLE, STORE, (path, source)])
    }

    const EVENTS: &str = "crates/sozvezdie/src/events/mod.rs";
    const DEEP: &str = "crate::people::store is inside people: use what its mod.rs exports";

    #[test]
    fn a_slice_uses_what_another_exports() {
        assert!(found(EVENTS, "use crate::people::{self, Person}; fn a() { crate::people::find() }").is_empty());
    }

    #[test]
    fn a_slice_reaches_into_another() {
        for source in [
            "use crate::people::store::find;",
            "fn a() { crate::people::store::find() }",
            "use crate::{shell, people::{Person, store::{self, find}}};",
            "use super::people::store;",
            "use super::{people::store as s};",
            "mod inner { use super::super::people::store::find; }",
            "use sozvezdie::people::store::find;",
        ] {
            assert_eq!(found(EVENTS, source), [DEEP], "{source}");
        }
        assert_eq!(found("crates/sozvezdie/src/events/view.rs", "use super::super::people::store::x;"), [DEEP]);
        assert_eq!(found("crates/sozvezdie/src/main.rs", "use crate::people::store::x;"), [DEEP]);
    }

    #[test]
    fn tests_may() {
        assert!(found(EVENTS, "#[cfg(test)] mod t { use crate::people::store::find; }").is_empty());
        assert!(found("crates/sozvezdie/src/events/tests.rs", "use crate::people::store::find;").is_empty());
    }

    #[test]
    fn circles_are_named() {
        let circle = messages(
            findings,
            &[
                ("crates/sozvezdie/src/a/mod.rs", "use crate::b::B;"),
                ("crates/sozvezdie/src/b/web.rs", "use crate::c::C;"),
                ("crates/sozvezdie/src/c/mod.rs", "fn x() { crate::a::x() }"),
                ("crates/sozvezdie/src/d/mod.rs", "use crate::a::x;"),
            ],
        );
        assert_eq!(circle, ["slices use each other in a circle: a → b → c → a"]);
    }

    #[test]
    fn only_the_composition_names_slices() {
        let source = "use crate::people::Person;";
        assert!(found("crates/sozvezdie/src/main.rs", source).is_empty());
        assert!(found("crates/sozvezdie/src/slices.rs", source).is_empty());
        assert!(found("crates/sozvezdie/src/commands/demo.rs", source).is_empty());
        let must_not = ["uses the slice people, it must not"];
        assert_eq!(found("crates/sozvezdie/src/shell/menu.rs", source), must_not);
        assert_eq!(found("crates/sozvezdie/src/app.rs", source), must_not);
        assert!(found(EVENTS, "use crate::shell::page;").is_empty());
    }

    #[test]
    fn libraries_do_not_look_up() {
        let product = ("crates/sozvezdie/Cargo.toml", "");
        let kit = |source| messages(findings, &[product, ("crates/kit/src/a.rs", source)]);
        assert_eq!(kit("use sozvezdie::people;"), ["kit must not mention the product"]);
        assert!(kit("const A: &str = \"sozvezdie\";").is_empty());
        let manifest = "[dependencies]\nanyhow.workspace = true\nkit.workspace = true\n";
        let files = [product, ("crates/kit/Cargo.toml", ""), ("crates/documents/Cargo.toml", manifest)];
        assert_eq!(messages(findings, &files), ["documents must not depend on kit"]);
    }
}
