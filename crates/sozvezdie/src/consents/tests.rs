//! Consents on both engines: what is granted, what a withdrawal closes, what happens twice.
mod desk;

use super::{
    deeds::{draft, grant, granted, withdraw},
    model::{Category, Consent, ConsentId, ConsentState, Granting, Purpose},
    store,
};
use crate::{
    learners::{self, ClassName, GroundKind, LearnerDraft, Whom, tests::ground},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{PersonId, PersonName},
    roles,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, testing::both_engines},
};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Two schools.
pub(crate) struct Place {
    pub db: Db,
    chance: Chance,
    pub own: OrganisationId,
    pub other: OrganisationId,
}

impl Place {
    pub(crate) async fn new(db: Db) -> Self {
        let nobody = OrganisationId(Uuid::nil());
        let mut place = Self { db, chance: Chance::seeded(1), own: nobody, other: nobody };
        let visit = place.at("2026-11-24", &[]);
        for (n, name) in ["Первая школа", "Вторая школа"].into_iter().enumerate() {
            let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
            let draft = form.check("4722").unwrap();
            let insert = async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await;
            let id = visit.net.transact(insert).await.unwrap();
            *(if n == 0 { &mut place.own } else { &mut place.other }) = id;
        }
        place
    }

    pub(crate) fn of(&self, today: &str, person: Uuid, grants: &[(&str, OrganisationId)]) -> Visit {
        let clock = Clock::fixed(kit::clock::start_of_day(day(today)) + Duration::hours(10));
        let grants = grants.iter().map(|(role, o)| Grant { role: (*role).into(), organisation: Some(o.0) }).collect();
        let viewer = Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants, roles::policy);
        let net = self.db.network(NetworkId(Uuid::from_u128(0xA)));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }

    pub(crate) fn at(&self, today: &str, grants: &[(&str, OrganisationId)]) -> Visit {
        self.of(today, Uuid::from_u128(1), grants)
    }

    pub(crate) async fn child(&self, last: &str, born: &str, class: &str) -> PersonId {
        let visit = self.at("2026-09-01", &[]);
        let draft = LearnerDraft {
            name: PersonName { last: last.into(), first: "Анна".into(), patronymic: None },
            birth_date: day(born),
            sex: None,
            snils: None,
            guardian_phone: None,
            organisation: self.own,
            class: ClassName::read(class),
            from: visit.today,
            basis: None,
        };
        visit.net.transact(async |tx: &mut Tx| learners::insert(tx, &visit, &draft).await).await.unwrap()
    }

    pub(crate) async fn give(&self, visit: &Visit, given: Granting) -> Uuid {
        visit.net.transact(async |tx: &mut Tx| grant(tx, visit, &given).await).await.unwrap()
    }

    pub(crate) async fn granted(
        &self,
        learner: PersonId,
        purpose: Purpose,
        recipient: Option<OrganisationId>,
        on: &str,
    ) -> Option<Uuid> {
        let visit = self.at(on, &[]);
        let ask = async |tx: &mut Tx| granted(tx, learner, purpose, recipient, visit.today).await;
        visit.net.transact(ask).await.unwrap()
    }
}

/// Another organisation receives a child from the visit's day on: a paper of this day permits the transfer to
/// anybody in the network, and a ground opens the record to this one. For the tests of every slice that must
/// know what a receiving organisation is told.
pub(crate) async fn let_in(visit: &Visit, child: PersonId, kind: GroundKind, host: OrganisationId) -> ConsentId {
    let paper = Granting::paper(child, Purpose::Transfer, visit.today);
    let consent = visit.net.transact(async |tx: &mut Tx| grant(tx, visit, &paper).await).await.unwrap();
    ground(visit, child, kind, Whom::Organisation(host.0), Some(consent)).await.unwrap();
    ConsentId(consent)
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_consent_holds_for_its_purpose_its_recipient_and_its_term(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Учебнова", "2013-05-01", "7 Б").await;
        let visit = place.at("2026-11-24", &[("deputy_head", place.own)]);
        assert_eq!(place.granted(child, Purpose::Processing, None, "2026-11-24").await, None);

        let mut given = Granting::paper(child, Purpose::Transfer, visit.today);
        given.recipient = Some(place.other);
        given.until = Some(day("2027-05-31"));
        let id = place.give(&visit, given.clone()).await;
        assert_eq!(place.granted(child, Purpose::Transfer, Some(place.other), "2026-11-24").await, Some(id));
        assert_eq!(place.granted(child, Purpose::Transfer, Some(place.other), "2027-05-31").await, Some(id));
        for (purpose, recipient, on) in [
            (Purpose::Transfer, Some(place.own), "2026-11-24"),
            (Purpose::Transfer, None, "2026-11-24"),
            (Purpose::Transfer, Some(place.other), "2026-11-23"),
            (Purpose::Transfer, Some(place.other), "2027-06-01"),
            (Purpose::Publication, None, "2026-11-24"),
        ] {
            assert_eq!(place.granted(child, purpose, recipient, on).await, None, "{purpose:?} {recipient:?} {on}");
        }
        // Given again while it holds: the same one. When it is over: another, and the first has expired.
        assert_eq!(place.give(&visit, given.clone()).await, id);
        let later = place.at("2027-09-01", &[]);
        let again = place.give(&later, Granting { signed_on: later.today, until: None, ..given }).await;
        assert_ne!(again, id);
        assert_eq!(store::find(&visit.net, ConsentId(id)).await.unwrap().unwrap().state, ConsentState::Expired);
        // To every organisation of the network.
        let all = place.give(&visit, Granting::paper(child, Purpose::Transfer, visit.today)).await;
        assert_eq!(place.granted(child, Purpose::Transfer, Some(place.own), "2026-11-24").await, Some(all));
    }

    async fn a_withdrawal_closes_at_once_what_the_consent_opened(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Учебнова", "2013-05-01", "7 Б").await;
        let visit = place.at("2026-11-24", &[]);
        let id = let_in(&visit, child, GroundKind::Enrolment, place.other).await;
        let host = place.at("2026-11-24", &[("host_operator", place.other)]);
        assert!(learners::may_see(&host, child).await.unwrap());
        let end = async |tx: &mut Tx| withdraw(tx, &visit, id).await;
        visit.net.transact(end).await.unwrap();
        assert!(!learners::may_see(&host, child).await.unwrap());
        assert_eq!(place.granted(child, Purpose::Transfer, None, "2026-11-24").await, None);
        assert!(matches!(visit.net.transact(end).await, Err(Fault::Conflict(_))));
        // Given anew, it is another consent: it opens nothing of what the first did.
        let again = place.give(&visit, Granting::paper(child, Purpose::Transfer, visit.today)).await;
        assert_ne!(again, id.0);
        assert!(!learners::may_see(&host, child).await.unwrap());
    }

    async fn a_form_is_made_once_and_keeps_its_number_when_it_is_signed(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Учебнова", "2013-05-01", "7 Б").await;
        let second = place.child("Примерова", "2013-06-01", "7 Б").await;
        let visit = place.at("2026-11-24", &[]);
        let make = async |tx: &mut Tx| draft(tx, &visit, child, Purpose::Publication, None).await;
        let id = visit.net.transact(make).await.unwrap();
        assert_eq!(visit.net.transact(make).await.unwrap(), id);
        let other = visit.net.transact(async |tx: &mut Tx| draft(tx, &visit, second, Purpose::Publication, None).await).await.unwrap();
        let number = |c: Option<Consent>| c.unwrap().number;
        let first = number(store::find(&visit.net, id).await.unwrap());
        assert_eq!(number(store::find(&visit.net, other).await.unwrap()), first + 1);
        let given = Granting { categories: vec![Category::Results], ..Granting::paper(child, Purpose::Publication, visit.today) };
        assert_eq!(place.give(&visit, given).await, id.0);
        let signed = store::find(&visit.net, id).await.unwrap().unwrap();
        assert_eq!((signed.number, signed.state, signed.categories()), (first, ConsentState::Signed, vec![Category::Results]));
        assert!(signed.holds(visit.today));
        // An unknown child has no consent.
        let nobody = Granting::paper(PersonId(Uuid::from_u128(99)), Purpose::Processing, visit.today);
        assert!(matches!(visit.net.transact(async |tx: &mut Tx| grant(tx, &visit, &nobody).await).await, Err(Fault::NotFound)));
    }
}
