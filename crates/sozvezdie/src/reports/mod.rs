//! Reports of the Centre, of the district and of each organisation for academic years: a text with
//! figures, tables and charts in it, that is handed in, returned with a reason, accepted and closed.
//!
//! What is handed in is kept as it was, figure by figure: a closed report never changes when the data
//! do, its page shows the difference. Who owes a report stands in the department's calls.
mod api;
mod calls;
mod counted;
mod files;
mod model;
mod paper;
mod store;
#[cfg(test)]
mod tests;
mod text;
mod view;
mod waiting;
mod web;

pub use calls::{add as add_call, progress};
pub use counted::{Counted, Subject};
pub use files::{Format, bytes};
pub use model::{CallForm, CallId, Kind, NewCall, Period, ReportId, State};
pub use paper::Around;
pub use text::usual as usual_text;
pub use waiting::count as count_waiting;

use crate::{
    centre,
    notifications::{self, News, To},
    organisations::{self, OrganisationId},
    shell::{Slice, search},
};
use kit::{
    Fault, Lang, Visit,
    access::{Permission, Reach},
    audit::Entry,
    db::{Directory, Net, Tx},
    once::{Done, Once},
    routes::Routes,
    text::{Message, text_prefix},
};
use model::{MoveForm, NewForm, Report, TextForm};

/// The reports of one's organisations, or of all.
pub const VIEW: Permission = Permission("reports.view");
/// Counting the Centre's and the district's figures for any years.
pub const COUNT: Permission = Permission("reports.count");
/// Writing the Centre's report and handing it in.
pub const CENTRE: Permission = Permission("reports.centre");
/// The same of the district's.
pub const DISTRICT: Permission = Permission("reports.district");
/// The same of the own organisation's.
pub const HAND_IN: Permission = Permission("reports.hand-in");
/// Calling for reports, returning, accepting and closing them.
pub const DECIDE: Permission = Permission("reports.decide");

/// The kinds of record in search and audit.
pub const KIND: &str = "report";
pub const CALL: &str = "report_call";

/// The list's address.
pub const LIST: &str = "/reports";
/// The figures of any years, without a report.
pub const FIGURES: &str = "/reports/figures";
/// The calls' address.
pub const CALLS: &str = "/reports/calls";

/// A report's address.
pub fn url(id: ReportId) -> String {
    format!("{LIST}/{id}")
}

/// A call's address.
pub fn call_url(id: CallId) -> String {
    format!("{CALLS}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/reports", VIEW, web::list)
        .post("/reports", VIEW, web::create)
        .get("/reports/new", VIEW, web::new)
        .get("/reports/figures", COUNT, web::figures::show)
        .get("/reports/centre", COUNT, web::figures::centre)
        .get("/reports/district", COUNT, web::figures::district)
        .post("/reports/calls", DECIDE, web::calls::create)
        .get("/reports/calls/new", DECIDE, web::calls::new)
        .get("/reports/calls/{id}", VIEW, web::calls::show)
        .get("/reports/calls/{id}/export.xlsx", DECIDE, web::calls::xlsx)
        .post("/reports/calls/{id}/reminder", DECIDE, web::calls::remind)
        .post("/reports/calls/{id}/closing", DECIDE, web::calls::close)
        .get("/reports/{id}", VIEW, web::show)
        .post("/reports/{id}", VIEW, web::write)
        .get("/reports/{id}/edit", VIEW, web::edit)
        .get("/reports/{id}/files", VIEW, web::file)
        .post("/reports/{id}/submission", VIEW, web::submit)
        .post("/reports/{id}/return", DECIDE, web::send_back)
        .post("/reports/{id}/acceptance", DECIDE, web::accept)
        .post("/reports/{id}/closing", DECIDE, web::close)
        .get("/api/v1/reports", VIEW, api::list)
        .post("/api/v1/reports", VIEW, api::create)
        .get("/api/v1/reports/{id}", VIEW, api::show)
        .patch("/api/v1/reports/{id}", VIEW, api::write)
        .post("/api/v1/reports/{id}/submission", VIEW, api::submit)
        .post("/api/v1/reports/{id}/return", DECIDE, api::send_back)
        .post("/api/v1/reports/{id}/acceptance", DECIDE, api::accept)
        .post("/api/v1/reports/{id}/closing", DECIDE, api::close)
        .get("/api/v1/report-calls", DECIDE, api::calls::list)
        .post("/api/v1/report-calls", DECIDE, api::calls::create)
        .get("/api/v1/report-calls/{id}", DECIDE, api::calls::show)
        .post("/api/v1/report-calls/{id}/reminder", DECIDE, api::calls::remind)
        .post("/api/v1/report-calls/{id}/closing", DECIDE, api::calls::close);
    let source = search::Source {
        kind: KIND,
        title: "nav-reports",
        icon: "scroll-text",
        needs: VIEW,
        resolve: |visit, ids| Box::pin(web::hits(visit, ids)),
    };
    Slice::new("reports", routes)
        .found_by(source)
        .described(api::document())
        .awaiting(|visit| Box::pin(waiting::todos(visit)))
        .checked(|net, _| Box::pin(check(net)))
}

/// Whether every handed-in report has its copy, and search knows every report.
async fn check(net: &Net) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    let bare = store::without_copy(net).await?;
    if bare > 0 {
        found.push(format!("{bare} reports that were handed in have no copy"));
    }
    let lost = kit::search::lost(net, KIND, "report").await?;
    if lost > 0 {
        found.push(format!("{lost} reports are not found by search"));
    }
    Ok(found)
}

/// Counts the figures of the Centre or of the district, for pages, files and the command line.
///
/// # Errors
/// The database's.
pub async fn count(net: &Net, directory: &Directory, t: Lang, kind: Kind, period: Period) -> Result<Counted, Fault> {
    count_of(net, t, &Subject::of(net, directory, kind, None).await?, period).await
}

async fn count_of(net: &Net, t: Lang, subject: &Subject, period: Period) -> Result<Counted, Fault> {
    let mut counted = subject.count(net, t, period).await?;
    if subject.kind == Kind::District
        && let Some(call) = store::calls::of_period(net, period).await?
    {
        counted.handed_in = Some(store::calls::progress(net, &call).await?);
    }
    Ok(counted)
}

/// Who signs such a report, «А. П. Иванова»: the head of the organisation, the Centre's coordinator; of the
/// department's head the network holds no name.
///
/// # Errors
/// The database's.
pub async fn signer(net: &Net, kind: Kind, organisation: Option<OrganisationId>) -> Result<Option<String>, Fault> {
    match (kind, organisation) {
        (Kind::Organisation, Some(id)) => {
            let head = organisations::find(net, id).await?.and_then(|o| o.head_name);
            Ok(head.as_deref().map(documents::cases::initials))
        }
        (Kind::Centre, _) => match centre::core_of(net).await?.and_then(|c| c.coordinator) {
            Some(person) => Ok(crate::people::find_name(net, person).await?.map(|name| name.short())),
            None => Ok(None),
        },
        (Kind::Organisation | Kind::District, _) => Ok(None),
    }
}

/// Which reports a viewer sees: the department all, heads those of their organisations, the coordinator the
/// Centre's; a draft only those who write it.
pub struct Sight {
    all: Reach,
    centre: Reach,
    writes: Vec<(Kind, Reach)>,
}

impl Sight {
    /// # Errors
    /// The database's.
    pub async fn of(visit: &Visit) -> Result<Self, Fault> {
        let all = match (visit.viewer.reach(DECIDE), visit.viewer.reach(HAND_IN)) {
            (Reach::Network, _) => Reach::Network,
            (_, Reach::Organisations(own)) => {
                Reach::Organisations(organisations::with_predecessors(&visit.net, &own).await?)
            }
            (_, other) => other,
        };
        let writes = Kind::ALL.iter().map(|kind| (*kind, visit.viewer.reach(kind.written_by()))).collect();
        Ok(Self { all, centre: visit.viewer.reach(CENTRE), writes })
    }

    fn covers(&self, r: &Report) -> bool {
        let organisation = r.organisation.map(|id| id.0);
        let sees = self.all.covers(organisation) || (r.kind == Kind::Centre && self.centre.covers(organisation));
        let writes = |(kind, reach): &(Kind, Reach)| *kind == r.kind && reach.covers(organisation);
        sees && (r.state != State::Draft || self.writes.iter().any(writes))
    }
}

/// The report, if this viewer may see it.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
async fn open(visit: &Visit, id: ReportId) -> Result<Report, Fault> {
    let found = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    if Sight::of(visit).await?.covers(&found) { Ok(found) } else { Err(Fault::NotFound) }
}

/// Whether the viewer writes this report and hands it in.
fn writes(visit: &Visit, r: &Report) -> bool {
    visit.viewer.reach(r.kind.written_by()).covers(r.organisation.map(|id| id.0))
}

async fn to_write(visit: &Visit, id: ReportId) -> Result<Report, Fault> {
    let report = open(visit, id).await?;
    visit.viewer.demand(report.kind.written_by(), report.organisation.map(|id| id.0))?;
    Ok(report)
}

/// What a report is called: «Отчёт организации: Дубовская СОШ, 2025-2026 учебный год».
fn title(t: Lang, r: &Report) -> String {
    let kind = t.say(&text_prefix!("report-title-", r.kind.code()));
    let name = r.organisation_name.as_deref().filter(|_| r.kind == Kind::Organisation);
    let years = r.period().words(t);
    name.map_or_else(|| format!("{kind}, {years}"), |name| format!("{kind}: {name}, {years}"))
}

/// Whose report the form begins: the Centre's belongs to the organisation that keeps the Centre.
async fn whose(visit: &Visit, kind: Kind, form: &NewForm) -> Result<Option<OrganisationId>, Fault> {
    let found = match kind {
        Kind::District => None,
        Kind::Centre => Some(centre::open(visit).await?.organisation),
        Kind::Organisation => match (visit.viewer.reach(HAND_IN), form.organisation.trim()) {
            (Reach::Organisations(own), "") if own.len() == 1 => own.first().copied().map(OrganisationId),
            (_, text) => Some(text.parse().map_err(|_| Fault::field("organisation", Message::new("form-choose")))?),
        },
    };
    visit.viewer.demand(kind.written_by(), found.map(|id| id.0))?;
    Ok(found)
}

/// Begins a report with the usual text.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `report` when there is one of these years.
async fn create(visit: &Visit, once: &Once, form: &NewForm) -> Result<Done, Fault> {
    let (kind, period) = form.check()?;
    let organisation = whose(visit, kind, form).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        match insert(tx, visit, (kind, organisation), period, text::usual(kind)).await? {
            Some(id) => Ok(Done::created(url(id), serde_json::json!({ "id": id, "state": State::Draft }))),
            None => {
                let there = store::of_period(tx, kind, organisation, period).await?;
                let mut fault = kit::fault::Conflict {
                    code: "report".into(),
                    message: Message::new("report-there-already"),
                    details: serde_json::Map::new(),
                };
                fault.details.insert("id".into(), serde_json::json!(there));
                Err(Fault::Conflict(Box::new(fault)))
            }
        }
    })
    .await
}

/// Writes a draft with its audit line and search terms; nothing where there is one of these years. For
/// [`create`] and the demo.
///
/// # Errors
/// The database's.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    (kind, organisation): (Kind, Option<OrganisationId>),
    period: Period,
    body: &str,
) -> Result<Option<ReportId>, Fault> {
    let id = ReportId(visit.new_id());
    if !store::insert(tx, visit, id, (kind, organisation), period, body).await? {
        return Ok(None);
    }
    let Some(report) = store::find_in(tx, id).await? else { return Err(Fault::NotFound) };
    let (title, name) = (title(Lang::Ru, &report), report.organisation_name.clone().unwrap_or_default());
    kit::search::index(tx, KIND, id.0, &[(title.as_str(), 6), (name.as_str(), 2)]).await?;
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok(Some(id))
}

/// Writes the text of a report that is not handed in.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`] also for a placeholder that is none;
/// [`Fault::Conflict`] `stale` naming whoever wrote in between, `state` when it is handed in.
async fn write(visit: &Visit, once: &Once, id: ReportId, form: &TextForm) -> Result<Done, Fault> {
    let report = to_write(visit, id).await?;
    let body = form.check()?;
    let version = kit::form::version(&form.version, report.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::write(tx, visit, id, version, &body).await? {
            return Err(stood_in(tx, visit, id).await?);
        }
        crate::shell::drafts::drop(tx, visit.actor(), &format!("report-{id}")).await?;
        Entry::new("update", KIND, id).fields(&["text"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Whose change stands in the way: their text, or their decision.
async fn stood_in(tx: &mut Tx, visit: &Visit, id: ReportId) -> Result<Fault, Fault> {
    let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let who = match now.updated_by {
        Some(person) => crate::people::name_in(tx, crate::people::PersonId(person)).await?.map(|name| name.full()),
        None => None,
    };
    let who = who.unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    if now.state.is_open() {
        return Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)));
    }
    let state = visit.lang.say(&text_prefix!("report-state-", now.state.code())).to_lowercase();
    let message = Message::new("report-moved").with("who", who).with("when", when).with("state", state);
    Ok(Fault::conflict("state", message))
}

/// Hands a report in: its text and all its figures are kept as they are now.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `stale` or `state` naming whose change
/// stands in the way.
async fn submit(visit: &Visit, once: &Once, id: ReportId, form: &MoveForm) -> Result<Done, Fault> {
    let report = to_write(visit, id).await?;
    let version = kit::form::version(&form.version, report.version)?;
    // Counting takes a while in a large network: not while the one writer is held.
    let counted = if report.state.is_open() { Some(count_report(visit, &report).await?) } else { None };
    once.run(&visit.net, async |tx: &mut Tx| {
        let moved = match &counted {
            Some(counted) => hand_in(tx, visit, &report, version, counted).await?,
            None => false,
        };
        if !moved {
            return Err(stood_in(tx, visit, id).await?);
        }
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": State::Submitted })))
    })
    .await
}

/// The figures of a report as the data are today.
async fn count_report(visit: &Visit, r: &Report) -> Result<Counted, Fault> {
    let organisation = r.organisation.filter(|_| r.kind == Kind::Organisation);
    let subject = Subject::of(&visit.net, &visit.directory, r.kind, organisation).await?;
    count_of(&visit.net, Lang::Ru, &subject, r.period()).await
}

/// Moves an open report to the department with a copy of it; false when it is not as it was looked at.
async fn hand_in(tx: &mut Tx, visit: &Visit, r: &Report, version: i64, counted: &Counted) -> Result<bool, Fault> {
    let number = r.copy.unwrap_or(0) + 1;
    let way = (r.state, State::Submitted);
    if !(way.0.may_become(way.1) && store::step(tx, visit, (r.id, version), way, Some(number), None).await?) {
        return Ok(false);
    }
    let figures = serde_json::to_string(counted).map_err(anyhow::Error::from)?;
    store::insert_copy(tx, visit, r.id, number, (&r.body, &figures)).await?;
    notifications::settle(tx, visit, r.id.0).await?;
    if let (Kind::Organisation, Some(organisation)) = (r.kind, r.organisation) {
        for word in store::calls::reminders(tx, organisation, r.period()).await? {
            notifications::settle(tx, visit, word).await?;
        }
    }
    Entry::new("report-submitted", KIND, r.id).write(tx, visit).await?;
    Ok(true)
}

/// The same for the demo, with figures that were counted in its transaction.
///
/// # Errors
/// The database's; [`Fault::NotFound`].
pub async fn hand_in_as(tx: &mut Tx, visit: &Visit, id: ReportId, counted: &Counted) -> Result<(), Fault> {
    let report = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    hand_in(tx, visit, &report, report.version, counted).await.map(drop)
}

/// The same for a decision of the demo.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state` for a move that the table does not hold.
pub async fn settle_as(
    tx: &mut Tx,
    visit: &Visit,
    id: ReportId,
    next: State,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    if settle(tx, visit, (id, now.version), next, reason).await? { Ok(()) } else { Err(stood_in(tx, visit, id).await?) }
}

/// The department returns a report with a reason, accepts or closes it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`] without a reason; [`Fault::Conflict`]
/// `state` naming whose decision stands in the way.
async fn decide(visit: &Visit, once: &Once, id: ReportId, next: State, form: &MoveForm) -> Result<Done, Fault> {
    let report = open(visit, id).await?;
    visit.viewer.demand(DECIDE, None)?;
    // Who comes too late with a return hears that first, whatever was written as its reason.
    let returns = next == State::Returned && report.state.may_become(next);
    let reason = if returns { Some(form.reason()?) } else { None };
    let version = kit::form::version(&form.version, report.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !settle(tx, visit, (id, version), next, reason.as_deref()).await? {
            return Err(stood_in(tx, visit, id).await?);
        }
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": next })))
    })
    .await
}

/// Moves a report and tells its authors; false when it is not as it was looked at.
async fn settle(
    tx: &mut Tx,
    visit: &Visit,
    (id, version): (ReportId, i64),
    next: State,
    reason: Option<&str>,
) -> Result<bool, Fault> {
    let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let may = now.state.may_become(next) && next != State::Submitted;
    if !(may && store::step(tx, visit, (id, version), (now.state, next), None, reason).await?) {
        return Ok(false);
    }
    let action = match next {
        State::Returned => "report-returned",
        State::Accepted => "report-accepted",
        _ => "report-closed",
    };
    Entry::new(action, KIND, id).write(tx, visit).await?;
    let told = match next {
        State::Returned => Some(notifications::Kind::ReportReturned),
        State::Accepted => Some(notifications::Kind::ReportAccepted),
        _ => None,
    };
    if let (Some(kind), Some(organisation)) = (told, now.organisation) {
        let to = To::Holders(now.kind.written_by(), vec![organisation.0]);
        let subject = title(Lang::Ru, &now);
        let news =
            News { kind, bunch: id.to_string(), record: id.0, link: url(id), subject, other: None, starts_at: None };
        notifications::tell(tx, visit, &to, &[news]).await?;
    }
    Ok(true)
}
