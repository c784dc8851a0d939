//! What the catalogue and the calendar of a resource make of the exchange.
use super::*;
use crate::{
    organisations::Focus,
    resources::{Asked, Calendar, Read, Slot, Span},
    slices::MIGRATIONS,
};
use kit::{clock::start_of_day, db::testing::both_engines};

const FROM: &str = "2026-11-25T10:00";
const TO: &str = "2026-11-25T12:00";

/// Whether each hold of the day waits.
async fn waits(visit: &Visit, id: ResourceId) -> Vec<bool> {
    let resources = resources::find_all(&mut Read::Net(&visit.net), &[id]).await.unwrap();
    let day = start_of_day("2026-11-25".parse().unwrap());
    let window = Span::new(day, day + chrono::Duration::days(1));
    let calendar = Calendar::load(&mut Read::Net(&visit.net), &resources, window).await.unwrap();
    calendar.holds(id).iter().map(|h| h.is_pending).collect()
}

async fn found(visit: &Visit, asked: &Asked) -> Vec<ResourceId> {
    resources::list(visit, asked, None, 50).await.unwrap().items.into_iter().map(|l| l.id).collect()
}

fn days(from: &str, count: i64) -> Span {
    let start = resources::read_moment(from).unwrap();
    Span::new(start, start + chrono::Duration::days(count))
}

async fn placed(world: &World, name: &str, latitude: f64, focus: Focus) -> OrganisationId {
    let visit = world.program();
    let draft = OrganisationDraft {
        latitude: Some(latitude),
        longitude: Some(36.5),
        focuses: vec![focus],
        ..organisation(name)
    };
    visit
        .net
        .transact(async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await)
        .await
        .unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn what_waits_is_marked_until_it_is_agreed(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        let booking = id(&ask(&school, &asked(lab, FROM, TO, 12)).await.unwrap());
        assert_eq!(waits(&school, lab).await, [true]);
        let later = TimeForm { starts_at: "2026-11-25T12:00".into(), ends_at: "2026-11-25T13:00".into(), ..TimeForm::default() };
        counter(&owner, &once(&owner), booking, &later).await.unwrap();
        assert_eq!(waits(&school, lab).await, [true], "an offer waits too");
        accept_offer(&school, &once(&school), booking).await.unwrap();
        assert_eq!(waits(&school, lab).await, [false]);
        let second = id(&ask(&school, &asked(lab, "2026-11-25T15:00", "2026-11-25T16:00", 12)).await.unwrap());
        confirm(&owner, &once(&owner), second).await.unwrap();
        assert_eq!(waits(&school, lab).await, [false, false]);
        let own = asked(lab, "2026-11-25T17:00", "2026-11-25T18:00", 5);
        ask(&owner, &own).await.unwrap();
        assert_eq!(waits(&school, lab).await, [false, false, false], "the owner needs nobody's leave");
    }

    async fn the_catalogue_is_narrowed_by_hours_focus_and_distance(db: Db) {
        let world = World::new(db).await;
        let near = placed(&world, "Станция юных техников", 50.6, Focus::Technical).await;
        let far = placed(&world, "Центр творчества", 51.6, Focus::Artistic).await;
        let school = placed(&world, "Школа у реки", 50.62, Focus::Sport).await;
        let of = |owner_id| ResourceDraft { owner_id, ..world.laboratory(Sharing::Exclusive, 15) };
        let (here, there) = (world.resource(&of(near)).await, world.resource(&of(far)).await);
        let visit = world.head(school);
        let all = found(&visit, &Asked::default()).await;
        assert_eq!(all.len(), 2);
        assert_eq!(found(&visit, &Asked { within: "10".into(), ..Asked::default() }).await, [here]);
        assert_eq!(found(&world.guest(), &Asked { within: "10".into(), ..Asked::default() }).await, all, "from nowhere nothing is measured");
        assert_eq!(found(&visit, &Asked { focus: "hudozhestvennoe".into(), ..Asked::default() }).await, [there]);

        let day = |hour_from: &str, minutes: &str| Asked {
            free_from: "2026-11-25".into(), hour_from: hour_from.into(), minutes: minutes.into(), ..Asked::default()
        };
        ask(&visit, &asked(here, "2026-11-25T16:00", "2026-11-25T20:00", 12)).await.unwrap();
        assert_eq!(found(&visit, &day("15:00", "90")).await, [there], "an hour is left of the afternoon");
        assert_eq!(found(&visit, &day("15:00", "60")).await, all);
        let resources = resources::find_all(&mut Read::Net(&visit.net), &[here]).await.unwrap();
        let slot = Slot { within: Some((17 * 60, 20 * 60)), headcount: 15, ..Slot::LESSON };
        let soonest = resources::soonest(&visit.net, &resources, slot, days(FROM, 14), visit.now).await.unwrap();
        assert_eq!(soonest[&here].start, resources::read_moment("2026-11-26T17:00").unwrap());
        let crowd = Slot { headcount: 16, ..slot };
        assert!(resources::soonest(&visit.net, &resources, crowd, days(FROM, 14), visit.now).await.unwrap().is_empty());
    }

    async fn what_is_open_by_agreement_is_proposed_by_day(db: Db) {
        let world = World::new(db).await;
        let draft = ResourceDraft { hours: Vec::new(), ..world.laboratory(Sharing::ByPiece, 5) };
        let kit = world.resource(&draft).await;
        let visit = world.head(world.school);
        let resources = resources::find_all(&mut Read::Net(&visit.net), &[kit]).await.unwrap();
        let night = days("2026-11-24T23:10", 14);
        let soonest = resources::soonest(&visit.net, &resources, Slot::LESSON, night, night.start).await.unwrap();
        assert_eq!(soonest[&kit].start, resources::read_moment("2026-11-25T08:00").unwrap());
    }
}
