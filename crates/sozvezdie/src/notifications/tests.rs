//! Who is told, what a colleague's deed settles, what a page gives, what letters say: on both engines.
mod letters;

use super::*;
use crate::{
    exchange::{
        BookingForm,
        tests::{World, ask, asked, id, now, once},
    },
    organisations::OrganisationId,
    people::PersonId,
    resources::Sharing,
    roles::Role,
};
use kit::{
    access::{Grant, Viewer},
    db::testing::both_engines,
};

/// A person who holds a role, as the program knows it, and their visit.
async fn holder(world: &World, last: &str, role: Role, of: OrganisationId) -> Visit {
    let person: PersonId = world.person(last).await;
    let program = world.program();
    let granted =
        program.net.transact(async |tx: &mut Tx| crate::people::grant(tx, &program, person, role, Some(of.0)).await);
    granted.await.unwrap();
    let grant = Grant { role: role.code().into(), organisation: Some(of.0) };
    let viewer = Viewer::person(person.0, person.0, last.into(), String::new(), vec![grant], roles::policy);
    Visit::by_program(
        program.net.clone(),
        program.directory.clone(),
        viewer,
        &kit::Clock::fixed(now()),
        world.chance.clone(),
    )
}

async fn lines(visit: &Visit) -> Vec<Bunch> {
    list(visit, &Asked::default(), 50).await.unwrap().items
}

both_engines! {
    migrations: crate::slices::MIGRATIONS;

    async fn a_colleagues_decision_settles_the_request_for_all(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let head = holder(&world, "Директоров", Role::Head, world.lab).await;
        let deputy = holder(&world, "Завучев", Role::DeputyHead, world.lab).await;
        let asker = holder(&world, "Просителев", Role::Head, world.school).await;
        let stranger = holder(&world, "Другой", Role::Head, world.other).await;
        let form = asked(lab, "2026-11-25T10:00", "2026-11-25T11:00", 5);
        let booking = id(&ask(&asker, &form).await.unwrap());
        for owner in [&head, &deputy] {
            assert_eq!(count_new(owner).await.unwrap(), 1);
            assert_eq!(lines(owner).await[0].first.kind, Kind::Requested);
        }
        assert_eq!((count_new(&asker).await.unwrap(), count_new(&stranger).await.unwrap()), (0, 0));

        crate::exchange::confirm(&deputy, &once(&deputy), booking).await.unwrap();
        for owner in [&head, &deputy] {
            assert_eq!(count_new(owner).await.unwrap(), 0, "nothing is left to do");
            assert!(lines(owner).await[0].is_settled);
        }
        let told = lines(&asker).await;
        assert_eq!((told.len(), told[0].first.kind, told[0].is_new), (1, Kind::Confirmed, true));
    }

    async fn a_weekly_request_is_one_line(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let head = holder(&world, "Директоров", Role::Head, world.lab).await;
        let asker = holder(&world, "Просителев", Role::Head, world.school).await;
        let first = asked(lab, "2026-11-25T10:00", "2026-11-25T11:00", 5);
        ask(&asker, &BookingForm { until: "2026-12-16".into(), ..first }).await.unwrap();
        ask(&asker, &asked(lab, "2026-11-26T10:00", "2026-11-26T11:00", 5)).await.unwrap();
        let mut counts: Vec<usize> = lines(&head).await.iter().map(|b| b.count).collect();
        counts.sort_unstable();
        assert_eq!(counts, [1, 4], "four Wednesdays are one line, the Thursday is its own");
        assert_eq!(count_new(&head).await.unwrap(), 2);
        let series = lines(&head).await.into_iter().find(|b| b.count == 4).unwrap();
        assert_eq!(series.first.starts_at, crate::resources::read_moment("2026-11-25T10:00"), "the first that is open");
    }

    async fn reading_is_ones_own(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let head = holder(&world, "Директоров", Role::Head, world.lab).await;
        let deputy = holder(&world, "Завучев", Role::DeputyHead, world.lab).await;
        let asker = holder(&world, "Просителев", Role::Head, world.school).await;
        for hour in ["10", "12"] {
            let (from, to) = (format!("2026-11-25T{hour}:00"), format!("2026-11-25T{hour}:45"));
            ask(&asker, &asked(lab, &from, &to, 5)).await.unwrap();
        }
        assert_eq!(lines(&head).await.len(), 2, "two requests are two lines");
        let done = mark_all(&head, &once(&head), &ReadForm::default()).await.unwrap();
        assert_eq!(done.body.unwrap()["read"], 2);
        assert_eq!((count_new(&head).await.unwrap(), count_new(&deputy).await.unwrap()), (0, 2));

        let first = lines(&head).await[0].first.id;
        let again = ReadForm { read: "false".into(), ..ReadForm::default() };
        mark(&head, &once(&head), first, &again).await.unwrap();
        assert_eq!(count_new(&head).await.unwrap(), 1);
        let of_another = mark(&deputy, &once(&deputy), first, &again).await;
        assert!(matches!(of_another, Err(Fault::NotFound)));
    }

    async fn the_page_goes_on_by_its_cursor_and_leaves_nothing_out(db: Db) {
        let world = World::new(db).await;
        let reader = holder(&world, "Читателев", Role::Head, world.school).await;
        let program = world.program();
        let news: Vec<News> = (0..7)
            .map(|n| News {
                kind: Kind::Cancelled,
                bunch: format!("cancelled:{n}"),
                record: program.new_id(),
                link: "/bookings".into(),
                subject: "Зал".into(),
                other: None,
                starts_at: None,
            })
            .collect();
        let to = To::Person(reader.actor());
        program.net.transact(async |tx: &mut Tx| tell(tx, &program, &to, &news).await).await.unwrap();
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = list(&reader, &Asked { cursor, ..Asked::default() }, 3).await.unwrap();
            assert_eq!(page.total, 7);
            seen.extend(page.items.into_iter().map(|b| b.first.bunch));
            let Some(next) = page.next else { break };
            cursor = next.encode();
        }
        assert_eq!(seen, (0..7).map(|n| format!("cancelled:{n}")).collect::<Vec<_>>());
    }
}
