//! Nothing is left for later in silence: a line that puts something off names the ADR that says why.

use super::Finding;
use super::lex::Kind;
use super::tree::Tree;

const NOTES: &[&str] = &["TODO", "FIXME"];
const MACROS: &[&str] = &["todo", "unimplemented", "dbg"];

pub fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.sources() {
        let is_excused = |line: usize| file.content.lines().nth(line - 1).is_some_and(|text| text.contains("ADR"));
        let following = file.tokens.iter().skip(1).map(Some).chain([None]);
        for (token, next) in file.tokens.iter().zip(following).filter(|(token, _)| !token.test) {
            match &token.kind {
                Kind::Comment(comment) => {
                    for (line, text) in (token.line..).zip(comment.lines()) {
                        let note = NOTES.iter().find(|note| text.contains(*note));
                        if let Some(note) = note.filter(|_| !is_excused(line)) {
                            let message = format!("{note} without an ADR");
                            found.push(Finding::new(&file.path, line, message));
                        }
                    }
                }
                Kind::Word(word)
                    if MACROS.contains(&word.as_str())
                        && next.is_some_and(|next| next.is('!'))
                        && !is_excused(token.line) =>
                {
                    let message = format!("{word}! without an ADR");
                    found.push(Finding::new(&file.path, token.line, message));
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::check::messages;

    fn found(source: &str) -> Vec<String> {
        messages(findings, &[("crates/a/src/b.rs", source)])
    }

    #[test]
    fn notes_and_macros() {
        assert_eq!(found("fn a() {} // TODO later"), ["TODO without an ADR"]);
        assert_eq!(found("/* one\n FIXME */"), ["FIXME without an ADR"]);
        assert_eq!(found("fn a() { dbg!(1); todo!() }"), ["dbg! without an ADR", "todo! without an ADR"]);
    }

    #[test]
    fn excused_by_an_adr_by_being_a_test_or_by_being_a_text() {
        assert!(found("// TODO see ADR-0007").is_empty());
        assert!(found("#[cfg(test)] mod tests { fn a() { todo!() } }").is_empty());
        assert!(found("const A: &str = \"TODO\"; fn todo() {}").is_empty());
        assert!(messages(findings, &[("crates/a/src/b/tests.rs", "// TODO")]).is_empty());
    }
}
