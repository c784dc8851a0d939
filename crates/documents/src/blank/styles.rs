//! The styles of a workbook: each style that a yellow cell needs is added beside the one it comes from.

use std::collections::{BTreeMap, BTreeSet};

use super::markup::{Kind, slice, tag, tags};

/// Pure yellow, as a person marks a cell by hand.
const YELLOW: &str = "FFFFFF00";

/// A part with styles under change.
pub(super) struct Styles {
    xml: String,
    /// The formats of cells as written.
    formats: Vec<String>,
    percents: BTreeSet<u32>,
    fills: usize,
    /// Where new fills and new formats go.
    after_fills: usize,
    after_formats: usize,
    prefix: String,
    marked: BTreeMap<u32, u32>,
    added: Vec<String>,
}

impl Styles {
    pub(super) fn read(xml: String) -> Self {
        let mut found = Self {
            formats: Vec::new(),
            percents: BTreeSet::new(),
            fills: 0,
            after_fills: 0,
            after_formats: 0,
            prefix: String::new(),
            marked: BTreeMap::new(),
            added: Vec::new(),
            xml: String::new(),
        };
        let (mut within_fills, mut within_formats, mut open) = (false, false, None);
        let mut custom: BTreeSet<&str> = ["9", "10"].into();
        for tag in tags(&xml) {
            match (tag.name(), tag.kind) {
                ("numFmt", Kind::Open | Kind::Empty) => {
                    if let Some(id) = tag.attribute("numFmtId")
                        && tag.attribute("formatCode").is_some_and(|code| code.contains('%'))
                    {
                        custom.insert(id);
                    }
                }
                ("fills", Kind::Open) => within_fills = true,
                ("fill", Kind::Open | Kind::Empty) if within_fills => found.fills += 1,
                ("fills", Kind::Close) => (within_fills, found.after_fills) = (false, tag.start),
                ("cellXfs", Kind::Open) => {
                    within_formats = true;
                    tag.prefix().clone_into(&mut found.prefix);
                }
                ("cellXfs", Kind::Close) => (within_formats, found.after_formats) = (false, tag.start),
                ("xf", Kind::Empty) if within_formats => found.format(&custom, tag.raw, tag.attribute("numFmtId")),
                ("xf", Kind::Open) if within_formats => open = Some((tag.start, tag.attribute("numFmtId"))),
                ("xf", Kind::Close) if within_formats => {
                    if let Some((start, id)) = open.take() {
                        found.format(&custom, slice(&xml, start, tag.end), id);
                    }
                }
                _ => {}
            }
        }
        found.xml = xml;
        found
    }

    fn format(&mut self, percents: &BTreeSet<&str>, raw: &str, id: Option<&str>) {
        if id.is_some_and(|id| percents.contains(id)) {
            self.percents.insert(u32::try_from(self.formats.len()).unwrap_or(u32::MAX));
        }
        self.formats.push(raw.to_owned());
    }

    /// Whether cells of a style show percents.
    pub(super) fn shows_percents(&self, style: u32) -> bool {
        self.percents.contains(&style)
    }

    /// The yellow twin of a style; the style itself where the part has no room for one.
    pub(super) fn marked(&mut self, style: u32) -> u32 {
        if let Some(known) = self.marked.get(&style) {
            return *known;
        }
        let at = usize::try_from(style).ok().and_then(|at| self.formats.get(at)).or_else(|| self.formats.first());
        let Some(raw) = at.cloned() else { return style };
        if self.after_fills == 0 || self.after_formats < self.after_fills {
            return style;
        }
        let Some(first) = tags(&raw).next() else { return style };
        let fill = self.fills.to_string();
        let mut attributes: Vec<(&str, &str)> =
            first.attributes().into_iter().filter(|(name, _)| !matches!(*name, "fillId" | "applyFill")).collect();
        attributes.extend([("fillId", fill.as_str()), ("applyFill", "1")]);
        let head = tag(first.full_name, &attributes, first.kind == Kind::Empty);
        let rest = raw.get(first.end..).unwrap_or_default();
        let number = u32::try_from(self.formats.len() + self.added.len()).unwrap_or(style);
        self.added.push(format!("{head}{rest}"));
        self.marked.insert(style, number);
        number
    }

    /// The part with what was added.
    pub(super) fn written(self) -> String {
        if self.added.is_empty() {
            return self.xml;
        }
        let p = &self.prefix;
        let fill = format!(
            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{YELLOW}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
        );
        let whole = [
            slice(&self.xml, 0, self.after_fills),
            &fill,
            slice(&self.xml, self.after_fills, self.after_formats),
            &self.added.concat(),
            self.xml.get(self.after_formats..).unwrap_or_default(),
        ]
        .concat();
        uncounted(&whole)
    }
}

/// Without the counts of lists that grew: they may be left out, and a wrong one may not stay.
fn uncounted(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut done = 0;
    for found in tags(xml).filter(|t| t.kind == Kind::Open && matches!(t.name(), "fills" | "cellXfs")) {
        out.push_str(slice(xml, done, found.start));
        let kept: Vec<(&str, &str)> = found.attributes().into_iter().filter(|(name, _)| *name != "count").collect();
        out.push_str(&tag(found.full_name, &kept, false));
        done = found.end;
    }
    out.push_str(xml.get(done..).unwrap_or_default());
    out
}
