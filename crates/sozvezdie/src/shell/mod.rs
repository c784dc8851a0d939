//! The frame around every slice: pages, menu, search, sign-in, pages of faults.
//!
//! Slices use [`Page`]; the shell uses no slice. What it must know of them ([`Slice`]) is handed
//! over by `slices.rs`.
pub mod account;
pub mod api;
pub mod assets;
pub mod components;
pub mod drafts;
pub mod export;
pub mod faults;
mod frame;
pub mod ics;
mod jobs;
pub mod limits;
pub mod list;
pub mod look;
pub mod nav;
pub mod ops;
pub mod search;
mod store;
pub mod tie;
pub mod trail;
pub mod upload;
pub mod views;
mod year;

pub use frame::Page;
pub use year::{AcademicYear, NoYear};

use crate::app::App;
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    db::{Net, Tx},
    job::Handler,
    routes::{Need, Routes},
};
use std::{future::Future, pin::Pin};
use uuid::Uuid;

/// What a slice gives to the whole.
pub struct Slice {
    pub name: &'static str,
    pub routes: Routes<App>,
    pub sources: Vec<search::Source>,
    pub lookups: Vec<search::Lookup>,
    pub ties: Vec<tie::Tie>,
    pub openapi: Option<utoipa::openapi::OpenApi>,
    pub jobs: Vec<Handler<App>>,
    pub checks: Vec<Check>,
    pub subjects: Vec<OfLearner>,
    pub todos: Vec<Todos>,
}

/// A line of what waits for somebody: what, why, and the one action. It names no child, so that
/// home is no look at a record.
pub struct Todo {
    pub icon: &'static str,
    pub href: String,
    pub title: String,
    pub why: String,
    pub act: String,
}

/// What of a slice waits for this viewer, the most pressing first.
pub type Todos = for<'a> fn(&'a Visit) -> Later<'a, Vec<Todo>>;

/// An answer that comes later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// A line on a child's record that leads to what another slice keeps of the child.
pub struct Tie {
    pub href: String,
    pub icon: &'static str,
    pub title: String,
    pub note: String,
}

/// What a slice above `learners` keeps of a child, handed down to it: the record shows it, the family
/// takes it along, and a destruction takes it away. The id is the child's.
#[derive(Clone, Copy)]
pub struct OfLearner {
    /// Its name in the archive of a child's data.
    pub name: &'static str,
    /// What of it this viewer may know of; whether the child may be seen is settled before.
    pub ties: for<'a> fn(&'a Visit, Uuid) -> Later<'a, Vec<Tie>>,
    /// All that is kept, for the family; null for nothing.
    pub export: for<'a> fn(&'a Visit, Uuid) -> Later<'a, serde_json::Value>,
    /// Takes away every row that holds a word about the child or points to it; gives how many.
    pub forget: for<'a> fn(&'a mut Tx, Uuid) -> Later<'a, u64>,
}

type Findings<'a> = Pin<Box<dyn Future<Output = Result<Vec<String>, Fault>> + Send + 'a>>;

/// Looks whether the records of a network hold together; for the command `check`, in English.
pub type Check = for<'a> fn(&'a Net, DateTime<Utc>) -> Findings<'a>;

impl Slice {
    pub fn new(name: &'static str, routes: Routes<App>) -> Self {
        let (sources, lookups, ties, jobs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self {
            name,
            routes,
            sources,
            lookups,
            ties,
            openapi: None,
            jobs,
            checks: Vec::new(),
            subjects: Vec::new(),
            todos: Vec::new(),
        }
    }

    #[must_use]
    pub fn found_by(mut self, source: search::Source) -> Self {
        self.sources.push(source);
        self
    }

    #[must_use]
    pub fn looked_up_by(mut self, lookup: search::Lookup) -> Self {
        self.lookups.push(lookup);
        self
    }

    /// A tab at the record of an earlier slice.
    #[must_use]
    pub fn tied(mut self, tie: tie::Tie) -> Self {
        self.ties.push(tie);
        self
    }

    #[must_use]
    pub fn described(mut self, openapi: utoipa::openapi::OpenApi) -> Self {
        self.openapi = Some(openapi);
        self
    }

    /// What the command `check` asks of this slice's records.
    #[must_use]
    pub fn checked(mut self, check: Check) -> Self {
        self.checks.push(check);
        self
    }

    /// What this slice keeps of a child.
    #[must_use]
    pub fn keeping(mut self, subject: OfLearner) -> Self {
        self.subjects.push(subject);
        self
    }

    /// What of this slice waits for somebody, for home.
    #[must_use]
    pub fn awaiting(mut self, todos: Todos) -> Self {
        self.todos.push(todos);
        self
    }

    /// Who does the jobs of one kind.
    #[must_use]
    pub fn working(mut self, handler: Handler<App>) -> Self {
        self.jobs.push(handler);
        self
    }
}

/// The shell's own pages.
pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/sign-in", Need::Nothing, account::sign_in_form)
        .post("/sign-in", Need::Nothing, account::sign_in)
        .post("/sign-out", Need::Nothing, account::sign_out)
        .get("/account", Need::SignedIn, account::show)
        .get("/account/password", Need::SignedIn, account::password_form)
        .post("/account/password", Need::SignedIn, account::change_password)
        .post("/account/sessions/removal", Need::SignedIn, account::end_sessions)
        .post("/account/recovery-codes", Need::SignedIn, account::renew_codes)
        .get("/account/second-factor", Need::SignedIn, account::second_factor)
        .post("/account/second-factor", Need::SignedIn, account::turn_on_second_factor)
        .post("/account/second-factor/removal", Need::SignedIn, account::turn_off_second_factor)
        .get("/look", Need::Nothing, look::form)
        .post("/look", Need::Nothing, look::save)
        .post("/language", Need::Nothing, look::language)
        .get("/search", Need::Nothing, search::show)
        .post("/drafts/{form}", Need::SignedIn, drafts::save)
        .post("/views", Need::SignedIn, views::save)
        .post("/views/{id}/removal", Need::SignedIn, views::remove)
        .get("/components", components::VIEW, components::show)
        .get("/api", Need::Nothing, api::reference)
        .get("/api/v1/openapi.json", Need::Nothing, api::openapi)
        .post("/api/v1/tokens", Need::Nothing, account::token)
        .get("/api/v1/me", Need::SignedIn, account::me);
    Slice::new("shell", routes).described(api::shell_document()).working(jobs::MAIL).working(jobs::HOUSEKEEPING)
}
