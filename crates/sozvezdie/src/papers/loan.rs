//! The acts of a loan: handed over, taken back. Nothing is stored; they say what the booking says.
use super::{
    parts::{self, Party},
    words::{InCase, Words},
};
use crate::exchange::{self, Booking, Form};
use chrono::NaiveDate;
use documents::paper::{BLANK, Block, Paper, Side};
use kit::{Fault, Lang, Visit, clock::local_date, text::Message};

kit::codes! {
    /// Which of the two; the codes are the addresses.
    pub enum Act { HandingOver = "handing-over", TakingBack = "taking-back" }
}

/// The act of a loan that this viewer may see.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state` when there is nothing to write an act of.
pub async fn of_booking(visit: &Visit, id: exchange::BookingId, act: Act) -> Result<Paper, Fault> {
    let booking = exchange::open(visit, id).await?;
    let is_time = match act {
        // Before it is handed over too: the act is signed at the handing over.
        Act::HandingOver => has_act(&booking),
        Act::TakingBack => booking.loan.handed_on.is_some(),
    };
    if booking.form != Form::Loan || !is_time {
        return Err(Fault::conflict("state", Message::new("paper-no-act")));
    }
    let owner = parts::party(visit, booking.owner_id).await?;
    let borrower = parts::party(visit, booking.organisation_id).await?;
    Ok(paper(&booking, act, &owner, &borrower, &Words::load(&visit.net).await?))
}

/// Whether the sides have agreed on the loan.
fn has_act(b: &Booking) -> bool {
    use exchange::BookingState::{Countered, Requested};
    b.state.holds() && !matches!(b.state, Requested | Countered)
}

/// `24.11.2026`, or a blank.
fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "«____»\u{a0}______________\u{a0}20____\u{a0}г.".to_owned(), |day| Lang::Ru.date(day))
}

fn or_blank(text: Option<&str>) -> String {
    text.unwrap_or(BLANK).to_owned()
}

/// The act as a document. Pure.
pub fn paper(b: &Booking, act: Act, owner: &Party, borrower: &Party, words: &Words) -> Paper {
    let is_back = act == Act::TakingBack;
    let on = if is_back { b.loan.taken_back_on } else { b.loan.handed_on };
    let heading = if is_back {
        "о возврате имущества из временного пользования"
    } else {
        "о передаче имущества во временное пользование"
    };
    Paper {
        title: format!("Акт {heading}"),
        issuer: vec![owner.name.clone()],
        requisites: owner.requisites.clone(),
        kind: "АКТ".to_owned(),
        date: day(on),
        number: "№\u{a0}________".to_owned(),
        place: owner.place.clone(),
        heading: heading.to_owned(),
        body: body(b, is_back, owner, borrower, words),
        sides: vec![side("Передающая сторона", owner), side("Принимающая сторона", borrower)],
        ..Paper::default()
    }
}

fn side(title: &str, party: &Party) -> Side {
    let mut lines = vec![party.name.clone()];
    lines.extend(party.requisites.iter().cloned());
    Side { title: title.to_owned(), lines, signature: party.signature() }
}

fn body(b: &Booking, is_back: bool, owner: &Party, borrower: &Party, words: &Words) -> Vec<Block> {
    let text = |text: String| Block::Text { text };
    let parties = format!(
        "{} (далее\u{a0}— Передающая сторона) в\u{a0}лице {}, с\u{a0}одной стороны, и\u{a0}{} (далее\u{a0}— Принимающая сторона) в\u{a0}лице {}, с\u{a0}другой стороны, составили настоящий акт о\u{a0}нижеследующем.",
        owner.name,
        owner.represented(words),
        borrower.name,
        borrower.represented(words)
    );
    let deed = if is_back {
        "1. Принимающая сторона возвратила, а\u{a0}Передающая сторона приняла следующее имущество:"
    } else {
        "1. Передающая сторона передала, а\u{a0}Принимающая сторона приняла во\u{a0}временное пользование следующее имущество:"
    };
    let columns = ["№", "Наименование", "Инвентарный номер", "Количество", "Состояние"];
    let row = vec![
        "1".to_owned(),
        b.resource_name.clone(),
        or_blank(b.loan.inventory_number.as_deref()),
        b.units.to_string(),
        or_blank(b.loan.note.as_deref()),
    ];
    let mut all = vec![
        text(parties),
        text(deed.to_owned()),
        Block::Table { columns: columns.map(str::to_owned).to_vec(), rows: vec![row] },
    ];
    let since = day(b.loan.handed_on);
    if is_back {
        let until = day(b.loan.taken_back_on);
        all.push(text(format!(
            "2. Имущество находилось в\u{a0}пользовании с\u{a0}{since} по\u{a0}{}. Цель: {}.",
            full_stop(&until),
            full_stop(&b.purpose)
        )));
        all.push(text(format!(
            "3. Претензии Передающей стороны к\u{a0}количеству и\u{a0}состоянию имущества: {BLANK}{BLANK}."
        )));
    } else {
        let until = day(Some(local_date(b.span.end)));
        all.push(text(format!(
            "2. Имущество передано на\u{a0}срок с\u{a0}{since} по\u{a0}{until}. Цель: {}.",
            full_stop(&b.purpose)
        )));
        let keeper = b
            .loan
            .responsible
            .as_deref()
            .map_or_else(|| BLANK.to_owned(), |name| words.person_and_post(name, InCase::Accusative));
        // «П. И.» ends the sentence by itself.
        let keeper = keeper.trim_end_matches('.');
        all.push(text(format!(
            "3. Ответственность за\u{a0}сохранность имущества на\u{a0}время пользования возлагается на\u{a0}{keeper}."
        )));
        all.push(text("4. Принимающая сторона обязуется возвратить имущество в\u{a0}срок и\u{a0}в\u{a0}исправном состоянии с\u{a0}учётом нормального износа.".to_owned()));
    }
    let last = all.iter().filter(|block| matches!(block, Block::Text { .. })).count();
    all.push(text(format!("{last}. Акт составлен в\u{a0}двух экземплярах, по\u{a0}одному для\u{a0}каждой стороны.")));
    all
}

/// What a sentence goes on after, without a stop of its own.
pub fn full_stop(text: &str) -> &str {
    text.trim_end_matches(['.', ' '])
}
