//! What every handler may ask of the running program.
use crate::{
    roles,
    shell::{
        OfLearner, Slice, Todos,
        search::{Lookup, Source},
        tie::{Tie, Ties},
    },
};
use axum::extract::FromRef;
use kit::{
    Chance, Clock, Visit,
    access::Viewer,
    db::{Db, Net, NetworkId},
    files::Files,
    job::Runner,
    mail::Mail,
};
use std::sync::Arc;

/// The running program. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    /// The network that guests see.
    pub network: NetworkId,
    /// Where search finds records, slice by slice.
    pub sources: Vec<Source>,
    /// Where slices look for themselves.
    pub lookups: Vec<Lookup>,
    /// What slices keep of a child.
    pub subjects: Vec<OfLearner>,
    /// What of each slice waits for a viewer.
    pub todos: Vec<Todos>,
    /// What slices show at the records of earlier ones.
    pub ties: Vec<Tie>,
    /// Who does the work that follows a deed, slice by slice.
    pub jobs: Runner<App>,
    /// The description of the API.
    pub openapi: utoipa::openapi::OpenApi,
    pub limits: crate::shell::limits::Limits,
    pub options: Options,
}

/// How the program was started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `https://…` by which people reach the program, when it is not local.
    pub public_url: Option<String>,
    /// Where the program listens.
    pub listen: Option<std::net::SocketAddr>,
    /// A proxy of ours stands in front and says where visitors come from.
    pub behind_proxy: bool,
    /// Opens `/metrics` to whoever shows it.
    pub metrics_token: Option<String>,
    /// The demo's accounts, shown at the sign-in page. Empty anywhere else.
    pub demo_accounts: Vec<crate::demo::Account>,
    /// Where uploaded files are kept. Without a folder uploads are refused.
    pub files: Files,
    /// In how many days after the first sign-in a member of staff must set the second factor up;
    /// `None`: nobody must.
    pub second_factor_days: Option<u16>,
    /// How letters leave.
    pub mail: Mail,
}

impl App {
    pub fn new(db: Db, clock: Clock, chance: Chance, network: NetworkId, slices: &[Slice], options: Options) -> Self {
        let sources = slices.iter().flat_map(|s| s.sources.iter().cloned()).collect();
        let lookups = slices.iter().flat_map(|s| s.lookups.iter().cloned()).collect();
        let subjects = slices.iter().flat_map(|s| s.subjects.iter().copied()).collect();
        let todos = slices.iter().flat_map(|s| s.todos.iter().copied()).collect();
        let ties = slices.iter().flat_map(|s| s.ties.iter().cloned()).collect();
        let jobs = Runner::new(slices.iter().flat_map(|s| s.jobs.iter().copied()).collect());
        let openapi = slices
            .iter()
            .filter_map(|s| s.openapi.clone())
            .fold(crate::shell::api::document(), utoipa::openapi::OpenApi::merge_from);
        Self(Arc::new(Parts {
            db,
            clock,
            chance,
            network,
            sources,
            lookups,
            subjects,
            todos,
            ties,
            jobs,
            openapi,
            limits: crate::shell::limits::Limits::default(),
            options,
        }))
    }

    /// The address by which people reach the program, without a slash at its end: for links that
    /// leave it, in letters and in calendars.
    pub fn address(&self) -> String {
        match (&self.options.public_url, self.options.listen) {
            (Some(url), _) => url.trim_end_matches('/').to_owned(),
            (None, Some(address)) => format!("http://{address}"),
            (None, None) => "http://127.0.0.1:8080".to_owned(),
        }
    }

    /// What other slices show this viewer at a record.
    pub fn ties(&self, kind: &str, visit: &Visit, id: uuid::Uuid) -> Ties {
        Ties::of(&self.ties, kind, visit, id)
    }

    /// A visit of the program itself to a network: for jobs. It holds no role.
    pub fn visit(&self, net: &Net) -> Visit {
        Visit::by_program(
            net.clone(),
            self.db.directory(),
            Viewer::guest(roles::policy),
            &self.clock,
            self.chance.clone(),
        )
    }
}

/// What [`kit::http::Upload`] needs.
impl FromRef<App> for Files {
    fn from_ref(app: &App) -> Self {
        app.options.files.clone()
    }
}

impl std::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
