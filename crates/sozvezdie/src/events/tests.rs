//! Events on both engines.
use super::{
    Edition, EditionDraft, EditionId, EditionState, EventKind, Format, Level, StageDraft, StageState, enter, open,
    stages, step, step_stage,
};
use crate::{
    organisations::{self, Kind, OrganisationDraft, OrganisationId, OrganisationState},
    roles,
    shell::AcademicYear,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, testing::both_engines},
};
use uuid::Uuid;

/// The network of these tests: two schools and those who act.
pub struct Place {
    db: Db,
    pub school: OrganisationId,
    pub other: OrganisationId,
    clock: Clock,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn organisation(name: &str) -> OrganisationDraft {
    let form =
        organisations::OrganisationForm { kind: Kind::General.code().into(), name: name.into(), ..Default::default() };
    form.check("4722").unwrap()
}

impl Place {
    pub async fn new(db: Db) -> Self {
        let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
        let mut place = Self { db, school: OrganisationId(Uuid::nil()), other: OrganisationId(Uuid::nil()), clock };
        let visit = place.guest();
        let mut made = Vec::new();
        for name in ["Дубовская СОШ", "Беловская СОШ"] {
            let mut tx = visit.net.begin().await.unwrap();
            made.push(
                organisations::insert(&mut tx, &visit, &organisation(name), OrganisationState::Active).await.unwrap(),
            );
            tx.commit().await.unwrap();
        }
        (place.school, place.other) = (made[0], made[1]);
        place
    }

    fn visit(&self, viewer: Viewer) -> Visit {
        let net = self.db.network(NetworkId(Uuid::from_u128(1)));
        Visit::by_program(net, self.db.directory(), viewer, &self.clock, Chance::system())
    }

    pub fn guest(&self) -> Visit {
        self.visit(Viewer::guest(roles::policy))
    }

    fn with_role(&self, person: u128, role: &str, organisation: Option<OrganisationId>) -> Visit {
        let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
        let person = Uuid::from_u128(person);
        self.visit(Viewer::person(person, Uuid::nil(), String::new(), String::new(), grants, roles::policy))
    }

    pub fn department(&self) -> Visit {
        self.with_role(70, "department_specialist", None)
    }

    pub fn deputy(&self) -> Visit {
        self.with_role(71, "deputy_head", Some(self.school))
    }

    pub fn deputy_of_other(&self) -> Visit {
        self.with_role(72, "deputy_head", Some(self.other))
    }

    pub async fn enter(&self, draft: &EditionDraft) -> Edition {
        let visit = self.department();
        let entered = visit.net.transact(async |tx: &mut Tx| enter(tx, &visit, draft).await).await.unwrap();
        super::find(&visit.net, entered.edition).await.unwrap().unwrap()
    }
}

pub fn olympiad() -> EditionDraft {
    let mut draft = EditionDraft::plain(
        "Олимпиада по биологии (демо)",
        EventKind::Olympiad,
        AcademicYear(2026),
        Level::Municipal,
        Format::InPerson,
    );
    (draft.class_from, draft.class_to) = (Some(7), Some(9));
    draft.stages = vec![
        StageDraft { counted: false, pass_score: Some(20.5), ..StageDraft::plain("Школьный этап") },
        StageDraft { min_pct_winner: Some(50), ..StageDraft::plain("Муниципальный этап") },
    ];
    draft
}

both_engines! {
    migrations: MIGRATIONS;

async fn an_edition_comes_back_as_it_was_entered(db: Db) {
    let place = Place::new(db).await;
    let e = place.enter(&olympiad()).await;
    assert_eq!(
        (e.kind, e.level, e.format, e.academic_year.0),
        (EventKind::Olympiad, Level::Municipal, Format::InPerson, 2026)
    );
    assert_eq!(e.prize_degrees, olympiad().prize_degrees);
    assert!(e.takes_class(Some(7)) && !e.takes_class(Some(6)) && !e.takes_class(None));
    let stages = stages(&place.guest().net, e.id).await.unwrap();
    let said: Vec<_> =
        stages.iter().map(|s| (s.position, s.title.as_str(), s.counted, s.min_pct_winner, s.pass_score)).collect();
    assert_eq!(said, [(1, "Школьный этап", false, None, Some(20.5)), (2, "Муниципальный этап", true, Some(50), None)]);
}

async fn two_editions_of_one_title_are_of_one_event(db: Db) {
    let place = Place::new(db).await;
    let first = place.enter(&olympiad()).await;
    let mut next = olympiad();
    (next.academic_year, next.event.title) = (AcademicYear(2027), "ОЛИМПИАДА по биологии (Демо)".into());
    assert_eq!(place.enter(&next).await.event_id, first.event_id);
    next.event.kind = EventKind::Contest;
    assert_ne!(place.enter(&next).await.event_id, first.event_id);
}

async fn a_draft_is_hidden_and_states_go_along_their_table(db: Db) {
    let place = Place::new(db).await;
    let e = place.enter(&EditionDraft { state: EditionState::Draft, ..olympiad() }).await;
    assert!(matches!(open(&place.guest(), e.id).await, Err(Fault::NotFound)));
    assert!(matches!(open(&place.deputy(), e.id).await, Err(Fault::NotFound)));
    assert!(matches!(open(&place.guest(), EditionId(Uuid::from_u128(9))).await, Err(Fault::NotFound)));
    let visit = place.department();
    open(&visit, e.id).await.unwrap();
    let go = async |next| visit.net.transact(async |tx: &mut Tx| step(tx, &visit, e.id, next).await).await;
    assert!(matches!(go(EditionState::Published).await, Err(Fault::Conflict(_))));
    go(EditionState::Announced).await.unwrap();
    open(&place.guest(), e.id).await.unwrap();
    go(EditionState::Published).await.unwrap();
    assert!(open(&visit, e.id).await.unwrap().published_at.is_some());
    go(EditionState::Running).await.unwrap();
    assert!(open(&visit, e.id).await.unwrap().published_at.is_none());

    let stage = stages(&visit.net, e.id).await.unwrap().remove(0).id;
    let go = async |next| visit.net.transact(async |tx: &mut Tx| step_stage(tx, &visit, stage, next).await).await;
    assert!(matches!(go(StageState::Final).await, Err(Fault::Conflict(_))));
    go(StageState::Entering).await.unwrap();
}

async fn an_edition_without_stages_has_one_that_counts(db: Db) {
    let place = Place::new(db).await;
    let e = place.enter(&EditionDraft { stages: Vec::new(), ..olympiad() }).await;
    let stages = stages(&place.guest().net, e.id).await.unwrap();
    assert!(matches!(stages.as_slice(), [only] if only.counted && only.position == 1));
    let found = kit::search::lost(&place.guest().net, crate::events::KIND, "event_edition").await.unwrap();
    assert_eq!(found, 0);
}
}
