//! Makes what the world holds, plain or with a mark in every text.
use crate::world::email;
use chrono::{Duration, NaiveDate};
use kit::{
    Visit,
    db::{Tx, args},
    session::NewLogin,
};
use sozvezdie::{
    consents::{self, Granting, Purpose},
    events::{self, EditionDraft, EventKind, Format, Level, StageDraft},
    learners,
    organisations::{self, Focus, Kind, OrganisationDraft, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    resources::{self, ResourceDraft, ResourceForm, ResourceState},
    results,
    shell::AcademicYear,
};
use std::{collections::HashMap, sync::LazyLock};
use uuid::Uuid;

/// Everybody's.
pub const PASSWORD: &str = "семь звёзд над школой";

static HASHED: LazyLock<String> = LazyLock::new(|| kit::password::hash(PASSWORD).unwrap());

pub async fn network(visit: &Visit, name: &str, area_code: &str) {
    let network = NetworkDraft {
        name: name.into(),
        territory: format!("{name}-район"),
        founder: Some(format!("{name}-управление")),
        area_code: area_code.into(),
        is_demo: false,
    };
    people::add_network(visit, &network).await.unwrap();
}

pub async fn organisation(tx: &mut Tx, visit: &Visit, draft: &OrganisationDraft, state: OrganisationState) -> Uuid {
    organisations::insert(tx, visit, draft, state).await.unwrap().0
}

/// An organisation with little but a name.
pub fn plain(kind: Kind, name: &str) -> OrganisationDraft {
    OrganisationDraft {
        kind,
        subkind: None,
        name: format!("Муниципальное учреждение «{name}»"),
        short_name: name.into(),
        inn: None,
        kpp: None,
        ogrn: None,
        licence: None,
        address: Some("с. Примерное, ул. Школьная, 1".into()),
        latitude: Some(50.5),
        longitude: Some(36.5),
        phones: "+74722392575".into(),
        email: None,
        site: None,
        head_name: Some("Образцова Ольга Макетовна".into()),
        about: None,
        synthetic_name: false,
        focuses: Vec::new(),
    }
}

/// An organisation whose every text holds the mark.
pub fn full_of(mark: &str) -> OrganisationDraft {
    let text = |name: &str| Some(format!("{mark}-{name}"));
    OrganisationDraft {
        subkind: text("вид"),
        name: format!("{mark}-полное"),
        short_name: format!("{mark}-краткое"),
        inn: text("инн"),
        kpp: text("кпп"),
        ogrn: text("огрн"),
        licence: text("лицензия"),
        address: text("адрес"),
        phones: format!("{mark}-телефон"),
        email: text("почта"),
        site: text("сайт"),
        head_name: text("руководитель"),
        about: text("описание"),
        focuses: vec![Focus::Sport],
        ..plain(Kind::General, "")
    }
}

pub async fn resource(tx: &mut Tx, visit: &Visit, draft: &ResourceDraft, state: ResourceState) -> Uuid {
    resources::insert(tx, visit, draft, state).await.unwrap().0
}

/// A resource with little but a name, open on weekdays.
pub fn plain_resource(owner: Uuid, name: &str) -> ResourceDraft {
    let form = ResourceForm {
        owner_id: owner.to_string(),
        class: "technological".into(),
        name: name.into(),
        capacity: "15".into(),
        hours: vec!["9:00–17:00".into(); 5],
        ..ResourceForm::default()
    };
    form.check().unwrap()
}

/// A methodical resource with little but a name.
pub fn plain_method(owner: Uuid, name: &str) -> ResourceDraft {
    let form = ResourceForm {
        owner_id: owner.to_string(),
        class: "methodical".into(),
        name: name.into(),
        ..ResourceForm::default()
    };
    form.check().unwrap()
}

/// A resource whose every text holds the mark.
pub fn resource_full_of(owner: Uuid, mark: &str) -> ResourceDraft {
    let text = |name: &str| Some(format!("{mark}-{name}"));
    ResourceDraft {
        name: format!("{mark}-ресурс"),
        description: text("описание"),
        place: text("место"),
        safety: text("безопасность"),
        conditions: text("условия"),
        audience: text("кому"),
        subject: text("предмет"),
        licence: text("лицензия"),
        inventory_number: text("номер"),
        decides_name: text("решает"),
        cancel_rule: text("отмена"),
        ..plain_resource(owner, "х")
    }
}

/// An act of an organisation, of today.
pub async fn act(tx: &mut Tx, visit: &Visit, organisation: Uuid, title: &str) -> Uuid {
    let id = visit.new_id();
    let sql = "INSERT INTO act (network_id, id, kind, number, number_key, issued_on, issuer, title, name_key, organisation_id,
                 effective_from, archived, created_at, updated_at, version)
               VALUES ($1, $2, 'order', '1017', '1017', '2026-11-24', 'Управление', $3, $4, $5, '2026-11-24', FALSE, $6, $6, 1)";
    tx.run(sql, args![id, title, kit::text::name_key(title), organisation, visit.now]).await.unwrap();
    kit::search::index(tx, "act", id, &[(title, 10)]).await.unwrap();
    id
}

/// A need that an organisation has told of, two weeks from now.
pub async fn need(tx: &mut Tx, visit: &Visit, organisation: Uuid, title: &str) -> Uuid {
    let (id, start) = (visit.new_id(), visit.now + Duration::days(14));
    let sql =
        "INSERT INTO exchange_need (network_id, id, organisation_id, title, starts_at, ends_at, is_flexible, headcount,
                 priority, state, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, $6, FALSE, 10, 'usual', 'submitted', $7, $7, 1)";
    tx.run(sql, args![id, organisation, title, start, start + Duration::hours(1), visit.now]).await.unwrap();
    id
}

/// A submitted common request whose lines are gone.
pub async fn common(tx: &mut Tx, visit: &Visit, organisation: Uuid, title: &str) -> Uuid {
    let (id, start) = (visit.new_id(), visit.now + Duration::days(14));
    let sql = "INSERT INTO common_request (network_id, id, organisation_id, title, starts_at, ends_at, headcount, state, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, $6, 10, 'submitted', $7, $7, 1)";
    tx.run(sql, args![id, organisation, title, start, start + Duration::hours(1), visit.now]).await.unwrap();
    id
}

/// A requested stay of an organisation at (a resource, its owner), each at an hour of its own, with
/// what it holds.
pub async fn booking(
    tx: &mut Tx,
    visit: &Visit,
    (resource, owner): (Uuid, Uuid),
    organisation: Uuid,
    purpose: &str,
) -> Uuid {
    let id = visit.new_id();
    let before: i64 = tx.scalar("SELECT COUNT(*) FROM booking WHERE network_id = $1", args![]).await.unwrap();
    let start = visit.now + Duration::days(7) + Duration::hours(before);
    let end = start + Duration::minutes(45);
    let sql = "INSERT INTO booking (network_id, id, resource_id, owner_id, organisation_id, class, form, number, starts_at, ends_at,
                 headcount, units, purpose, mode, state, agreed_headcount, agreed_minutes, agreed_days, school_year, created_at,
                 updated_at, version)
               VALUES ($1, $2, $3, $4, $5, 'technological', 'stay', $9, $6, $7, 10, 1, $8, 'in_person', 'requested', 0, 0, 0, 2026, $10, $10, 1)";
    let values = args![id, resource, owner, organisation, start, end, purpose, before + 1, visit.now];
    tx.run(sql, values).await.unwrap();
    let sql = "INSERT INTO resource_hold (network_id, id, resource_id, organisation_id, place_id, starts_at, ends_at, headcount, units)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 10, 1)";
    tx.run(sql, args![id, resource, organisation, owner, start, end]).await.unwrap();
    id
}

pub async fn person(tx: &mut Tx, visit: &Visit, last: &str, first: &str, patronymic: &str) -> PersonId {
    let mark = last.strip_suffix("-фамилия");
    let draft = PersonDraft {
        name: PersonName { last: last.into(), first: first.into(), patronymic: Some(patronymic.into()) },
        email: mark.map(|m| format!("{m}-личная-почта")),
        phone: mark.map(|m| format!("{m}-личный-телефон")),
    };
    people::add(tx, visit, &draft).await.unwrap()
}

pub async fn sign_ins(visit: &Visit, people: &HashMap<&'static str, Uuid>) {
    for (key, person) in people {
        let email = email(key);
        let new = NewLogin {
            id: visit.new_id(),
            network: visit.net.id().0,
            person: *person,
            email: &email,
            name: key,
            password: &HASHED,
            password_until: None,
        };
        assert!(kit::session::add_login(&visit.directory, &new, visit.now).await.unwrap());
    }
}

/// A child of a school, in class 7 Б, with the mark in every personal field; `person` when it is
/// somebody who is there already.
pub async fn learner(tx: &mut Tx, visit: &Visit, organisation: Uuid, known: Option<Uuid>, mark: &str) -> Uuid {
    let id = match known {
        Some(id) => id,
        None => {
            person(tx, visit, &format!("{mark}-фамилия"), &format!("{mark}-имя"), &format!("{mark}-отчество")).await.0
        }
    };
    let name = format!("{mark}-фамилия {mark}-имя");
    let sql = "INSERT INTO learner (network_id, id, full_name, name_key, birth_date, sex, snils, guardian_phone, organisation_id, class_number,
                 class_name, enrolled, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, '2014-09-01', 'male', $5, $6, $7, 7, '7 Б', TRUE, $8, $8, 1)";
    let key = kit::text::name_key(&name);
    tx.run(sql, args![id, name, key, format!("{mark}-снилс"), format!("{mark}-телефон"), organisation, visit.now])
        .await
        .unwrap();
    let sql = "INSERT INTO attachment (network_id, id, learner_id, organisation_id, kind, class_number, class_name, from_date, basis, created_at)
               VALUES ($1, $2, $3, $4, 'basic', 7, '7 Б', '2026-09-01', $5, $6)";
    tx.run(sql, args![visit.new_id(), id, organisation, format!("{mark}-приказ"), visit.now]).await.unwrap();
    id
}

/// Lets everybody who may have a reason see our child: the one who is signed in as `learner`.
pub async fn grounds(tx: &mut Tx, visit: &Visit, own: Uuid, people: &HashMap<&'static str, Uuid>) {
    let child = PersonId(people["learner"]);
    learners::name_guardian(tx, visit, child, PersonId(people["guardian"]), learners::Relation::Mother).await.unwrap();
    learners::lead_class(tx, visit, own.into(), "7 Б", PersonId(people["class_teacher"])).await.unwrap();
    for (kind, whom) in [
        (learners::GroundKind::Membership, learners::Whom::Organisation(own)),
        (learners::GroundKind::Enrolment, learners::Whom::Organisation(own)),
        (learners::GroundKind::Assignment, learners::Whom::Person(people["psychologist"])),
        (learners::GroundKind::Assignment, learners::Whom::Person(people["pedagogue"])),
    ] {
        let ground = learners::NewGround {
            id: visit.new_id(),
            learner: child,
            kind,
            whom,
            source: visit.new_id(),
            consent: Some(visit.new_id()),
            from: visit.today,
            until: None,
        };
        learners::open_to(tx, visit, &ground).await.unwrap();
    }
}

/// A consent of a child to publish, in force.
pub async fn consent(tx: &mut Tx, visit: &Visit, organisation: Uuid, learner: Uuid) -> Uuid {
    let given = Granting::paper(PersonId(learner), Purpose::Publication, visit.today);
    let id = consents::grant(tx, visit, &given).await.unwrap();
    let sql = "UPDATE consent SET organisation_id = $3 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![id, organisation]).await.unwrap();
    id
}

/// What the family of a child asked, with the mark in its words and in those of the answer.
pub async fn case(tx: &mut Tx, visit: &Visit, organisation: Uuid, learner: Uuid, mark: &str) -> Uuid {
    let id = visit.new_id();
    let sql = "INSERT INTO subject_case (network_id, id, learner_id, organisation_id, kind, state, details, opened_on, created_at)
               VALUES ($1, $2, $3, $4, 'correct', 'open', $5, '2026-11-20', $6)";
    tx.run(sql, args![id, learner, organisation, format!("{mark}-обращение"), visit.now]).await.unwrap();
    let sql = "INSERT INTO case_step (network_id, case_id, step, due_on, done_on, note) VALUES ($1, $2, 'correct', '2026-12-01', '2026-11-21', $3),
                 ($1, $2, 'answer', '2026-12-04', NULL, NULL)";
    tx.run(sql, args![id, format!("{mark}-ответ")]).await.unwrap();
    id
}

/// The report of an organisation that was handed in, with the mark in its words. It tells of nothing.
pub async fn report(tx: &mut Tx, visit: &Visit, organisation: Uuid, mark: &str) -> Uuid {
    let (id, words) = (visit.new_id(), format!("{mark}-отчёт"));
    let sql = "INSERT INTO report (network_id, id, kind, organisation_id, first_year, last_year, body, state, reason, copy, created_at, updated_at, version)
               VALUES ($1, $2, 'organisation', $3, 2025, 2025, $4, 'submitted', $4, 1, $5, $5, 1)";
    tx.run(sql, args![id, organisation, words.clone(), visit.now]).await.unwrap();
    let none = serde_json::json!({ "editions": 0, "prize_editions": 0, "participations": 0, "prize_participations": 0, "children": 0,
        "prize_children": 0, "prize_places": 0, "pending_editions": 0, "pending": 0 });
    let figures = serde_json::json!({ "kind": "organisation", "organisation": organisation, "name": words, "issuer": [words], "from": "2025-2026",
        "to": "2025-2026", "handed_in": null, "total": none, "before": none, "parts": [], "side": "main" });
    let sql = "INSERT INTO report_copy (network_id, report_id, number, body, figures, made_at) VALUES ($1, $2, 1, $3, $4, $5)";
    tx.run(sql, args![id, words, figures.to_string(), visit.now]).await.unwrap();
    id
}

/// The department's call for reports of a year, with the mark in its note.
pub async fn report_call(tx: &mut Tx, visit: &Visit, organisation: Uuid, mark: &str) -> Uuid {
    let id = visit.new_id();
    let sql = "INSERT INTO report_call (network_id, id, first_year, last_year, due_on, note, general, preschool, additional, created_at)
               VALUES ($1, $2, 2024, 2024, '2026-12-20', $3, TRUE, TRUE, TRUE, $4)";
    tx.run(sql, args![id, format!("{mark}-сбор"), visit.now]).await.unwrap();
    let sql = "INSERT INTO report_reminder (network_id, id, call_id, organisation_id, last_on, times) VALUES ($1, $2, $3, $4, '2026-11-20', 1)";
    tx.run(sql, args![visit.new_id(), id, organisation]).await.unwrap();
    id
}

/// A Centre at an organisation, opened on a day.
pub async fn centre(tx: &mut Tx, visit: &Visit, organisation: Uuid, opened: &str, mark: &str) -> Uuid {
    let id = visit.new_id();
    let sql = "INSERT INTO gifted_centre (network_id, id, organisation_id, title, contact, opened_on, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $4, $5, $6, $6, 1)";
    tx.run(sql, args![id, organisation, format!("{mark}-центр"), opened, visit.now]).await.unwrap();
    id
}

/// A membership of a child in a Centre; what it opens is opened elsewhere.
pub async fn membership(tx: &mut Tx, visit: &Visit, centre: Uuid, learner: Uuid, mark: &str) -> Uuid {
    let id = visit.new_id();
    let sql = "INSERT INTO centre_membership (network_id, id, centre_id, learner_id, from_date, order_text, created_at)
               VALUES ($1, $2, $3, $4, '2026-09-05', $5, $6)";
    tx.run(sql, args![id, centre, learner, format!("{mark}-зачисление"), visit.now]).await.unwrap();
    id
}

/// A child's way with a word of a teacher and raw results, the mark in every text.
pub async fn profile(
    tx: &mut Tx,
    visit: &Visit,
    (centre, school): (Uuid, Uuid),
    learner: Uuid,
    teacher: Uuid,
    mark: &str,
) -> (Uuid, Uuid) {
    let (id, asked) = (visit.new_id(), visit.new_id());
    let text = |name: &str| format!("{mark}-{name}");
    let sql = "INSERT INTO gifted_profile (network_id, id, learner_id, centre_id, organisation_id, state, basis, kinds, subject, reason, proposed_on,
                 conclusion, applicant, applied_on, petition_number, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, 'proposed', 'teacher', 'creative', $6, $6, '2026-11-01', $6, $6, '2026-11-02', $6, $7, $7, 1)";
    tx.run(sql, args![id, learner, centre, school, text("одарённость"), visit.now]).await.unwrap();
    let sql = "INSERT INTO gifted_contribution (network_id, id, profile_id, person_id, asked_at, subject, said) VALUES ($1, $2, $3, $4, $5, $6, $6)";
    tx.run(sql, args![asked, id, teacher, visit.now, text("слово")]).await.unwrap();
    let sql = "INSERT INTO gifted_diagnostics (network_id, id, profile_id, method, on_date, raw, consent_id, by_person, created_at)
               VALUES ($1, $2, $3, $4, '2026-11-03', $4, $2, $5, $6)";
    tx.run(sql, args![visit.new_id(), id, text("сырое"), teacher, visit.now]).await.unwrap();
    (id, asked)
}

/// A sitting of the commission that decided about a child.
pub async fn sitting(tx: &mut Tx, visit: &Visit, centre: Uuid, profile: Uuid, mark: &str) -> Uuid {
    let id = visit.new_id();
    let sql = "INSERT INTO gifted_sitting (network_id, id, centre_id, held_on, protocol_number, chair, members, order_number, created_at)
               VALUES ($1, $2, $3, '2026-11-10', $4, $4, $4, $4, $5)";
    tx.run(sql, args![id, centre, format!("{mark}-комиссия"), visit.now]).await.unwrap();
    let sql = "INSERT INTO gifted_decision (network_id, sitting_id, profile_id, admit) VALUES ($1, $2, $3, TRUE)";
    tx.run(sql, args![id, profile]).await.unwrap();
    id
}

/// A plan with one action and a mentor.
pub async fn plan(tx: &mut Tx, visit: &Visit, centre: Uuid, learner: Uuid, mentor: Uuid, mark: &str) -> (Uuid, Uuid) {
    let (id, item) = (visit.new_id(), visit.new_id());
    let text = format!("{mark}-план");
    let sql = "INSERT INTO mentor (network_id, person_id, centre_id, is_external, subjects, capacity, updated_at) VALUES ($1, $2, $3, FALSE, $4, 5, $5)";
    tx.run(sql, args![mentor, centre, text.as_str(), visit.now]).await.unwrap();
    let sql = "INSERT INTO individual_plan (network_id, id, learner_id, centre_id, year, goal, subject, state, mentor_id, approved_on, outcome, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, 2026, $5, $5, 'approved', $6, '2026-09-20', $5, $7, $7, 1)";
    tx.run(sql, args![id, learner, centre, text.as_str(), mentor, visit.now]).await.unwrap();
    let sql = "INSERT INTO plan_item (network_id, id, plan_id, work, form, due_on, responsible, expected, result) VALUES ($1, $2, $3, $4, 'lessons', '2026-12-01', $4, $4, $4)";
    tx.run(sql, args![item, id, text.as_str()]).await.unwrap();
    (id, item)
}

/// A second child of an organisation who may be the first.
pub async fn pair(tx: &mut Tx, visit: &Visit, organisation: Uuid, first: Uuid, mark: &str) -> Uuid {
    let second = learner(tx, visit, organisation, None, mark).await;
    let id = visit.new_id();
    let sql = "INSERT INTO learner_pair (network_id, id, first_id, second_id, why, state, created_at) VALUES ($1, $2, $3, $4, 'same_name', 'open', $5)";
    tx.run(sql, args![id, first, second, visit.now]).await.unwrap();
    id
}

/// An announced edition of an organisation's, with the mark in every text, its one stage, a team, and
/// a list with a line that it may be. Its id, its stage's and the list's.
pub async fn edition_full_of(tx: &mut Tx, visit: &Visit, organisation: Uuid, mark: &str) -> (Uuid, Uuid, Uuid) {
    let text = |name: &str| Some(format!("{mark}-{name}"));
    let title = format!("{mark}-мероприятие");
    let mut draft =
        EditionDraft::plain(&title, EventKind::Contest, AcademicYear(2026), Level::Municipal, Format::InPerson);
    (draft.event.organiser, draft.event.site, draft.event.about) = (text("кто"), text("адрес"), text("о-нём"));
    (draft.subject, draft.organiser, draft.place, draft.site) =
        (text("предмет"), text("кто"), text("где"), text("сайт"));
    draft.organiser_id = Some(organisation.into());
    draft.stages = vec![StageDraft { place: text("зал"), ..StageDraft::plain(&format!("{mark}-этап")) }];
    let entered = events::enter(tx, visit, &draft).await.unwrap();
    let (list, entry) = (visit.new_id(), visit.new_id());
    let stage = entered.stages[0];
    let sql = "INSERT INTO event_team (network_id, id, stage_id, title) VALUES ($1, $2, $3, $4)";
    tx.run(sql, args![visit.new_id(), stage, format!("{mark}-команда")]).await.unwrap();
    let sql = "INSERT INTO event_list (network_id, id, kind, academic_year, title, created_at, version) VALUES ($1, $2, 'regional', 2026, $3, $4, 1)";
    tx.run(sql, args![list, format!("{mark}-перечень"), visit.now]).await.unwrap();
    let sql = "INSERT INTO event_list_entry (network_id, id, list_id, number, title, title_key, organiser, subjects, from_date)
               VALUES ($1, $2, $3, $4, $5, $5, $6, $7, '2026-09-01')";
    tx.run(sql, args![entry, list, text("п"), format!("{mark}-строка"), text("чей"), text("по-чему")]).await.unwrap();
    let sql =
        "INSERT INTO event_listing (network_id, edition_id, entry_id, state, why) VALUES ($1, $2, $3, 'suggested', $4)";
    tx.run(sql, args![entered.edition, entry, format!("{mark}-похоже")]).await.unwrap();
    (entered.edition.0, stage.0, list)
}

/// An announced edition of an organisation's, with its one stage: their ids.
pub async fn edition(tx: &mut Tx, visit: &Visit, organisation: Uuid, title: &str) -> (Uuid, Uuid) {
    let year = AcademicYear::of(visit.today);
    let mut draft = EditionDraft::plain(title, EventKind::Olympiad, year, Level::Municipal, Format::InPerson);
    draft.organiser_id = Some(organisation.into());
    let entered = events::enter(tx, visit, &draft).await.unwrap();
    (entered.edition.0, entered.stages[0].0)
}

/// A confirmed prize of a child at the counted stage of an edition, with the mark in every text.
pub async fn participation(tx: &mut Tx, visit: &Visit, edition: Uuid, learner: Uuid, mark: &str) -> Uuid {
    let edition = events::find_in(tx, edition.into()).await.unwrap().unwrap();
    let stage = events::stages_in(tx, edition.id).await.unwrap().remove(0);
    let day = NaiveDate::from_ymd_opt(2026, 10, 20).unwrap();
    let snapshot = results::snapshot(tx, learner.into(), day).await.unwrap().unwrap();
    let row = results::Row::new(results::ParticipationId(visit.new_id()), &edition, &stage, learner.into(), snapshot);
    results::enter(tx, visit, std::slice::from_ref(&row)).await.unwrap();
    let outcome = results::Outcome { award: Some(results::Award::Winner), ..results::Outcome::default() };
    results::put_outcome(tx, visit, row.id, results::State::TookPart, &outcome).await.unwrap();
    let ground = results::Ground { text: format!("{mark}-протокол"), act: None };
    results::confirm(tx, visit, stage.id, &ground).await.unwrap();
    let sql =
        "UPDATE participation SET code = $3, certificate = $4, certificate_on = $5 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![row.id.0, format!("{mark}-шифр"), format!("{mark}-диплом-{}", row.id.0), day]).await.unwrap();
    row.id.0
}

/// How the works of a stage are judged, by this person, and the points of a work, with the mark in every text.
pub async fn judging(tx: &mut Tx, visit: &Visit, (stage, work): (Uuid, Uuid), judge: Uuid, mark: &str) {
    let tasks = format!("[{{\"title\":\"{mark}-задание\",\"most\":10}}]");
    let sql = "INSERT INTO work_judging (network_id, stage_id, tasks, threshold, version) VALUES ($1, $2, $3, 3, 1)";
    tx.run(sql, args![stage, tasks]).await.unwrap();
    let sql = "INSERT INTO stage_juror (network_id, stage_id, person_id, part) VALUES ($1, $2, $3, 'member')";
    tx.run(sql, args![stage, judge]).await.unwrap();
    let sql = "INSERT INTO work_mark (network_id, participation_id, judge_id, task, points, at) VALUES ($1, $2, $3, 0, 7, $4)";
    tx.run(sql, args![work, judge, visit.now]).await.unwrap();
}

/// A showing of the results of a stage, and an appeal against one, with the mark in every text.
pub async fn appeal(tx: &mut Tx, visit: &Visit, (stage, work): (Uuid, Uuid), mark: &str) -> Uuid {
    let id = visit.new_id();
    let text = |name: &str| format!("{mark}-{name}");
    let sql = "INSERT INTO stage_showing (network_id, stage_id, from_date, until_date, appeal_until, place, published_at, ground, version)
               VALUES ($1, $2, '2026-11-20', '2026-11-24', '2026-12-10', $3, $4, $5, 1)";
    tx.run(sql, args![stage, text("где-показ"), visit.now, text("протокол-итог")]).await.unwrap();
    let sql = "INSERT INTO appeal (network_id, id, stage_id, participation_id, number, task, body, source, state, result_before, answer, created_at)
               VALUES ($1, $2, $3, $4, 1, $5, $6, 'school', 'submitted', 'confirmed', $7, $8)";
    let values = args![id, stage, work, text("задание"), text("апелляция"), text("ответ"), visit.now];
    tx.run(sql, values).await.unwrap();
    let sql =
        "INSERT INTO result_version (network_id, participation_id, number, reason, at) VALUES ($1, $2, 1, $3, $4)";
    tx.run(sql, args![work, text("почему"), visit.now]).await.unwrap();
    id
}

/// A group of an organisation that this person leads, with a child in it and a session of yesterday,
/// with the mark in every text.
pub async fn group(
    tx: &mut Tx,
    visit: &Visit,
    organisation: Uuid,
    teacher: Uuid,
    child: Uuid,
    mark: &str,
) -> [Uuid; 2] {
    let (id, session, member) = (visit.new_id(), visit.new_id(), visit.new_id());
    let text = |name: &str| format!("{mark}-{name}");
    let sql = "INSERT INTO joint_group (network_id, id, organisation_id, kind, title, title_key, subject, target, plan, product,
                 capacity, taken, asked, starts_on, state, created_at, updated_at, version)
               VALUES ($1, $2, $3, 'workshop', $4, $5, $6, $7, $8, $9, 12, 1, 1, '2026-09-01', 'running', $10, $10, 1)";
    let (title, key) = (text("мастерская"), kit::text::name_key(&text("мастерская")));
    let values = args![
        id,
        organisation,
        title.as_str(),
        key,
        text("предмет"),
        text("цель"),
        text("план"),
        text("итог"),
        visit.now
    ];
    tx.run(sql, values).await.unwrap();
    kit::search::index(tx, "joint_group", id, &[(&title, 10)]).await.unwrap();
    let sql = "INSERT INTO joint_group_teacher (network_id, group_id, person_id) VALUES ($1, $2, $3)";
    tx.run(sql, args![id, teacher]).await.unwrap();
    let sql = "INSERT INTO joint_group_member (network_id, id, group_id, learner_id, organisation_id, state, number, from_date, created_at)
               VALUES ($1, $2, $3, $4, $5, 'member', 1, '2026-09-01', $6)";
    tx.run(sql, args![member, id, child, organisation, visit.now]).await.unwrap();
    let sql = "INSERT INTO joint_group_session (network_id, id, group_id, starts_at, ends_at, topic, place, mode, state, reason, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 'in_person', 'planned', $8, $4, $4, 1)";
    let start = visit.now - Duration::days(1);
    let values = args![session, id, start, start + Duration::hours(1), text("тема"), text("место"), text("причина")];
    tx.run(sql, values).await.unwrap();
    let sql =
        "INSERT INTO joint_group_mark (network_id, session_id, member_id, mark, at) VALUES ($1, $2, $3, 'present', $4)";
    tx.run(sql, args![session, member, visit.now]).await.unwrap();
    let sql = "INSERT INTO joint_group_correction (network_id, id, session_id, member_id, before, after, reason, at)
               VALUES ($1, $2, $3, $4, 'absent', 'present', $5, $6)";
    tx.run(sql, args![visit.new_id(), session, member, text("исправление"), visit.now]).await.unwrap();
    [id, session]
}

/// A request whose blank asks for schools and their participants.
pub async fn reply(tx: &mut Tx, id: Uuid, organisation: Uuid, mark: &str) {
    use documents::write::{Column, Kind, Table};
    let columns = vec![Column::new("Школа", Kind::Text), Column::new("Количество участников", Kind::Integer)];
    let blank = documents::write::xlsx(&Table { title: mark.into(), columns, ..Table::default() }).unwrap();
    let meanings =
        serde_json::json!({ "0": { "field": "organisation" }, "1": { "field": "children" }, "9": { "field": mark } });
    let setup = serde_json::json!({ "rows": "organisation", "from": "2026-2027", "to": "2026-2027", "whose": "all", "of": "counted",
        "columns": meanings });
    let sql = "INSERT INTO reply (network_id, id, title, organisation_id, file_name, form, content, setup, remembered, created_at, created_by, version)
               VALUES ($1, $2, $3, $4, $5, 'xlsx', $6, $7, FALSE, 0, $4, 1)";
    tx.run(
        sql,
        args![id, format!("{mark}-запрос"), organisation, format!("{mark}-бланк.xlsx"), blank, setup.to_string()],
    )
    .await
    .unwrap();
}

/// A society of an organisation in which this person leads a section, with a child in it and a meeting,
/// with the mark in every text.
pub async fn society(
    tx: &mut Tx,
    visit: &Visit,
    organisation: Uuid,
    leader: Uuid,
    child: Uuid,
    mark: &str,
) -> [Uuid; 2] {
    let (id, section, member, meeting) = (visit.new_id(), visit.new_id(), visit.new_id(), visit.new_id());
    let text = |name: &str| format!("{mark}-{name}");
    let sql = "INSERT INTO student_society (network_id, id, organisation_id, title, title_key, about, founded_on, meetings, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, $6, '2010-10-14', 1, $7, $7, 1)";
    let title = text("общество");
    tx.run(sql, args![id, organisation, title.as_str(), kit::text::name_key(&title), text("описание"), visit.now])
        .await
        .unwrap();
    kit::search::index(tx, "student_society", id, &[(&title, 10)]).await.unwrap();
    let sql = "INSERT INTO society_section (network_id, id, society_id, title, leader_id) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, args![section, id, text("секция"), leader]).await.unwrap();
    let sql = "INSERT INTO society_member (network_id, id, society_id, section_id, learner_id, organisation_id, post, from_date, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, 'chair', '2026-09-01', $7)";
    tx.run(sql, args![member, id, section, child, organisation, visit.now]).await.unwrap();
    let sql = "INSERT INTO society_meeting (network_id, id, society_id, kind, number, held_on, place, present, chair_id, agenda, decisions, created_at, updated_at, version)
               VALUES ($1, $2, $3, 'council', 1, '2026-10-01', $4, 7, $5, $6, $7, $8, $8, 1)";
    tx.run(sql, args![meeting, id, text("место"), member, text("повестка"), text("решение"), visit.now]).await.unwrap();
    [id, meeting]
}

/// A project of an organisation that this person supervises, with a child as its author, with the mark in
/// every text.
pub async fn research(
    tx: &mut Tx,
    visit: &Visit,
    organisation: Uuid,
    supervisor: Uuid,
    child: Uuid,
    mark: &str,
) -> Uuid {
    let id = visit.new_id();
    let text = |name: &str| format!("{mark}-{name}");
    let sql = "INSERT INTO research_project (network_id, id, organisation_id, title, subject, question, academic_year, supervisor_id, stage, state,
                 code, review_text, submitted_to, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, $6, 2026, $7, 'paper', 'running', $8, $9, $10, $11, $11, 1)";
    let values = args![
        id,
        organisation,
        text("исследование"),
        text("предмет"),
        text("вопрос"),
        supervisor,
        id.to_string(),
        text("текст"),
        text("куда"),
        visit.now
    ];
    tx.run(sql, values).await.unwrap();
    let sql = "INSERT INTO research_author (network_id, id, project_id, learner_id, organisation_id) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, args![visit.new_id(), id, child, organisation]).await.unwrap();
    let sql = "INSERT INTO research_sheet (network_id, id, project_id, juror, content, talk, answers, note, at) VALUES ($1, $2, $3, $4, 1, 1, 1, $5, $6)";
    tx.run(sql, args![visit.new_id(), id, text("судья"), text("замечание"), visit.now]).await.unwrap();
    id
}

/// A conference of an organisation's with a section, a juror, and theses of a child that this person
/// leads, with the mark in every text: the stage, the section, the theses.
pub async fn conference(
    tx: &mut Tx,
    visit: &Visit,
    organisation: Uuid,
    (supervisor, juror): (Uuid, Uuid),
    child: Uuid,
    mark: &str,
) -> [Uuid; 3] {
    let text = |name: &str| format!("{mark}-{name}");
    let year = AcademicYear::of(visit.today);
    let title = text("чтения");
    let mut draft = EditionDraft::plain(&title, EventKind::Conference, year, Level::Municipal, Format::InPerson);
    draft.organiser_id = Some(organisation.into());
    let stage = events::enter(tx, visit, &draft).await.unwrap().stages[0].0;
    let (section, thesis) = (visit.new_id(), visit.new_id());
    let criteria = format!("[{{\"title\":\"{}\",\"most\":10}}]", text("критерий"));
    let sql =
        "INSERT INTO conference (network_id, stage_id, talk_minutes, criteria, version) VALUES ($1, $2, 10, $3, 1)";
    tx.run(sql, args![stage, criteria]).await.unwrap();
    let sql = "INSERT INTO conference_section (network_id, id, stage_id, title, room, on_date, starts_at, version)
               VALUES ($1, $2, $3, $4, $5, '2026-12-12', 600, 1)";
    tx.run(sql, args![section, stage, text("секция"), text("кабинет")]).await.unwrap();
    let sql = "INSERT INTO conference_juror (network_id, section_id, person_id, chair) VALUES ($1, $2, $3, $4)";
    tx.run(sql, args![section, juror, true]).await.unwrap();
    let sql = "INSERT INTO conference_thesis (network_id, id, stage_id, section_id, organisation_id, supervisor_id, code, title, body, state, verdict,
                 created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'submitted', $10, $11, $11, 1)";
    let values = args![
        thesis,
        stage,
        section,
        organisation,
        supervisor,
        thesis.to_string(),
        text("тезисы"),
        text("текст-тезисов"),
        text("решение"),
        visit.now
    ];
    tx.run(sql, values).await.unwrap();
    let sql =
        "INSERT INTO conference_author (network_id, thesis_id, learner_id, organisation_id) VALUES ($1, $2, $3, $4)";
    tx.run(sql, args![thesis, child, organisation]).await.unwrap();
    let sql = "INSERT INTO conference_slot (network_id, id, section_id, position, title, minutes) VALUES ($1, $2, $3, 1, $4, 15)";
    tx.run(sql, args![visit.new_id(), section, text("перерыв")]).await.unwrap();
    let sql = "INSERT INTO conference_mark (network_id, thesis_id, juror_id, criterion, points, at) VALUES ($1, $2, $3, 0, 7, $4)";
    tx.run(sql, args![thesis, juror, visit.now]).await.unwrap();
    [stage, section, thesis]
}

/// An official list of this academic year without lines.
pub async fn event_list(tx: &mut Tx, visit: &Visit, kind: &str) -> Uuid {
    let id = visit.new_id();
    let year = AcademicYear::of(visit.today);
    let sql = "INSERT INTO event_list (network_id, id, kind, academic_year, title, created_at, version) VALUES ($1, $2, $3, $4, 'Перечень', $5, 1)";
    tx.run(sql, args![id, kind, year, visit.now]).await.unwrap();
    id
}
