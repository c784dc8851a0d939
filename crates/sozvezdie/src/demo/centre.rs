//! The Centre at «Майская гимназия» as the source text has it; its members are made up.
use super::{
    learners::{self, Child, Staff},
    network::Placed,
};
use crate::{
    acts::ActId,
    centre::{self, Centre, LeftReason, NewCentre, NewMembership},
    learners::ClassName,
    people::PersonId,
};
use chrono::{Datelike, NaiveDate};
use kit::{Fault, Visit, db::Tx};

/// Members today besides those whom `lately` adds; every third stands in the Centre since the year before.
const PRESENT: usize = 21;
/// Members of the years that the source text tells of.
const PAST: usize = 14;
/// Numbers of made-up children beyond those who study today.
const GRADUATES: usize = 5000;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Writes the Centre, its members of today and those of 2015-2017.
pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    order: ActId,
    staff: &Staff<'_>,
    children: &[Child],
) -> Result<(), Fault> {
    let Some(home) = organisations.iter().find(|o| o.short_name == "Майская гимназия") else {
        return Ok(());
    };
    let new = NewCentre {
        organisation: home.id,
        title: "Центр для одарённых детей",
        coordinator: staff.find("coordinator"),
        // As it is printed in the source text: shown, and never an account.
        contact: Some("Е. А. Корнейко, координатор\nтел.: 39-25-75\nmaygym@mail.ru"),
        act: Some(order),
        opened_on: day(2010, 10, 14),
    };
    centre::insert(tx, visit, &new).await?;
    let Some(centre) = centre::core(tx).await? else { return Ok(()) };
    for (n, child) in present(children, staff).into_iter().enumerate() {
        let begun = visit.today.year() - i32::from(visit.today.month() < 9) - i32::from(n % 3 == 0);
        enter(tx, visit, &centre, child, (day(begun, 9, 5), "демо-58")).await?;
    }
    past(tx, visit, &centre, organisations).await
}

/// Children of classes 5 to 11 from every school of the demo, the one who signs in among them.
fn present(children: &[Child], staff: &Staff<'_>) -> Vec<PersonId> {
    let old =
        children.iter().filter(|c| ClassName::read(&c.class).and_then(|class| class.number).is_some_and(|n| n >= 5));
    let known = staff.find("learner");
    let some = old.enumerate().filter(|(n, c)| n % 15 == 4 && Some(c.id) != known).map(|(_, c)| c.id);
    known.into_iter().chain(some).take(PRESENT).collect()
}

/// A member since this autumn.
pub async fn join(tx: &mut Tx, visit: &Visit, centre: &Centre, learner: PersonId, year: i32) -> Result<(), Fault> {
    enter(tx, visit, centre, learner, (day(year, 9, 5), "демо-58")).await.map(drop)
}

async fn enter(
    tx: &mut Tx,
    visit: &Visit,
    centre: &Centre,
    learner: PersonId,
    (from, number): (NaiveDate, &str),
) -> Result<centre::MembershipId, Fault> {
    let order = format!("Приказ от {} №\u{a0}{number}", kit::Lang::Ru.date(from));
    let new =
        NewMembership { learner, from: from.min(visit.today), until: None, order_text: Some(order), order_act: None };
    centre::enter(tx, visit, centre, &new).await
}

/// Those who were members in 2015-2016 and 2016-2017 and have long left school.
async fn past(tx: &mut Tx, visit: &Visit, centre: &Centre, organisations: &[Placed]) -> Result<(), Fault> {
    let schools = ["Майская гимназия", "Разуменская СОШ №\u{a0}2", "Дубовская СОШ"];
    for n in 0..PAST {
        let name = schools.get(n % 3).copied().unwrap_or_default();
        let Some(school) = organisations.iter().find(|o| o.short_name == name) else { continue };
        let last = if n % 4 == 3 { 2015 } else { 2016 };
        let Some(child) = learners::graduate(tx, visit, GRADUATES + n * 3, school.id, (2012, last)).await? else {
            continue;
        };
        let id = enter(tx, visit, centre, child, (day(2014 + i32::from(n % 5 == 4), 9, 10), "демо-7")).await?;
        centre::end(tx, visit, id, day(last + 1, 6, 30), LeftReason::Graduated).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{centre, demo, gifted, losses, plans, roles, slices::MIGRATIONS};
    use kit::{
        Chance, Clock, Visit,
        access::{Grant, Viewer},
        db::{NetworkId, testing::both_engines},
        files::Files,
    };
    use uuid::Uuid;

    both_engines! {
        migrations: MIGRATIONS;

        /// The whole demo is built, and the coordinator finds the Centre at work in it.
        async fn the_demos_centre_is_at_work(db: Db) {
            let clock = Clock::on(chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
            let net = || db.network(NetworkId(Uuid::from_u128(0xA)));
            let chance = Chance::seeded(1);
            let visit = Visit::by_program(net(), db.directory(), Viewer::guest(roles::policy), &clock, chance.clone());
            let folder = tempfile::tempdir().unwrap();
            let files = Files::open(folder.path()).unwrap();
            demo::build(&visit, &demo::staff::accounts(1), &files).await.unwrap();

            let home = centre::core_of(&visit.net).await.unwrap().unwrap();
            let role = Grant { role: "centre_coordinator".into(), organisation: Some(home.organisation.0) };
            let viewer = Viewer::person(Uuid::from_u128(7), Uuid::nil(), String::new(), String::new(), vec![role], roles::policy);
            let coordinator = Visit::by_program(net(), db.directory(), viewer, &clock, chance);
            let found = plans::figures(&coordinator.net, &home, coordinator.today).await.unwrap();
            assert_eq!((found.share.members, found.with_plan, found.mentors), (24, 15, 3));
            assert_eq!(centre::members_on(&coordinator, &home, coordinator.today, "").await.unwrap().len(), 24);
            let then = chrono::NaiveDate::from_ymd_opt(2016, 3, 1).unwrap();
            assert!(centre::members_on(&coordinator, &home, then, "").await.unwrap().len() >= 10);
            assert_eq!(gifted::count(&coordinator, &gifted::Filter { waiting: true, ..Default::default() }).await.unwrap(), 4);
            assert!(plans::count(&coordinator, &plans::Filter { overdue: true, ..Default::default() }).await.unwrap() >= 3);
            // Whom we lose, each for another reason.
            let lost = losses::list(&coordinator).await.unwrap();
            let reasons: Vec<(bool, bool)> = lost.iter().map(|l| (l.is_silent(), l.left.is_empty())).collect();
            for reason in [(true, true), (false, false), (true, false)] {
                assert!(reasons.contains(&reason), "{reasons:?}");
            }
            assert!(lost.iter().all(|l| l.is_member && !l.prizes.is_empty()));
        }
    }
}
