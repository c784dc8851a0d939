//! The table of the access matrix: **a new route adds one line here**, a new kind of record an arm
//! in [`Record::ids`].
use crate::{
    app::TestApp,
    matrix::{Line, Whose, only, open, signed_in},
};
use kit::db::{NetworkId, Tx, args};
use sozvezdie::roles::Role::{self, CentreCoordinator, DepartmentSpecialist, DeputyHead, Head, SystemAdministrator};
use uuid::Uuid;

const ADMINISTRATOR: &[Role] = &[SystemAdministrator];
const DEPARTMENT: &[Role] = &[DepartmentSpecialist];
const EXCHANGE: &[Role] = &[Head, DeputyHead, Role::CentreCoordinator, Role::GiftedLead, Role::Pedagogue, Role::Psychologist, Role::ClassTeacher];
const ASKERS: &[Role] = &[Head, DeputyHead, Role::CentreCoordinator, Role::Pedagogue];
const LEADERS: &[Role] = &[Head, DeputyHead];
const KEEPERS: &[Role] = &[Head, DeputyHead, CentreCoordinator];

/// One line per route, in the order of the slices. `open` is for everybody, `signed_in` for whoever
/// has an account, `only` for these roles in the whole network. Then, where needed:
/// `.own(ROLES)` adds the roles that have it in their own organisation (elsewhere they get 403, or
/// 404 with `.hidden_elsewhere()`); `.of(Record)` says what the ids of the path are; `.personal()`:
/// each has their own, another's is unknown; `.with("word")` fills a placeholder that is no id;
/// `.sends("body")` for a body without which the route answers 404; `.answers_signed_in(303)` for
/// an answer that is no success; `.also(&["query"])` for other looks of the same page.
pub static TABLE: &[Line] = &[
    // shell
    open("GET", "/"),
    open("GET", "/sign-in").answers_signed_in(303),
    open("POST", "/sign-in").sends("email={role}%40nowhere.invalid&password=x"),
    open("POST", "/sign-out").ends_session(),
    signed_in("GET", "/account"),
    signed_in("POST", "/account/password"),
    signed_in("GET", "/account/second-factor"),
    signed_in("POST", "/account/second-factor"),
    // 404 even for the signed-in: there is no second factor to remove.
    signed_in("POST", "/account/second-factor/removal").answers_signed_in(404),
    open("GET", "/look"),
    open("POST", "/look"),
    open("POST", "/language"),
    open("GET", "/search").also(&["q=канарейка", "q=школа", "q=канар&fragment=palette", "q=гим&fragment=palette"]),
    signed_in("POST", "/drafts/{form}").with("organisation-new"),
    signed_in("POST", "/views").sends("list=%2Forganisations&query=kind%3Dgeneral&name=Школы"),
    signed_in("POST", "/views/{id}/removal").of(Record::View).personal(),
    only("GET", "/components", &[SystemAdministrator, DepartmentSpecialist]),
    open("GET", "/api"),
    open("GET", "/api/v1/openapi.json"),
    open("POST", "/api/v1/tokens").sends(r#"{"email":"{role}@nowhere.invalid","password":"x"}"#),
    signed_in("GET", "/api/v1/me"),
    // imports
    only("GET", "/imports", DEPARTMENT).own(LEADERS),
    only("POST", "/imports", DEPARTMENT).own(LEADERS),
    only("GET", "/imports/new", DEPARTMENT).own(LEADERS).also(&["kind=resources"]),
    only("GET", "/imports/{id}", DEPARTMENT).own(LEADERS).of(Record::Imported).hidden_elsewhere().also(&["outcome=added"]),
    only("GET", "/imports/{id}/columns", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/imports/{id}/columns", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("GET", "/imports/{id}/preview", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere().also(&["status=new"]),
    only("POST", "/imports/{id}/decisions", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/imports/{id}/cells", DEPARTMENT)
        .own(LEADERS)
        .of(Record::Import)
        .hidden_elsewhere()
        .sends("sheet=0&row=2&field=conditions&text=%D0%B4%D0%B0"),
    only("POST", "/imports/{id}/cancellation", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/imports/{id}/application", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/imports/{id}/reversal", DEPARTMENT).own(LEADERS).of(Record::Imported).hidden_elsewhere(),
    only("GET", "/imports/{id}/errors.xlsx", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/api/v1/imports", DEPARTMENT).own(LEADERS),
    only("GET", "/api/v1/imports/{id}", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/api/v1/imports/{id}/application", DEPARTMENT).own(LEADERS).of(Record::Import).hidden_elsewhere(),
    only("POST", "/api/v1/imports/{id}/reversal", DEPARTMENT).own(LEADERS).of(Record::Imported).hidden_elsewhere(),
    // accounts
    only("GET", "/people", ADMINISTRATOR).also(&["q=канарейка"]),
    only("POST", "/people", ADMINISTRATOR),
    only("GET", "/people/new", ADMINISTRATOR),
    only("GET", "/people/{id}", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/roles", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/roles/{grant}/removal", ADMINISTRATOR).of(Record::RoleGrant),
    only("POST", "/people/{id}/password", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/closing", ADMINISTRATOR).of(Record::Person),
    only("POST", "/people/{id}/opening", ADMINISTRATOR).of(Record::Person),
    only("GET", "/api/v1/people", ADMINISTRATOR),
    only("POST", "/api/v1/people", ADMINISTRATOR),
    only("POST", "/api/v1/people/{id}/roles", ADMINISTRATOR).of(Record::Person),
    only("POST", "/api/v1/people/{id}/roles/{grant}/removal", ADMINISTRATOR).of(Record::RoleGrant),
    // organisations
    open("GET", "/organisations").also(&[
        "state=draft",
        "q=канарейка",
        "kind=general&focus=fizkulturno-sportivnoe&sort=-name",
    ]),
    only("POST", "/organisations", DEPARTMENT),
    only("GET", "/organisations/new", DEPARTMENT),
    open("GET", "/organisations/map"),
    open("GET", "/organisations/export.xlsx"),
    open("GET", "/organisations/export.csv").also(&["state=draft"]),
    open("GET", "/organisations/{id}").of(Record::Organisation).also(&["tab=names", "tab=history"]),
    only("POST", "/organisations/{id}", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("GET", "/organisations/{id}/edit", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("POST", "/organisations/{id}/activation", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/suspension", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/closure", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/reorganisation", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/reorganisation", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/names/new", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/names", DEPARTMENT).of(Record::Organisation),
    open("GET", "/api/v1/organisations").also(&["state=draft"]),
    only("POST", "/api/v1/organisations", DEPARTMENT),
    open("GET", "/api/v1/organisations/{id}").of(Record::Organisation),
    only("PATCH", "/api/v1/organisations/{id}", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    // resources
    open("GET", "/resources").also(&["q=канарейка", "class=staff", "owner=x&sort=-name"]),
    only("POST", "/resources", DEPARTMENT).own(KEEPERS),
    only("GET", "/resources/new", DEPARTMENT).own(KEEPERS),
    open("GET", "/resources/export.xlsx"),
    open("GET", "/resources/export.csv"),
    open("GET", "/resources/{id}").of(Record::Resource).also(&["tab=calendar", "tab=history"]),
    only("POST", "/resources/{id}", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("GET", "/resources/{id}/edit", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/publication", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/pause", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/closure", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("GET", "/resources/{id}/exceptions/new", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/resources/{id}/exceptions", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    open("GET", "/api/v1/resources").also(&["q=канарейка", "free_from=2026-11-25T09:00&free_to=2026-11-25T10:00"]),
    only("POST", "/api/v1/resources", DEPARTMENT).own(KEEPERS),
    open("GET", "/api/v1/resources/{id}").of(Record::Resource),
    only("PATCH", "/api/v1/resources/{id}", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    open("GET", "/api/v1/resources/{id}/availability").of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/publication", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/pause", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/closure", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/exceptions", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    only("POST", "/api/v1/resources/{id}/exceptions/removal", DEPARTMENT).own(KEEPERS).of(Record::Resource),
    // links
    open("GET", "/links").also(&["year=2025-2026&class=staff"]),
    open("GET", "/links/export.xlsx"),
    open("GET", "/links/export.csv"),
    // calendar: «people» of an organisation see its week; the link itself is the right to read it
    only("GET", "/calendar", DEPARTMENT).own(EXCHANGE).also(&["of=person", "week=2026-11-24"]),
    only("GET", "/calendar/feeds", DEPARTMENT).own(EXCHANGE),
    only("POST", "/calendar/feeds", DEPARTMENT).own(EXCHANGE).sends("scope=person"),
    // home
    only("GET", "/waiting", DEPARTMENT).own(ASKERS),
];

/// What the ids of a path are.
#[derive(Clone, Copy)]
pub enum Record {
    /// A catalogue of resources on its way, and one that has arrived.
    Import,
    Imported,
    Organisation,
    Person,
    Resource,
    RoleGrant,
    View,
}

impl Record {
    /// The ids of such a record, in the order of the placeholders. A route that uses its record up
    /// gets a new one each time.
    pub async fn ids(self, app: &TestApp, role: Role, whose: Whose) -> Vec<Uuid> {
        const UNKNOWN: Uuid = Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_dead);
        let world = &app.world;
        // Whoever stands here may be shut out by the test: nobody whose session another test of the
        // same matrix needs.
        let person = |whose| match whose {
            Whose::Own => world.people["garden_head"],
            Whose::Other => world.people["station_head"],
            Whose::Foreign => world.stranger.person,
            Whose::Unknown => UNKNOWN,
        };
        let network = if whose == Whose::Foreign { world.foreign } else { world.network };
        let owner = match whose {
            Whose::Own => world.own,
            Whose::Other => world.other,
            Whose::Foreign | Whose::Unknown => world.foreign_records.organisation,
        };
        match (self, whose) {
            (Self::Organisation, Whose::Own) => vec![world.own],
            (Self::Organisation, Whose::Other) => vec![world.other],
            (Self::Organisation, Whose::Foreign) => vec![world.stranger.organisation],
            (Self::Resource, Whose::Own) => vec![world.resource],
            (Self::Resource, Whose::Other) => vec![world.other_resource],
            (Self::Resource, Whose::Foreign) => vec![world.stranger.resource],
            (Self::RoleGrant, Whose::Unknown) => vec![UNKNOWN; 2],
            (Self::Organisation | Self::Resource | Self::View | Self::Import | Self::Imported, Whose::Unknown) => vec![UNKNOWN],
            (Self::Import, _) => vec![import(app, network, owner, "ready").await],
            (Self::Imported, _) => vec![import(app, network, owner, "applied").await],
            (Self::Person, _) => vec![person(whose)],
            (Self::RoleGrant, _) => vec![person(whose), grant(app, network, person(whose)).await],
            (Self::View, Whose::Own) => {
                // A guest has none: any will do to be sent to the sign-in.
                vec![view(app, network, world.people.get(role.code()).copied().unwrap_or(UNKNOWN)).await]
            }
            (Self::View, Whose::Other | Whose::Foreign) => vec![view(app, network, person(whose)).await],
        }
    }
}

async fn grant(app: &TestApp, network: NetworkId, person: Uuid) -> Uuid {
    let id = app.new_id();
    let sql =
        "INSERT INTO role_grant (network_id, id, person_id, role, from_date) VALUES ($1, $2, $3, 'jury', '2026-09-01')";
    app.write(network, async move |tx: &mut Tx| tx.run(sql, args![id, person]).await.map(drop)).await;
    id
}

async fn view(app: &TestApp, network: NetworkId, person: Uuid) -> Uuid {
    let id = app.new_id();
    let sql = "INSERT INTO saved_view (network_id, id, person_id, list, name, query) VALUES ($1, $2, $3, '/organisations', $4, 'kind=general')";
    app.write(network, async move |tx: &mut Tx| tx.run(sql, args![id, person, id.to_string()]).await.map(drop)).await;
    id
}

async fn import(app: &TestApp, network: NetworkId, owner: Uuid, state: &'static str) -> Uuid {
    let id = app.new_id();
    let content = "Название;Вид ресурса\nТеплица;кабинет\n".as_bytes().to_vec();
    app.write(network, async move |tx: &mut Tx| {
        let sql = "INSERT INTO import_batch (network_id, id, kind, state, organisation_id, file_name, file_hash, setup, sheets, tally,
                     created_at, created_by, purged, version)
                   VALUES ($1, $2, 'resources', $3, $4, 'a.csv', $5, '{}', '[]', '{}', 0, $2, FALSE, 1)";
        tx.run(sql, args![id, state, owner, id.as_bytes().to_vec()]).await?;
        let sql = "INSERT INTO import_file (network_id, batch_id, content) VALUES ($1, $2, $3)";
        tx.run(sql, args![id, content]).await.map(drop)
    })
    .await;
    id
}
