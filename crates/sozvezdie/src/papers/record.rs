//! A stored document: texts that people edit, and the paper that is made of them.
use super::parts::capital;
use crate::organisations::OrganisationId;
use chrono::{DateTime, NaiveDate, Utc};
use documents::{
    cases,
    paper::{Block, Paper, Signature, has_blank},
};
use kit::{
    Fault, Lang,
    form::{Check, Problems, tidy_lines},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kit::db::id_type!(
    /// The papers of one trip.
    SetId
);

kit::db::id_type!(
    /// One document.
    PaperId
);

kit::codes! {
    /// The four papers of a trip, in the order in which they are read.
    pub enum PaperKind { Order = "order", List = "list", Instruction = "instruction", Transport = "transport" }
}

/// The papers of a trip, with who issues them as of the day they were put together.
#[derive(Clone, Debug)]
pub struct Set {
    pub id: SetId,
    pub organisation_id: OrganisationId,
    pub title: String,
    pub issuer: String,
    pub requisites: String,
    pub place: String,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
}
kit::db::row!(Set { id, organisation_id, title, issuer, requisites, place, created_at, created_by });

/// A document as it stands.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: PaperId,
    pub set_id: SetId,
    pub kind: PaperKind,
    pub number: String,
    pub dated: Option<NaiveDate>,
    pub aside: String,
    pub heading: String,
    /// One paragraph a line.
    pub body: String,
    /// One row a line, cells between «|», titles first.
    pub grid: String,
    /// Paragraphs after the table.
    pub ending: String,
    pub post: String,
    pub signatory: String,
    pub updated_at: DateTime<Utc>,
    pub updated_by: Option<Uuid>,
    pub version: i64,
}
kit::db::row!(Record {
    id,
    set_id,
    kind,
    number,
    dated,
    aside,
    heading,
    body,
    grid,
    ending,
    post,
    signatory,
    updated_at,
    updated_by,
    version
});

/// Longest texts of a document, in characters.
const LONGEST: usize = 20_000;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PaperForm {
    pub number: String,
    pub dated: String,
    pub aside: String,
    pub heading: String,
    pub body: String,
    pub grid: String,
    pub ending: String,
    pub post: String,
    pub signatory: String,
    /// The version that the form was filled from.
    pub version: String,
}

impl PaperForm {
    pub fn of(r: &Record) -> Self {
        Self {
            number: r.number.clone(),
            dated: r.dated.map(|day| day.to_string()).unwrap_or_default(),
            aside: r.aside.clone(),
            heading: r.heading.clone(),
            body: r.body.clone(),
            grid: r.grid.clone(),
            ending: r.ending.clone(),
            post: r.post.clone(),
            signatory: r.signatory.clone(),
            version: r.version.to_string(),
        }
    }

    /// The record as the form says it.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn apply(&self, before: &Record) -> Result<Record, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let number = check.optional("number", &self.number, 40).unwrap_or_default();
        let dated = check.date("dated", &self.dated);
        let heading = check.optional("heading", &self.heading, 300).unwrap_or_default();
        let post = check.optional("post", &self.post, 200).unwrap_or_default();
        let signatory = check.optional("signatory", &self.signatory, 150).unwrap_or_default();
        let mut lines = |field: &'static str, text: &str| {
            let length = text.chars().count();
            if length > LONGEST {
                let message = Message::new("form-too-long").with("limit", LONGEST).with("length", length);
                problems.add(field, message);
            }
            tidy_lines(text).unwrap_or_default()
        };
        let aside = lines("aside", &self.aside);
        let body = lines("body", &self.body);
        let grid = lines("grid", &self.grid);
        let ending = lines("ending", &self.ending);
        problems.into_result(Record {
            number,
            dated,
            aside,
            heading,
            body,
            grid,
            ending,
            post,
            signatory,
            ..before.clone()
        })
    }
}

fn filled(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

impl Record {
    /// The lines that a person still has to fill in.
    pub fn blanks(&self) -> Vec<&str> {
        [&self.aside, &self.body, &self.ending]
            .into_iter()
            .flat_map(|text| filled(text))
            .filter(|line| has_blank(line))
            .collect()
    }

    /// The document to be laid out.
    pub fn paper(&self, set: &Set) -> Paper {
        let is_letter = self.kind == PaperKind::Transport;
        let kind = match self.kind {
            PaperKind::Order => "ПРИКАЗ",
            PaperKind::List => "СПИСОК",
            PaperKind::Instruction => "ЛИСТ ИНСТРУКТАЖА",
            PaperKind::Transport => "ЗАЯВКА НА ТРАНСПОРТ",
        };
        let number = if self.number.is_empty() { "________" } else { &self.number };
        let has_number = matches!(self.kind, PaperKind::Order | PaperKind::Transport);
        let date = self
            .dated
            .map_or_else(|| "«____»\u{a0}______________\u{a0}20____\u{a0}г.".to_owned(), |day| Lang::Ru.date(day));
        let mut body = paragraphs(&self.body);
        body.extend(self.table());
        body.extend(paragraphs(&self.ending));
        Paper {
            title: format!("{}. {}", capital(&kind.to_lowercase()), set.title),
            issuer: vec![set.issuer.clone()],
            requisites: set.requisites.lines().map(str::to_owned).collect(),
            aside: filled(&self.aside).map(str::to_owned).collect(),
            kind: kind.to_owned(),
            date: if has_number { date } else { String::new() },
            number: if has_number { format!("№\u{a0}{number}") } else { String::new() },
            place: if has_number && !is_letter { set.place.clone() } else { String::new() },
            heading: self.heading.clone(),
            body,
            signatures: vec![Signature { post: self.post.clone(), name: cases::initials(&self.signatory) }],
            ..Paper::default()
        }
    }

    fn table(&self) -> Option<Block> {
        let mut rows =
            filled(&self.grid).map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
        let columns = rows.next()?;
        let width = columns.len();
        let rows = rows
            .map(|mut row| {
                row.resize(width, String::new());
                row
            })
            .collect();
        Some(Block::Table { columns, rows })
    }
}

/// «ПРИКАЗЫВАЮ:» and a line that ends a greeting stand without indent.
fn paragraphs(text: &str) -> Vec<Block> {
    let block = |line: &str| {
        let shouts = line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
        let text = line.to_owned();
        if shouts { Block::Flush { text } } else { Block::Text { text } }
    };
    filled(text).map(block).collect()
}
