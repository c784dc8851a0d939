//! Reads a page as a careful validator would, and says what is wrong with it.
use std::collections::{BTreeMap, BTreeSet};

/// Elements that never close.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Attributes that name ids of the same page.
const REFERENCES: &[&str] =
    &["for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget", "headers", "list", "form"];

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece<'a> {
    Open(Tag<'a>),
    Close(&'a str),
    Text(&'a str),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Tag<'a> {
    pub name: &'a str,
    pub attributes: Vec<(&'a str, &'a str)>,
    /// Closed by itself, as SVG may be.
    closed: bool,
}

impl<'a> Tag<'a> {
    /// The value of an attribute; empty for one that stands alone.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, v)| *v)
    }

    fn is_labelled(&self) -> bool {
        self.get("aria-label").is_some_and(|v| !v.trim().is_empty()) || self.get("aria-labelledby").is_some()
    }
}

/// The document in pieces. Values must be quoted, as ours are.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix('/') {
            let (name, after) = after.split_once('>').unwrap_or((after, ""));
            pieces.push(Piece::Close(name.trim()));
            rest = after;
        } else {
            let (tag, after) = tag(rest);
            rest = after;
            if !tag.name.starts_with('!') {
                pieces.push(Piece::Open(tag));
            }
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn tag(text: &str) -> (Tag<'_>, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let mut tag = Tag { name: &text[..end], attributes: Vec::new(), closed: false };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            tag.closed = true;
            return (tag, after);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
        if end == 0 {
            // A stray character: not ours to mend, but it must not stop us.
            rest = rest.get(1..).unwrap_or("");
            if rest.is_empty() {
                return (tag, "");
            }
            continue;
        }
        let name = &rest[..end];
        rest = &rest[end..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"').unwrap_or((quoted, ""));
        }
        tag.attributes.push((name, value));
    }
}

/// The words of a document without its tags.
pub fn words(html: &str) -> String {
    let texts = pieces(html).into_iter().filter_map(|p| match p {
        Piece::Text(text) => Some(unescape(text)),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// A form of a page as a browser holds it: to be filled in and sent.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The form that goes to this address.
    pub fn of(html: &str, action: &str) -> Self {
        let pieces = pieces(html);
        let start = pieces
            .iter()
            .position(|p| matches!(p, Piece::Open(t) if t.name == "form" && t.get("action") == Some(action)));
        let start = start.unwrap_or_else(|| panic!("no form goes to {action}"));
        let mut fields = Vec::new();
        let mut chosen: Option<String> = None;
        for (at, piece) in pieces.iter().enumerate().skip(start) {
            match piece {
                Piece::Close("form") => break,
                Piece::Open(tag) => {
                    let name = || tag.get("name").unwrap_or_default().to_owned();
                    let value = || tag.get("value").map(unescape).unwrap_or_default();
                    match tag.name {
                        "input" if tag.get("type") == Some("checkbox") && tag.get("checked").is_none() => {}
                        "input" => fields.push((name(), value())),
                        "textarea" => fields.push((name(), unescape(&words_until(&pieces[at + 1..], "textarea")))),
                        "select" => {
                            chosen = None;
                            fields.push((name(), String::new()));
                        }
                        "option" if tag.get("selected").is_some() || chosen.is_none() => {
                            chosen = Some(value());
                            if let Some(last) = fields.last_mut() {
                                last.1 = value();
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        fields.retain(|(name, _)| !name.is_empty());
        Self { action: action.to_owned(), fields }
    }

    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// Types into a field that is there.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no field {name}"));
        value.clone_into(&mut field.1);
        self
    }

    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect()
    }
}

/// What is wrong with a whole page; empty when all is well.
pub fn page_faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !html.starts_with("<!DOCTYPE html>") {
        faults.push("no doctype".into());
    }
    let pieces = pieces(html);
    let tags: Vec<&Tag<'_>> =
        pieces.iter().filter_map(|p| if let Piece::Open(tag) = p { Some(tag) } else { None }).collect();
    // A drawing may have titles of its own; the page's stands before the body.
    let head = tags.iter().position(|t| t.name == "body").unwrap_or(tags.len());
    let count = |name: &str| {
        let within = if name == "title" { &tags[..head] } else { &tags[..] };
        within.iter().filter(|t| t.name == name).count()
    };
    for name in ["html", "head", "title", "body", "main", "h1"] {
        if count(name) != 1 {
            faults.push(format!("{} of <{name}>", count(name)));
        }
    }
    if !tags.iter().any(|t| t.name == "html" && matches!(t.get("lang"), Some("ru" | "en"))) {
        faults.push("no language".into());
    }
    faults.extend(fragment_faults(html));
    faults
}

/// What is wrong with a page or a part of one.
pub fn fragment_faults(html: &str) -> Vec<String> {
    let pieces = pieces(html);
    let mut faults = nesting(&pieces);
    faults.extend(ids(&pieces));
    faults.extend(names(&pieces));
    for piece in &pieces {
        match piece {
            Piece::Open(tag) => faults.extend(inline(tag)),
            Piece::Text(text) if text.contains('⟨') => {
                faults.push(format!("a text that is missing: {}", text.trim()));
            }
            _ => {}
        }
    }
    faults
}

fn nesting(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Open(tag) if !VOID.contains(&tag.name) && !tag.closed => open.push(tag.name),
            Piece::Close(name) if open.last() == Some(name) => {
                open.pop();
            }
            Piece::Close(name) => faults.push(format!("</{name}> closes {open:?}")),
            _ => {}
        }
    }
    if !open.is_empty() {
        faults.push(format!("never closed: {open:?}"));
    }
    faults
}

fn ids(pieces: &[Piece<'_>]) -> Vec<String> {
    let tags = || pieces.iter().filter_map(|p| if let Piece::Open(tag) = p { Some(tag) } else { None });
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for id in tags().filter_map(|t| t.get("id")) {
        *seen.entry(id).or_default() += 1;
    }
    let mut faults: Vec<String> =
        seen.iter().filter(|(_, n)| **n > 1).map(|(id, n)| format!("{n} times id {id}")).collect();
    let known: BTreeSet<&str> = seen.keys().copied().collect();
    for tag in tags() {
        let mut wanted: Vec<&str> =
            REFERENCES.iter().filter_map(|a| tag.get(a)).flat_map(str::split_whitespace).collect();
        wanted.extend(
            tag.get("href").filter(|_| tag.name == "a").and_then(|h| h.strip_prefix('#')).filter(|h| !h.is_empty()),
        );
        faults.extend(
            wanted.iter().filter(|id| !known.contains(*id)).map(|id| format!("<{}> points to no id {id}", tag.name)),
        );
        let mut attributes: Vec<&str> = tag.attributes.iter().map(|(n, _)| *n).collect();
        attributes.sort_unstable();
        faults.extend(
            attributes.windows(2).filter(|w| w[0] == w[1]).map(|w| format!("<{}> has {} twice", tag.name, w[0])),
        );
    }
    faults
}

/// Fields without a label, buttons, links and headings without words.
fn names(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let labels: BTreeSet<&str> = pieces
        .iter()
        .filter_map(|p| if let Piece::Open(tag) = p { (tag.name == "label").then(|| tag.get("for"))? } else { None })
        .collect();
    let mut inside_label = 0_usize;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(tag) if tag.name == "label" => inside_label += 1,
            Piece::Close("label") => inside_label = inside_label.saturating_sub(1),
            Piece::Open(tag) => match tag.name {
                "input" if matches!(tag.get("type"), Some("hidden" | "submit" | "button")) => {}
                "input" | "select" | "textarea" => {
                    let named =
                        inside_label > 0 || tag.is_labelled() || tag.get("id").is_some_and(|id| labels.contains(id));
                    if !named {
                        faults.push(format!("<{}> {:?} has no label", tag.name, tag.get("name")));
                    }
                }
                "button" | "a" | "h1" | "h2" | "h3" | "th" | "title" | "summary" | "legend" | "option"
                    if !tag.is_labelled()
                        && words_until(&pieces[at + 1..], tag.name).is_empty()
                        && !is_blank_option(tag) =>
                {
                    faults.push(format!("<{}> {:?} says nothing", tag.name, tag.attributes));
                }
                "img" if tag.get("alt").is_none() => faults.push("<img> without alt".into()),
                "svg"
                    if tag.get("aria-hidden") != Some("true")
                        && !tag.is_labelled()
                        && tag.get("role") != Some("presentation") =>
                {
                    // Inside a labelled picture it needs no name of its own.
                    let picture = pieces[..at]
                        .iter()
                        .rev()
                        .take(3)
                        .any(|p| matches!(p, Piece::Open(t) if t.get("role") == Some("img")));
                    if !picture {
                        faults.push("<svg> that is neither hidden nor named".into());
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    faults
}

fn is_blank_option(tag: &Tag<'_>) -> bool {
    tag.name == "option" && tag.get("value") == Some("")
}

fn words_until(pieces: &[Piece<'_>], name: &str) -> String {
    let mut words = String::new();
    for piece in pieces {
        match piece {
            Piece::Close(closed) if *closed == name => break,
            Piece::Text(text) => words.push_str(text.trim()),
            Piece::Open(tag) => words.push_str(tag.get("alt").or(tag.get("aria-label")).unwrap_or("")),
            Piece::Close(_) => {}
        }
    }
    words
}

/// What the CSP forbids, or what it should: nothing inline, nothing from outside.
fn inline(tag: &Tag<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    if tag.name == "style" || (tag.name == "script" && tag.get("src").is_none()) {
        faults.push(format!("an inline <{}>", tag.name));
    }
    for (name, value) in &tag.attributes {
        let is_handler = name.starts_with("on") || name.starts_with("hx-on");
        if *name == "style" || is_handler || value.trim_start().to_lowercase().starts_with("javascript:") {
            faults.push(format!("<{}> has inline {name}", tag.name));
        }
        let loads = *name == "src" || (*name == "href" && matches!(tag.name, "link" | "use" | "image"));
        if loads
            && !(value.starts_with('/') && !value.starts_with("//")
                || value.starts_with("data:image/")
                || value.starts_with('#'))
        {
            faults.push(format!("<{}> loads {value}", tag.name));
        }
    }
    let leads_out = tag.name == "a" && tag.get("href").is_some_and(|h| h.starts_with("http"));
    if leads_out && !tag.get("rel").is_some_and(|r| r.contains("noopener")) {
        faults.push("a link outside without rel=noopener".into());
    }
    faults
}

#[test]
fn a_bad_page_is_seen_through() {
    let bad = r##"<html><head><title></title></head><body onload="x()"><main><h1>А</h1><h1>Б</h1><p style="color:red">
        <input name="q"><a href="#nowhere">x</a><b id="i"></b><b id="i"></b><button></button><img src="http://evil.example/x">
        <svg></svg><script>alert(1)</script><span>⟨key⟩</span></div></main></body></html>"##;
    let faults = page_faults(bad).join("\n");
    for seen in [
        "no doctype",
        "2 of <h1>",
        "no language",
        "</div> closes",
        "2 times id i",
        "no id nowhere",
        "Some(\"q\") has no label",
        "<button> [] says nothing",
        "<title> [] says nothing",
        "<img> without alt",
        "<svg> that is neither",
        "an inline <script>",
        "inline style",
        "inline onload",
        "loads http://evil.example/x",
        "missing: ⟨key⟩",
    ] {
        assert!(faults.contains(seen), "{seen:?} not among\n{faults}");
    }
    let good = r#"<!DOCTYPE html><html lang="ru"><head><title>А</title></head><body><main><h1>А</h1><label for="q">Б</label><input id="q"></main></body></html>"#;
    assert_eq!(page_faults(good), Vec::<String>::new());
    assert_eq!(words("<p>a &amp; b</p><i>c</i>"), "a & b c");
    let form = Form::of(
        r#"<form action="/a"><input type="hidden" name="key" value="a&quot;b"><input type="checkbox" name="no" value="1">
        <select name="s"><option value="1">x</option><option value="2" selected>y</option><option value="3">z</option></select>
        <textarea name="t">два</textarea></form><input name="outside">"#,
        "/a",
    );
    assert_eq!(form.pairs(), [("key", "a\"b"), ("s", "2"), ("t", "два")]);
}
