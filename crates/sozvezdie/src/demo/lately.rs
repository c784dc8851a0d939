//! Results of the last two springs: what portfolios of today show, whom this year's events suit, and whom
//! one loses. The children were not of the Centre yet on those days, so that the share of the source text
//! stays as it is.
use super::{
    centre as members, consents,
    learners::{self, Child, Staff},
    network::Placed,
};
use crate::{
    centre,
    events::{self, EditionDraft, EditionState, EventKind, Format, Level, ListKind, StageDraft, StageState},
    organisations::OrganisationId,
    people::PersonId,
    results::{self, Award, Ground, Outcome, ParticipationId, Row, State},
    shell::AcademicYear,
};
use chrono::{Datelike as _, NaiveDate};
use kit::{Fault, Visit, db::Tx};

const GYMNASIUM: &str = "Майская гимназия";
const RAZUMNOE: &str = "Разуменская СОШ №\u{a0}2";
/// Numbers of made-up children who came from another school this September.
const NEWCOMERS: usize = 7000;
/// An event that is held again this year.
const ALGORITHM: &str = "Районная олимпиада по информатике «Алгоритм» (демо)";
/// Children of a class who took part.
const OF_CLASS: usize = 3;

/// One event with the children in the order of their places: the first won, the next two are prize-winners.
struct Held<'a> {
    title: &'a str,
    level: Level,
    subject: &'a str,
    on: NaiveDate,
    organiser: (&'a str, Option<OrganisationId>),
    list: Option<ListKind>,
    who: Vec<PersonId>,
    /// Who prepared them, with the part of each.
    mentors: Vec<(PersonId, i64)>,
}

/// Writes the results.
pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &Staff<'_>,
    children: &[Child],
) -> Result<(), Fault> {
    let find = |name: &str| organisations.iter().find(|o| o.short_name == name).map(|o| o.id);
    let (Some(gymnasium), Some(razumnoe)) = (find(GYMNASIUM), find(RAZUMNOE)) else { return Ok(()) };
    let this = i32::try_from(AcademicYear::of(visit.today).0).unwrap_or_else(|_| visit.today.year());
    let spring = |year: i32, day: u32| NaiveDate::from_ymd_opt(year, 4, day).unwrap_or(visit.today);
    let (pedagogue, coordinator) = (staff.find("pedagogue"), staff.find("coordinator"));
    let alone: Vec<(PersonId, i64)> = pedagogue.map(|p| (p, 100)).into_iter().collect();
    let together = match (pedagogue, coordinator) {
        (Some(one), Some(other)) => vec![(one, 60), (other, 40)],
        _ => Vec::new(),
    };

    let mut outside = Vec::new();
    for class in ["7 Б", "8 А", "9 А"] {
        let mut some = 0;
        for child in children.iter().filter(|c| c.organisation == razumnoe && c.class == class) {
            if some < OF_CLASS && centre::member_on(tx, child.id, visit.today).await?.is_none() {
                outside.push(child.id);
                some += 1;
            }
        }
    }
    let known = staff.find("learner").filter(|id| children.iter().any(|c| c.id == *id));
    let mut early: Vec<PersonId> = known.into_iter().collect();
    early.extend(outside.iter().copied().step_by(2));
    let mut moved = Vec::new();
    for n in 0..2 {
        moved.extend(learners::newcomer(tx, visit, NEWCOMERS + n * 3, (gymnasium, razumnoe), this).await?);
    }

    let department = ("Управление образования (демо)", None);
    let all = [
        Held {
            title: "Районный турнир юных биологов «Росток» (демо)",
            level: Level::Municipal,
            subject: "Биология",
            on: spring(this - 1, 17),
            organiser: department,
            list: Some(ListKind::Regional),
            who: early,
            mentors: together.clone(),
        },
        Held {
            title: "Школьная олимпиада по биологии «Первый шаг» (демо)",
            level: Level::School,
            subject: "Биология",
            on: spring(this, 10),
            organiser: (RAZUMNOE, Some(razumnoe)),
            list: None,
            who: outside,
            mentors: alone,
        },
        Held {
            title: "Районная олимпиада по физике «Маятник» (демо)",
            level: Level::Municipal,
            subject: "Физика",
            on: spring(this, 21),
            organiser: department,
            list: None,
            who: moved,
            mentors: together,
        },
    ];
    for held in all {
        one(tx, visit, &held).await?;
    }
    lose(tx, visit, staff, (gymnasium, razumnoe), this).await
}

/// Members of the Centre whom it loses: of one nothing is heard this year, another goes on without the
/// teachers of the former school, a third left the teacher behind and is silent as well.
async fn lose(
    tx: &mut Tx,
    visit: &Visit,
    staff: &Staff<'_>,
    (gymnasium, razumnoe): (OrganisationId, OrganisationId),
    this: i32,
) -> Result<(), Fault> {
    let Some(home) = centre::core(tx).await? else { return Ok(()) };
    let spring = |year: i32, day: u32| NaiveDate::from_ymd_opt(year, 4, day).unwrap_or(visit.today);
    let of = |addresses: &[&str]| -> Vec<(PersonId, i64)> {
        let found = addresses.iter().filter_map(|address| staff.find(address));
        found.map(|person| (person, 100 / i64::try_from(addresses.len()).unwrap_or(1))).collect()
    };
    let ways = [
        ("Районная олимпиада по химии «Кристалл» (демо)", "Химия", (gymnasium, gymnasium), of(&["coordinator"])),
        (ALGORITHM, "Информатика", (gymnasium, razumnoe), of(&["pedagogue", "coordinator"])),
        (
            "Районный турнир по математике «Пятью пять» (демо)",
            "Математика",
            (razumnoe, gymnasium),
            of(&["class-teacher"]),
        ),
    ];
    for (n, (title, subject, way, mentors)) in ways.into_iter().enumerate() {
        let number = NEWCOMERS + (n + 2) * 3;
        let Some(child) = learners::newcomer(tx, visit, number, way, this).await? else { continue };
        if way.1 != home.organisation {
            consents::transfer(tx, visit, child, home.organisation).await?;
        }
        members::join(tx, visit, &home, child, this).await?;
        let held = Held {
            title,
            level: Level::Municipal,
            subject,
            on: spring(this, 14),
            organiser: ("Управление образования (демо)", None),
            list: None,
            who: vec![child],
            mentors,
        };
        one(tx, visit, &held).await?;
        if title == ALGORITHM {
            go_on(tx, visit, &held, spring(this + 1, 14).max(visit.today)).await?;
        }
    }
    Ok(())
}

/// The next time of an event, for which the same children are entered.
async fn go_on(tx: &mut Tx, visit: &Visit, held: &Held<'_>, on: NaiveDate) -> Result<(), Fault> {
    let mut draft = edition(held, on);
    draft.state = EditionState::Announced;
    draft.stages = vec![StageDraft::plain("Заключительный этап")];
    let entered = events::enter(tx, visit, &draft).await?;
    let Some(edition) = events::find_in(tx, entered.edition).await? else { return Ok(()) };
    let Some(stage) = events::stages_in(tx, edition.id).await?.into_iter().next() else { return Ok(()) };
    for learner in &held.who {
        let Some(snapshot) = results::snapshot(tx, *learner, visit.today).await? else { continue };
        let mut row = Row::new(ParticipationId(visit.new_id()), &edition, &stage, *learner, snapshot);
        row.state = State::Entered;
        results::enter(tx, visit, std::slice::from_ref(&row)).await?;
    }
    Ok(())
}

/// What is said of an event on its day.
fn edition(held: &Held<'_>, on: NaiveDate) -> EditionDraft {
    let year = AcademicYear::of(on);
    let mut draft = EditionDraft::plain(held.title, EventKind::Olympiad, year, held.level, Format::InPerson);
    draft.subject = Some(held.subject.to_owned());
    draft.organiser = Some(held.organiser.0.to_owned());
    draft.organiser_id = held.organiser.1;
    (draft.starts_on, draft.ends_on) = (Some(on), Some(on));
    (draft.class_from, draft.class_to) = (Some(5), Some(11));
    draft
}

async fn one(tx: &mut Tx, visit: &Visit, held: &Held<'_>) -> Result<(), Fault> {
    let mut draft = edition(held, held.on);
    draft.state = EditionState::Published;
    draft.stages =
        vec![StageDraft { state: StageState::Final, ..StageDraft::plain("Заключительный этап") }];
    let entered = events::enter(tx, visit, &draft).await?;
    let Some(edition) = events::find_in(tx, entered.edition).await? else { return Ok(()) };
    if let Some(list) = held.list {
        results::put_on_list(tx, visit, &edition, list).await?;
    }
    let Some(stage) = events::stages_in(tx, edition.id).await?.into_iter().next() else { return Ok(()) };
    let mut rows = Vec::new();
    for learner in &held.who {
        let Some(snapshot) = results::snapshot(tx, *learner, held.on).await? else { continue };
        let mut row = Row::new(ParticipationId(visit.new_id()), &edition, &stage, *learner, snapshot);
        row.state = State::TookPart;
        rows.push(row);
    }
    results::enter(tx, visit, &rows).await?;
    for (i, row) in rows.iter().enumerate() {
        let award = match i {
            0 => Award::Winner,
            1 | 2 => Award::PrizeWinner,
            _ => Award::Participant,
        };
        let outcome = Outcome { award: Some(award), place: (i == 0).then_some(1), ..Outcome::default() };
        results::put_outcome(tx, visit, row.id, State::TookPart, &outcome).await?;
        for (mentor, share) in &held.mentors {
            results::put_mentor(tx, row.id, *mentor, *share).await?;
        }
    }
    let text = format!("Протокол жюри от {} (демо)", kit::Lang::Ru.date(held.on));
    results::confirm(tx, visit, stage.id, &Ground { text, act: None }).await?;
    Ok(())
}
