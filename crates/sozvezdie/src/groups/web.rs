//! Pages of groups: extract, call, answer.
use super::{
    Can, EDIT, Group, GroupForm, GroupId, LIST, SessionForm, SessionId, StateForm, add, change,
    form::RegisterForm,
    members::{self, JoinForm, PlaceForm},
    move_to, open, own,
    sessions::{self, CallOffForm},
    store, url, view,
};
use crate::{
    people,
    resources::{self, ResourceKind},
    shell::{drafts, search::Hit, trail},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::Cursor,
    fault::Conflict,
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
    text::list_url,
};
use maud::Markup;
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of a page of the list.
const PAGE: i64 = 100;
/// Rooms that a session's form offers.
const ROOMS: i64 = 200;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub kind: String,
    pub organisation: String,
    pub state: String,
    /// `yes`: only with a free place.
    pub free: String,
    /// `yes`: only those that the viewer leads.
    pub own: String,
    pub after: String,
}

impl Asked {
    /// Unknown codes filter nothing rather than everything away.
    pub fn filter(&self, visit: &Visit) -> store::Filter {
        store::Filter {
            q: tidy(&self.q.chars().take(200).collect::<String>()),
            kind: self.kind.parse().ok(),
            organisation: self.organisation.parse().ok(),
            state: self.state.parse().ok(),
            led_by: (self.own == "yes").then(|| visit.actor()),
            free: self.free == "yes",
        }
    }

    /// The same list with one thing changed; paging starts anew.
    pub fn with(&self, name: &str, value: &str) -> String {
        let pairs = vec![
            ("q", self.q.as_str()),
            ("kind", &self.kind),
            ("organisation", &self.organisation),
            ("state", &self.state),
            ("free", &self.free),
            ("own", &self.own),
        ];
        list_url(LIST, pairs, name, value)
    }

    pub fn is_filtered(&self) -> bool {
        [&self.q, &self.kind, &self.organisation, &self.state, &self.free].iter().any(|v| !v.trim().is_empty())
    }
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let page = view::List {
        slice: store::list(&visit.net, &asked.filter(&visit), cursor.as_ref(), PAGE).await?,
        holders: store::holders(&visit.net).await?,
        unmarked: sessions::waiting(&visit).await?,
    };
    Ok(view::list(&visit, &asked, &page))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Tab {
    tab: String,
}

pub async fn show(visit: Visit, Path(id): Path<GroupId>, Query(tab): Query<Tab>) -> Result<Markup, Fault> {
    let group = open(&visit, id).await?;
    if tab.tab == "history" && visit.viewer.reach(EDIT).covers(Some(group.organisation_id.0)) {
        let lines = kit::audit::history(&visit.net, super::KIND, id.0, 100).await?;
        let actors: Vec<Uuid> = lines.iter().filter_map(|l| l.actor).collect();
        return Ok(trail::panel(&visit, &lines, &people::names(&visit.net, &actors).await?));
    }
    record(&visit, group, &tab.tab, &Problems::default()).await
}

/// The record's page, with what was wrong with the file that was to be added.
pub async fn record(visit: &Visit, group: Group, tab: &str, problems: &Problems) -> Result<Markup, Fault> {
    let can = Can::of(visit, &group).await?;
    let page = view::record::Record {
        teachers: store::teachers(&visit.net, group.id).await?,
        members: if tab == "members" {
            members::list(visit, &group, can).await?
        } else {
            members::count(visit, &group).await?
        },
        sessions: store::sessions::of(&visit.net, group.id).await?,
        files: kit::files::of(&visit.net, super::KIND, group.id.0).await?,
        can,
        group,
    };
    Ok(view::record::page(visit, &page, tab, problems))
}

pub fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

async fn form(
    visit: &Visit,
    g: Option<&Group>,
    typed: &GroupForm,
    problems: &Problems,
    restored: bool,
) -> Result<Markup, Fault> {
    let organisations = own(visit).await?;
    let host = g.map(|g| g.organisation_id).or_else(|| organisations.first().map(|(id, _)| *id));
    let teachers = store::possible_teachers(&visit.net, visit.today, host).await?;
    let whole = g.is_none_or(|g| visit.viewer.reach(EDIT).covers(Some(g.organisation_id.0)));
    let choices = view::form::Choices { organisations, teachers };
    Ok(view::form::page(visit, g, whole, typed, &choices, problems, restored))
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft: Option<GroupForm> = drafts::find(&visit, "group-new").await?;
    let blank = || GroupForm { capacity: "12".into(), starts_on: visit.today.to_string(), ..GroupForm::default() };
    let typed = draft.clone().unwrap_or_else(blank);
    form(&visit, None, &typed, &Problems::default(), draft.is_some()).await
}

pub async fn create(visit: Visit, sent: Sent<GroupForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, "groups.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-group-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(form(&visit, None, &sent.data, &problems, false).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn edit(visit: Visit, Path(id): Path<GroupId>) -> Result<Markup, Fault> {
    let group = members::leader(&visit, id).await?;
    let now = GroupForm::of(&group, &store::teacher_ids(&visit.net, id).await?);
    let draft: Option<GroupForm> = drafts::find(&visit, &format!("group-{id}")).await?;
    form(&visit, Some(&group), draft.as_ref().unwrap_or(&now), &Problems::default(), draft.is_some()).await
}

pub async fn update(visit: Visit, Path(id): Path<GroupId>, sent: Sent<GroupForm>) -> Result<Response, Fault> {
    match change(&visit, &sent.once(&visit, &format!("groups.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-group-changed")),
        Err(Fault::Invalid(problems)) => {
            let group = open(&visit, id).await?;
            Ok(mend(form(&visit, Some(&group), &sent.data, &problems, false).await?))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            // What was typed stays; saved again, it stands instead of theirs.
            let group = open(&visit, id).await?;
            let mine = GroupForm { version: group.version.to_string(), ..sent.data.clone() };
            let page =
                form(&visit, Some(&group), &mine, &Problems::one("body", conflict.message.clone()), false).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn change_state(visit: Visit, Path(id): Path<GroupId>, sent: Sent<StateForm>) -> Result<Response, Fault> {
    Ok(go(
        &move_to(&visit, &sent.once(&visit, &format!("groups.state {id}")), id, &sent.data).await?,
        "done-group-changed",
    ))
}

pub async fn new_member(visit: Visit, Path(id): Path<GroupId>, Query(typed): Query<JoinForm>) -> Result<Markup, Fault> {
    member_page(&visit, id, &typed, &Problems::default()).await
}

async fn member_page(visit: &Visit, id: GroupId, typed: &JoinForm, problems: &Problems) -> Result<Markup, Fault> {
    let group = open(visit, id).await?;
    let can = Can::of(visit, &group).await?;
    Can::demand(can.send, super::SEND)?;
    let found = members::to_bring(visit, can, &typed.q).await?;
    Ok(view::members::page(visit, &group, &found, typed, problems))
}

pub async fn join(visit: Visit, Path(id): Path<GroupId>, sent: Sent<JoinForm>) -> Result<Response, Fault> {
    match members::join(&visit, &sent.once(&visit, &format!("groups.join {id}")), id, &sent.data).await {
        Ok(done) => Ok(to_members(done, id, "done-group-joined")),
        Err(Fault::Invalid(problems)) => Ok(mend(member_page(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

fn to_members(mut done: kit::once::Done, id: GroupId, flash: &'static str) -> Response {
    done.location = Some(format!("{}?tab=members", url(id)));
    go(&done, flash)
}

pub async fn admit(visit: Visit, Path(id): Path<GroupId>, sent: Sent<PlaceForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("groups.admit {id}"));
    Ok(to_members(members::admit(&visit, &once, id, &sent.data).await?, id, "done-group-admitted"))
}

pub async fn leave(visit: Visit, Path(id): Path<GroupId>, sent: Sent<PlaceForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("groups.leave {id}"));
    Ok(to_members(members::leave(&visit, &once, id, &sent.data).await?, id, "done-group-left"))
}

pub async fn new_session(visit: Visit, Path(id): Path<GroupId>) -> Result<Markup, Fault> {
    let group = members::leader(&visit, id).await?;
    let blank =
        SessionForm { on: visit.today.to_string(), from: "15:00".into(), to: "16:30".into(), ..SessionForm::default() };
    session_form(&visit, &group, &blank, &Problems::default(), None).await
}

async fn session_form(
    visit: &Visit,
    g: &Group,
    typed: &SessionForm,
    problems: &Problems,
    conflict: Option<&Conflict>,
) -> Result<Markup, Fault> {
    let asked =
        resources::Asked { class: "technological".into(), state: "published".into(), ..resources::Asked::default() };
    let mut rooms = resources::list(visit, &asked, None, ROOMS).await?.items;
    // A bus and a kit are no place to meet.
    rooms.retain(|r| !matches!(r.kind, ResourceKind::Equipment | ResourceKind::Transport));
    // The own rooms first: nobody has to be asked for them.
    rooms.sort_by_key(|r| r.owner.0 != g.organisation_id);
    Ok(view::session::form(visit, g, &rooms, typed, problems, conflict))
}

pub async fn plan(visit: Visit, Path(id): Path<GroupId>, sent: Sent<SessionForm>) -> Result<Response, Fault> {
    match sessions::plan(&visit, &sent.once(&visit, &format!("groups.plan {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-group-planned")),
        Err(Fault::Invalid(problems)) => {
            let group = open(&visit, id).await?;
            Ok(mend(session_form(&visit, &group, &sent.data, &problems, None).await?))
        }
        Err(Fault::Conflict(conflict)) if matches!(conflict.code.as_ref(), "taken" | "not-offered") => {
            let group = open(&visit, id).await?;
            let page = session_form(&visit, &group, &sent.data, &Problems::default(), Some(&conflict)).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn session(visit: Visit, Path(id): Path<SessionId>) -> Result<Markup, Fault> {
    session_page(&visit, id, &RegisterForm::default(), &Problems::default()).await
}

async fn session_page(
    visit: &Visit,
    id: SessionId,
    typed: &RegisterForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let (group, session, can) = sessions::open_session(visit, id).await?;
    let corrections = store::sessions::corrections(&visit.net, id).await?;
    let actors: Vec<Uuid> = corrections.iter().filter_map(|c| c.by).collect();
    let page = view::session::Shown {
        members: sessions::expected(visit, &group, &session).await?,
        marks: store::sessions::marks(&visit.net, id).await?.into_iter().collect(),
        names: people::names(&visit.net, &actors).await?,
        corrections,
        group,
        session,
        can,
    };
    Ok(view::session::page(visit, &page, typed, problems))
}

pub async fn keep(
    visit: Visit,
    Path(id): Path<SessionId>,
    sent: Sent<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let form = RegisterForm::of_page(&sent.data);
    match sessions::keep(&visit, &sent.once(&visit, &format!("groups.keep {id}")), id, &form).await {
        Ok(done) => Ok(go(&done, "done-group-register")),
        Err(Fault::Invalid(problems)) => Ok(mend(session_page(&visit, id, &form, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn call_off(visit: Visit, Path(id): Path<SessionId>, sent: Sent<CallOffForm>) -> Result<Response, Fault> {
    match sessions::call_off(&visit, &sent.once(&visit, &format!("groups.call-off {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-group-called-off")),
        Err(Fault::Invalid(problems)) => Ok(mend(session_page(&visit, id, &RegisterForm::default(), &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// Found groups as lines of the search.
pub async fn hits(visit: &Visit, ids: Vec<Uuid>) -> Result<Vec<Hit>, Fault> {
    let found = store::find_all(&visit.net, &ids).await?;
    Ok(found
        .into_iter()
        .map(|g| Hit {
            id: g.id.0,
            href: url(g.id),
            note: format!("{}, {}", view::kind_words(visit.lang, g.kind), g.organisation_name),
            title: g.title,
        })
        .collect())
}
