//! Who may do what: every declared route × every role × own, other, foreign and unknown records.
//!
//! [`TABLE`] says it a second time, apart from the program's own table of rights, so that neither
//! can drift alone. A route without a line there fails, and so does a line without a route.
use crate::{
    app::{Answer, Client, TestApp},
    table::{Record, TABLE},
};
use kit::db::testing::both_engines;
use sozvezdie::{
    roles::Role::{self, Guest},
    slices::{self, MIGRATIONS},
};
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;

/// Of the viewer's organisation, of another, of another network, of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    answer: Option<u16>,
    signed_in_answer: Option<u16>,
    /// What the holders of the permission get at another organisation's record.
    elsewhere: u16,
    pub ends_session: bool,
    /// Everybody has their own.
    is_personal: bool,
    /// Of those who come in: who gets more than a 404, where not all do.
    trusted: Option<&'static [Role]>,
    forbidden: &'static [Role],
    /// Other looks of the same page: queries.
    pub views: &'static [&'static str],
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
        answer: None,
        signed_in_answer: None,
        elsewhere: 403,
        ends_session: false,
        is_personal: false,
        trusted: None,
        forbidden: &[],
        views: &[],
    }
}

pub const fn open(method: &'static str, path: &'static str) -> Line {
    line(method, path, Holders::Everybody)
}

pub const fn signed_in(method: &'static str, path: &'static str) -> Line {
    line(method, path, Holders::SignedIn)
}

pub const fn only(method: &'static str, path: &'static str, roles: &'static [Role]) -> Line {
    line(method, path, Holders::Only(roles))
}

impl Line {
    pub const fn own(self, own: &'static [Role]) -> Self {
        Self { own, ..self }
    }

    pub const fn of(self, record: Record) -> Self {
        Self { record: Some(record), ..self }
    }

    pub const fn with(self, word: &'static str) -> Self {
        Self { word, ..self }
    }

    pub const fn sends(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    pub const fn answers(self, code: u16) -> Self {
        Self { answer: Some(code), ..self }
    }

    pub const fn answers_signed_in(self, code: u16) -> Self {
        Self { signed_in_answer: Some(code), ..self }
    }

    /// Another organisation's record is not even seen: 404 instead of 403.
    pub const fn hidden_elsewhere(self) -> Self {
        Self { elsewhere: 404, ..self }
    }

    pub const fn personal(self) -> Self {
        Self { is_personal: true, ..self }
    }

    /// Only these of the roles that come in are answered; to the others there is nothing there.
    pub const fn refuses_but(self, roles: &'static [Role]) -> Self {
        Self { trusted: Some(roles), ..self }
    }

    /// These come in, and are told that they may not at such a record.
    pub const fn forbids(self, roles: &'static [Role]) -> Self {
        Self { forbidden: roles, ..self }
    }

    pub const fn ends_session(self) -> Self {
        Self { ends_session: true, ..self }
    }

    /// Other looks of the same page, that the tests of pages and leaks open too.
    pub const fn also(self, views: &'static [&'static str]) -> Self {
        Self { views, ..self }
    }

    pub fn is_safe(&self) -> bool {
        self.method == "GET"
    }

    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }

    /// The address that a role asks for, and the ids in it.
    async fn address(&'static self, app: &TestApp, role: Role, whose: Whose) -> Asked {
        let ids = match self.record {
            Some(record) => record.ids(app, role, whose).await,
            None => Vec::new(),
        };
        let mut path = self.path.replace(['{', '}'], "\u{0}");
        let mut parts: Vec<String> = path.split('\u{0}').map(str::to_owned).collect();
        for (part, id) in parts.iter_mut().skip(1).step_by(2).zip(ids.iter().map(Some).chain(std::iter::repeat(None))) {
            *part = id.map_or_else(|| self.word.to_owned(), Uuid::to_string);
        }
        path = parts.concat();
        Asked { line: self, whose, path, ids }
    }

    fn expected(&self, role: Role, whose: Whose) -> Expected {
        let network_wide = match self.holders {
            Holders::Everybody => true,
            Holders::SignedIn => role != Guest,
            Holders::Only(roles) => roles.contains(&role),
        };
        let own = self.own.contains(&role);
        let comes_in = network_wide || own;
        match whose {
            _ if !comes_in && role == Guest => Expected::SignIn,
            _ if !comes_in => Expected::Code(403),
            _ if self.trusted.is_some_and(|roles| !roles.contains(&role)) => Expected::Code(404),
            Whose::Unknown | Whose::Foreign => Expected::Code(404),
            _ if self.forbidden.contains(&role) => Expected::Code(403),
            Whose::Other if self.is_personal => Expected::Code(404),
            Whose::Other if !network_wide => Expected::Code(self.elsewhere),
            _ => match self.signed_in_answer.filter(|_| role != Guest).or(self.answer) {
                Some(code) => Expected::Code(code),
                None => Expected::Pass,
            },
        }
    }

    pub async fn ask(&self, client: &Client, role: Role, address: &str) -> Answer {
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

/// A line with its placeholders filled.
pub struct Asked {
    pub line: &'static Line,
    pub whose: Whose,
    pub path: String,
    ids: Vec<Uuid>,
}

/// The addresses of a line: one, or one for each record.
async fn addresses(app: &TestApp, line: &'static Line, role: Role) -> Vec<Asked> {
    let all = if line.record.is_some() { &Whose::ALL[..] } else { &Whose::ALL[..1] };
    let mut asked = Vec::new();
    for whose in all {
        asked.push(line.address(app, role, *whose).await);
    }
    asked
}

/// Every address of every line, and every other look of each page: for the tests that open them all.
pub async fn everything(app: &TestApp, role: Role) -> Vec<Asked> {
    let mut all = Vec::new();
    for line in TABLE {
        for asked in addresses(app, line, role).await {
            let (whose, ids) = (asked.whose, asked.ids.clone());
            let looks = line.views.iter().map(|v| format!("{}?{v}", asked.path)).collect::<Vec<_>>();
            all.push(asked);
            all.extend(looks.into_iter().map(|path| Asked { line, whose, path, ids: ids.clone() }));
        }
    }
    all
}

/// The same, only what looks.
pub async fn every_get(app: &TestApp, role: Role) -> Vec<String> {
    everything(app, role).await.into_iter().filter(|a| a.line.is_safe()).map(|a| a.path).collect()
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
        // There are more files to take than one account may take in five minutes: the second half is later.
        for (safe, half) in [(true, Some(0)), (true, Some(1)), (false, None)] {
            let app = Arc::new(app.later(chrono::Duration::minutes(6 * half.unwrap_or(2))));
            let roles = Role::ALL.iter().map(|role| tokio::spawn(walk(app.clone(), *role, safe, half)));
            for role in roles.collect::<Vec<_>>() {
                wrong.extend(role.await.unwrap());
            }
        }
        assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// One role through the table: every line that changes nothing, or does; of those every other one.
async fn walk(app: Arc<TestApp>, role: Role, safe: bool, half: Option<i64>) -> Vec<String> {
    let browser = app.as_role(role).await;
    let program = if role == Guest { app.anon() } else { app.program(role.code()).await };
    let mut wrong = Vec::new();
    let lines = TABLE.iter().filter(|l| l.is_safe() == safe).zip((0..2).cycle());
    for line in lines.filter(|(_, n)| half.is_none_or(|half| half == *n)).map(|(line, _)| line) {
        let mut hidden = Vec::new();
        for asked in addresses(&app, line, role).await {
            let whose = asked.whose;
            let own;
            let client = match line.is_api() {
                true => &program,
                false if line.ends_session => {
                    own = app.as_role(role).await;
                    &own
                }
                false => &browser,
            };
            let answer = line.ask(client, role, &asked.path).await;
            let expected = line.expected(role, whose);
            if !line.matches(expected, &answer) {
                let code = answer.code();
                wrong.push(format!(
                    "{} {} as {}, {whose:?}: {code}, not {expected:?}",
                    line.method,
                    line.path,
                    role.code()
                ));
            }
            if matches!(whose, Whose::Foreign | Whose::Unknown) {
                hidden.push(bytes(&answer, &asked.ids));
            }
        }
        if let [one, other] = hidden.as_slice()
            && one != other
        {
            let (method, path) = (line.method, line.path);
            let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
            let near = |whole: &String| {
                let bytes = whole.as_bytes();
                let shown = bytes.get(at.saturating_sub(120)..bytes.len().min(at + 240)).unwrap_or_default();
                String::from_utf8_lossy(shown).into_owned()
            };
            wrong.push(format!(
                "{method} {path} as {}: an unknown id and a foreign one differ at {at}:\n{}\n  and\n{}",
                role.code(),
                near(one),
                near(other)
            ));
        }
    }
    wrong
}

/// Everything of an answer but the request's own id, and the asked ids where the page repeats them.
fn bytes(answer: &Answer, ids: &[Uuid]) -> String {
    let mut headers = answer.headers.clone();
    headers.remove("x-request-id");
    // The body is compared; its length counts the numbers that are taken out below.
    headers.remove("content-length");
    let mut whole = format!("{} {headers:?} {}", answer.status, answer.text());
    for id in ids {
        // As it stands in an address, and as it stands in the query of another.
        let id = id.to_string();
        whole = whole.replace(&id, "…").replace(&kit::text::url_part(&id).to_string(), "…");
    }
    // Others are at work meanwhile: the numbers in the frame are theirs, not the answer's.
    for count in ["<span class=\"dot\">", "<span class=\"n\">"] {
        let mut parts = whole.split(count);
        let first = parts.next().unwrap_or_default().to_owned();
        whole = parts.fold(first, |kept, part| kept + part.split_once("</span></span>").map_or(part, |(_, rest)| rest));
    }
    whole
}
