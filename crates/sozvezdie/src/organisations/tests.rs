//! Operations of the registry on both engines, past the routes: who may, what is unique, what a
//! name of today is. What people and programs see of it is tested over HTTP, in `tests/all`.
use super::{
    Kind, NameForm, Organisation, OrganisationDraft, OrganisationForm, OrganisationId, OrganisationState, add, by_name,
    change, counts, find, insert, move_to, note_name, open, points, rename,
};
use crate::{people, roles, slices::MIGRATIONS};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, testing::both_engines},
    once::Once,
};
use uuid::Uuid;

const NETWORK: Uuid = Uuid::from_u128(0xA);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A visit on 24 November 2026 of somebody with this role in this organisation.
fn visit(db: &Db, role: &str, organisation: Option<OrganisationId>) -> Visit {
    let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
    let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
    let viewer = Viewer::person(Uuid::from_u128(7), Uuid::nil(), "Кто-то".into(), String::new(), grants, roles::policy);
    Visit::by_program(db.network(NetworkId(NETWORK)), db.directory(), viewer, &clock, Chance::seeded(1))
}

async fn department(db: &Db) -> Visit {
    let visit = visit(db, "department_specialist", None);
    let network = people::NetworkDraft {
        name: "Сеть".into(),
        territory: "Район".into(),
        founder: None,
        area_code: "4722".into(),
        is_demo: false,
    };
    people::add_network(&visit, &network).await.unwrap();
    visit
}

fn form(name: &str) -> OrganisationForm {
    OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() }
}

fn draft(name: &str) -> OrganisationDraft {
    form(name).check("4722").unwrap()
}

async fn put(visit: &Visit, draft: &OrganisationDraft, state: OrganisationState) -> Result<OrganisationId, Fault> {
    visit.net.transact(async |tx: &mut Tx| insert(tx, visit, draft, state).await).await
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_right_reaches_as_far_as_it_was_given(db: Db) {
        let department = department(&db).await;
        let own = put(&department, &draft("Своя школа"), OrganisationState::Active).await.unwrap();
        let other = put(&department, &draft("Чужая школа"), OrganisationState::Active).await.unwrap();
        let hidden = put(&department, &draft("Будущая школа"), OrganisationState::Draft).await.unwrap();
        let head = visit(&db, "head", Some(own));
        assert!(matches!(add(&head, &once(), &form("Ещё одна")).await, Err(Fault::Forbidden(_))));
        assert!(change(&head, &once(), own, &form("")).await.is_ok());
        assert!(matches!(change(&head, &once(), other, &form("")).await, Err(Fault::Forbidden(_))));
        assert!(matches!(change(&head, &once(), hidden, &form("")).await, Err(Fault::NotFound)));
        assert!(matches!(move_to(&head, &once(), own, OrganisationState::Closed).await, Err(Fault::Forbidden(_))));
        assert!(matches!(open(&head, hidden).await, Err(Fault::NotFound)));
        assert!(open(&visit(&db, "deputy_head", Some(hidden)), hidden).await.is_ok());
        assert!(matches!(open(&department, OrganisationId(Uuid::nil())).await, Err(Fault::NotFound)));
    }

    async fn a_number_is_one_organisations_and_an_empty_one_nobodys(db: Db) {
        let department = department(&db).await;
        let numbered = OrganisationDraft { inn: Some("3102018175".into()), ..draft("Первая") };
        put(&department, &numbered, OrganisationState::Active).await.unwrap();
        let Err(Fault::Invalid(problems)) = put(&department, &numbered, OrganisationState::Active).await else { panic!() };
        assert!(problems.at("inn").is_some() && problems.at("ogrn").is_none());
        // Nothing of the refused one stays, and any number of them have no number.
        assert_eq!(by_name(&department.net, "первая").await.unwrap().len(), 1);
        for name in ["Вторая", "Третья"] {
            put(&department, &draft(name), OrganisationState::Active).await.unwrap();
        }
        // Another network has numbers of its own.
        let theirs = db.network(NetworkId(Uuid::from_u128(0xC)));
        let taken = theirs.transact(async |tx: &mut Tx| insert(tx, &department, &numbered, OrganisationState::Active).await).await;
        assert!(taken.is_ok());
        assert_eq!(counts(&department.net).await.unwrap(), [(Kind::General, 3)]);
    }

    async fn the_latest_name_that_is_in_force_is_todays(db: Db) {
        let department = department(&db).await;
        let id = put(&department, &draft("Гимназия"), OrganisationState::Active).await.unwrap();
        let net = department.net.clone();
        net.transact(async |tx: &mut Tx| note_name(tx, id, day("2015-09-01"), "Средняя школа", "СОШ", None).await).await.unwrap();
        let name = |o: Option<Organisation>| o.unwrap().short_name;
        assert_eq!(name(find(&net, id).await.unwrap()), "Гимназия", "an earlier name changes nothing today");
        let earlier = NameForm { name: "Школа № 5".into(), from: "2016-09-01".into(), ..NameForm::default() };
        rename(&department, &once(), id, &earlier).await.unwrap();
        assert_eq!(name(find(&net, id).await.unwrap()), "Гимназия");
        let again = NameForm { name: "Лицей".into(), from: "2026-11-24".into(), ..NameForm::default() };
        rename(&department, &once(), id, &again).await.unwrap();
        assert_eq!(name(find(&net, id).await.unwrap()), "Лицей", "the second name of a day replaces the first");
        assert_eq!(by_name(&net, "ЛИЦЕЙ").await.unwrap(), [id]);
        assert!(by_name(&net, "лиц").await.unwrap().is_empty(), "a part of a name is none");
        let tomorrow = NameForm { name: "Академия".into(), from: "2026-11-25".into(), ..NameForm::default() };
        assert!(matches!(rename(&department, &once(), id, &tomorrow).await, Err(Fault::Invalid(_))));
    }

    async fn the_map_shows_what_works_and_has_a_place(db: Db) {
        let department = department(&db).await;
        let placed = |name: &str| OrganisationDraft { latitude: Some(50.5), longitude: Some(36.5), ..draft(name) };
        let shown = put(&department, &placed("На карте"), OrganisationState::Active).await.unwrap();
        put(&department, &placed("Черновик"), OrganisationState::Draft).await.unwrap();
        put(&department, &draft("Без места"), OrganisationState::Active).await.unwrap();
        let ids: Vec<_> = points(&department.net).await.unwrap().into_iter().map(|p| p.id).collect();
        assert_eq!(ids, [shown]);
    }
}
