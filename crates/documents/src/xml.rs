//! XML read with distrust: no document types, no entities but the five of XML, bounded depth and bounded
//! length of any single piece.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::budget::Budget;
use crate::refusal::{Reason, Refusal};

/// Office parts nest about a dozen deep.
const MAX_DEPTH: u32 = 64;

/// A source that bounds how much may be read between two marks.
pub(crate) trait Mark {
    /// A piece of markup ended here.
    fn mark(&mut self);
}

impl Mark for &[u8] {
    fn mark(&mut self) {}
}

/// What comes next.
pub(crate) enum Node<'n> {
    /// An element begins. An empty one is followed by its end.
    Open(BytesStart<'n>),
    /// An element ends.
    Close,
    /// Text, with references resolved; may come in several pieces.
    Text(Cow<'n, str>),
    /// A comment or an instruction.
    Aside,
    /// The document is over.
    End,
}

/// A stream of nodes.
pub(crate) struct Xml<'b, R: BufRead + Mark> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    depth: u32,
    budget: &'b Budget,
}

impl<'b, R: BufRead + Mark> Xml<'b, R> {
    pub(crate) fn new(source: R, budget: &'b Budget) -> Self {
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = false;
        Self { reader, buffer: Vec::new(), depth: 0, budget }
    }

    /// How many elements are open.
    pub(crate) const fn depth(&self) -> u32 {
        self.depth
    }

    pub(crate) fn next(&mut self) -> Result<Node<'_>, Refusal> {
        self.budget.step()?;
        self.buffer.clear();
        self.reader.get_mut().mark();
        let event = self.reader.read_event_into(&mut self.buffer);
        match event.map_err(|error| self.budget.failure(error.to_string()))? {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(Refusal::new(Reason::Corrupted, "nested too deep"));
                }
                Ok(Node::Open(tag))
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Node::Close)
            }
            Event::Text(text) => Ok(Node::Text(text.into_inner())),
            Event::CData(text) => Ok(Node::Text(text.into_inner())),
            Event::GeneralRef(name) => reference(&name.into_inner()),
            Event::DocType(text) => Err(document_type(&text.into_inner())),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(Node::Aside),
            Event::Eof => Ok(Node::End),
        }
    }

    /// Leaves the element that was opened last, whatever is in it.
    pub(crate) fn skip(&mut self) -> Result<(), Refusal> {
        let target = self.depth.saturating_sub(1);
        while self.depth > target {
            if matches!(self.next()?, Node::End) {
                return Err(Refusal::new(Reason::Corrupted, "ends within an element"));
            }
        }
        Ok(())
    }
}

/// A reference between texts: one of XML's own, or a character by number. Any other was declared by the
/// document itself, and declarations are not read.
fn reference(name: &str) -> Result<Node<'static>, Refusal> {
    let text = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => {
            let letter = name.strip_prefix('#').and_then(character).ok_or_else(|| {
                Refusal::new(
                    Reason::EntityExpansion,
                    format!("the entity {}", name.chars().take(40).collect::<String>()),
                )
            })?;
            return Ok(Node::Text(Cow::Owned(letter.to_string())));
        }
    };
    Ok(Node::Text(Cow::Borrowed(text)))
}

fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

/// The refusal for a document type: it depends on whether it points outside.
pub(crate) fn document_type(text: &str) -> Refusal {
    let head: String = text.chars().take(4096).collect();
    if head.contains("SYSTEM") || head.contains("PUBLIC") {
        Refusal::new(Reason::ExternalEntity, "a document type that points outside")
    } else {
        Refusal::new(Reason::EntityExpansion, "a document type")
    }
}

/// The value of an attribute by its local name, with references resolved.
pub(crate) fn attribute<'t>(tag: &'t BytesStart<'_>, local_name: &str) -> Option<Cow<'t, str>> {
    // Checks for doubled names are off: they are quadratic in the number of attributes.
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    for attribute in attributes.flatten() {
        if attribute.key.local_name().as_ref() == local_name {
            return Some(unescape(attribute.value));
        }
    }
    None
}

/// Whether an attribute says yes in one of the ways Office formats do.
pub(crate) fn is_set(tag: &BytesStart<'_>, local_name: &str) -> bool {
    matches!(attribute(tag, local_name).as_deref(), Some("1" | "true" | "on"))
}

fn unescape(raw: Cow<'_, str>) -> Cow<'_, str> {
    if !raw.contains('&') {
        return raw;
    }
    match quick_xml::escape::unescape(&raw) {
        Ok(text) => Cow::Owned(text.into_owned()),
        Err(_) => raw,
    }
}
