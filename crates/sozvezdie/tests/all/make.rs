//! Makes what the world holds, plain or with a mark in every text.
use crate::world::email;
use chrono::Duration;
use kit::{
    Visit,
    db::{Tx, args},
    session::NewLogin,
};
use sozvezdie::{
    consents::{self, Granting, Purpose},
    learners,
    organisations::{self, Focus, Kind, OrganisationDraft, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    resources::{self, ResourceDraft, ResourceForm, ResourceState},
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

/// A second child of an organisation who may be the first.
pub async fn pair(tx: &mut Tx, visit: &Visit, organisation: Uuid, first: Uuid, mark: &str) -> Uuid {
    let second = learner(tx, visit, organisation, None, mark).await;
    let id = visit.new_id();
    let sql = "INSERT INTO learner_pair (network_id, id, first_id, second_id, why, state, created_at) VALUES ($1, $2, $3, $4, 'same_name', 'open', $5)";
    tx.run(sql, args![id, first, second, visit.now]).await.unwrap();
    id
}
