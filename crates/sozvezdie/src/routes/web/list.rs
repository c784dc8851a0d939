//! The list, the figures with their rows, and the table of limits.
use super::mend;
use crate::{
    routes::{
        FIGURES, PART, access, compose,
        load::Limit,
        store::{self, Filter, Listed, Module, Part, Whose},
        view,
    },
    shell::AcademicYear,
};
use axum::response::Response;
use kit::{
    Fault, Visit,
    cursor::{Cursor, Slice},
    form::Problems,
    http::{Query, Sent, go},
    text::list_url,
};
use maud::Markup;
use serde::{Deserialize, Serialize};

/// Rows of a page.
const PAGE: i64 = 50;
/// Steps of the own organisation that are shown above the list.
const PARTS: i64 = 50;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub state: String,
    /// «2026» or «2026-2027».
    pub year: String,
    /// At least so many organisations.
    pub hosts: String,
    /// `yes`: approved at least once.
    pub approved: String,
    pub after: String,
}

impl Asked {
    /// Unknown codes filter nothing rather than everything away.
    pub fn filter(&self) -> Filter {
        Filter {
            state: self.state.parse().ok(),
            begun: self.year.parse().ok().map(|year: AcademicYear| (year.first_day(), year.last_day())),
            organisation: None,
            hosts: self.hosts.parse().ok().filter(|n| (1..=20).contains(n)),
            learner: None,
            approved: self.approved == "yes",
        }
    }

    pub fn with(&self, base: &str, name: &str, value: &str) -> String {
        let pairs = vec![
            ("state", self.state.as_str()),
            ("year", &self.year),
            ("hosts", &self.hosts),
            ("approved", &self.approved),
        ];
        list_url(base, pairs, name, value)
    }

    pub fn is_filtered(&self) -> bool {
        [&self.state, &self.year, &self.hosts, &self.approved].iter().any(|v| !v.trim().is_empty())
    }
}

/// What a page of the list shows.
pub struct Shown {
    pub slice: Slice<Listed>,
    pub parts: Vec<Part>,
    /// Approved routes, those over several organisations (K8), completed modules (K9).
    pub figures: (i64, i64, i64),
    /// Names are left out.
    pub is_nameless: bool,
}

/// The routes that the viewer may see; for the department all, without names.
pub async fn shown(visit: &Visit, asked: &Asked, size: i64) -> Result<Shown, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let (staff, family) = access::scopes(visit).await?;
    let is_nameless = visit.viewer.may(FIGURES);
    let whose = if is_nameless { Whose::Everybody } else { Whose::Seen { staff: &staff, family: &family } };
    let filter = asked.filter();
    let slice = store::list(&visit.net, &whose, &filter, visit.today, cursor.as_ref(), size).await?;
    let reach = visit.viewer.reach(PART);
    let mut parts = store::parts(&visit.net, &reach, None, visit.today, PARTS).await?;
    parts.extend(store::held_parts(&visit.net, &reach, visit.today, PARTS).await?);
    let figures = store::figures(&visit.net, &whose, &Filter { state: None, hosts: None, ..filter }).await?;
    let listed = slice.items.iter().filter(|l| l.learner_name.is_some()).map(|l| l.learner);
    let named: Vec<_> = listed.chain(parts.iter().filter(|p| p.learner_name.is_some()).map(|p| p.learner)).collect();
    access::note(visit, named).await?;
    Ok(Shown { slice, parts, figures, is_nameless })
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let shown = shown(&visit, &asked, PAGE).await?;
    Ok(view::list::page(&visit, &asked, &shown, AcademicYear::of(visit.today).0))
}

/// The completed modules behind K9.
pub async fn completed(visit: &Visit, asked: &Asked) -> Result<Vec<Module>, Fault> {
    let (staff, family) = access::scopes(visit).await?;
    let is_nameless = visit.viewer.may(FIGURES);
    let whose = if is_nameless { Whose::Everybody } else { Whose::Seen { staff: &staff, family: &family } };
    let filter = Filter { state: None, hosts: None, ..asked.filter() };
    let all = store::modules(&visit.net, &whose, &filter, 1_000).await?;
    let named: Vec<_> = all.iter().filter(|m| m.learner_name.is_some()).map(|m| m.learner).collect();
    access::note(visit, named).await?;
    Ok(all)
}

pub async fn modules(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let all = completed(&visit, &asked).await?;
    Ok(view::list::modules(&visit, &asked, &all))
}

pub async fn limits(visit: Visit) -> Result<Markup, Fault> {
    let limits = store::limits(&visit.net).await?;
    Ok(view::limits::page(&visit, &LimitsForm::of(&limits), &Problems::default()))
}

/// The table of limits as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct LimitsForm {
    pub week_hours: String,
    pub day_start: String,
    pub day_end: String,
    pub day_end_senior: String,
    #[serde(rename = "break")]
    pub rest: String,
    pub way: String,
}

impl LimitsForm {
    fn of(limits: &crate::routes::load::Limits) -> Self {
        let text = |limit: Limit| {
            let amount = limits.get(limit);
            if limit.is_clock() { format!("{:02}:{:02}", amount / 60, amount % 60) } else { amount.to_string() }
        };
        Self {
            week_hours: text(Limit::WeekHours),
            day_start: text(Limit::DayStart),
            day_end: text(Limit::DayEnd),
            day_end_senior: text(Limit::DayEndSenior),
            rest: text(Limit::Break),
            way: text(Limit::Way),
        }
    }

    /// Each row with what was typed.
    pub fn rows(&self) -> Vec<(Limit, String)> {
        let typed = |limit: &Limit| match limit {
            Limit::WeekHours => &self.week_hours,
            Limit::DayStart => &self.day_start,
            Limit::DayEnd => &self.day_end,
            Limit::DayEndSenior => &self.day_end_senior,
            Limit::Break => &self.rest,
            Limit::Way => &self.way,
        };
        Limit::ALL.iter().map(|limit| (*limit, typed(limit).clone())).collect()
    }
}

pub async fn set_limits(visit: Visit, sent: Sent<LimitsForm>) -> Result<Response, Fault> {
    match compose::set_limits(&visit, &sent.once(&visit, "routes.limits"), &sent.data.rows()).await {
        Ok(done) => Ok(go(&done, "done-route-limits")),
        Err(Fault::Invalid(problems)) => Ok(mend(view::limits::page(&visit, &sent.data, &problems))),
        Err(fault) => Err(fault),
    }
}
