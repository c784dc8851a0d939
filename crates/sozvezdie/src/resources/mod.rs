//! What organisations give to one another: people, technology, methods; when it is open, how much
//! there is of it and what is taken.
//!
//! An offer is folded into the resource: its audience, hours a week, conditions and state stand
//! here. Several offers of one resource would only differ in hours and audience, which weekly hours
//! with a term and the conditions already say, and capacity would have to be shared among them.
//!
//! What is taken stands here too ([`take`], [`release`]), without a word on why: the exchange, a
//! course or an event may hold a resource alike, and the rule of capacity is in one place.
mod api;
mod bulk;
mod calendar;
mod competence;
mod export;
mod fields;
mod form;
mod heat;
mod hold;
mod import;
mod list;
mod load;
mod material;
mod model;
mod schedule;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod web;
mod week;

pub use calendar::{Calendar, Want};
pub use competence::{Competences, WorkForm, subjects as read_subjects};
pub use fields::{clock, hours, minute_of_day, moment, read_moment, whole, whole_required};
pub use form::{ResourceDraft, ResourceForm, day as day_hours};
pub use kit::form::loose;

pub use heat::{Row as WeekLoad, WEEKS, heat};
pub use hold::{
    Asker, Clash, Known, Slot, Taken, Wish, allowed, alternatives, common_times, hold_until_back, hull, is_back,
    others, release, settle, soonest, take,
};
pub use import::Resources;
pub use list::{Asked, Free, list};
pub use load::{Load, free, nearest, peak, profile};
pub use material::{AdoptionState, FileAccess, put_access, put_adoption, put_version};
pub use model::{Class, Hold, Listed, Resource, ResourceId, ResourceKind, ResourceState, Sharing, TRAVEL};
pub use schedule::{Exception, Hours, Schedule, Span, at, is_holiday};
pub use store::{Read, counts, find, find_all, insert_holds, listed, to_distance};

use crate::{
    organisations::{self, OrganisationId},
    shell::{Slice, search, tie},
    staff,
};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry,
    db::{Net, Tx},
    form::{Check, Problems},
    once::{Done, Once},
    routes::Routes,
    text::{Message, text_key},
};
use load::peak as most;
use serde::{Deserialize, Serialize};

pub const VIEW: Permission = Permission("resources.view");
pub const EDIT: Permission = Permission("resources.edit");
pub const HISTORY: Permission = Permission("resources.history");
/// Who has taken what: both sides and the department.
pub const VIEW_USE: Permission = Permission("exchange.view");

/// Asking for what others have: whoever may gather it for a common request.
pub const ASK: Permission = Permission("exchange.request");

/// The kind of record in search and audit.
pub const KIND: &str = "resource";

/// The list's address.
pub const LIST: &str = "/resources";

/// A record's address.
pub fn url(id: ResourceId) -> String {
    format!("{LIST}/{id}")
}

/// Whether the way to ask is shown: a guest is asked to sign in there, anybody else must be allowed.
pub fn may_ask(visit: &Visit) -> bool {
    visit.viewer.is_guest() || visit.viewer.may(ASK)
}

/// Where one asks for it, from a moment on; the exchange answers there.
pub fn ask_url(id: ResourceId, from: Option<chrono::DateTime<chrono::Utc>>) -> String {
    let local = from.map(|at| at.with_timezone(&kit::clock::LOCAL).format("%Y-%m-%dT%H:%M").to_string());
    let from = local.map(|at| format!("&from={at}")).unwrap_or_default();
    format!("/bookings/new?resource={id}{from}")
}

/// Where resources are gathered for a common request; the exchange answers there.
pub const CART: &str = "/common-requests/draft";

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/resources", VIEW, web::list)
        .post("/resources", EDIT, web::create)
        .post("/resources/bulk", EDIT, web::bulk)
        .get("/resources/new", EDIT, web::new)
        .get("/resources/export.xlsx", VIEW, export::xlsx)
        .get("/resources/export.csv", VIEW, export::csv)
        .get("/resources/{id}", VIEW, web::show)
        .post("/resources/{id}", EDIT, web::update)
        .get("/resources/{id}/edit", EDIT, web::edit)
        .post("/resources/{id}/publication", EDIT, web::publish)
        .post("/resources/{id}/pause", EDIT, web::pause)
        .post("/resources/{id}/closure", EDIT, web::close)
        .get("/resources/{id}/exceptions/new", EDIT, web::new_exception)
        .post("/resources/{id}/exceptions", EDIT, web::except)
        .get("/resources/files/{id}", VIEW, material::web::download)
        .post("/resources/{id}/versions", EDIT, material::web::upload)
        .post("/resources/{id}/file-access", EDIT, material::web::set_access)
        .post("/resources/{id}/adoptions", material::ADOPT, material::web::adopt)
        .get("/api/v1/resources/files/{id}", VIEW, material::web::download)
        .get("/api/v1/resources/{id}/versions", VIEW, material::api_show)
        .post("/api/v1/resources/{id}/versions", EDIT, material::api_upload)
        .post("/api/v1/resources/{id}/file-access", EDIT, material::api_access)
        .post("/api/v1/resources/{id}/adoptions", material::ADOPT, material::api_adopt)
        .get("/api/v1/resources", VIEW, api::list)
        .post("/api/v1/resources", EDIT, api::create)
        .get("/api/v1/resources/{id}", VIEW, api::show)
        .patch("/api/v1/resources/{id}", EDIT, api::update)
        .get("/api/v1/resources/{id}/availability", VIEW, api::availability)
        .post("/api/v1/resources/{id}/publication", EDIT, api::publish)
        .post("/api/v1/resources/{id}/pause", EDIT, api::pause)
        .post("/api/v1/resources/{id}/closure", EDIT, api::close)
        .post("/api/v1/resources/{id}/exceptions", EDIT, api::add_exception)
        .post("/api/v1/resources/{id}/exceptions/removal", EDIT, api::remove_exception);
    let source = search::Source {
        kind: KIND,
        title: "nav-resources",
        icon: "arrow-left-right",
        needs: VIEW,
        resolve: |visit, ids| Box::pin(hits(visit, ids)),
    };
    let tab = tie::Tie {
        of: organisations::KIND,
        code: "resources",
        title: text_key("resources-tab"),
        rank: 20,
        may: |visit, _| visit.viewer.may(VIEW),
        show: |visit, id, _| Box::pin(web::of_organisation(visit, OrganisationId(id))),
    };
    let of_person = tie::Tie {
        of: staff::PERSON,
        code: "resources",
        title: text_key("resources-of-person"),
        rank: 20,
        may: |visit, _| visit.viewer.may(VIEW_USE),
        show: |visit, id, _| Box::pin(web::of_person(visit, id)),
    };
    Slice::new("resources", routes)
        .found_by(source)
        .tied(tab)
        .tied(of_person)
        .described(api::document().merge_from(material::document()))
        .checked(|net, now| Box::pin(check(net, now)))
}

async fn hits(visit: &Visit, ids: Vec<uuid::Uuid>) -> Result<Vec<search::Hit>, Fault> {
    let ids: Vec<ResourceId> = ids.into_iter().map(ResourceId).collect();
    let own = visit.viewer.reach(EDIT);
    let found = listed(&visit.net, &ids).await?.into_iter();
    let seen = found.filter(|l| l.state != ResourceState::Draft || own.covers(Some(l.owner.0.0)));
    Ok(seen.map(|l| search::Hit { id: l.id.0, href: url(l.id), title: l.name, note: l.owner.1 }).collect())
}

/// The record, if this viewer may see it. A draft is seen by those who may edit it.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: ResourceId) -> Result<Resource, Fault> {
    let found = find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    may_be_seen(visit, &found).then_some(found).ok_or(Fault::NotFound)
}

/// Drafts are seen by those who may edit them, all else by everybody.
pub fn may_be_seen(visit: &Visit, r: &Resource) -> bool {
    r.state != ResourceState::Draft || visit.viewer.reach(EDIT).covers(Some(r.owner_id.0))
}

/// Adds a resource; it is a draft until it is published.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, form: &ResourceForm) -> Result<Done, Fault> {
    let draft = form.check()?;
    visit.viewer.demand(EDIT, Some(draft.owner_id.0))?;
    works_there(visit, &draft, None).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft, ResourceState::Draft).await?;
        crate::shell::drafts::drop(tx, visit.actor(), "resource-new").await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id, "state": ResourceState::Draft })))
    })
    .await
}

/// Whoever stands behind a resource works at its owner, or stood behind it before.
async fn works_there(visit: &Visit, draft: &ResourceDraft, before: Option<uuid::Uuid>) -> Result<(), Fault> {
    let Some(person) = draft.person_id.filter(|person| Some(*person) != before) else { return Ok(()) };
    let known = staff::choices(visit, draft.owner_id, None).await?;
    if known.iter().any(|c| c.id.0 == person) {
        return Ok(());
    }
    Err(Fault::field("person_id", Message::new("resource-person-elsewhere")))
}

/// Writes a new resource with its hours, its search terms and its audit line. For [`add`], the
/// import and the demo.
///
/// # Errors
/// [`Fault::Invalid`] for an unknown owner or person.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    draft: &ResourceDraft,
    state: ResourceState,
) -> Result<ResourceId, Fault> {
    let id = ResourceId(visit.new_id());
    known(insert_all(tx, visit, &[(id, draft)], state).await, draft)?;
    Ok(id)
}

/// The same for many at once: for a generated network.
///
/// # Errors
/// The database's.
pub async fn insert_all(
    tx: &mut Tx,
    visit: &Visit,
    all: &[(ResourceId, &ResourceDraft)],
    state: ResourceState,
) -> Result<(), Fault> {
    store::insert(tx, all, state, visit.viewer.person, visit.now).await?;
    let lines = all.iter().flat_map(|(id, d)| d.hours.iter().map(|h| (visit.new_id(), *id, h))).collect();
    store::insert_hours(tx, lines).await?;
    let able: Vec<_> =
        all.iter().map(|(id, d)| (*id, d.competences.clone())).filter(|(_, c)| *c != Competences::default()).collect();
    store::put_competences(tx, &able).await?;
    let remarks: Vec<Remarks> = all.iter().map(|(_, d)| Remarks::of(d)).collect();
    let texts: Vec<_> = all.iter().zip(&remarks).map(|((id, d), rest)| (id.0, rest.texts(&d.name))).collect();
    kit::search::index_new(tx, KIND, &texts).await?;
    Entry::write_all(all.iter().map(|(id, _)| Entry::new("create", KIND, *id)).collect(), tx, visit).await
}

/// An id that points nowhere is for a person to mend.
fn known<T>(outcome: Result<T, Fault>, draft: &ResourceDraft) -> Result<T, Fault> {
    match outcome {
        Err(Fault::Internal(e)) if matches!(e.downcast_ref(), Some(kit::db::Error::ForeignKey(_))) => {
            // SQLite does not say which key it was.
            let field = if draft.person_id.is_some() { "person_id" } else { "owner_id" };
            Err(Fault::field(field, Message::new("form-choose")))
        }
        outcome => outcome,
    }
}

async fn put_hours(tx: &mut Tx, visit: &Visit, id: ResourceId, hours: &[Hours]) -> Result<(), Fault> {
    let lines: Vec<_> = hours.iter().map(|h| (visit.new_id(), h.clone())).collect();
    store::put_hours(tx, id, &lines).await
}

async fn index(tx: &mut Tx, id: ResourceId, d: &ResourceDraft) -> Result<(), Fault> {
    kit::search::index(tx, KIND, id.0, &Remarks::of(d).texts(&d.name)).await
}

/// What a search finds besides the name.
struct Remarks {
    subject: String,
    kind: String,
    rest: String,
}

impl Remarks {
    fn of(d: &ResourceDraft) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            subject: text(&d.subject),
            kind: kit::Lang::Ru.say(&kit::text::text_prefix!("resource-kind-", d.kind.code())).into_owned(),
            rest: format!("{} {} {} {}", text(&d.description), text(&d.conditions), text(&d.audience), text(&d.place)),
        }
    }

    fn texts<'a>(&'a self, name: &'a str) -> kit::search::Texts<'a> {
        vec![(name, 10), (&self.subject, 4), (&self.kind, 3), (&self.rest, 2)]
    }
}

/// Changes a resource. Its owner stays.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`
/// naming whoever saved in between, `capacity-taken` when more is promised than there would be.
pub async fn change(visit: &Visit, once: &Once, id: ResourceId, form: &ResourceForm) -> Result<Done, Fault> {
    let before = open(visit, id).await?;
    visit.viewer.demand(EDIT, Some(before.owner_id.0))?;
    let form = ResourceForm { owner_id: before.owner_id.to_string(), ..form.clone() };
    let draft = form.check()?;
    works_there(visit, &draft, before.person_id).await?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !known(store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await, &draft)? {
            let now = find_all(&mut Read::Tx(tx), &[id]).await?.pop().ok_or(Fault::NotFound)?;
            return Err(stale(visit, &now).await?);
        }
        // The update holds the row that all takers share: nobody takes while we count.
        keeps_promises(tx, visit, id).await?;
        put_hours(tx, visit, id, &draft.hours).await?;
        store::put_competences(tx, &[(id, draft.competences.clone())]).await?;
        index(tx, id, &draft).await?;
        crate::shell::drafts::drop(tx, visit.actor(), &format!("resource-{id}")).await?;
        Entry::new("update", KIND, id).fields(&changed(&before, &draft)).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Refuses a smaller size, or another sharing, than what is already promised from now on.
async fn keeps_promises(tx: &mut Tx, visit: &Visit, id: ResourceId) -> Result<(), Fault> {
    let resources = find_all(&mut Read::Tx(tx), &[id]).await?;
    let Some(r) = resources.first().filter(|r| r.class != Class::Methodical) else { return Ok(()) };
    let window = Span::new(visit.now, visit.now + model::HORIZON + model::LONGEST_LOAN);
    let calendar = Calendar::load(&mut Read::Tx(tx), &resources, window).await?;
    let capacity = r.capacity();
    let all_fit = calendar.holds(id).iter().all(|h| capacity.fits(h.headcount, h.units));
    let taken = most(window, &calendar.loads(r));
    if all_fit && taken <= capacity.limit() {
        return Ok(());
    }
    Err(Fault::conflict("capacity-taken", Message::new("resource-capacity-taken")))
}

/// Whose change stands there now.
async fn stale(visit: &Visit, now: &Resource) -> Result<Fault, Fault> {
    let names = crate::people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now
        .updated_by
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}

/// The names of the fields in which they differ.
fn changed(r: &Resource, d: &ResourceDraft) -> Vec<&'static str> {
    let pairs = [
        ("class", r.class != d.class),
        ("kind", r.kind != d.kind),
        ("name", r.name != d.name),
        ("description", r.description != d.description),
        ("person_id", r.person_id != d.person_id),
        ("place", r.place != d.place),
        ("travels", r.travels != d.travels),
        ("sharing", r.sharing != d.sharing),
        ("capacity", r.capacity != d.capacity),
        ("safety", r.safety != d.safety),
        ("conditions", r.conditions != d.conditions),
        ("audience", (&r.audience, r.age_from, r.age_to) != (&d.audience, d.age_from, d.age_to)),
        ("subject", r.subject != d.subject),
        ("licence", r.licence != d.licence),
        ("loanable", r.loanable != d.loanable),
        ("inventory_number", r.inventory_number != d.inventory_number),
        ("hours_per_week", r.hours_per_week != d.hours_per_week),
        ("decides", (&r.decides_name, r.answer_days, r.lead_days) != (&d.decides_name, d.answer_days, d.lead_days)),
        ("cancel_rule", r.cancel_rule != d.cancel_rule),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// Moves a resource to another state along the table of `model`. What is already agreed stays.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state` when the move is not
/// allowed, or somebody was quicker.
pub async fn move_to(visit: &Visit, once: &Once, id: ResourceId, next: ResourceState) -> Result<Done, Fault> {
    let r = open(visit, id).await?;
    visit.viewer.demand(EDIT, Some(r.owner_id.0))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        step(tx, visit, id, next).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": next })))
    })
    .await
}

async fn step(tx: &mut Tx, visit: &Visit, id: ResourceId, next: ResourceState) -> Result<(), Fault> {
    let now = find_all(&mut Read::Tx(tx), &[id]).await?.pop().ok_or(Fault::NotFound)?.state;
    if !(now.may_become(next) && store::set_state(tx, id, now, next, visit.viewer.person, visit.now).await?) {
        let state = visit.lang.say(&kit::text::text_prefix!("resource-state-", now.code()));
        return Err(Fault::conflict("state", Message::new("resource-wrong-state").with("state", state)));
    }
    Entry::new(next.code(), KIND, id).fields(&["state"]).write(tx, visit).await
}

/// Days with other hours: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ExceptionForm {
    pub on: String,
    /// The last day, when there are several.
    pub until: String,
    /// «10:00–14:00»; empty is closed.
    pub hours: String,
    pub reason: String,
}

/// Most days that one exception may cover: the summer.
const EXCEPTION_DAYS: i64 = 120;

/// Gives some days other hours than their weekday's, or none.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add_exception(visit: &Visit, once: &Once, id: ResourceId, form: &ExceptionForm) -> Result<Done, Fault> {
    let r = open(visit, id).await?;
    visit.viewer.demand(EDIT, Some(r.owner_id.0))?;
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    let on = check.date("on", &form.on);
    let until = check.date("until", &form.until).or(on);
    let reason = check.optional("reason", &form.reason, 200);
    let hours = day_hours(&form.hours);
    if hours.is_none() {
        problems.add("hours", Message::new("resource-bad-hours").with("text", &form.hours));
    }
    if on.is_none() && problems.at("on").is_none() {
        problems.add("on", Message::new("form-required"));
    }
    let days = on.zip(until).map_or(0, |(on, until)| (until - on).num_days());
    if !(0..EXCEPTION_DAYS).contains(&days) {
        problems.add("until", Message::new("resource-bad-term").with("days", EXCEPTION_DAYS));
    }
    problems.into_result(())?;
    let (Some(on), Some(until), Some(hours)) = (on, until, hours) else { return Err(Fault::NotFound) };
    once.run(&visit.net, async |tx: &mut Tx| {
        store::touch(tx, id, visit.viewer.person, visit.now).await?;
        for day in on.iter_days().take_while(|day| *day <= until) {
            store::delete_exception(tx, id, day).await?;
            let spans: Vec<_> = if hours.is_empty() { vec![None] } else { hours.iter().map(|h| Some(*h)).collect() };
            for span in spans {
                let line =
                    Exception { on: day, opens: span.map(|h| h.0), closes: span.map(|h| h.1), reason: reason.clone() };
                store::insert_exception(tx, visit.new_id(), id, &line).await?;
            }
        }
        Entry::new("update", KIND, id).fields(&["exceptions"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// The day follows its weekday again.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn remove_exception(visit: &Visit, once: &Once, id: ResourceId, form: &ExceptionForm) -> Result<Done, Fault> {
    let r = open(visit, id).await?;
    visit.viewer.demand(EDIT, Some(r.owner_id.0))?;
    let mut problems = Problems::default();
    let on = Check { problems: &mut problems }.date("on", &form.on);
    problems.into_result(())?;
    let Some(on) = on else { return Err(Fault::field("on", Message::new("form-required"))) };
    once.run(&visit.net, async |tx: &mut Tx| {
        if store::delete_exception(tx, id, on).await? == 0 {
            return Err(Fault::NotFound);
        }
        store::touch(tx, id, visit.viewer.person, visit.now).await?;
        Entry::new("update", KIND, id).fields(&["exceptions"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Whether nothing that is to come lies over capacity, and search knows every resource.
async fn check(net: &Net, now: DateTime<Utc>) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    let holds = store::to_come(net, now).await?;
    let mut ids: Vec<ResourceId> = holds.iter().map(|h| h.resource_id).collect();
    ids.dedup();
    for some in ids.chunks(500) {
        for r in find_all(&mut Read::Net(net), some).await? {
            let capacity = r.capacity();
            let own = holds.iter().filter(|h| h.resource_id == r.id && h.span.end > now);
            let loads: Vec<Load> =
                own.map(|h| Load { span: h.span, amount: capacity.amount(h.headcount, h.units) }).collect();
            let peak = most(hull(loads.iter().map(|l| l.span)), &loads);
            if peak > capacity.limit() {
                found.push(format!("the resource {} is taken {peak} times, {} are there", r.id, capacity.limit()));
            }
        }
    }
    match kit::search::lost(net, KIND, "resource").await? {
        0 => {}
        lost => found.push(format!("{lost} resources are not found by search")),
    }
    Ok(found)
}
