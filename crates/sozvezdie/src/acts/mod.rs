//! Normative acts: orders, regulations, concepts, plans, protocols, agreements, letters.
//!
//! What the network stands on. An act may approve, replace, repeal or amend others, and whether it
//! is in force follows from its days and theirs. Number, day and issuer name no single act: order
//! 1017 of 2010 both created the Centre and approved its Concept. The program shows such namesakes
//! and forbids nothing.
mod api;
mod export;
mod files;
mod form;
mod model;
mod record;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use model::{Act, ActDraft, ActForm, ActId, ActState, Kind, Linked, Relation};
pub use view::reference;

use crate::{
    organisations::{self, OrganisationId},
    shell::{Slice, drafts, search, tie},
};
use kit::{
    Fault, Lang, Visit,
    access::{Permission, Reach},
    audit::Entry,
    db::Tx,
    files::FileId,
    once::{Done, Once},
    routes::Routes,
    text::{Message, text_key, text_prefix},
};
use serde::{Deserialize, Serialize};

pub const VIEW: Permission = Permission("acts.view");
/// Acts of the own organisation; in the whole network also the network's own.
pub const EDIT: Permission = Permission("acts.edit");

/// The kind of record in search, audit and files.
pub const KIND: &str = "act";

/// The list's address.
pub const LIST: &str = "/acts";

/// Files of one act at most.
pub const FILES: i64 = 30;

/// A record's address.
pub fn url(id: ActId) -> String {
    format!("{LIST}/{id}")
}

/// The list of the acts of one organisation and about it.
pub fn list_of(organisation: OrganisationId) -> String {
    format!("{LIST}?organisation={organisation}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/acts", VIEW, web::list)
        .post("/acts", EDIT, web::create)
        .get("/acts/new", EDIT, web::new)
        .get("/acts/export.xlsx", VIEW, export::xlsx)
        .get("/acts/export.csv", VIEW, export::csv)
        .get("/acts/files/{id}", VIEW, files::download)
        .get("/acts/{id}", VIEW, web::show)
        .post("/acts/{id}", EDIT, web::update)
        .get("/acts/{id}/edit", EDIT, web::edit)
        .post("/acts/{id}/archiving", EDIT, web::archive)
        .post("/acts/{id}/restoration", EDIT, web::restore)
        .get("/acts/{id}/links/new", EDIT, web::new_link)
        .post("/acts/{id}/links", EDIT, web::link)
        .post("/acts/{id}/links/removal", EDIT, web::unlink)
        .post("/acts/{id}/files", EDIT, files::upload)
        .post("/acts/{id}/files/removal", EDIT, files::remove)
        .get("/api/v1/acts", VIEW, api::list)
        .post("/api/v1/acts", EDIT, api::create)
        .get("/api/v1/acts/files/{id}", VIEW, files::download)
        .get("/api/v1/acts/{id}", VIEW, api::show)
        .patch("/api/v1/acts/{id}", EDIT, api::update)
        .post("/api/v1/acts/{id}/links", EDIT, api::link)
        .post("/api/v1/acts/{id}/files", EDIT, api::upload);
    let source = search::Source {
        kind: KIND,
        title: "nav-acts",
        icon: "file-text",
        needs: VIEW,
        resolve: |visit, ids| Box::pin(web::hits(visit, ids)),
    };
    let tab = tie::Tie {
        of: organisations::KIND,
        code: "acts",
        title: text_key("nav-acts"),
        rank: 40,
        may: |visit, _| visit.viewer.may(VIEW),
        show: |visit, id, _| Box::pin(web::of_organisation(visit, OrganisationId(id))),
    };
    Slice::new("acts", routes)
        .found_by(source)
        .tied(tab)
        .described(api::document())
        .checked(|net, now| Box::pin(check(net, now)))
}

/// The latest acts of an organisation and about it.
///
/// # Errors
/// The database's.
pub async fn of_organisation(visit: &Visit, organisation: OrganisationId, limit: i64) -> Result<Vec<Act>, Fault> {
    let filter = store::Filter { organisation: Some(organisation), ..web::Asked::default().filter(visit) };
    Ok(store::list(&visit.net, &filter, None, limit).await?.items)
}

/// An act and those that it stands in a tie with, for the pages of what it founded.
///
/// # Errors
/// The database's.
pub async fn with_linked(visit: &Visit, id: ActId) -> Result<Vec<Act>, Fault> {
    let Some(act) = store::find(&visit.net, id).await?.filter(|a| may_be_seen(visit, a)) else { return Ok(Vec::new()) };
    let linked = store::links(&visit.net, id).await?.into_iter().map(|l| l.act);
    Ok(std::iter::once(act).chain(linked.filter(|a| may_be_seen(visit, a))).collect())
}

/// The latest acts of the network, for forms that name one.
///
/// # Errors
/// The database's.
pub async fn latest(visit: &Visit, limit: i64) -> Result<Vec<Act>, Fault> {
    Ok(store::list(&visit.net, &web::Asked::default().filter(visit), None, limit).await?.items)
}

/// The record, if this viewer may see it. What stands in the archive is seen by those who may edit it.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: ActId) -> Result<Act, Fault> {
    let found = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    may_be_seen(visit, &found).then_some(found).ok_or(Fault::NotFound)
}

fn may_be_seen(visit: &Visit, a: &Act) -> bool {
    !a.archived || visit.viewer.reach(EDIT).covers(a.owner())
}

/// The record, for who may edit it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn open_to_edit(visit: &Visit, id: ActId) -> Result<Act, Fault> {
    let act = open(visit, id).await?;
    visit.viewer.demand(EDIT, act.owner())?;
    Ok(act)
}

/// What the form says, with the owner that goes without saying: who may write for one organisation
/// only, writes for it. Organisations that are not there are a field to mend.
async fn checked(visit: &Visit, form: &ActForm) -> Result<ActDraft, Fault> {
    let mut draft = form.check()?;
    if let (None, Reach::Organisations(own)) = (draft.owner, visit.viewer.reach(EDIT))
        && let [only] = own.as_slice()
    {
        draft.owner = Some(OrganisationId(*only));
    }
    visit.viewer.demand(EDIT, draft.owner.map(|id| id.0))?;
    for (field, ids) in [("owner", draft.owner.as_slice()), ("organisations", draft.organisations.as_slice())] {
        for id in ids {
            organisations::open(visit, *id).await.map_err(|fault| match fault {
                Fault::NotFound => Fault::field(field, Message::new("form-choose")),
                other => other,
            })?;
        }
    }
    Ok(draft)
}

/// Adds an act.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, form: &ActForm) -> Result<Done, Fault> {
    let draft = checked(visit, form).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = insert(tx, visit, &draft).await?;
        drafts::drop(tx, visit.actor(), "act-new").await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Writes a new act with its search terms and its audit line. For [`add`], imports and the demo.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &mut Tx, visit: &Visit, draft: &ActDraft) -> Result<ActId, Fault> {
    let id = ActId(visit.new_id());
    store::insert(tx, id, draft, visit.viewer.person, visit.now).await?;
    index(tx, id, draft).await?;
    Entry::new("create", KIND, id).write(tx, visit).await?;
    Ok(id)
}

async fn index(tx: &mut Tx, id: ActId, d: &ActDraft) -> Result<(), Fault> {
    let kind = Lang::Ru.say(&text_prefix!("act-kind-", d.kind.code()));
    let name = format!("{kind} {}", d.number.as_deref().unwrap_or_default());
    let rest = format!("{} {}", d.issuer, d.note.as_deref().unwrap_or_default());
    kit::search::index(tx, KIND, id.0, &[(&d.title, 10), (&name, 8), (&rest, 2)]).await
}

/// Changes an act.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`
/// naming whoever saved in between.
pub async fn change(visit: &Visit, once: &Once, id: ActId, form: &ActForm) -> Result<Done, Fault> {
    let before = open_to_edit(visit, id).await?;
    let organisations = store::organisations(&visit.net, id).await?;
    let draft = checked(visit, form).await?;
    let version = kit::form::version(&form.version, before.version)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await? {
            let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
            return Err(stale(visit, &now).await?);
        }
        // Those that it replaces are replaced from its first day on.
        store::tell_targets(tx, id, None).await?;
        index(tx, id, &draft).await?;
        drafts::drop(tx, visit.actor(), &format!("act-{id}")).await?;
        Entry::new("update", KIND, id).fields(&changed(&before, &organisations, &draft)).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Whose change stands there now.
async fn stale(visit: &Visit, now: &Act) -> Result<Fault, Fault> {
    let names = crate::people::names(&visit.net, now.updated_by.as_slice()).await?;
    let who = now
        .updated_by
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_else(|| visit.lang.say("somebody").into_owned());
    let when = visit.lang.moment(now.updated_at, chrono::Datelike::year(&visit.today));
    Ok(Fault::conflict("stale", Message::new("form-stale").with("who", who).with("when", when)))
}

/// The names of the fields in which they differ.
fn changed(a: &Act, about: &[OrganisationId], d: &ActDraft) -> Vec<&'static str> {
    let mut organisations = d.organisations.clone();
    organisations.sort_unstable();
    organisations.dedup();
    let pairs = [
        ("kind", a.kind != d.kind),
        ("number", a.number != d.number),
        ("issued_on", a.issued_on != d.issued_on),
        ("issuer", a.issuer != d.issuer),
        ("title", a.title != d.title),
        ("note", a.note != d.note),
        ("owner", a.organisation_id != d.owner),
        ("effective_from", a.effective_from != d.effective_from),
        ("effective_until", a.effective_until != d.effective_until),
        ("organisations", about != organisations),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// Puts an act into the archive, or takes it out. What it did to others is undone and done again.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state` when it stands there already.
pub async fn set_archived(visit: &Visit, once: &Once, id: ActId, archived: bool) -> Result<Done, Fault> {
    open_to_edit(visit, id).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::set_archived(tx, id, archived, visit.viewer.person, visit.now).await? {
            return Err(Fault::conflict("state", Message::new("act-archived-already")));
        }
        store::tell_targets(tx, id, None).await?;
        Entry::new(if archived { "archive" } else { "restore" }, KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "archived": archived })))
    })
    .await
}

/// What the form of a link says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct LinkForm {
    pub target: String,
    pub relation: String,
    /// What was looked for; the page shows the same again.
    pub q: String,
}

/// Notes what this act does to another. Both must be the viewer's to edit: no school repeals an
/// order of the department.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn link(visit: &Visit, once: &Once, id: ActId, form: &LinkForm) -> Result<Done, Fault> {
    let source = open_to_edit(visit, id).await?;
    let relation: Relation =
        form.relation.parse().map_err(|_| Fault::field("relation", Message::new("form-choose")))?;
    let no_target = || Fault::field("target", Message::new("act-link-choose"));
    let target = open(visit, form.target.parse().map_err(|_| no_target())?).await.map_err(|fault| match fault {
        Fault::NotFound => no_target(),
        other => other,
    })?;
    if !visit.viewer.reach(EDIT).covers(target.owner()) {
        return Err(Fault::field("target", Message::new("act-link-not-yours")));
    }
    model::may_link(&source, &target, relation).map_err(|message| Fault::field("target", message))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        insert_link(tx, visit, id, target.id, relation).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "target": target.id, "relation": relation })))
    })
    .await
}

/// Writes a link with its audit line. For [`link`] and the demo.
///
/// # Errors
/// [`Fault::Invalid`] when it is there already.
pub async fn insert_link(
    tx: &mut Tx,
    visit: &Visit,
    source: ActId,
    target: ActId,
    relation: Relation,
) -> Result<(), Fault> {
    if !store::put_link(tx, source, target, relation).await? {
        return Err(Fault::field("target", Message::new("act-link-there")));
    }
    store::tell_targets(tx, source, None).await?;
    Entry::new("link", KIND, source).fields(&[relation.code()]).write(tx, visit).await
}

/// Takes a link back.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Invalid`] when there is none any more.
pub async fn unlink(visit: &Visit, once: &Once, id: ActId, form: &LinkForm) -> Result<Done, Fault> {
    open_to_edit(visit, id).await?;
    let gone = || Fault::field("target", Message::new("act-link-gone"));
    let target: ActId = form.target.parse().map_err(|_| gone())?;
    let relation: Relation = form.relation.parse().map_err(|_| gone())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::drop_link(tx, id, target, relation).await? {
            return Err(gone());
        }
        store::tell_targets(tx, id, Some(target)).await?;
        Entry::new("unlink", KIND, id).fields(&[relation.code()]).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Gives an act a file that has come in.
///
/// # Errors
/// [`Fault::Invalid`] when the act has it already, or too many.
pub async fn attach(visit: &Visit, once: &Once, id: ActId, file: &kit::files::Settled) -> Result<Done, Fault> {
    once.run(&visit.net, async |tx: &mut Tx| {
        let file_id = kit::files::attach(tx, visit, file, KIND, id.0).await?;
        if kit::files::count(tx, KIND, id.0).await? > FILES {
            return Err(Fault::field("file", Message::new("act-too-many-files").with("limit", FILES)));
        }
        Entry::new("attach", KIND, id).write(tx, visit).await?;
        let body = serde_json::json!({ "id": file_id, "name": file.name, "media": file.media, "size": file.size });
        Ok(Done::created(url(id), body))
    })
    .await
}

/// Takes a file from an act.
///
/// # Errors
/// [`Fault::Invalid`] when it is gone already.
pub async fn detach(visit: &Visit, once: &Once, id: ActId, file: Option<FileId>) -> Result<Done, Fault> {
    let gone = || Fault::field("file", Message::new("act-file-gone"));
    once.run(&visit.net, async |tx: &mut Tx| {
        if !kit::files::detach(tx, visit, KIND, id.0, file.ok_or_else(gone)?).await? {
            return Err(gone());
        }
        Entry::new("detach", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Whether search knows every record.
async fn check(net: &kit::db::Net, _: chrono::DateTime<chrono::Utc>) -> Result<Vec<String>, Fault> {
    let lost = kit::search::lost(net, KIND, "act").await?;
    Ok(if lost == 0 { Vec::new() } else { vec![format!("{lost} acts are not found by search")] })
}
