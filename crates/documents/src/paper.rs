//! An official document as data: what stands on it, not how it is laid out. [`crate::pdf`] and
//! [`crate::docx`] lay it out after ГОСТ Р 7.0.97-2016: head of the organisation, kind, day and number,
//! heading, text, signature.

use serde::Serialize;

/// A document. What is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// What the file calls itself.
    pub title: String,
    /// Who issues it: lines in the middle above all, the first one bold.
    pub issuer: Vec<String>,
    /// Address and requisites below the issuer, smaller.
    pub requisites: Vec<String>,
    /// Lines at the right: to whom, «УТВЕРЖДАЮ», «Приложение № 1».
    pub aside: Vec<String>,
    /// «ПРИКАЗ», «АКТ»; a letter has none.
    pub kind: String,
    /// Day, number and place, in one line.
    pub date: String,
    pub number: String,
    pub place: String,
    /// «О направлении обучающихся».
    pub heading: String,
    pub body: Vec<Block>,
    /// Who signs, one below the other.
    pub signatures: Vec<Signature>,
    /// Two sides that sign beside each other.
    pub sides: Vec<Side>,
    /// Small lines at the end: who wrote it, who has read it.
    pub notes: Vec<String>,
    /// Who made the file, when and what for: in the lower margin of each page, so that it never fills one.
    pub foot: String,
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Block {
    /// A paragraph with an indented first line.
    Text { text: String },
    /// A paragraph without indent: the second half of a sentence, «ПРИКАЗЫВАЮ:».
    Flush { text: String },
    /// A heading within the text.
    Heading { text: String },
    /// A table whose first column is numbers when its title is «№».
    Table { columns: Vec<String>, rows: Vec<Vec<String>> },
    /// Shares as bars, one below the other.
    Chart { title: String, bars: Vec<Bar> },
}

/// A bar of a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bar {
    pub title: String,
    /// Its length: tenths of a per cent of the whole width, at most 1000.
    pub tenths: u32,
    /// What it says: «30,0 % (12 из 40)».
    pub words: String,
}

/// A post, a line to sign on, a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signature {
    pub post: String,
    pub name: String,
}

/// One of two sides with its requisites.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Side {
    pub title: String,
    pub lines: Vec<String>,
    pub signature: Signature,
}

/// What a person writes in by hand.
pub const BLANK: &str = "________________";

/// Whether something stands for a blank.
#[must_use]
pub fn has_blank(text: &str) -> bool {
    text.contains("___")
}

impl Paper {
    /// The whole text, one piece a line: for tests and for search.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.issuer.iter().chain(&self.requisites).chain(&self.aside).cloned());
        lines.push(self.kind.clone());
        lines.push([self.date.as_str(), &self.number, &self.place].join(" "));
        lines.push(self.heading.clone());
        for block in &self.body {
            match block {
                Block::Text { text } | Block::Flush { text } | Block::Heading { text } => lines.push(text.clone()),
                Block::Chart { title, bars } => {
                    lines.push(title.clone());
                    lines.extend(bars.iter().map(|bar| format!("{} | {}", bar.title, bar.words)));
                }
                Block::Table { columns, rows } => {
                    lines.push(columns.join(" | "));
                    lines.extend(rows.iter().map(|row| row.join(" | ")));
                }
            }
        }
        lines.extend(self.signatures.iter().map(|s| format!("{} / {}", s.post, s.name)));
        for side in &self.sides {
            lines.push(side.title.clone());
            lines.extend(side.lines.iter().cloned());
            lines.push(format!("{} / {}", side.signature.post, side.signature.name));
        }
        lines.extend(self.notes.iter().cloned());
        lines.push(self.foot.clone());
        lines.retain(|line| !line.trim().is_empty());
        lines.join("\n")
    }
}
