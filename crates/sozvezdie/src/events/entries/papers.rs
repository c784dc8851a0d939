//! Lists to print: participants, codes of works, seats.
use super::{Entry, view};
use crate::events::{Edition, EventKind, Stage};
use documents::paper::{BLANK, Block, Paper, Signature};
use kit::{Fault, Lang, Visit, text::Message};
use serde::Serialize;

kit::codes! {
    /// What is printed.
    pub enum Sheet {
        Participants = "participants",
        /// Whose work has which code: for the coding commission alone.
        Codes = "codes",
        Seating = "seating",
        /// A leaf for each child with the code, to be cut in two: the name stays with the commission.
        Leaves = "leaves",
    }
}

impl Sheet {
    /// Tells whose work has which code.
    pub fn opens_codes(self) -> bool {
        matches!(self, Self::Codes | Self::Leaves)
    }
}

/// The leaf of one child, for the template.
#[derive(Clone, Debug, Serialize)]
pub struct Leaf {
    pub kind: String,
    pub event: String,
    pub when: String,
    pub name: String,
    pub school: String,
    pub class: String,
    pub code: String,
    pub code_title: String,
    pub keep: String,
    pub cut: String,
    pub work: String,
    pub rule: String,
    pub pages: String,
}

/// A leaf for everybody who has a code, in the order of the list.
pub fn leaves((edition, stage): (&Edition, &Stage), entries: &[Entry]) -> Vec<Leaf> {
    let t = Lang::Ru;
    let when = crate::events::days_of(t, edition, stage);
    let say = |key: &'static str| t.say(key).into_owned();
    let leaf = |e: &Entry, code: &str| Leaf {
        kind: say("entry-leaf").to_uppercase(),
        event: format!("{}. {}", edition.title, stage.title),
        when: when.clone(),
        name: e.full_name.clone(),
        school: e.organisation.clone(),
        class: e
            .class()
            .map_or_else(String::new, |class| t.say_with("certificate-class", &[("class", class.into())]).into_owned()),
        code: code.to_owned(),
        code_title: say("entry-code"),
        keep: say("entry-leaf-keep"),
        cut: say("entry-leaf-cut"),
        work: say("entry-leaf-work").to_uppercase(),
        rule: say("entry-leaf-rule"),
        pages: say("entry-leaf-pages"),
    };
    let expected = entries.iter().filter(|e| e.state.is_expected());
    expected.filter_map(|e| e.code.as_deref().map(|code| leaf(e, code))).collect()
}

/// The leaves as one file.
///
/// # Errors
/// A defect of the layout.
#[cfg(feature = "pdf")]
pub fn lay_out(all: &[Leaf], day: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Ok(documents::pdf::render(documents::pdf::Template::Leaves, &all, day)?)
}

/// # Errors
/// Always: there is no layout in this program.
#[cfg(not(feature = "pdf"))]
pub fn lay_out(_: &[Leaf], _: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Err(anyhow::anyhow!("this program was built without the feature `pdf`"))
}

/// The paper, in Russian as all documents of the network are.
///
/// # Errors
/// [`Fault::Invalid`] for seats without rooms.
pub fn write(
    visit: &Visit,
    (edition, stage): (&Edition, &Stage),
    entries: &[Entry],
    sheet: Sheet,
    rooms: Option<&[usize]>,
) -> Result<Paper, Fault> {
    let t = Lang::Ru;
    let expected: Vec<&Entry> = entries.iter().filter(|e| e.state.is_expected()).collect();
    let tables = match sheet {
        // Each class does tasks of its own: its list goes to its room.
        Sheet::Participants if edition.kind == EventKind::Olympiad => by_class(t, &expected),
        Sheet::Participants => vec![participants(t, &expected)],
        // Leaves are laid out by a template of their own.
        Sheet::Codes | Sheet::Leaves => vec![codes(t, &expected)],
        Sheet::Seating => {
            let rooms = rooms.ok_or_else(|| Fault::field("rooms", Message::new("entry-bad-rooms")))?;
            vec![seats(t, entries, rooms)]
        }
    };
    let heading = match sheet {
        Sheet::Participants => t.say("entry-sheet-participants"),
        Sheet::Codes | Sheet::Leaves => t.say("entry-sheet-codes"),
        Sheet::Seating => t.say("entry-sheet-seating"),
    };
    let when = crate::events::view::span(t, stage.starts_on.or(edition.starts_on), stage.ends_on.or(edition.ends_on));
    let mut body = vec![Block::Flush { text: format!("{}. {}", edition.title, stage.title) }];
    body.extend(when.map(|when| Block::Flush { text: when }));
    body.extend(tables);
    Ok(Paper {
        title: heading.to_string(),
        issuer: vec![edition.organiser.clone().unwrap_or_else(|| BLANK.to_owned())],
        kind: heading.to_uppercase(),
        date: t.date(visit.today),
        body,
        signatures: vec![Signature { post: t.say("entry-sheet-signs").into_owned(), name: String::new() }],
        ..Paper::default()
    })
}

fn row(number: usize, cells: impl IntoIterator<Item = String>) -> Vec<String> {
    std::iter::once(number.to_string()).chain(cells).collect()
}

fn class(e: &Entry) -> String {
    e.class().map(|class| class.to_string()).unwrap_or_default()
}

/// A list for each class, by the tasks that the children do.
fn by_class(t: Lang, entries: &[&Entry]) -> Vec<Block> {
    let mut all = Vec::new();
    for of_class in entries.chunk_by(|a, b| a.class() == b.class()) {
        let class = of_class.first().and_then(|e| e.class());
        all.extend(class.map(|class| Block::Heading {
            text: t.say_with("certificate-class", &[("class", class.into())]).into_owned(),
        }));
        all.push(participants(t, of_class));
    }
    all
}

fn participants(t: Lang, entries: &[&Entry]) -> Block {
    let columns = vec![
        "№".to_owned(),
        t.say("entry-name").into_owned(),
        t.say("entry-school").into_owned(),
        t.say("entry-class").into_owned(),
        t.say("entry-sheet-signature").into_owned(),
    ];
    let rows = (1..)
        .zip(entries)
        .map(|(n, e)| row(n, [e.full_name.clone(), e.organisation.clone(), class(e), String::new()]))
        .collect();
    Block::Table { columns, rows }
}

fn codes(t: Lang, entries: &[&Entry]) -> Block {
    let mut coded: Vec<&&Entry> = entries.iter().filter(|e| e.code.is_some()).collect();
    coded.sort_by(|a, b| a.code.cmp(&b.code));
    let columns = vec![
        "№".to_owned(),
        t.say("entry-code").into_owned(),
        t.say("entry-name").into_owned(),
        t.say("entry-class").into_owned(),
    ];
    let rows = (1..)
        .zip(coded)
        .map(|(n, e)| row(n, [e.code.clone().unwrap_or_default(), e.full_name.clone(), class(e)]))
        .collect();
    Block::Table { columns, rows }
}

fn seats(t: Lang, entries: &[Entry], rooms: &[usize]) -> Block {
    let columns = vec![
        "№".to_owned(),
        t.say("entry-room").into_owned(),
        t.say("entry-place").into_owned(),
        t.say("entry-name").into_owned(),
        t.say("entry-school").into_owned(),
    ];
    let rows = (1..)
        .zip(view::seated(entries, rooms))
        .map(|(n, (e, seat))| {
            row(n, [seat.room.to_string(), seat.place.to_string(), e.full_name.clone(), e.organisation.clone()])
        })
        .collect();
    Block::Table { columns, rows }
}
