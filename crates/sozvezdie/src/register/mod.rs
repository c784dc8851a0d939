//! «Сверка с государственным реестром»: which of our winners and prize-winners belong into the state
//! information resource on children who showed outstanding abilities (постановление Правительства РФ от
//! 17.11.2015 № 1239): those with a confirmed prize at an event of the federal list or of РСОШ. Who has a
//! consent for it goes into a sheet; who has none is told apart and leaves the system nowhere.
mod api;
mod export;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod web;

use crate::{
    consents::{self, Purpose},
    events::ListKind,
    figures::{self, Asked as Filter, Behind},
    learners,
    people::PersonId,
    shell::{AcademicYear, Slice},
};
use kit::{Fault, Visit, access::Permission, routes::Routes};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Facts;
use uuid::Uuid;

/// Reconciling: the Centre for its members, a school for its own children.
pub const RECONCILE: Permission = Permission("register.reconcile");

/// The kind of record in the audit.
pub const KIND: &str = "state_register";

/// The page's address.
pub const LIST: &str = "/state-register";

/// Prizes of one list that are looked at.
const MOST: i64 = 5000;

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/state-register", RECONCILE, web::show)
        .get("/state-register/export.xlsx", RECONCILE, export::sheet)
        .get("/api/v1/state-register", RECONCILE, api::show);
    Slice::new("register", routes).described(api::document())
}

/// Which years.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub from: String,
    pub to: String,
}

/// A prize that belongs into the resource.
#[derive(Clone, Debug)]
pub struct Prize {
    pub row: Behind,
    pub child: PersonId,
    /// On which lists the event stands.
    pub lists: Vec<ListKind>,
}

/// What there is to reconcile.
pub struct Reconciled {
    pub from: AcademicYear,
    pub to: AcademicYear,
    /// No year was asked for, and the latest with results was taken.
    pub is_latest: bool,
    pub ready: Vec<Prize>,
    /// Named here, and nowhere else.
    pub without_consent: Vec<Prize>,
    /// Prizes of children whom the viewer may not see by name.
    pub unnamed: usize,
    /// There are more than are looked at.
    pub is_cut: bool,
    pub facts: HashMap<PersonId, Facts>,
}

impl Reconciled {
    /// Whose records are handed over.
    pub fn subjects(&self) -> Vec<Uuid> {
        let all: BTreeSet<Uuid> = self.ready.iter().map(|p| p.child.0).collect();
        all.into_iter().collect()
    }
}

/// How many children these prizes are of.
pub fn children(prizes: &[Prize]) -> usize {
    prizes.iter().map(|p| p.child).collect::<BTreeSet<_>>().len()
}

/// Reconciles: without years the latest that has results.
///
/// # Errors
/// [`Fault::Invalid`] for years that are none; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn reconcile(visit: &Visit, asked: &Asked) -> Result<Reconciled, Fault> {
    let this = AcademicYear::of(visit.today);
    let found = figures::latest(&visit.net, this).await?;
    let latest = found.unwrap_or(this);
    let (from, to) = AcademicYear::turned(&asked.from, &asked.to);
    let mut rows: BTreeMap<Uuid, (Behind, Vec<ListKind>)> = BTreeMap::new();
    let (mut years, mut is_cut) = ((latest, latest), false);
    let is_latest = found.is_some() && from.trim().is_empty() && to.trim().is_empty();
    let others = figures::beyond(visit, RECONCILE).await?;
    for list in [ListKind::Federal, ListKind::Rsosh] {
        let filter = Filter {
            from: from.clone(),
            to: to.clone(),
            list: list.code().into(),
            whose: "all".into(),
            of: "prizes".into(),
            ..Filter::default()
        };
        let selection = filter.check(latest)?;
        years = (selection.from, selection.to);
        let slice = figures::behind(visit, &selection, None, MOST).await?;
        is_cut |= slice.next.is_some();
        for row in slice.items.into_iter().filter(|row| !others.contains(&row.organisation_id.0)) {
            rows.entry(row.id.0).or_insert_with(|| (row, Vec::new())).1.push(list);
        }
    }
    let all = rows.len();
    let mut prizes: Vec<Prize> =
        rows.into_values().filter_map(|(row, lists)| row.learner_id.map(|child| Prize { row, child, lists })).collect();
    // A child who merely comes for a step or an event is reported by the own school.
    let named: Vec<PersonId> = prizes.iter().map(|p| p.child).collect();
    let own = learners::answered(visit, &named).await?;
    prizes.retain(|p| own.contains(&p.child));
    let unnamed = all - prizes.len();
    let ids: BTreeSet<PersonId> = prizes.iter().map(|p| p.child).collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    let given = consents::holders(&visit.net, &ids, Purpose::StateRegister, visit.today).await?;
    let (mut ready, mut without_consent): (Vec<Prize>, Vec<Prize>) =
        prizes.into_iter().partition(|p| given.contains(&p.child));
    for some in [&mut ready, &mut without_consent] {
        some.sort_by_cached_key(|p| (kit::text::name_key(p.row.learner.as_deref().unwrap_or_default()), p.row.id));
    }
    // Only of those who agreed more is read than the page names.
    let agreed: Vec<PersonId> = ids.into_iter().filter(|id| given.contains(id)).collect();
    let facts = store::facts(&visit.net, &agreed).await?;
    Ok(Reconciled { from: years.0, to: years.1, is_latest, ready, without_consent, unnamed, is_cut, facts })
}
