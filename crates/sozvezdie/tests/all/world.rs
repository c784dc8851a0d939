//! What stands in the database of every test: a small network with one account per role, and a
//! foreign one whose every text is a canary.
use chrono::NaiveDate;
use kit::{
    Chance, Clock, Visit,
    access::Viewer,
    db::{Db, NetworkId, Tx, args},
    session::NewLogin,
};
use sozvezdie::{
    organisations::{self, Focus, Kind, OrganisationDraft, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    roles::{self, Role},
};
use std::{collections::HashMap, sync::LazyLock};
use uuid::Uuid;

/// Everybody's.
pub const PASSWORD: &str = "семь звёзд над школой";

/// Stands in every text of the foreign network, and in nothing else. Searches are sent in lower
/// case, so that a page that repeats the question is not taken for a leak.
pub const FOREIGN: &str = "КАНАРЕЙКА";
/// Stands in every text of the draft, which few may see.
pub const DRAFT: &str = "ЧЕРНОВАЯ-ПТИЦА";

static HASHED: LazyLock<String> = LazyLock::new(|| kit::password::hash(PASSWORD).unwrap());

/// Ids of what stands there.
#[derive(Clone)]
pub struct World {
    pub network: NetworkId,
    pub foreign: NetworkId,
    /// Where most roles are held: a gymnasium.
    pub own: Uuid,
    /// A school, somebody else's.
    pub other: Uuid,
    pub garden: Uuid,
    pub station: Uuid,
    /// Not active yet; its keeper and the department see it.
    pub draft: Uuid,
    /// The foreign network's.
    pub stranger: Uuid,
    pub foreign_person: Uuid,
    pub people: HashMap<&'static str, Uuid>,
}

/// A person with a sign-in: key, roles with the organisations they are held in.
type Somebody = (&'static str, &'static [(Role, Option<Where>)]);

#[derive(Clone, Copy)]
enum Where {
    Own,
    Other,
    Garden,
    Station,
    Draft,
}

use Where::{Draft, Garden, Other, Own, Station};

/// One account per role, called by the role's code, and some with other scopes.
const PEOPLE: &[Somebody] = &[
    ("system_administrator", &[(Role::SystemAdministrator, None)]),
    ("department_specialist", &[(Role::DepartmentSpecialist, None)]),
    ("centre_coordinator", &[(Role::CentreCoordinator, Some(Own))]),
    ("head", &[(Role::Head, Some(Own))]),
    ("deputy_head", &[(Role::DeputyHead, Some(Own))]),
    ("gifted_lead", &[(Role::GiftedLead, Some(Own))]),
    ("class_teacher", &[(Role::ClassTeacher, Some(Own))]),
    ("pedagogue", &[(Role::Pedagogue, Some(Own)), (Role::Pedagogue, Some(Station))]),
    ("psychologist", &[(Role::Psychologist, Some(Own))]),
    ("external_mentor", &[(Role::ExternalMentor, Some(Own))]),
    ("host_operator", &[(Role::HostOperator, Some(Own))]),
    ("jury", &[(Role::Jury, None)]),
    ("learner", &[(Role::Learner, Some(Own))]),
    ("guardian", &[(Role::Guardian, Some(Own))]),
    ("other_deputy", &[(Role::DeputyHead, Some(Other))]),
    ("garden_head", &[(Role::Head, Some(Garden))]),
    ("station_head", &[(Role::Head, Some(Station))]),
    ("draft_keeper", &[(Role::DeputyHead, Some(Draft))]),
    ("nobody", &[]),
];

/// The address that a person signs in with.
pub fn email(key: &str) -> String {
    format!("{key}@example.invalid")
}

/// Builds both networks.
pub async fn build(db: &Db, clock: &Clock, chance: &Chance) -> World {
    let visit = |n: u128| {
        let net = db.network(NetworkId::from(Uuid::from_u128(n)));
        Visit::by_program(net, db.directory(), Viewer::guest(roles::policy), clock, chance.clone())
    };
    let (ours, theirs) = (visit(0x0A), visit(0x0C));
    let (stranger, person) = foreign(&theirs).await;
    small(&ours, theirs.net.id(), stranger, person).await
}

async fn small(visit: &Visit, foreign: NetworkId, stranger: Uuid, foreign_person: Uuid) -> World {
    network(visit, "Малая сеть", "4722").await;
    let mut tx = visit.net.begin().await.unwrap();
    let own = organisation(&mut tx, visit, &draft(Kind::General, "Майская гимназия"), OrganisationState::Active).await;
    let other =
        organisation(&mut tx, visit, &draft(Kind::General, "Журавлёвская СОШ"), OrganisationState::Active).await;
    let garden =
        organisation(&mut tx, visit, &draft(Kind::Preschool, "Детский сад № 7"), OrganisationState::Active).await;
    let mut nature = draft(Kind::Additional, "Станция юных натуралистов");
    nature.focuses = vec![Focus::NaturalScience, Focus::Artistic];
    let station = organisation(&mut tx, visit, &nature, OrganisationState::Active).await;
    let hidden = organisation(&mut tx, visit, &full_of(DRAFT), OrganisationState::Draft).await;

    let mut all = HashMap::new();
    for (key, grants) in PEOPLE {
        let id = person(&mut tx, visit, "Демонова", key, "Учебновна").await;
        for (role, scope) in *grants {
            let place = scope.map(|w| match w {
                Own => own,
                Other => other,
                Garden => garden,
                Station => station,
                Draft => hidden,
            });
            people::grant(&mut tx, visit, id, *role, place).await.unwrap();
        }
        all.insert(*key, id.0);
    }
    tx.commit().await.unwrap();
    sign_ins(visit, &all).await;
    World {
        network: visit.net.id(),
        foreign,
        own,
        other,
        garden,
        station,
        draft: hidden,
        stranger,
        foreign_person,
        people: all,
    }
}

/// The network that must not show: one record of everything, every text a canary.
/// A new table with texts adds its record here; a test of `canaries` says so when it is missing.
async fn foreign(visit: &Visit) -> (Uuid, Uuid) {
    let canary = |name: &str| format!("{FOREIGN}-{name}");
    network(visit, &canary("сеть"), "495").await;
    let mut tx = visit.net.begin().await.unwrap();
    let stranger = organisation(&mut tx, visit, &full_of(FOREIGN), OrganisationState::Active).await;
    let day = NaiveDate::from_ymd_opt(2015, 9, 1).unwrap();
    let (name, short, why) = (canary("прежнее-имя"), canary("прежнее-краткое"), canary("причина"));
    organisations::note_name(&mut tx, stranger.into(), day, &name, &short, Some(&why)).await.unwrap();
    let id = person(&mut tx, visit, &canary("фамилия"), &canary("имя"), &canary("отчество")).await;
    people::grant(&mut tx, visit, id, Role::DepartmentSpecialist, None).await.unwrap();
    let sql = "INSERT INTO saved_view (network_id, id, person_id, list, name, query) VALUES ($1, $2, $3, '/organisations', $4, $5)";
    tx.run(sql, args![visit.new_id(), id, canary("вид"), canary("запрос")]).await.unwrap();
    import(&mut tx, visit, &canary).await;
    tx.commit().await.unwrap();
    sign_ins(visit, &HashMap::from([("stranger", id.0)])).await;
    (stranger, id.0)
}

/// A file on its way into the foreign network.
async fn import(tx: &mut Tx, visit: &Visit, canary: &impl Fn(&str) -> String) {
    let id = visit.new_id();
    let setup = format!(r#"{{"mended":[{{"sheet":0,"row":2,"field":"name","text":"{}"}}]}}"#, canary("поправка"));
    let sheets = format!(r#"[{{"index":0,"name":"{}","hidden":false,"header_rows":[1],"columns":[],"rows":1,"ignored":0}}]"#, canary("лист"));
    let sql = "INSERT INTO import_batch (network_id, id, kind, state, file_name, file_hash, setup, sheets, tally, created_at, created_by, purged, version)
               VALUES ($1, $2, 'organisations', 'applied', $3, $4, $5, $6, '{}', 0, $2, FALSE, 1)";
    tx.run(sql, args![id, canary("файл"), vec![7_u8], setup, sheets]).await.unwrap();
    let sql = "INSERT INTO import_file (network_id, batch_id, content) VALUES ($1, $2, $3)";
    tx.run(sql, args![id, canary("содержимое").into_bytes()]).await.unwrap();
    let row = format!(r#"{{"sheet":0,"row":2,"values":{{"name":"{}"}}}}"#, canary("ячейка"));
    let before = format!(r#""{}""#, canary("прежнее"));
    let sql = "INSERT INTO import_row (network_id, batch_id, place, status, warned, content, outcome, before_image)
               VALUES ($1, $2, 0, 'new', FALSE, $3, 'added', $4)";
    tx.run(sql, args![id, row, before]).await.unwrap();
    let headers = format!(r#"{{"columns":[["{}","name"]]}}"#, canary("заголовок"));
    let sql = "INSERT INTO import_mapping (network_id, kind, organisation_id, headers) VALUES ($1, 'organisations', $2, $3)";
    tx.run(sql, args![Uuid::nil(), headers]).await.unwrap();
}

async fn network(visit: &Visit, name: &str, area_code: &str) {
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

/// An organisation with nothing but a name.
pub fn draft(kind: Kind, name: &str) -> OrganisationDraft {
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
fn full_of(mark: &str) -> OrganisationDraft {
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
        ..draft(Kind::General, "")
    }
}

async fn person(tx: &mut Tx, visit: &Visit, last: &str, first: &str, patronymic: &str) -> PersonId {
    let mark = last.strip_suffix("-фамилия");
    let draft = PersonDraft {
        name: PersonName { last: last.into(), first: first.into(), patronymic: Some(patronymic.into()) },
        email: mark.map(|m| format!("{m}-личная-почта")),
        phone: mark.map(|m| format!("{m}-личный-телефон")),
    };
    people::add(tx, visit, &draft).await.unwrap()
}

async fn sign_ins(visit: &Visit, people: &HashMap<&'static str, Uuid>) {
    for (key, person) in people {
        let email = email(key);
        let new = NewLogin {
            id: visit.new_id(),
            network: visit.net.id().0,
            person: *person,
            email: &email,
            name: key,
            password: &HASHED,
        };
        assert!(kit::session::add_login(&visit.directory, &new, visit.now).await.unwrap());
    }
}
