//! Accounts and roles: who may come in, and as whom. The system administrator's page; a role that
//! is taken away ends the person's sessions at once.
//!
//! A new password is shown once and stored nowhere but as its hash, so issuing one is the only
//! change without an idempotency key: its answer must not be kept.
mod api;
mod model;
mod store;
mod view;
mod web;

use crate::{
    notifications::{self, Kind, News, To},
    people::{self, PersonId},
    shell::Slice,
};
use kit::{
    Fault, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    routes::Routes,
    session,
    text::Message,
};
use model::{EntryForm, PersonForm, RoleForm};
use uuid::Uuid;

pub const GOVERN: Permission = Permission("people.govern");

/// The list's address.
pub const LIST: &str = "/people";

/// A record's address.
pub fn url(id: PersonId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/people", GOVERN, web::list)
        .post("/people", GOVERN, web::create)
        .get("/people/new", GOVERN, web::new)
        .get("/people/{id}", GOVERN, web::show)
        .post("/people/{id}/roles", GOVERN, web::grant)
        .post("/people/{id}/roles/{grant}/removal", GOVERN, web::revoke)
        .post("/people/{id}/entry", GOVERN, web::let_in)
        .post("/people/{id}/password", GOVERN, web::issue_password)
        .post("/people/{id}/second-factor/removal", GOVERN, web::reset_factor)
        .post("/people/{id}/sessions/removal", GOVERN, web::end_sessions)
        .post("/people/{id}/closing", GOVERN, web::close)
        .post("/people/{id}/opening", GOVERN, web::open)
        .get("/api/v1/people", GOVERN, api::list)
        .post("/api/v1/people", GOVERN, api::create)
        .post("/api/v1/people/{id}/roles", GOVERN, api::grant)
        .post("/api/v1/people/{id}/roles/{grant}/removal", GOVERN, api::revoke);
    Slice::new("accounts", routes).described(api::document())
}

/// Adds a person with a role and an account that nobody can open yet: a password is issued after.
///
/// # Errors
/// [`Fault::Forbidden`]; [`Fault::Invalid`], also when the address has an account already.
pub async fn add(visit: &Visit, once: &Once, form: &PersonForm) -> Result<Done, Fault> {
    visit.viewer.demand(GOVERN, None)?;
    let (draft, post) = form.check()?;
    let email = draft.email.clone().unwrap_or_default();
    let name = draft.name.address();
    let taken = session::find_login(&visit.directory, &email).await?;
    let done = once
        .run(&visit.net, async |tx: &mut Tx| {
            if taken.is_some() {
                return Err(taken_address());
            }
            let id = people::add(tx, visit, &draft).await?;
            people::grant(tx, visit, id, post.role, post.organisation).await?;
            Ok(Done::created(url(id), serde_json::json!({ "id": id })))
        })
        .await?;
    // The directory is another transaction: repeating this is harmless, the address decides.
    let person = done.body.as_ref().and_then(|b| b.get("id")).and_then(|v| v.as_str()).and_then(|id| id.parse().ok());
    let new = session::NewLogin {
        id: visit.new_id(),
        network: visit.net.id().0,
        person: person.unwrap_or_default(),
        email: &email,
        name: &name,
        password: "",
        password_until: None,
    };
    // Somebody else may have taken the address meanwhile: the person is here and gets an account by another.
    if !session::add_login(&visit.directory, &new, visit.now).await?
        && store::login(&visit.directory, visit.net.id(), PersonId(new.person)).await?.is_none()
    {
        return Err(taken_address());
    }
    Ok(done)
}

/// Opens an account for somebody who is known here without one: a guardian whom the school named, a
/// learner, a colleague whom a deputy wrote down. Nobody can open it yet: a password is issued after.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Invalid`], also when the address has an account
/// already; [`Fault::Conflict`] when the person has one.
pub async fn let_in(visit: &Visit, once: &Once, id: PersonId, form: &EntryForm) -> Result<Done, Fault> {
    let person = find(visit, id).await?;
    visit.viewer.demand(GOVERN, None)?;
    let bad = || Fault::field("email", Message::new("account-bad-email"));
    let email = intake::values::contact::email(&form.email).ok_or_else(bad)?;
    let has_one = store::login(&visit.directory, visit.net.id(), id).await?.is_some();
    // The directory is another transaction: the address is claimed there first, and only one claim wins.
    let new = session::NewLogin {
        id: visit.new_id(),
        network: visit.net.id().0,
        person: id.0,
        email: &email,
        name: &person.name().address(),
        password: "",
        password_until: None,
    };
    let is_claimed = !has_one && session::add_login(&visit.directory, &new, visit.now).await?;
    let outcome = once
        .run(&visit.net, async |tx: &mut Tx| {
            if has_one {
                return Err(Fault::conflict("entry", Message::new("account-has-entry")));
            }
            if !is_claimed {
                return Err(taken_address());
            }
            store::put_email(tx, id, &email, visit.now).await?;
            Entry::new("let_in", "person", id).fields(&["email"]).write(tx, visit).await?;
            Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
        })
        .await;
    if is_claimed && outcome.is_err() {
        store::drop_login(&visit.directory, new.id).await?;
    }
    outcome
}

fn taken_address() -> Fault {
    Fault::field("email", Message::new("account-email-taken"))
}

/// The person, if they have or had a role here.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn find(visit: &Visit, id: PersonId) -> Result<model::Listed, Fault> {
    store::find(&visit.net, id).await?.ok_or(Fault::NotFound)
}

/// Gives a role from today on. The person signs in again.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn grant(visit: &Visit, once: &Once, id: PersonId, form: &RoleForm) -> Result<Done, Fault> {
    find(visit, id).await?;
    visit.viewer.demand(GOVERN, None)?;
    let mut problems = kit::form::Problems::default();
    let Some(post) = form.check(&mut problems) else { return Err(Fault::Invalid(problems)) };
    let done = once
        .run(&visit.net, async |tx: &mut Tx| {
            people::grant(tx, visit, id, post.role, post.organisation).await?;
            let news = News {
                kind: Kind::Role,
                bunch: format!("{}:{}", Kind::Role.code(), visit.new_id()),
                record: id.0,
                link: "/account".into(),
                subject: post.role.code().into(),
                other: post.organisation,
                starts_at: None,
            };
            notifications::tell(tx, visit, &To::Person(id.0), &[news]).await?;
            Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
        })
        .await?;
    // Rights change, the key changes: a session that was stolen before gains nothing.
    if visit.viewer.person != Some(id.0) {
        session::close_all(&visit.directory, visit.net.id().0, id.0).await?;
    }
    Ok(done)
}

/// Takes a role away and ends the person's sessions, so that nothing stays open.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] for one's own last way in.
pub async fn revoke(visit: &Visit, once: &Once, id: PersonId, grant: Uuid) -> Result<Done, Fault> {
    find(visit, id).await?;
    visit.viewer.demand(GOVERN, None)?;
    not_own(visit, id)?;
    let done = once
        .run(&visit.net, async |tx: &mut Tx| {
            if !store::end_grant(tx, id, grant, visit.today).await? {
                return Err(Fault::NotFound);
            }
            Entry::new("revoke", "person", id).write(tx, visit).await?;
            Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
        })
        .await?;
    session::close_all(&visit.directory, visit.net.id().0, id.0).await?;
    Ok(done)
}

/// A new password, to be told to the person. Every session of theirs ends.
///
/// # Errors
/// [`Fault::NotFound`] when there is no account, [`Fault::Forbidden`].
pub async fn issue_password(visit: &Visit, id: PersonId) -> Result<String, Fault> {
    find(visit, id).await?;
    visit.viewer.demand(GOVERN, None)?;
    let login = store::login(&visit.directory, visit.net.id(), id).await?.ok_or(Fault::NotFound)?;
    let secret = kit::password::issue();
    let hashed = {
        let secret = secret.clone();
        tokio::task::spawn_blocking(move || kit::password::hash(&secret)).await.map_err(anyhow::Error::from)??
    };
    visit.net.transact(async |tx: &mut Tx| Entry::new("password", "person", id).write(tx, visit).await).await?;
    let until = visit.now + kit::password::ISSUED;
    session::set_password(&visit.directory, login, &hashed, Some(until)).await?;
    Ok(secret)
}

/// Takes the second factor away from somebody who has lost the telephone and the recovery codes.
/// Every session of theirs ends; where the factor is obligatory they set it up anew when they come in.
///
/// # Errors
/// [`Fault::NotFound`] without an account, [`Fault::Forbidden`]; [`Fault::Conflict`] for one's own.
pub async fn reset_factor(visit: &Visit, id: PersonId) -> Result<Done, Fault> {
    find(visit, id).await?;
    visit.viewer.demand(GOVERN, None)?;
    not_own(visit, id)?;
    let login = store::login(&visit.directory, visit.net.id(), id).await?.ok_or(Fault::NotFound)?;
    visit.net.transact(async |tx: &mut Tx| Entry::new("reset_factor", "person", id).write(tx, visit).await).await?;
    session::set_totp(&visit.directory, login, None, &[]).await?;
    Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
}

/// Ends one session of a person, or all (`name` is empty).
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn end_sessions(visit: &Visit, id: PersonId, name: &str) -> Result<Done, Fault> {
    find(visit, id).await?;
    visit.viewer.demand(GOVERN, None)?;
    let is_meant = |found: &str| name.is_empty() || found == name;
    let opened = session::opened(&visit.directory, visit.net.id().0, id.0, visit.now).await?;
    if !name.is_empty() && !opened.iter().any(|s| is_meant(&s.name())) {
        return Err(Fault::NotFound);
    }
    visit.net.transact(async |tx: &mut Tx| Entry::new("end_sessions", "person", id).write(tx, visit).await).await?;
    session::close_named(&visit.directory, visit.net.id().0, id.0, is_meant).await?;
    Ok(Done::changed(url(id), serde_json::json!({ "id": id })))
}

/// Nobody shuts the door behind themselves by mistake, and nobody helps themselves.
fn not_own(visit: &Visit, id: PersonId) -> Result<(), Fault> {
    if visit.viewer.person == Some(id.0) {
        return Err(Fault::conflict("own-role", Message::new("account-own-role")));
    }
    Ok(())
}

/// Closes an account (its sessions end) or opens it again.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] for one's own account.
pub async fn set_closed(visit: &Visit, once: &Once, id: PersonId, closed: bool) -> Result<Done, Fault> {
    find(visit, id).await?;
    visit.viewer.demand(GOVERN, None)?;
    not_own(visit, id)?;
    let done = once
        .run(&visit.net, async |tx: &mut Tx| {
            Entry::new(if closed { "close" } else { "open" }, "person", id).write(tx, visit).await?;
            Ok(Done::changed(url(id), serde_json::json!({ "id": id, "closed": closed })))
        })
        .await?;
    if !store::set_disabled(&visit.directory, visit.net.id(), id, closed).await? {
        return Err(Fault::NotFound);
    }
    if closed {
        session::close_all(&visit.directory, visit.net.id().0, id.0).await?;
    }
    Ok(done)
}
