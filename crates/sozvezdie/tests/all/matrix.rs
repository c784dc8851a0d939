//! Who may do what: every declared route × every role × own, other, foreign and unknown records.
//!
//! [`TABLE`] says it a second time, apart from the program's own table of rights, so that neither
//! can drift alone. **A new route adds one line there**; a route without a line fails, and so does
//! a line without a route.
use crate::{
    app::{Answer, Client, TestApp},
    world::World,
};
use kit::db::testing::both_engines;
use sozvezdie::{
    roles::Role::{self, DepartmentSpecialist, DeputyHead, Guest, Head, SystemAdministrator},
    slices::{self, MIGRATIONS},
};
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;

const DEPARTMENT: &[Role] = &[DepartmentSpecialist];
const LEADERS: &[Role] = &[Head, DeputyHead];

/// One line per route, in the order of the slices. `open` is for everybody, `signed_in` for
/// whoever has an account, `only` for these roles in the whole network; `.own` adds the roles that
/// have it in their own organisation; `.of` says what `{id}` is.
static TABLE: &[Line] = &[
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
    open("GET", "/search"),
    signed_in("POST", "/drafts/{form}").with("organisation-new"),
    only("GET", "/components", &[SystemAdministrator, DepartmentSpecialist]),
    open("GET", "/api"),
    open("GET", "/api/v1/openapi.json"),
    open("POST", "/api/v1/tokens").sends(r#"{"email":"{role}@nowhere.invalid","password":"x"}"#),
    signed_in("GET", "/api/v1/me"),
    // organisations
    open("GET", "/organisations"),
    only("POST", "/organisations", DEPARTMENT),
    only("GET", "/organisations/new", DEPARTMENT),
    open("GET", "/organisations/map"),
    open("GET", "/organisations/export.xlsx"),
    open("GET", "/organisations/export.csv"),
    open("GET", "/organisations/{id}").of(Record::Organisation),
    only("POST", "/organisations/{id}", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("GET", "/organisations/{id}/edit", DEPARTMENT).own(LEADERS).of(Record::Organisation),
    only("POST", "/organisations/{id}/activation", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/suspension", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/closure", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/reorganisation", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/reorganisation", DEPARTMENT).of(Record::Organisation),
    only("GET", "/organisations/{id}/names/new", DEPARTMENT).of(Record::Organisation),
    only("POST", "/organisations/{id}/names", DEPARTMENT).of(Record::Organisation),
    open("GET", "/api/v1/organisations"),
    only("POST", "/api/v1/organisations", DEPARTMENT),
    open("GET", "/api/v1/organisations/{id}").of(Record::Organisation),
    only("PATCH", "/api/v1/organisations/{id}", DEPARTMENT).own(LEADERS).of(Record::Organisation),
];

/// What an `{id}` of a path is. A new kind of record adds a variant and an arm of [`Record::id`].
#[derive(Clone, Copy)]
pub enum Record {
    Organisation,
}

impl Record {
    /// The id of such a record. A route that uses its record up may make a new one here.
    pub fn id(self, world: &World, whose: Whose) -> Uuid {
        let unknown = Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_dead);
        match (self, whose) {
            (_, Whose::Unknown) => unknown,
            (Self::Organisation, Whose::Own) => world.own,
            (Self::Organisation, Whose::Other) => world.other,
            (Self::Organisation, Whose::Foreign) => world.stranger,
        }
    }
}

/// Of the viewer's organisation, of another, of another network, of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Own,
    Other,
    Foreign,
    Unknown,
}

impl Whose {
    const ALL: [Self; 4] = [Self::Own, Self::Other, Self::Foreign, Self::Unknown];
}

#[derive(Clone, Copy)]
enum Holders {
    Everybody,
    SignedIn,
    Only(&'static [Role]),
}

/// A route and what it answers to whom.
pub struct Line {
    pub method: &'static str,
    pub path: &'static str,
    holders: Holders,
    /// Roles that have it in their own organisation.
    own: &'static [Role],
    pub record: Option<Record>,
    /// Stands for a part of the path that is no id.
    word: &'static str,
    body: &'static str,
    /// What those who may get, where it is no plain success.
    signed_in_answer: Option<u16>,
    /// What the holders of the permission get at another organisation's record.
    elsewhere: u16,
    ends_session: bool,
}

const fn line(method: &'static str, path: &'static str, holders: Holders) -> Line {
    Line {
        method,
        path,
        holders,
        own: &[],
        record: None,
        word: "",
        body: "",
        signed_in_answer: None,
        elsewhere: 403,
        ends_session: false,
    }
}

const fn open(method: &'static str, path: &'static str) -> Line {
    line(method, path, Holders::Everybody)
}

const fn signed_in(method: &'static str, path: &'static str) -> Line {
    line(method, path, Holders::SignedIn)
}

const fn only(method: &'static str, path: &'static str, roles: &'static [Role]) -> Line {
    line(method, path, Holders::Only(roles))
}

#[expect(dead_code, reason = "words of the table that the next slices use")]
impl Line {
    const fn own(self, own: &'static [Role]) -> Self {
        Self { own, ..self }
    }

    const fn of(self, record: Record) -> Self {
        Self { record: Some(record), ..self }
    }

    const fn with(self, word: &'static str) -> Self {
        Self { word, ..self }
    }

    const fn sends(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    const fn answers_signed_in(self, code: u16) -> Self {
        Self { signed_in_answer: Some(code), ..self }
    }

    /// Another organisation's record is not even seen: 404 instead of 403.
    const fn hidden_elsewhere(self) -> Self {
        Self { elsewhere: 404, ..self }
    }

    const fn ends_session(self) -> Self {
        Self { ends_session: true, ..self }
    }

    fn is_safe(&self) -> bool {
        self.method == "GET"
    }

    fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }

    /// The path with its placeholder filled.
    pub fn address(&self, world: &World, whose: Whose) -> String {
        let Some((before, rest)) = self.path.split_once('{') else { return self.path.into() };
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        let part = self.record.map_or_else(|| self.word.to_owned(), |r| r.id(world, whose).to_string());
        format!("{before}{part}{after}")
    }

    fn expected(&self, role: Role, whose: Whose) -> Expected {
        let network_wide = match self.holders {
            Holders::Everybody => true,
            Holders::SignedIn => role != Guest,
            Holders::Only(roles) => roles.contains(&role),
        };
        let own = self.own.contains(&role);
        match whose {
            _ if !network_wide && !own && role == Guest => Expected::SignIn,
            _ if !network_wide && !own => Expected::Code(403),
            Whose::Unknown | Whose::Foreign => Expected::Code(404),
            Whose::Other if !network_wide => Expected::Code(self.elsewhere),
            _ => match self.signed_in_answer {
                Some(code) if role != Guest => Expected::Code(code),
                _ => Expected::Pass,
            },
        }
    }

    async fn ask(&self, client: &Client, role: Role, address: &str) -> Answer {
        let call = client.call(self.method, address);
        let body = self.body.replace("{role}", role.code());
        match (self.is_safe(), self.is_api()) {
            (true, _) => call,
            (false, true) => call.raw("application/json", body),
            (false, false) => call.raw("application/x-www-form-urlencoded", body),
        }
        .send()
        .await
    }

    fn matches(&self, expected: Expected, answer: &Answer) -> bool {
        let to_sign_in = answer.code() == 303 && answer.location().starts_with("/sign-in?next=");
        match expected {
            Expected::Code(code) => answer.code() == code,
            Expected::SignIn if self.is_safe() && !self.is_api() => to_sign_in,
            Expected::SignIn => answer.code() == 401,
            Expected::Pass if self.is_safe() => answer.code() == 200,
            // The door is open; what the rule says of an empty body is not asked here.
            Expected::Pass => matches!(answer.code(), 200..300 | 303 | 409 | 422) && !to_sign_in,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Expected {
    Pass,
    /// To the sign-in page, or 401 where nobody follows.
    SignIn,
    Code(u16),
}

/// Every line of the table, for the tests that walk all routes.
pub fn lines() -> impl Iterator<Item = &'static Line> {
    TABLE.iter()
}

/// The addresses that a line stands for: one, or one for each record.
pub fn addresses(line: &'static Line, world: &World) -> Vec<(Whose, String)> {
    let all = if line.record.is_some() { &Whose::ALL[..] } else { &Whose::ALL[..1] };
    all.iter().map(|whose| (*whose, line.address(world, *whose))).collect()
}

#[test]
fn the_table_holds_every_declared_route_and_no_other() {
    let name = |method: &str, path: &str| format!("{method} {path}");
    let declared: BTreeSet<String> = slices::declared().iter().map(|d| name(d.method, d.path)).collect();
    let known: BTreeSet<String> = TABLE.iter().map(|l| name(l.method, l.path)).collect();
    assert_eq!(known.len(), TABLE.len(), "a route stands twice in the table");
    let missing: Vec<_> = declared.difference(&known).collect();
    let stale: Vec<_> = known.difference(&declared).collect();
    assert!(missing.is_empty(), "declared, but without a line in the matrix: {missing:#?}");
    assert!(stale.is_empty(), "in the matrix, but no route any more: {stale:#?}");
}

both_engines! {
    migrations: MIGRATIONS;

    async fn every_route_answers_every_role_as_the_table_says(db: Db) {
        let app = Arc::new(TestApp::new(db).await);
        // What changes nothing first: a later line must not depend on what an earlier one did.
        let mut wrong = Vec::new();
        for safe in [true, false] {
            let roles = Role::ALL.iter().map(|role| tokio::spawn(walk(app.clone(), *role, safe)));
            for role in roles.collect::<Vec<_>>() {
                wrong.extend(role.await.unwrap());
            }
        }
        assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong.join("\n"));
    }
}

async fn walk(app: Arc<TestApp>, role: Role, safe: bool) -> Vec<String> {
    let browser = app.as_role(role).await;
    let program = if role == Guest { app.anon() } else { app.program(role.code()).await };
    let mut wrong = Vec::new();
    for line in TABLE.iter().filter(|l| l.is_safe() == safe) {
        let mut hidden = Vec::new();
        for (whose, address) in addresses(line, &app.world) {
            let own;
            let client = match line.is_api() {
                true => &program,
                false if line.ends_session => {
                    own = app.as_role(role).await;
                    &own
                }
                false => &browser,
            };
            let answer = line.ask(client, role, &address).await;
            let expected = line.expected(role, whose);
            if !line.matches(expected, &answer) {
                let code = answer.code();
                wrong.push(format!("{} {} as {}, {whose:?}: {code}, not {expected:?}", line.method, line.path, role.code()));
            }
            if matches!(whose, Whose::Foreign | Whose::Unknown) {
                hidden.push(bytes(&answer, line, &app.world, whose));
            }
        }
        if hidden.len() == 2 && hidden[0] != hidden[1] {
            let (method, path) = (line.method, line.path);
            wrong.push(format!("{method} {path} as {}: an unknown id and a foreign one differ", role.code()));
        }
    }
    wrong
}

/// Everything of an answer but the request's own id, and the asked id where the page repeats it.
fn bytes(answer: &Answer, line: &Line, world: &World, whose: Whose) -> String {
    let asked = line.record.map(|r| r.id(world, whose).to_string()).unwrap_or_default();
    let mut headers = answer.headers.clone();
    headers.remove("x-request-id");
    // As it stands in an address, and as it stands in the query of another.
    let whole = format!("{} {headers:?} {}", answer.status, answer.text()).replace(&asked, "…");
    whole.replace(&kit::text::url_part(&asked).to_string(), "…")
}
