//! Children, editions of events over ten academic years, and who took part in them.
use super::{BATCH, one_of};
use crate::{
    events::{self, Edition, EditionDraft, EditionState, EventKind, Format, Level, Stage},
    learners::{self, ClassName, LearnerDraft},
    organisations::OrganisationId,
    people::{PersonId, PersonName},
    results::{self, Award, Outcome, ParticipationId, ResultState, Row, Snapshot, State},
    shell::AcademicYear,
};
use chrono::{Datelike as _, NaiveDate};
use kit::{Fault, Visit, db::Tx};
use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};

/// A child as an event sees it.
pub struct Child {
    id: PersonId,
    school: OrganisationId,
    /// How many years younger than the oldest.
    step: i64,
    is_member: bool,
}

/// Who takes part in one edition.
const FIELD: usize = 250;
/// Academic years that are filled.
const YEARS: i64 = 10;

const LAST: [&str; 6] = ["Демонов", "Примеров", "Образцов", "Макетов", "Учебнов", "Пробников"];
const FIRST: [&str; 6] = ["Семён", "Иван", "Пётр", "Лев", "Матвей", "Артём"];
const SUBJECTS: [&str; 6] = ["Биология", "Математика", "Химия", "История", "Литература", "Физика"];

/// Writes so many children, each fifth a member of the Centre on the day of every event.
pub async fn children(
    visit: &Visit,
    count: usize,
    schools: &[OrganisationId],
    random: &mut StdRng,
    wrote: impl Fn(usize),
) -> Result<Vec<Child>, Fault> {
    let mut all = Vec::with_capacity(count);
    let begun = AcademicYear::of(visit.today);
    for part in (0..count).collect::<Vec<_>>().chunks(BATCH) {
        let mut batch = Vec::with_capacity(part.len());
        for n in part {
            let step = i64::try_from(n % 11).unwrap_or(0);
            let year = i32::try_from(begun.0 - 17 + step).unwrap_or(2010);
            let (month, day) =
                (u32::try_from(n / 11 % 12).unwrap_or(0) + 1, u32::try_from(n / 132 % 28).unwrap_or(0) + 1);
            let draft = LearnerDraft {
                name: PersonName {
                    last: format!("{}-{}", one_of(&LAST, random), letters(*n)),
                    first: one_of(&FIRST, random).into(),
                    patronymic: None,
                },
                birth_date: NaiveDate::from_ymd_opt(year, month, day).unwrap_or(visit.today),
                sex: None,
                snils: None,
                guardian_phone: None,
                organisation: schools.choose(random).copied().unwrap_or(OrganisationId(uuid::Uuid::nil())),
                class: ClassName::read(&format!("{} А", 11 - step)),
                from: begun.first_day().min(visit.today),
                basis: None,
            };
            batch.push((draft, step, n % 5 == 0));
        }
        let made = visit
            .net
            .transact(async |tx: &mut Tx| {
                let mut made = Vec::with_capacity(batch.len());
                for (draft, step, is_member) in &batch {
                    let id = learners::insert(tx, visit, draft).await?;
                    made.push(Child { id, school: draft.organisation, step: *step, is_member: *is_member });
                }
                Ok::<_, Fault>(made)
            })
            .await?;
        wrote(made.len());
        all.extend(made);
    }
    Ok(all)
}

/// A number as a name may have it.
fn letters(mut n: usize) -> String {
    let alphabet = ['а', 'б', 'в', 'г', 'д', 'е', 'и', 'к', 'л', 'м'];
    let mut text = String::new();
    for _ in 0..6 {
        text.extend(alphabet.get(n % 10));
        n /= 10;
    }
    text
}

/// Writes so many participations with their editions.
pub async fn write(
    visit: &Visit,
    count: usize,
    children: &[Child],
    random: &mut StdRng,
    wrote: impl Fn(usize),
) -> Result<(), Fault> {
    let mut left = count;
    let mut n = 0_usize;
    while left > 0 && !children.is_empty() {
        let field = FIELD.min(left).min(children.len());
        let years = i64::try_from(n).unwrap_or(0) % YEARS;
        let year = AcademicYear(AcademicYear::of(visit.today).0 - 1 - years);
        let draft = edition(n, year, random);
        let seed = random.random_range(0..children.len());
        let marks: Vec<u32> = (0..field).map(|_| random.random_range(0..20)).collect();
        visit
            .net
            .transact(async |tx: &mut Tx| {
                let entered = events::enter(tx, visit, &draft).await?;
                let (Some(edition), stages) =
                    (events::find_in(tx, entered.edition).await?, events::stages_in(tx, entered.edition).await?)
                else {
                    return Ok(());
                };
                let Some(stage) = stages.first() else { return Ok(()) };
                let rows: Vec<Row> = (marks.iter().enumerate())
                    .filter_map(|(i, mark)| {
                        children.get((seed + i) % children.len()).map(|c| row(visit, &edition, stage, c, *mark))
                    })
                    .collect();
                results::enter(tx, visit, &rows).await
            })
            .await?;
        wrote(field);
        left -= field;
        n += 1;
    }
    Ok(())
}

fn edition(n: usize, year: AcademicYear, random: &mut StdRng) -> EditionDraft {
    let level = Level::ALL.choose(random).copied().unwrap_or(Level::Municipal);
    let format = Format::ALL.choose(random).copied().unwrap_or(Format::InPerson);
    let mut draft =
        EditionDraft::plain(&format!("Синтетическое мероприятие {}", n / 10), EventKind::Contest, year, level, format);
    draft.subject = Some(one_of(&SUBJECTS, random).into());
    let on = year.first_day().with_month(11);
    (draft.starts_on, draft.ends_on) = (on, on);
    draft.state = EditionState::Published;
    draft
}

fn row(visit: &Visit, edition: &Edition, stage: &Stage, child: &Child, mark: u32) -> Row {
    let ago = AcademicYear::of(visit.today).0 - edition.academic_year.0;
    let class = 11 - child.step - ago;
    let snapshot = Snapshot {
        organisation: child.school,
        class: (1..=11).contains(&class).then_some(class),
        age: class + 6,
        centre_member: child.is_member,
    };
    let mut row = Row::new(ParticipationId(visit.new_id()), edition, stage, child.id, snapshot);
    (row.state, row.result) = match mark {
        0 => (State::NoShow, ResultState::None),
        1 => (State::TookPart, ResultState::Entered),
        _ => (State::TookPart, ResultState::Confirmed),
    };
    row.is_prize = mark > 17;
    let award = if row.is_prize { Award::PrizeWinner } else { Award::Participant };
    if row.result != ResultState::None {
        row.outcome = Outcome { award: Some(award), score: Some(f64::from(mark) * 5.0), ..Outcome::default() };
    }
    row
}
