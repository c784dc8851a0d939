//! Pages live under a content security policy without `unsafe-inline`: no styles or scripts in markup.

use super::Finding;
use super::lex::{self, Token};
use super::tree::Tree;

/// Crates that make pages.
const RENDERING: &[&str] = &["kit", "sozvezdie"];

pub fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.sources().filter(|file| RENDERING.contains(&file.crate_name())) {
        let code: Vec<Token> = file.code().into_iter().cloned().collect();
        for (start, end) in markup(&code) {
            for at in start..end {
                if let Some(what) = inline_at(&code, at) {
                    let line = code.get(at).map_or(0, |token| token.line);
                    found.push(Finding::new(&file.path, line, format!("{what} in markup breaks the page's CSP")));
                }
            }
        }
        for token in &code {
            if let Some(what) = token.text().and_then(inline_in_text) {
                found.push(Finding::new(&file.path, token.line, format!("{what} in markup breaks the page's CSP")));
            }
        }
    }
    found
}

/// From and to, in words, of every `html! { … }`.
fn markup(code: &[Token]) -> Vec<(usize, usize)> {
    let opens = |at: usize| {
        let word = |at: usize| code.get(at);
        word(at).is_some_and(|token| token.is_word("html")) && word(at + 1).is_some_and(|token| token.is('!'))
    };
    (0..code.len()).filter(|at| opens(*at)).map(|at| (at + 2, lex::matching_end(code, at + 2))).collect()
}

fn inline_at(code: &[Token], at: usize) -> Option<String> {
    let word = code.get(at)?.word()?;
    let next = code.get(at + 1)?;
    let before = at.checked_sub(1).and_then(|at| code.get(at));
    // `data-style`, `item.style`, `@let style = …`, `@match style {`
    let part_of_another = |token: &Token| {
        token.is('-') || token.is('.') || ["let", "mut", "match", "if", "in"].iter().any(|word| token.is_word(word))
    };
    if before.is_some_and(part_of_another) {
        return None;
    }
    let is_attribute = next.is('=') && !code.get(at + 2).is_some_and(|token| token.is('=') || token.is('>'));
    match word {
        "style" if is_attribute => Some("style=".to_owned()),
        "style" | "script" if next.is('{') => Some(format!("<{word}>")),
        _ if is_attribute && is_event(word) => Some(format!("{word}=")),
        _ => None,
    }
}

fn is_event(word: &str) -> bool {
    const EVENTS: &[&str] = &[
        "blur", "change", "click", "drag", "drop", "error", "focus", "input", "key", "load", "mouse", "paste",
        "pointer", "reset", "scroll", "select", "submit", "toggle", "touch", "wheel",
    ];
    word.strip_prefix("on").is_some_and(|rest| EVENTS.iter().any(|event| rest.starts_with(event)))
}

/// The same in ready-made markup (`PreEscaped` and the like).
fn inline_in_text(text: &str) -> Option<&'static str> {
    const SIGNS: &[&str] =
        &[" style=", " onclick=", " onload=", " onerror=", " onsubmit=", "<style", "<script>", "javascript:"];
    SIGNS.iter().copied().find(|sign| text.contains(sign)).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::check::messages;

    fn found(source: &str) -> Vec<String> {
        messages(findings, &[("crates/sozvezdie/src/people/view.rs", source)])
    }

    #[test]
    fn inline_styles_and_scripts() {
        for bad in [
            "fn a() { html! { div style=\"x\" { } } }",
            "fn a() { html! { div { button onclick=(x) { } } } }",
            "fn a() { html!(div onpointerdown=\"x\" {}) }",
            "fn a() { html! { style { \"a\" } } }",
            "fn a() { html! { script { (x) } } }",
            "fn a() { PreEscaped(\"<b style='x'>\") }",
            "fn a() { html! { a href=\"javascript:void(0)\" { } } }",
        ] {
            assert_eq!(found(bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn innocent() {
        let source =
            "fn a() { let style = 1; html! { @let style = 2; @if style == 2 { } div data-style=\"x\" class=(style)
            { script src=\"/a.js\" { } input once=\"x\"; @match style { Style::A => \"b\" } } } }";
        assert_eq!(found(source), Vec::<String>::new());
    }
}
