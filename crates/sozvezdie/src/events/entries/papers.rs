//! Lists to print: participants, codes of works, seats.
use super::{Entry, view};
use crate::events::{Edition, Stage};
use documents::paper::{BLANK, Block, Paper, Signature};
use kit::{Fault, Lang, Visit, text::Message};

kit::codes! {
    /// What is printed.
    pub enum Sheet {
        Participants = "participants",
        /// Whose work has which code: for the coding commission alone.
        Codes = "codes",
        Seating = "seating",
    }
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
    let table = match sheet {
        Sheet::Participants => participants(t, &expected),
        Sheet::Codes => codes(t, &expected),
        Sheet::Seating => {
            let rooms = rooms.ok_or_else(|| Fault::field("rooms", Message::new("entry-bad-rooms")))?;
            seats(t, entries, rooms)
        }
    };
    let heading = match sheet {
        Sheet::Participants => t.say("entry-sheet-participants"),
        Sheet::Codes => t.say("entry-sheet-codes"),
        Sheet::Seating => t.say("entry-sheet-seating"),
    };
    let when = crate::events::view::span(t, stage.starts_on.or(edition.starts_on), stage.ends_on.or(edition.ends_on));
    let mut body = vec![Block::Flush { text: format!("{}. {}", edition.title, stage.title) }];
    body.extend(when.map(|when| Block::Flush { text: when }));
    body.push(table);
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
