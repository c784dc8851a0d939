//! Markup as it lies in its text: tags with their places, so that what is not changed is copied letter by
//! letter. The text was read by the careful reader before; here nothing is resolved.

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    Empty,
    /// A comment, an instruction, unparsed characters.
    Aside,
}

/// A tag where it lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'x> {
    pub(super) raw: &'x str,
    /// With its prefix.
    pub(super) full_name: &'x str,
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'x> Tag<'x> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &'x str {
        self.full_name.rsplit(':').next().unwrap_or_default()
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name() == name && self.kind != Kind::Aside
    }

    /// `x:` or nothing.
    pub(super) fn prefix(&self) -> &'x str {
        self.full_name.strip_suffix(self.name()).unwrap_or_default()
    }

    /// Attributes as written: names with their prefixes, values with their references.
    pub(super) fn attributes(&self) -> Vec<(&'x str, &'x str)> {
        let mut rest = self.raw.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        rest = rest.get(self.full_name.len()..).unwrap_or_default();
        let mut found = Vec::new();
        while let Some((name, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
            let Some((value, more)) = after.get(1..).and_then(|text| text.split_once(quote)) else { break };
            found.push((name.trim(), value));
            rest = more;
        }
        found
    }

    /// An attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&'x str> {
        self.attributes().into_iter().find(|(known, _)| known.rsplit(':').next() == Some(name)).map(|(_, v)| v)
    }
}

/// The tags of a text from a place on.
pub(super) struct Tags<'x> {
    xml: &'x str,
    at: usize,
}

pub(super) fn tags(xml: &str) -> Tags<'_> {
    Tags { xml, at: 0 }
}

impl<'x> Iterator for Tags<'x> {
    type Item = Tag<'x>;

    fn next(&mut self) -> Option<Tag<'x>> {
        let rest = self.xml.get(self.at..)?;
        let start = self.at + rest.find('<')?;
        let rest = self.xml.get(start..)?;
        let aside = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
        let (length, kind) = match aside.iter().find(|(begin, _)| rest.starts_with(begin)) {
            Some((_, end)) => (rest.find(end)? + end.len(), Kind::Aside),
            None => {
                let length = closed(rest)?;
                let raw = rest.get(..length)?;
                let kind = if raw.starts_with("</") {
                    Kind::Close
                } else if raw.ends_with("/>") {
                    Kind::Empty
                } else {
                    Kind::Open
                };
                (length, kind)
            }
        };
        let raw = rest.get(..length)?;
        let inner = raw.trim_start_matches(['<', '/']);
        let full_name = inner.split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default();
        self.at = start + length;
        Some(Tag { raw, full_name, kind, start, end: self.at })
    }
}

/// Where a tag ends: a `>` that stands in no value.
fn closed(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// A tag written anew from its attributes.
pub(super) fn tag(name: &str, attributes: &[(&str, &str)], is_empty: bool) -> String {
    let mut out = format!("<{name}");
    for (name, value) in attributes {
        let quote = if value.contains('"') { '\'' } else { '"' };
        out.push_str(&format!(" {name}={quote}{value}{quote}"));
    }
    out.push_str(if is_empty { "/>" } else { ">" });
    out
}

/// A piece of the text.
pub(super) fn slice(xml: &str, from: usize, to: usize) -> &str {
    xml.get(from..to).unwrap_or_default()
}
