//! Children's records on both engines: who sees whom, what is written of every look, the one open
//! attachment, the import and its undoing.
mod copies;
mod guardians;
mod merging;
mod rule;

use super::{
    AttachmentKind, ClassName, Contingent, Filter, GroundKind, How, LearnerForm, NewGround, Relation, Whom,
    access::{self, close_consent, close_source, may_see, note_read, open, open_to},
    change::{self, add, insert, lead_class, leave, name_guardian},
    duplicates::{self, Word},
    rollover::{self, RolloverForm},
    store::{self, places},
    subject::{self, DestructionForm},
};
use crate::{
    imports::{self, Desk, Progress, Upload},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    roles,
    slices::{self, MIGRATIONS},
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, args, testing::both_engines},
    once::Once,
};
use proptest::prelude::*;
use uuid::Uuid;
const NETWORK: Uuid = Uuid::from_u128(0xA);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

/// Two schools and those who work there.
struct Place {
    db: Db,
    chance: Chance,
    own: OrganisationId,
    other: OrganisationId,
}

impl Place {
    async fn new(db: Db) -> Self {
        let nobody = OrganisationId(Uuid::nil());
        let mut place = Self { db, chance: Chance::seeded(1), own: nobody, other: nobody };
        let visit = place.at("2026-11-24", Uuid::from_u128(1), &[("department_specialist", None)]);
        let network = NetworkDraft {
            name: "Сеть".into(),
            territory: "Район".into(),
            founder: None,
            area_code: "4722".into(),
            is_demo: false,
        };
        people::add_network(&visit, &network).await.unwrap();
        place.own = place.school("Первая школа").await;
        place.other = place.school("Вторая школа").await;
        place
    }

    async fn school(&self, name: &str) -> OrganisationId {
        let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
        let draft = form.check("4722").unwrap();
        let visit = self.at("2026-11-24", Uuid::from_u128(1), &[]);
        let tx = async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await;
        visit.net.transact(tx).await.unwrap()
    }

    fn at(&self, today: &str, person: Uuid, grants: &[(&str, Option<OrganisationId>)]) -> Visit {
        let clock = Clock::fixed(kit::clock::start_of_day(day(today)) + Duration::hours(10));
        let grants = grants.iter().map(|(role, o)| Grant { role: (*role).into(), organisation: o.map(|o| o.0) });
        let viewer =
            Viewer::person(person, Uuid::nil(), "Кто-то".into(), String::new(), grants.collect(), roles::policy);
        let net = self.db.network(NetworkId(NETWORK));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }

    fn visit(&self, role: &str, organisation: OrganisationId) -> Visit {
        self.at("2026-11-24", Uuid::from_u128(7), &[(role, Some(organisation))])
    }

    fn deputy(&self) -> Visit {
        self.visit("deputy_head", self.own)
    }

    async fn child(&self, name: &str, born: &str, organisation: OrganisationId, class: &str) -> PersonId {
        self.child_at("2026-11-24", name, born, organisation, class).await
    }

    async fn child_at(
        &self,
        today: &str,
        name: &str,
        born: &str,
        organisation: OrganisationId,
        class: &str,
    ) -> PersonId {
        let visit = self.at(today, Uuid::from_u128(7), &[("deputy_head", Some(organisation))]);
        let draft = typed(name, born, organisation, class).check("4722", visit.today).unwrap();
        visit.net.transact(async |tx: &mut Tx| insert(tx, &visit, &draft).await).await.unwrap()
    }

    async fn person(&self, name: &str) -> PersonId {
        let visit = self.deputy();
        let name = PersonName { last: name.into(), first: "Анна".into(), patronymic: None };
        let draft = PersonDraft { name, email: None, phone: None };
        visit.net.transact(async |tx: &mut Tx| people::add(tx, &visit, &draft).await).await.unwrap()
    }

    async fn ground(
        &self,
        learner: PersonId,
        kind: GroundKind,
        whom: Whom,
        consent: Option<Uuid>,
    ) -> Result<Uuid, Fault> {
        ground(&self.deputy(), learner, kind, whom, consent).await
    }

    /// Every text of a table, in lower case.
    async fn text_of(&self, table: &'static str) -> String {
        let columns = match table {
            "learner" => "full_name || COALESCE(snils, '') || COALESCE(guardian_phone, '')",
            "person" => "last_name || first_name || name_key",
            "attachment" => "COALESCE(class_name, '') || COALESCE(basis, '')",
            "guardian" => "relation",
            "draft" => "body",
            "import_row" => "content || COALESCE(before_image, '')",
            "search_term" => "term",
            "learner_pair" => "COALESCE(moved, '')",
            "job" => "payload",
            "notification" => "subject",
            _ => "answer",
        };
        let sql = format!("SELECT {columns} FROM {table} WHERE network_id = $1");
        let rows: Vec<(String,)> = self.deputy().net.all(sql, args![]).await.unwrap();
        rows.into_iter().map(|(text,)| text.to_lowercase()).collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.deputy().net.scalar(sql, args![]).await.unwrap()
    }
}

/// Opens a child's record from the visit's day on, and answers with what opened it.
pub(crate) async fn ground(
    visit: &Visit,
    learner: PersonId,
    kind: GroundKind,
    whom: Whom,
    consent: Option<Uuid>,
) -> Result<Uuid, Fault> {
    let source = visit.new_id();
    let ground = NewGround { id: visit.new_id(), learner, kind, whom, source, consent, from: visit.today, until: None };
    visit.net.transact(async |tx: &mut Tx| open_to(tx, visit, &ground).await).await?;
    Ok(source)
}

fn typed(name: &str, born: &str, organisation: OrganisationId, class: &str) -> LearnerForm {
    let mut parts = name.split(' ').map(str::to_owned);
    LearnerForm {
        last_name: parts.next().unwrap_or_default(),
        first_name: parts.next().unwrap_or_default(),
        patronymic: parts.next().unwrap_or_default(),
        birth_date: born.into(),
        organisation: organisation.to_string(),
        class: class.into(),
        from: "2026-09-01".into(),
        ..LearnerForm::default()
    }
}

async fn seen(visit: &Visit) -> Vec<PersonId> {
    let found = access::list(visit, How::List, &Filter::default(), None, 100).await.unwrap();
    found.items.into_iter().map(|l| l.id).collect()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn each_sees_only_those_of_the_rule(db: Db) {
        let place = Place::new(db).await;
        let (own, other) = (place.own, place.other);
        let seven = place.child("Демонов Семён Учебнович", "2014-05-01", own, "7 Б").await;
        let eight = place.child("Макетова Анна", "2013-05-01", own, "8 А").await;
        let theirs = place.child("Образцов Пётр", "2014-07-01", other, "7 Б").await;
        let mut both = [seven, eight];
        both.sort();
        let all = |v: Visit| async move { let mut ids = seen(&v).await; ids.sort(); ids };
        for role in ["head", "deputy_head", "gifted_lead"] {
            assert_eq!(all(place.visit(role, own)).await, both, "{role}");
            assert_eq!(all(place.visit(role, other)).await, [theirs], "{role}");
        }
        for role in ["system_administrator", "department_specialist", "jury", "external_mentor", "guest", "class_teacher",
            "pedagogue", "psychologist", "centre_coordinator", "host_operator", "guardian", "learner"] {
            let visit = place.visit(role, own);
            assert_eq!(all(visit.clone()).await, [], "{role}");
            assert!(!may_see(&visit, seven).await.unwrap(), "{role}");
            assert!(matches!(open(&visit, seven, How::Record).await, Err(Fault::NotFound)), "{role}");
        }
        // A class teacher sees the own class of the own school.
        let teacher = place.person("Классная").await;
        let visit = place.deputy();
        visit.net.transact(async |tx: &mut Tx| lead_class(tx, &visit, own, "7 Б", teacher).await).await.unwrap();
        assert_eq!(all(place.at("2026-11-24", teacher.0, &[("class_teacher", Some(own))])).await, [seven]);
        assert_eq!(all(place.at("2026-11-24", teacher.0, &[("class_teacher", Some(other))])).await, []);
        assert_eq!(all(place.at("2026-11-23", teacher.0, &[("class_teacher", Some(own))])).await, [], "not yet");
    }

    async fn another_organisation_sees_by_a_consent_and_no_longer(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", "2014-05-01", place.own, "7 Б").await;
        let host = || place.visit("host_operator", place.other);
        let consent = Uuid::from_u128(77);
        let whom = Whom::Organisation(place.other.0);
        assert!(place.ground(child, GroundKind::Enrolment, whom, None).await.is_err(), "without a consent");
        assert!(!may_see(&host(), child).await.unwrap());
        let source = place.ground(child, GroundKind::Enrolment, whom, Some(consent)).await.unwrap();
        assert!(may_see(&host(), child).await.unwrap());
        assert!(!may_see(&place.visit("centre_coordinator", place.other), child).await.unwrap(), "another kind of ground");
        assert!(!may_see(&place.visit("host_operator", place.own), child).await.unwrap());
        let visit = place.deputy();
        visit.net.transact(async |tx: &mut Tx| close_consent(tx, consent, visit.today).await).await.unwrap();
        assert!(!may_see(&host(), child).await.unwrap(), "withdrawn: at once");
        let member = place.ground(child, GroundKind::Membership, whom, None).await.unwrap();
        assert!(may_see(&place.visit("centre_coordinator", place.other), child).await.unwrap());
        visit.net.transact(async |tx: &mut Tx| close_source(tx, member, visit.today).await).await.unwrap();
        assert!(!may_see(&place.visit("centre_coordinator", place.other), child).await.unwrap());
        assert_ne!(source, member);
    }

    async fn a_guardian_sees_until_the_child_is_of_age(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", "2009-11-24", place.own, "11").await;
        let brother = place.child("Демонов Иван", "2015-02-01", place.own, "5 А").await;
        let mother = place.person("Демонова").await;
        let visit = place.deputy();
        for child in [child, brother] {
            visit.net.transact(async |tx: &mut Tx| name_guardian(tx, &visit, child, mother, Relation::Mother).await).await.unwrap();
        }
        let sees = async |today: &str| seen(&place.at(today, mother.0, &[("guardian", Some(place.own))])).await.len();
        assert_eq!(sees("2027-11-23").await, 2);
        assert_eq!(sees("2027-11-24").await, 1, "eighteen today");
        assert_eq!(seen(&place.at("2027-11-24", child.0, &[("learner", Some(place.own))])).await, [child], "oneself");
        // Without the role the tie alone opens nothing.
        assert_eq!(seen(&place.at("2026-11-24", mother.0, &[])).await, []);
        change::end_guardian(&visit, &once(), brother, &mother.to_string()).await.unwrap();
        assert_eq!(sees("2026-11-24").await, 1);
    }

    async fn every_look_is_written_down_before_it_is_given(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", "2014-05-01", place.own, "7 Б").await;
        place.child("Демонов Иван", "2015-05-01", place.own, "6 Б").await;
        let visit = place.deputy();
        assert_eq!(seen(&visit).await.len(), 2);
        open(&visit, child, How::Record).await.unwrap();
        let _ = open(&visit, PersonId(Uuid::from_u128(5)), How::Record).await;
        let looks = store::audit::looks(&visit.net, child, None, 10).await.unwrap();
        let told: Vec<_> = looks.items.iter().map(|l| (l.action.as_str(), l.how.as_str(), l.actor)).collect();
        let me = Some(Uuid::from_u128(7));
        assert_eq!(told, [("read", "record", me), ("read", "list", me)]);
        let lists = place.count("SELECT COUNT(*) FROM audit_entry WHERE network_id = $1 AND action = 'read' AND fields = 'list'").await;
        assert_eq!(lists, 1, "a list is one line");
        // The trail cannot be written, here because its line is there already: nothing is shown.
        let again = || Visit::by_program(
            visit.net.clone(), place.db.directory(), visit.viewer.clone(), &Clock::fixed(visit.now), Chance::seeded(42),
        );
        assert!(open(&again(), child, How::Record).await.is_ok());
        assert!(matches!(open(&again(), child, How::Record).await, Err(Fault::Unavailable(_))));
        assert!(matches!(access::list(&again(), How::List, &Filter::default(), None, 9).await, Err(Fault::Unavailable(_))));
        assert!(note_read(&again(), How::Record, &[]).await.is_ok(), "nobody was seen");
    }

    async fn one_basic_attachment_is_open_and_history_stays(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", "2014-05-01", place.own, "7 Б").await;
        let visit = place.deputy();
        let twice = visit.net.transact(async |tx: &mut Tx| {
            let new = places::Place { id: visit.new_id(), organisation: place.other, kind: AttachmentKind::Basic, class: None, from: visit.today, basis: None };
            places::insert(tx, child, &new, None, visit.now).await
        }).await;
        assert!(twice.is_err(), "the database keeps one");
        let eight = LearnerForm { class: "8б".into(), from: "2026-11-01".into(), ..typed("Демонов Семён", "2014-05-01", place.own, "") };
        change::change(&visit, &once(), child, &eight).await.unwrap();
        let history = places::history(&visit.net, child).await.unwrap();
        let told: Vec<_> = history.iter().map(|a| (a.class_name.as_deref().unwrap(), a.from, a.until)).collect();
        assert_eq!(told, [("8 Б", day("2026-11-01"), None), ("7 Б", day("2026-09-01"), Some(day("2026-10-31")))]);
        let early = LearnerForm { class: "9 Б".into(), from: "2026-10-01".into(), ..eight.clone() };
        assert!(matches!(change::change(&visit, &once(), child, &early).await, Err(Fault::Invalid(_))));
        leave(&visit, &once(), child, &change::LeavingForm { on: "2026-11-20".into() }).await.unwrap();
        assert_eq!(seen(&visit).await, [], "who left is not in the list");
        assert!(!open(&visit, child, How::Record).await.unwrap().enrolled);
        assert!(matches!(leave(&visit, &once(), child, &change::LeavingForm { on: "2026-11-20".into() }).await, Err(Fault::Conflict(_))));
    }

    async fn a_reorganised_school_keeps_its_children_in_sight(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", "2014-05-01", place.own, "7 Б").await;
        let visit = place.at("2026-11-24", Uuid::from_u128(1), &[("department_specialist", None)]);
        let form = organisations::ReorganisationForm { successor: place.other.to_string(), ..Default::default() };
        organisations::reorganise(&visit, &once(), place.own, &form).await.unwrap();
        let heir = place.visit("deputy_head", place.other);
        assert_eq!(seen(&heir).await, [child]);
        let next = LearnerForm { class: "8 Б".into(), ..typed("Демонов Семён", "2014-05-01", place.own, "") };
        let next = LearnerForm { from: "2026-11-24".into(), ..next };
        change::change(&heir, &once(), child, &next).await.unwrap();
    }

    async fn strangers_change_nothing(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Демонов Семён", "2014-05-01", place.own, "7 Б").await;
        let new = typed("Макетов Иван", "2014-05-01", place.own, "7 Б");
        let stranger = place.visit("deputy_head", place.other);
        assert!(matches!(add(&stranger, &once(), &new).await, Err(Fault::Forbidden(_))));
        assert!(matches!(change::change(&stranger, &once(), child, &new).await, Err(Fault::NotFound)));
        assert!(matches!(add(&place.visit("gifted_lead", place.own), &once(), &new).await, Err(Fault::Forbidden(_))));
        assert!(matches!(change::change(&place.visit("gifted_lead", place.own), &once(), child, &new).await, Err(Fault::Forbidden(_))));
        let mine = add(&place.deputy(), &once(), &new).await.unwrap();
        assert_eq!(mine.status, 201);
        let stale = LearnerForm { version: "1".into(), first_name: "Олег".into(), ..typed("Демонов Семён", "2014-05-01", place.own, "7 Б") };
        change::change(&place.deputy(), &once(), child, &stale).await.unwrap();
        assert!(matches!(change::change(&place.deputy(), &once(), child, &LearnerForm { first_name: "Пётр".into(), ..stale }).await, Err(Fault::Conflict(_))));
    }

    async fn a_list_of_children_goes_in_and_out_again(db: Db) {
        let place = Place::new(db).await;
        let known = place.child("Демонов Семён Учебнович", "2014-05-01", place.own, "6 Б").await;
        place.child("Чужой Иван Петрович", "2014-06-01", place.other, "7 А").await;
        let desk = slices::import_desk();
        let visit = place.deputy();
        let text = "Фамилия;Имя;Отчество;Дата рождения;Класс;Телефон родителей\n\
            Демонов;Семен;Учебнович;01.05.2014;7б;39-25-75\nЧужой;Иван;Петрович;01.06.2014;7 А;\n\
            Макетов;Лев;;02.02.2014;7 А;\nМакетов;Лев;;02.02.2014;7 А;\nДемонов;Семён;Учебнвич;01.05.2014;7 Б;\nОшибкин;Пётр;;31.02.2014;7 Б;\n";
        let id = begin(&desk, &visit, text).await;
        let rows = imports::rows(&visit.net, id).await;
        let statuses: Vec<&str> = rows.iter().map(|row| row.status.code()).collect();
        assert_eq!(statuses, ["changed", "new", "new", "duplicate", "duplicate", "error"], "whose child the second is elsewhere is not told");
        let progress = Progress::default();
        imports::apply(&desk, &visit, &once(), id, &progress).await.unwrap();
        assert_eq!(seen(&visit).await.len(), 3);
        let now = open(&visit, known, How::Record).await.unwrap();
        assert_eq!((now.class_name.as_deref(), now.guardian_phone.as_deref(), now.full_name.as_str()), (Some("7 Б"), Some("+74722392575"), "Демонов Семён Учебнович"));
        assert_eq!(place.count("SELECT COUNT(*) FROM learner_pair WHERE network_id = $1 AND why = 'same_name'").await, 1, "people will decide");
        imports::undo(&desk, &visit, &once(), id, &progress).await.unwrap();
        assert_eq!(seen(&visit).await, [known]);
        let back = open(&visit, known, How::Record).await.unwrap();
        assert_eq!((back.class_name.as_deref(), back.guardian_phone), (Some("6 Б"), None));
        assert_eq!(places::history(&visit.net, known).await.unwrap().len(), 1);
        assert_eq!(place.count("SELECT COUNT(*) FROM learner_pair WHERE network_id = $1").await, 0);
        assert_eq!(place.count("SELECT COUNT(*) FROM person WHERE network_id = $1").await, 2);
    }

    async fn rows_of_another_school_are_refused(db: Db) {
        let place = Place::new(db).await;
        let desk = slices::import_desk();
        let visit = place.deputy();
        let text = "ФИО;Дата рождения;Класс;Школа\nДемонов Семён;01.05.2014;7б;Первая школа\nМакетов Лев;02.02.2014;7 А;Вторая школа\n";
        let id = begin(&desk, &visit, text).await;
        let rows = imports::rows(&visit.net, id).await;
        assert_eq!(rows.iter().map(|row| row.status.code()).collect::<Vec<_>>(), ["new", "error"]);
        let teacher = place.visit("class_teacher", place.own);
        let upload = Upload { kind: "contingent".into(), content: text.as_bytes().to_vec(), ..Upload::default() };
        assert!(matches!(imports::begin(&desk, &teacher, &once(), upload).await, Err(Fault::Forbidden(_))));
        assert_eq!(imports::Target::code(&Contingent), "contingent");
    }

    async fn two_organisations_agree_that_it_is_one_child(db: Db) {
        let place = Place::new(db).await;
        let first = place.child_at("2026-11-20", "Демонов Семён Учебнович", "2014-05-01", place.own, "6 Б").await;
        let second = place.child("Демонов Семен Учебнович", "2014-05-01", place.other, "7 А").await;
        let (ours, theirs) = (place.deputy(), place.visit("deputy_head", place.other));
        let pair = async |visit: &Visit| duplicates::queue(visit).await.unwrap().pop().unwrap();
        let waiting = pair(&ours).await;
        assert!(waiting.first.is_some() && waiting.second.is_none(), "whose the other is stays untold");
        assert!(matches!(duplicates::decide(&place.visit("head", place.school("Третья школа").await), &once(), waiting.id, Word::Apart).await, Err(Fault::NotFound)));
        duplicates::decide(&ours, &once(), waiting.id, Word::Same).await.unwrap();
        assert!(pair(&ours).await.agreed && !pair(&theirs).await.agreed);
        assert_eq!((seen(&ours).await, seen(&theirs).await), (vec![first], vec![second]), "one side is not enough");
        duplicates::decide(&theirs, &once(), waiting.id, Word::Same).await.unwrap();
        // Both began on one day: the one that was written first ends, the child is in the other school.
        assert_eq!((seen(&ours).await, seen(&theirs).await), (vec![], vec![first]));
        assert_eq!(places::history(&ours.net, first).await.unwrap().len(), 2);
        assert!(!may_see(&theirs, second).await.unwrap());
        assert!(matches!(duplicates::decide(&theirs, &once(), waiting.id, Word::Apart).await, Err(Fault::Conflict(_))));
        duplicates::decide(&theirs, &once(), waiting.id, Word::Split).await.unwrap();
        assert_eq!((seen(&ours).await, seen(&theirs).await), (vec![first], vec![second]));
        let open = places::history(&ours.net, first).await.unwrap();
        assert_eq!(open.iter().map(|a| a.until).collect::<Vec<_>>(), [None]);
        duplicates::decide(&ours, &once(), waiting.id, Word::Apart).await.unwrap();
        assert!(duplicates::queue(&ours).await.unwrap().is_empty());
    }

    async fn a_school_moves_into_the_new_year_and_back(db: Db) {
        let place = Place::new(db).await;
        let seven = place.child("Демонов Семён", "2014-05-01", place.own, "7 Б").await;
        let nine = place.child("Макетова Анна", "2012-05-01", place.own, "9 А").await;
        let stays = place.child("Макетова Вера", "2012-06-01", place.own, "9 А").await;
        let last = place.child("Образцов Лев", "2009-12-01", place.own, "11").await;
        let theirs = place.child("Чужой Иван", "2014-06-01", place.other, "7 А").await;
        let visit = place.at("2027-09-10", Uuid::from_u128(7), &[("deputy_head", Some(place.own))]);
        let steps = rollover::plan(&visit, place.own).await.unwrap();
        let told: Vec<_> = steps.iter().map(|s| (s.class.as_str(), s.children, s.may_leave.len(), s.next.clone())).collect();
        let up = |n: i64, name: &str| rollover::Next::Up(ClassName { number: Some(n), name: name.into() });
        assert_eq!(told, [("7 Б", 1, 0, up(8, "8 Б")), ("9 А", 2, 2, up(10, "10 А")), ("11", 1, 0, rollover::Next::Leave)]);
        assert!(rollover::plan(&visit, place.other).await.is_err());
        let form = RolloverForm { leaves: vec![nine.to_string(), theirs.to_string()], ..RolloverForm::of(place.own, visit.today) };
        assert_eq!(form.on, "2027-09-01");
        let done = rollover::carry_out(&visit, &once(), &form).await.unwrap();
        let class = async |id| { let l = open(&visit, id, How::Record).await.unwrap(); (l.class_name.unwrap(), l.enrolled) };
        assert_eq!(class(seven).await, ("8 Б".into(), true));
        assert_eq!(class(stays).await, ("10 А".into(), true));
        assert_eq!((class(nine).await.1, class(last).await.1), (false, false));
        assert!(matches!(rollover::carry_out(&visit, &once(), &form).await, Err(Fault::Conflict(_))), "once a year");
        let other = place.at("2027-09-10", Uuid::from_u128(7), &[("deputy_head", Some(place.other))]);
        assert_eq!(seen(&other).await, [theirs]);

        // One was moved on by hand since: it stays, the rest goes back.
        let by_hand = LearnerForm { class: "8 В".into(), from: "2027-09-09".into(), ..typed("Демонов Семён", "2014-05-01", place.own, "") };
        change::change(&visit, &once(), seven, &by_hand).await.unwrap();
        let id: Uuid = done.body.unwrap()["id"].as_str().unwrap().parse().unwrap();
        assert!(matches!(rollover::undo(&other, &once(), id).await, Err(Fault::NotFound)));
        let undone = rollover::undo(&visit, &once(), id).await.unwrap();
        assert_eq!(undone.body.unwrap()["kept"], 1);
        assert_eq!(class(seven).await, ("8 В".into(), true));
        assert_eq!((class(nine).await, class(last).await), (("9 А".into(), true), ("11".into(), true)));
        assert_eq!(class(stays).await, ("9 А".into(), true));
        assert!(matches!(rollover::undo(&visit, &once(), id).await, Err(Fault::Conflict(_))));
    }

    async fn a_child_is_exported_whole_and_destroyed_without_a_trace(db: Db) {
        const MARK: &str = "Канарейкин";
        let place = Place::new(db).await;
        let desk = slices::import_desk();
        let head = place.visit("head", place.own);
        let text = format!("ФИО;Дата рождения;Класс;СНИЛС;Телефон\n{MARK} Лев Вольерович;01.05.2014;7б;112-233-445 95;+7 999 137-13-71\n{MARK} Лёв Вольерович;01.05.2014;7б;;\n");
        let id = begin(&desk, &head, &text).await;
        imports::apply(&desk, &head, &once(), id, &Progress::default()).await.unwrap();
        let child = seen(&head).await[0];
        let mother = place.person(MARK).await;
        head.net.transact(async |tx: &mut Tx| name_guardian(tx, &head, child, mother, Relation::Mother).await).await.unwrap();
        let lost = head.new_id();
        head.net.transact(async |tx: &mut Tx| {
            let sql = "INSERT INTO draft (network_id, person_id, form, body, saved_at) VALUES ($1, $2, $3, $4, 0)";
            tx.run(sql, args![lost, format!("learner-{child}"), format!("last_name={MARK}")]).await
        }).await.unwrap();

        copies::put(&place, &head, child, mother).await;

        // Whole, to the family and the head; to nobody else.
        let parent = place.at("2026-11-24", mother.0, &[("guardian", Some(place.own))]);
        let archive = subject::export(&parent, child, &[]).await.unwrap();
        let mut file = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
        let json: serde_json::Value = serde_json::from_reader(file.by_name("learner.json").unwrap()).unwrap();
        let mut pdf = Vec::new();
        std::io::Read::read_to_end(&mut file.by_name("learner.pdf").unwrap(), &mut pdf).unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
        assert_eq!(json["learner"]["snils"], "112-233-445 95");
        assert_eq!((json["attachments"].as_array().unwrap().len(), json["guardians"].as_array().unwrap().len()), (1, 1));
        assert!(matches!(subject::export(&place.visit("gifted_lead", place.own), child, &[]).await, Err(Fault::NotFound)));
        assert!(matches!(subject::export(&place.visit("head", place.other), child, &[]).await, Err(Fault::NotFound)));

        let form = |last_name: &str| DestructionForm { ground: "withdrawn".into(), last_name: last_name.into() };
        let deputy = place.deputy();
        assert!(matches!(subject::destroy(&deputy, &once(), child, &form(MARK), &[]).await, Err(Fault::Forbidden(_))));
        assert!(matches!(subject::destroy(&head, &once(), child, &form("Воробьёв"), &[]).await, Err(Fault::Invalid(_))));
        subject::destroy(&head, &once(), child, &form("канарейкин"), &[]).await.unwrap();
        assert!(matches!(open(&head, child, How::Record).await, Err(Fault::NotFound)));
        for table in ["learner", "person", "attachment", "guardian", "draft", "import_row", "search_term", "learner_pair", "idempotency", "job", "notification"] {
            let left = place.text_of(table).await;
            assert!(!left.contains(&MARK.to_lowercase()) && !left.contains("112-233-445"), "{table}: {left}");
            assert!(!left.contains("%d0%9a%d0%b0%d0%bd%d0%b0%d1%80"), "{table}: {left}");
        }
        copies::are_gone(&head, mother).await;
        let kept = place.text_of("draft").await;
        assert!(kept.contains("own-work"), "what speaks of others stays: {kept}");
        assert_eq!(place.count("SELECT COUNT(*) FROM import_file WHERE network_id = $1").await, 0);
        assert_eq!(place.count("SELECT COUNT(*) FROM learner_destruction WHERE network_id = $1").await, 1);
    }
}

async fn begin(desk: &Desk, visit: &Visit, text: &str) -> imports::BatchId {
    let upload = Upload {
        kind: "contingent".into(),
        file_name: "список.csv".into(),
        content: text.as_bytes().to_vec(),
        ..Upload::default()
    };
    let done = imports::begin(desk, visit, &once(), upload).await.unwrap();
    done.body.unwrap()["id"].as_str().unwrap().parse().unwrap()
}

proptest! {
    #[test]
    fn a_class_reads_as_itself_and_goes_up_once(number in 1_i64..=11, letter in "[А-Г]?") {
        let class = ClassName::read(&format!("{number}{letter}")).unwrap();
        prop_assert_eq!(ClassName::read(&class.name), Some(class.clone()));
        prop_assert_eq!(class.next().and_then(|c| c.number), (number < 11).then_some(number + 1));
    }
}
