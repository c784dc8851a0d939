//! A generated network holds to the rules, on both engines.
use super::*;
use crate::{
    organisations::OrganisationForm,
    resources::{self, Read, Span},
    roles,
    shell::AcademicYear,
    slices,
};
use chrono::Duration;
use kit::{
    Chance, Clock,
    access::Viewer,
    db::{Db, NetworkId, args, testing::both_engines},
};
use std::cell::Cell;

const SIZE: Size = Size { organisations: 40, resources: 30, bookings: 3000, learners: 20, participations: 300 };

async fn generated(db: &Db, seed: u64) -> Visit {
    crate::texts::install().unwrap();
    let now = resources::read_moment("2026-11-24T09:00").unwrap();
    let network = NetworkId(Chance::system().id(now));
    let viewer = Viewer::guest(roles::policy);
    let visit =
        Visit::by_program(db.network(network), db.directory(), viewer, &Clock::fixed(now), Chance::seeded(seed));
    let written = Cell::new(0);
    network_of(&visit, seed, &written).await;
    assert_eq!(written.get(), SIZE.total() as usize);
    visit
}

async fn network_of(visit: &Visit, seed: u64, written: &Cell<usize>) {
    network(visit, "Сеть".into(), SIZE, seed, |more| written.set(written.get() + more)).await.unwrap();
}

async fn ids<T: kit::db::Col + Send + 'static>(visit: &Visit, sql: &'static str) -> Vec<T> {
    visit.net.all::<(T,)>(sql, args![]).await.unwrap().into_iter().map(|(id,)| id).collect()
}

both_engines! {
    migrations: slices::MIGRATIONS;

    async fn nothing_is_over_capacity_and_all_is_there(db: Db) {
        let visit = generated(&db, 7).await;
        let all: Vec<resources::ResourceId> = ids(&visit, "SELECT id FROM resource WHERE network_id = $1").await;
        assert_eq!(all.len(), SIZE.resources);
        let all = resources::find_all(&mut Read::Net(&visit.net), &all).await.unwrap();
        let window = Span::new(visit.now - Duration::days(400), visit.now + Duration::days(60));
        let calendar = resources::Calendar::load(&mut Read::Net(&visit.net), &all, window).await.unwrap();
        for r in &all {
            assert!(resources::peak(window, &calendar.loads(r)) <= r.capacity().limit(), "{}", r.name);
            for hold in calendar.holds(r.id) {
                assert!(r.capacity().fits(hold.headcount, hold.units));
                assert_eq!(calendar.open(r.id, hold.span), [hold.span], "outside the hours of {}", r.name);
            }
        }
        let bookings: i64 = visit.net.scalar("SELECT COUNT(*) FROM booking WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(bookings, 3000);
        let year = AcademicYear::of(visit.today).0;
        let sum: i64 = visit
            .net
            .scalar("SELECT CAST(SUM(agreed_minutes) AS BIGINT) FROM booking WHERE network_id = $1 AND school_year = $2", args![year])
            .await
            .unwrap();
        assert!(sum > 0);
    }

    async fn what_was_made_would_pass_its_form_and_is_found(db: Db) {
        let visit = generated(&db, 7).await;
        let all: Vec<crate::organisations::OrganisationId> =
            ids(&visit, "SELECT id FROM organisation WHERE network_id = $1").await;
        assert_eq!(all.len(), SIZE.organisations);
        for id in all {
            let o = crate::organisations::find(&visit.net, id).await.unwrap().unwrap();
            let draft = OrganisationForm::of(&o, &[]).check("4722").unwrap();
            assert_eq!((&draft.inn, &draft.ogrn, draft.phones), (&o.inn, &o.ogrn, o.phones));
            let found = kit::search::find(&visit.net, &o.short_name, &[crate::organisations::KIND], 5).await.unwrap();
            assert_eq!(found.first().map(|f| f.record_id), Some(id.0), "{}", o.short_name);
        }
        while kit::audit::seal(&visit.net).await.unwrap() > 0 {}
        assert_eq!(kit::audit::verify(&visit.net).await.unwrap(), None);
    }

    async fn the_same_seed_makes_the_same_network(db: Db) {
        let names = async |seed| {
            let visit = generated(&db, seed).await;
            let sql = "SELECT name FROM resource WHERE network_id = $1 ORDER BY name";
            ids::<String>(&visit, sql).await
        };
        let first = names(3).await;
        assert_eq!(first, names(3).await);
        assert_ne!(first, names(4).await);
    }
}
