//! Pages of accounts.
use super::{
    GOVERN, LIST, find, grant as give, issue_password as issue,
    model::{EntryForm, PersonForm, RoleForm},
    revoke as take_away, set_closed, store, view,
};
use crate::{
    organisations::{self, Listed},
    people::PersonId,
    shell::account::EndForm,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::Cursor,
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
    session,
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// Rows of a page of the list.
const PAGE: i64 = 100;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub after: String,
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let slice = store::list(&visit.net, tidy(&asked.q).as_deref(), cursor.as_ref(), PAGE).await?;
    let ids: Vec<PersonId> = slice.items.iter().map(|p| p.id).collect();
    let held = store::held(&visit.net, &ids).await?;
    let logins = store::logins(&visit.directory, visit.net.id(), &ids).await?;
    Ok(view::list(&visit, &asked, &slice, &held, &logins))
}

async fn organisations(visit: &Visit) -> Result<Vec<Listed>, Fault> {
    organisations::active(&visit.net).await
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    Ok(view::new(&visit, &organisations(&visit).await?, &PersonForm::default(), &Problems::default()))
}

pub async fn create(visit: Visit, sent: Sent<PersonForm>) -> Result<Response, Fault> {
    match super::add(&visit, &sent.once(&visit, "accounts.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-account-added")),
        Err(Fault::Invalid(problems)) => {
            let page = view::new(&visit, &organisations(&visit).await?, &sent.data, &problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn page(
    visit: &Visit,
    id: PersonId,
    form: &RoleForm,
    problems: &Problems,
    secret: Option<&str>,
) -> Result<Markup, Fault> {
    let record = whole(visit, id).await?;
    Ok(view::record(visit, &record, form, problems, secret))
}

/// Everything that a record's page shows.
async fn whole(visit: &Visit, id: PersonId) -> Result<view::Record, Fault> {
    let person = find(visit, id).await?;
    visit.viewer.demand(GOVERN, None)?;
    Ok(view::Record {
        held: store::held(&visit.net, &[id]).await?,
        open: store::logins(&visit.directory, visit.net.id(), &[id]).await?.get(&id.0).copied(),
        has_factor: store::has_factor(&visit.directory, visit.net.id(), id).await?,
        sessions: session::opened(&visit.directory, visit.net.id().0, id.0, visit.now).await?,
        organisations: organisations(visit).await?,
        entry: EntryForm { email: person.email.clone().unwrap_or_default() },
        person,
    })
}

pub async fn show(visit: Visit, Path(id): Path<PersonId>) -> Result<Markup, Fault> {
    page(&visit, id, &RoleForm::default(), &Problems::default(), None).await
}

pub async fn grant(visit: Visit, Path(id): Path<PersonId>, sent: Sent<RoleForm>) -> Result<Response, Fault> {
    match give(&visit, &sent.once(&visit, &format!("accounts.grant {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-account-role")),
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visit, id, &sent.data, &problems, None).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn revoke(
    visit: Visit,
    Path((id, grant)): Path<(PersonId, Uuid)>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("accounts.revoke {grant}"));
    Ok(go(&take_away(&visit, &once, id, grant).await?, "done-account-role-taken"))
}

pub async fn let_in(visit: Visit, Path(id): Path<PersonId>, sent: Sent<EntryForm>) -> Result<Response, Fault> {
    match super::let_in(&visit, &sent.once(&visit, &format!("accounts.entry {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-account-entry")),
        Err(Fault::Invalid(problems)) => {
            let record = view::Record { entry: sent.data.clone(), ..whole(&visit, id).await? };
            let page = view::record(&visit, &record, &RoleForm::default(), &problems, None);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// The one page that shows a password, and shows it once.
pub async fn issue_password(visit: Visit, Path(id): Path<PersonId>) -> Result<Markup, Fault> {
    let secret = issue(&visit, id).await?;
    page(&visit, id, &RoleForm::default(), &Problems::default(), Some(&secret)).await
}

/// Not through [`kit::once::Once`]: done twice, it is done.
pub async fn reset_factor(visit: Visit, Path(id): Path<PersonId>) -> Result<Response, Fault> {
    Ok(go(&super::reset_factor(&visit, id).await?, "done-account-factor-reset"))
}

pub async fn end_sessions(visit: Visit, Path(id): Path<PersonId>, sent: Sent<EndForm>) -> Result<Response, Fault> {
    Ok(go(&super::end_sessions(&visit, id, &sent.data.session).await?, "done-sessions"))
}

pub async fn close(visit: Visit, Path(id): Path<PersonId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("accounts.close {id}"));
    Ok(go(&set_closed(&visit, &once, id, true).await?, "done-account-closed"))
}

pub async fn open(visit: Visit, Path(id): Path<PersonId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("accounts.open {id}"));
    Ok(go(&set_closed(&visit, &once, id, false).await?, "done-account-opened"))
}

/// The list's own address, for links of views.
pub const BASE: &str = LIST;
