//! The registry of the network's organisations: schools, preschools, additional education.
//!
//! Everything else hangs on it: a resource has an owner, a child a school, a role its place. Names
//! are dated, because documents of 2015 must show the name of 2015; an organisation that goes over
//! into another keeps its own history.
//!
//! This is the pattern slice: rule (`model`), SQL (`store`), operations (here), pages (`web`,
//! `view`), programs (`api`), tests on both engines.
mod api;
mod export;
mod import;
mod map;
mod model;
mod place;
mod record;
mod registry;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use place::{PlaceDraft, PlaceForm, add as add_place};

pub use import::{Organisations, local_area_code};
pub use model::{
    Focus, Kind, Listed, Organisation, OrganisationDraft, OrganisationForm, OrganisationId, OrganisationState,
};
pub use store::{
    Point, active, by_name, counts, find, find_all as listed,
    import::{short_names, short_names_in},
    points, with_predecessors, with_predecessors_in,
};
pub use view::{focus_words, phone};

use crate::shell::{Slice, search};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    once::{Done, Once},
    routes::Routes,
    text::Message,
};
use model::DatedName;
use serde::{Deserialize, Serialize};

pub const VIEW: Permission = Permission("organisations.view");
pub const ADD: Permission = Permission("organisations.add");
pub const EDIT: Permission = Permission("organisations.edit");
/// Names, suspension, reorganisation: what the founder decides.
pub const GOVERN: Permission = Permission("organisations.govern");
pub const HISTORY: Permission = Permission("organisations.history");

/// The kind of record in search and audit.
pub const KIND: &str = "organisation";

/// The list's address.
pub const LIST: &str = "/organisations";

/// A record's address.
pub fn url(id: OrganisationId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/organisations", VIEW, web::list)
        .post("/organisations", ADD, web::create)
        .get("/organisations/new", ADD, web::new)
        .get("/organisations/map", VIEW, web::map)
        .get("/organisations/export.xlsx", VIEW, export::xlsx)
        .get("/organisations/export.csv", VIEW, export::csv)
        .get("/organisations/{id}", VIEW, web::show)
        .post("/organisations/{id}", EDIT, web::update)
        .get("/organisations/{id}/edit", EDIT, web::edit)
        .post("/organisations/{id}/activation", GOVERN, web::activate)
        .post("/organisations/{id}/suspension", GOVERN, web::suspend)
        .post("/organisations/{id}/closure", GOVERN, web::close)
        .get("/organisations/{id}/reorganisation", GOVERN, web::reorganisation)
        .post("/organisations/{id}/reorganisation", GOVERN, web::reorganise)
        .get("/organisations/{id}/names/new", GOVERN, web::new_name)
        .post("/organisations/{id}/names", GOVERN, web::rename)
        .get("/organisations/{id}/places/new", EDIT, place::new)
        .post("/organisations/{id}/places", EDIT, place::create)
        .get("/organisations/{id}/places/{place}/edit", EDIT, place::edit)
        .post("/organisations/{id}/places/{place}", EDIT, place::update)
        .post("/organisations/{id}/places/{place}/removal", EDIT, place::remove)
        .get("/api/v1/organisations", VIEW, api::list)
        .post("/api/v1/organisations", ADD, api::create)
        .get("/api/v1/organisations/{id}", VIEW, api::show)
        .patch("/api/v1/organisations/{id}", EDIT, api::update);
    let source = search::Source {
        kind: KIND,
        title: "nav-organisations",
        icon: "building-2",
        needs: VIEW,
        resolve: |visit, ids| Box::pin(web::hits(visit, ids)),
    };
    Slice::new("organisations", routes)
        .found_by(source)
        .described(api::document())
        .checked(|net, now| Box::pin(check(net, now)))
}

/// The record, if this viewer may see it. A draft is seen by those who may edit it.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: OrganisationId) -> Result<Organisation, Fault> {
    let found = find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    may_be_seen(visit, &found).then_some(found).ok_or(Fault::NotFound)
}

fn may_be_seen(visit: &Visit, o: &Organisation) -> bool {
    o.state != OrganisationState::Draft || visit.viewer.reach(EDIT).covers(Some(o.id.0))
}

/// Adds an organisation; it is active at once when the form says all that is needed.
///
/// # Errors
/// [`Fault::Forbidden`]; [`Fault::Invalid`], also when ИНН or ОГРН is another's.
pub async fn add(visit: &Visit, once: &Once, form: &OrganisationForm) -> Result<Done, Fault> {
    visit.viewer.demand(ADD, None)?;
    let draft = form.check(&store::area_code(&visit.directory, visit.net.id()).await?)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft, OrganisationState::Active).await?;
        crate::shell::drafts::drop(tx, visit.actor(), "organisation-new").await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id, "state": OrganisationState::Active })))
    })
    .await
}

/// Writes a new organisation with its first name, its search terms and its audit line.
/// For [`add`], the import and the demo.
///
/// # Errors
/// [`Fault::Invalid`] when ИНН or ОГРН is another's.
pub async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    draft: &OrganisationDraft,
    state: OrganisationState,
) -> Result<OrganisationId, Fault> {
    let id = OrganisationId(visit.new_id());
    insert_all(tx, visit, &[(id, draft)], state).await?;
    Ok(id)
}

/// The same for many at once: for a generated network.
///
/// # Errors
/// As [`insert`].
pub async fn insert_all(
    tx: &mut Tx,
    visit: &Visit,
    all: &[(OrganisationId, &OrganisationDraft)],
    state: OrganisationState,
) -> Result<(), Fault> {
    unique(store::insert(tx, all, state, visit.viewer.person, visit.now).await)?;
    let remarks: Vec<String> = all.iter().map(|(_, d)| remarks([&d.address, &d.about, &d.head_name, &d.inn])).collect();
    let texts: Vec<_> =
        all.iter().zip(&remarks).map(|((id, d), rest)| (id.0, texts(&d.name, &d.short_name, rest))).collect();
    kit::search::index_new(tx, KIND, &texts).await?;
    Entry::write_all(all.iter().map(|(id, _)| Entry::new("create", KIND, *id)).collect(), tx, visit).await
}

/// Another organisation's number is what a person can mend, not a defect.
fn unique<T>(outcome: Result<T, Fault>) -> Result<T, Fault> {
    let Err(Fault::Internal(e)) = &outcome else { return outcome };
    match e.downcast_ref::<kit::db::Error>() {
        // The engines name the constraint or the columns; both hold the number's name.
        Some(kit::db::Error::Unique(text)) if text.contains("ogrn") => {
            Err(Fault::field("ogrn", Message::new("organisation-ogrn-taken")))
        }
        Some(kit::db::Error::Unique(_)) => Err(Fault::field("inn", Message::new("organisation-inn-taken"))),
        _ => outcome,
    }
}

/// What a search finds besides the names.
fn remarks(parts: [&Option<String>; 4]) -> String {
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

async fn index(tx: &mut Tx, id: OrganisationId, name: &str, short_name: &str, remarks: &str) -> Result<(), Fault> {
    kit::search::index(tx, KIND, id.0, &texts(name, short_name, remarks)).await
}

fn texts<'a>(name: &'a str, short_name: &'a str, remarks: &'a str) -> kit::search::Texts<'a> {
    vec![(short_name, 10), (name, 6), (remarks, 2)]
}

/// Changes everything but the name, which is dated.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`
/// naming whoever saved in between.
pub async fn change(visit: &Visit, once: &Once, id: OrganisationId, form: &OrganisationForm) -> Result<Done, Fault> {
    let before = open(visit, id).await?;
    visit.viewer.demand(EDIT, Some(id.0))?;
    let mut form = form.clone();
    (form.name, form.short_name) = (before.name.clone(), before.short_name.clone());
    let draft = form.check(&store::area_code(&visit.directory, visit.net.id()).await?)?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !unique(store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await)? {
            let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
            return Err(stale(visit, &now).await?);
        }
        let remarks = remarks([&draft.address, &draft.about, &draft.head_name, &draft.inn]);
        index(tx, id, &before.name, &before.short_name, &remarks).await?;
        crate::shell::drafts::drop(tx, visit.actor(), &format!("organisation-{id}")).await?;
        Entry::new("update", KIND, id).fields(&changed(&before, &draft)).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Whose change stands there now.
async fn stale(visit: &Visit, now: &Organisation) -> Result<Fault, Fault> {
    let names = crate::people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now
        .updated_by
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}

/// The names of the fields in which they differ.
fn changed(o: &Organisation, d: &OrganisationDraft) -> Vec<&'static str> {
    let pairs = [
        ("kind", o.kind != d.kind),
        ("subkind", o.subkind != d.subkind),
        ("inn", o.inn != d.inn),
        ("kpp", o.kpp != d.kpp),
        ("ogrn", o.ogrn != d.ogrn),
        ("licence", o.licence != d.licence),
        ("address", o.address != d.address),
        ("coordinates", o.latitude != d.latitude || o.longitude != d.longitude),
        ("phones", o.phones != d.phones),
        ("email", o.email != d.email),
        ("site", o.site != d.site),
        ("head_name", o.head_name != d.head_name),
        ("about", o.about != d.about),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// Moves an organisation to another state along the table of `model`.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state` when the move is not
/// allowed, or somebody was quicker.
pub async fn move_to(visit: &Visit, once: &Once, id: OrganisationId, next: OrganisationState) -> Result<Done, Fault> {
    open(visit, id).await?;
    visit.viewer.demand(GOVERN, Some(id.0))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        step(tx, visit, id, next).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "state": next })))
    })
    .await
}

async fn step(tx: &mut Tx, visit: &Visit, id: OrganisationId, next: OrganisationState) -> Result<(), Fault> {
    let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?.state;
    let moved = now.may_become(next) && store::set_state(tx, id, now, next, visit.viewer.person, visit.now).await?;
    if !moved {
        let state = visit.lang.say(&kit::text::text_prefix!("organisation-state-", now.code()));
        return Err(Fault::conflict("state", Message::new("organisation-wrong-state").with("state", state)));
    }
    Entry::new(next.code(), KIND, id).fields(&["state"]).write(tx, visit).await
}

/// What the form of a reorganisation says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReorganisationForm {
    pub successor: String,
    pub on: String,
    pub reason: String,
}

/// The organisation goes over into another; its history stays with it.
///
/// # Errors
/// As [`move_to`]; [`Fault::Invalid`] for a successor that is not active, is the same, or a day in
/// the future.
pub async fn reorganise(
    visit: &Visit,
    once: &Once,
    id: OrganisationId,
    form: &ReorganisationForm,
) -> Result<Done, Fault> {
    open(visit, id).await?;
    visit.viewer.demand(GOVERN, Some(id.0))?;
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    let on = check.date("on", &form.on).unwrap_or(visit.today);
    let reason = check.optional("reason", &form.reason, 300);
    let successor = form.successor.parse::<OrganisationId>().ok();
    let known = match successor {
        Some(s) if s != id => find(&visit.net, s).await?.filter(|s| s.state == OrganisationState::Active),
        _ => None,
    };
    if known.is_none() {
        problems.add("successor", Message::new("organisation-no-successor"));
    }
    past(&mut problems, "on", on, visit.today);
    problems.into_result(())?;
    let Some(successor) = successor else { return Err(Fault::NotFound) };
    once.run(&visit.net, async |tx: &mut Tx| {
        step(tx, visit, id, OrganisationState::Reorganised).await?;
        store::put_successor(tx, id, successor, on, reason.as_deref()).await?;
        Ok(Done::changed(
            url(id),
            serde_json::json!({ "id": id, "state": OrganisationState::Reorganised, "successor": successor }),
        ))
    })
    .await
}

fn past(problems: &mut Problems, field: &'static str, day: NaiveDate, today: NaiveDate) {
    if day > today {
        problems.add(field, Message::new("form-not-after").with("date", today));
    }
}

/// What the form of a new name says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NameForm {
    pub name: String,
    pub short_name: String,
    pub from: String,
    pub reason: String,
}

/// Gives the organisation a name from a day on. Documents of earlier days keep the earlier name.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn rename(visit: &Visit, once: &Once, id: OrganisationId, form: &NameForm) -> Result<Done, Fault> {
    let before = open(visit, id).await?;
    visit.viewer.demand(GOVERN, Some(id.0))?;
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    let name = check.required("name", &form.name, 400);
    let short_name = check
        .optional("short_name", &form.short_name, 120)
        .unwrap_or_else(|| intake::values::organisation::short_name(&name));
    let reason = check.optional("reason", &form.reason, 300);
    let from = check.date("from", &form.from).unwrap_or(visit.today);
    past(&mut problems, "from", from, visit.today);
    problems.into_result(())?;
    let dated = DatedName { from, name, short_name, reason };
    let remarks = remarks([&before.address, &before.about, &before.head_name, &before.inn]);
    once.run(&visit.net, async |tx: &mut Tx| {
        store::put_name(tx, id, &dated).await?;
        let (name, short_name) = store::refresh_name(tx, id, visit.viewer.person, visit.now).await?;
        index(tx, id, &name, &short_name, &remarks).await?;
        Entry::new("rename", KIND, id).fields(&["name"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "name": name, "short_name": short_name })))
    })
    .await
}

/// Notes an earlier name of an organisation, for the demo and for imports of old registers.
///
/// # Errors
/// The database's.
pub async fn note_name(
    tx: &mut Tx,
    id: OrganisationId,
    from: NaiveDate,
    name: &str,
    short_name: &str,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let dated = DatedName { from, name: name.into(), short_name: short_name.into(), reason: reason.map(str::to_owned) };
    store::put_name(tx, id, &dated).await
}

/// Whether search knows every record.
async fn check(net: &kit::db::Net, _: chrono::DateTime<chrono::Utc>) -> Result<Vec<String>, Fault> {
    let lost = kit::search::lost(net, KIND, "organisation").await?;
    Ok(if lost == 0 { Vec::new() } else { vec![format!("{lost} organisations are not found by search")] })
}
