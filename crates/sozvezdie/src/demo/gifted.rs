//! Made-up ways into the register, plans of the year and mentors of the demo's Centre.
use super::{
    groups::on,
    learners::{Child, Staff},
    network::Placed,
};
use crate::{
    centre::{self, Centre},
    consents::{self, Granting, Purpose},
    gifted::{self, Basis, GiftKind, NewSitting, Proposal},
    learners::ClassName,
    organisations::OrganisationId,
    people::{self, PersonDraft, PersonId, PersonName},
    plans::{self, NewMentor},
    roles::Role,
};
use chrono::{Datelike as _, NaiveDate};
use kit::{Fault, Visit, db::Tx};

/// A mentor: name, subjects, where from (none: from outside), how many children they take.
type Row = ((&'static str, &'static str, &'static str), &'static str, Option<&'static str>, i64);

const MENTORS: [Row; 4] = [
    (("Наставникова", "Вера", "Демоновна"), "химия, биология, экология", Some("Разуменская СОШ №\u{a0}2"), 4),
    (("Кураторов", "Илья", "Макетович"), "физика, техника, робототехника", Some("Майская гимназия"), 5),
    (("Словесная", "Дарья", "Примеровна"), "русский язык, литература, творчество", Some("Дубовская СОШ"), 3),
    (("Внешнев", "Пётр", "Условнович"), "программирование, математика", None, 2),
];

/// Whose gift is what: kind, subject, goal of the year.
const GIFTS: [(GiftKind, &str, &str); 6] = [
    (GiftKind::Academic, "химия", "Подготовиться к муниципальному этапу олимпиады по химии"),
    (GiftKind::Technical, "робототехника", "Собрать и защитить свой инженерный проект"),
    (GiftKind::Creative, "литература", "Написать цикл рассказов и представить его на конкурс"),
    (GiftKind::Academic, "биология", "Провести исследование поймы и выступить на конференции"),
    (GiftKind::Intellectual, "математика", "Решать задачи сверх программы и помочь младшим в кружке"),
    (GiftKind::Leadership, "", "Провести социальный проект в своей школе"),
];

/// Plans are made for so many members; the others wait for the coordinator.
const PLANNED: usize = 18;
const REASONS: [&str; 4] = [
    "Ставит опыты дома и объясняет их одноклассникам.",
    "Собрал из старых деталей рабочую модель и сам нашёл в ней ошибку.",
    "Пишет рассказы, которые ждёт весь класс.",
    "Задаёт вопросы, на которые учитель ищет ответ вместе с ним.",
];

/// Who applied for the made-up children.
const APPLICANT: &str = "Представителева Наталья Демоновна";
/// Whose psychologist signs in.
const SCHOOL: &str = "Разуменская СОШ №\u{a0}2";
/// Children whom one school nominates, and all of them.
const NOMINATED: (usize, usize) = (3, 8);

/// Writes mentors, plans of the members, and children on the way into the register.
pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &Staff<'_>,
    children: &[Child],
) -> Result<(), Fault> {
    let Some(centre) = centre::core(tx).await? else { return Ok(()) };
    let mentors = mentors(tx, visit, organisations, &centre).await?;
    let mut members = Vec::new();
    let mut others = Vec::new();
    for child in children {
        if centre::member_on(tx, child.id, visit.today).await?.is_some() {
            members.push(child);
        } else if ClassName::read(&child.class).and_then(|c| c.number).is_some_and(|n| n >= 5) && child.n % 17 == 3 {
            others.push(child);
        }
    }
    for (n, member) in members.iter().take(PLANNED).enumerate() {
        plan(tx, visit, &centre, member, n, &mentors).await?;
    }
    let school = organisations.iter().find(|o| o.short_name == SCHOOL).map(|o| o.id);
    for (n, child) in from_every_school(others).into_iter().enumerate() {
        let psychologist = staff.find("psychologist").filter(|_| Some(child.organisation) == school);
        nominate(tx, visit, &centre, child, n, psychologist).await?;
    }
    // The one who signs in came in before there was a register: the way into it can be tried with them.
    let known = staff.find("learner");
    members.retain(|child| Some(child.id) != known);
    register(tx, visit, &centre, &members).await
}

/// Some children of each school.
fn from_every_school(all: Vec<&Child>) -> Vec<&Child> {
    let mut some: Vec<&Child> = Vec::new();
    for child in all {
        if some.iter().filter(|c| c.organisation == child.organisation).count() < NOMINATED.0 {
            some.push(child);
        }
    }
    some.truncate(NOMINATED.1);
    some
}

/// Members came in by the commission: what was said of each, its protocol and the order of that day.
async fn register(tx: &mut Tx, visit: &Visit, centre: &Centre, members: &[&Child]) -> Result<(), Fault> {
    let begun = visit.today.year() - i32::from(visit.today.month() < 9);
    let day = NaiveDate::from_ymd_opt(begun, 9, 5).unwrap_or_default().min(visit.today);
    let then = on(visit, day, 0x6769_6674);
    let mut decisions = Vec::new();
    for (n, child) in members.iter().enumerate() {
        let Some(new) = proposal(child, n) else { continue };
        if child.organisation != centre.organisation {
            let to = Some(centre.organisation);
            consents::grant(tx, &then, &Granting::paper(child.id, Purpose::Transfer, day)).await?;
            if consents::granted(tx, child.id, Purpose::Transfer, to, day).await?.is_none() {
                continue;
            }
        }
        let id = gifted::insert(tx, &then, centre.id, child.organisation, &new).await?;
        gifted::note_application(tx, &then, id, APPLICANT).await?;
        decisions.push((id, true));
    }
    if decisions.is_empty() {
        return Ok(());
    }
    let new = NewSitting {
        held_on: day,
        protocol_number: "демо-1".into(),
        chair: "Демонова А. У., директор".into(),
        members: "Координатова О. С., координатор Центра\nВнимательная Е. П., педагог-психолог".into(),
        decisions,
    };
    let sitting = gifted::hold_in(tx, &then, centre.id, &new).await?;
    gifted::order_in(tx, &then, centre, sitting, ("демо-58", day)).await
}

/// What is said of a child.
fn proposal(child: &Child, n: usize) -> Option<Proposal> {
    let (kind, subject, _) = GIFTS.get(n % GIFTS.len()).copied()?;
    Some(Proposal {
        learner: child.id,
        basis: if n % 3 == 2 { Basis::Achievement } else { Basis::Teacher },
        kinds: vec![kind],
        subject: (!subject.is_empty()).then(|| subject.to_owned()),
        reason: REASONS.get(n % REASONS.len()).copied().unwrap_or_default().to_owned(),
    })
}

async fn mentors(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    centre: &Centre,
) -> Result<Vec<(PersonId, OrganisationId)>, Fault> {
    let mut all = Vec::new();
    for ((last, first, patronymic), subjects, place, capacity) in MENTORS {
        let name = PersonName { last: last.into(), first: first.into(), patronymic: Some(patronymic.into()) };
        let person = people::add(tx, visit, &PersonDraft { name, email: None, phone: None }).await?;
        let organisation = organisations.iter().find(|o| Some(o.short_name.as_str()) == place).map(|o| o.id);
        let role = if organisation.is_some() { Role::Pedagogue } else { Role::ExternalMentor };
        let home = organisation.unwrap_or(centre.organisation);
        people::grant(tx, visit, person, role, Some(home.0)).await?;
        let new = NewMentor {
            person,
            organisation,
            is_external: organisation.is_none(),
            subjects: subjects.into(),
            capacity,
            // The one from outside has not brought the certificate yet.
            certificate_on: None,
        };
        plans::put_mentor(tx, visit, centre.id, &new).await?;
        all.push((person, home));
    }
    Ok(all)
}

/// A plan: most are approved and led, some wait for a mentor, the last are drafts.
async fn plan(
    tx: &mut Tx,
    visit: &Visit,
    centre: &Centre,
    child: &Child,
    n: usize,
    mentors: &[(PersonId, OrganisationId)],
) -> Result<(), Fault> {
    let Some((kind, subject, goal)) = GIFTS.get(n % GIFTS.len()).copied() else { return Ok(()) };
    let year = plans::academic_year(visit.today);
    let subject = (!subject.is_empty()).then_some(subject);
    let items = plans::template(kind, year);
    let id = plans::insert(tx, visit, (child.id, centre.id, year), (goal, subject), &items).await?;
    if n >= 15 {
        return Ok(());
    }
    plans::approve_in(tx, visit, id).await?;
    if !n.is_multiple_of(3) {
        plans::mark_due(tx, visit, id).await?;
    }
    // Three mentors of the network, four of five plans led; nobody beyond what they take.
    if let Some((mentor, place)) = mentors.get(n % 3).filter(|_| n < 9) {
        let is_near = [child.organisation, centre.organisation].contains(place);
        let given = consents::granted(tx, child.id, Purpose::Transfer, Some(*place), visit.today).await?;
        if !is_near && given.is_none() {
            super::consents::transfer(tx, visit, child.id, *place).await?;
        }
        plans::give_mentor(tx, visit, id, child.id, *mentor).await?;
    }
    Ok(())
}

/// A nomination: some of them with the papers signed, so that the commission has whom to consider.
async fn nominate(
    tx: &mut Tx,
    visit: &Visit,
    centre: &Centre,
    child: &Child,
    n: usize,
    psychologist: Option<PersonId>,
) -> Result<(), Fault> {
    let Some(new) = proposal(child, n) else { return Ok(()) };
    let id = gifted::insert(tx, visit, centre.id, child.organisation, &new).await?;
    if n.is_multiple_of(2) {
        for purpose in [Purpose::Transfer, Purpose::Diagnostics] {
            consents::grant(tx, visit, &Granting::paper(child.id, purpose, visit.today)).await?;
        }
        gifted::note_application(tx, visit, id, APPLICANT).await?;
        if let Some(psychologist) = psychologist {
            gifted::give_charge(tx, visit, id, psychologist).await?;
        }
    }
    Ok(())
}
