//! Pages of societies: extract, call, answer.
use super::{
    Can, EDIT, FellowForm, JoinForm, LEAD, MeetingForm, MeetingId, SectionForm, Society, SocietyForm, SocietyId, add,
    add_meeting, change, change_meeting, fellows, open, open_meeting, open_to_edit, open_to_lead, protocol::paper,
    store, url, view,
};
use crate::{
    groups,
    organisations::{self, OrganisationId},
    papers,
    shell::{drafts, search::Hit},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

pub async fn list(visit: Visit) -> Result<Markup, Fault> {
    Ok(view::list(&visit, &store::all(&visit.net).await?))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Tab {
    tab: String,
    /// The section that is to be changed.
    section: String,
}

pub async fn show(visit: Visit, Path(id): Path<SocietyId>, Query(tab): Query<Tab>) -> Result<Markup, Fault> {
    let society = open(&visit, id).await?;
    let sections = store::sections(&visit.net, id).await?;
    let meant = sections.iter().find(|c| c.id.to_string() == tab.section);
    let typed = meant.map(SectionForm::of).unwrap_or_default();
    record(&visit, society, &tab.tab, &typed, &Problems::default()).await
}

async fn record(
    visit: &Visit,
    s: Society,
    tab: &str,
    typed: &SectionForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let can = Can::of(visit, &s).await?;
    let fellows = fellows(visit, &s, can).await?;
    let mut leaving = Vec::new();
    for f in &fellows {
        if can.lead || super::sent(visit, f).await? {
            leaving.push(f.id);
        }
    }
    let page = view::Record {
        sections: store::sections(&visit.net, s.id).await?,
        fellows,
        leaving,
        meetings: if can.lead { store::meetings(&visit.net, s.id).await? } else { Vec::new() },
        staff: if can.edit { groups::staff(visit, Some(s.organisation_id)).await? } else { Vec::new() },
        can,
        society: s,
    };
    Ok(view::record(visit, &page, tab, typed, problems))
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

async fn form(
    visit: &Visit,
    s: Option<&Society>,
    typed: &SocietyForm,
    problems: &Problems,
    restored: bool,
) -> Result<Markup, Fault> {
    let reach = visit.viewer.reach(EDIT);
    let active = organisations::active(&visit.net).await?;
    let own: Vec<_> =
        active.into_iter().filter(|o| reach.covers(Some(o.id.0))).map(|o| (o.id.to_string(), o.short_name)).collect();
    let said = s.map(|s| s.organisation_id).or_else(|| typed.organisation.parse().ok());
    let host: Option<OrganisationId> = said.or_else(|| own.first().and_then(|(id, _)| id.parse().ok()));
    let charters = match host {
        Some(host) => store::charters(&visit.net, host).await?,
        None => Vec::new(),
    };
    Ok(view::form(visit, s, typed, &own, &charters, problems, restored))
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft: Option<SocietyForm> = drafts::find(&visit, "society-new").await?;
    let restored = draft.is_some();
    form(&visit, None, &draft.unwrap_or_default(), &Problems::default(), restored).await
}

pub async fn create(visit: Visit, sent: Sent<SocietyForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, "societies.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-society-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(form(&visit, None, &sent.data, &problems, false).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn edit(visit: Visit, Path(id): Path<SocietyId>) -> Result<Markup, Fault> {
    let society = open_to_edit(&visit, id).await?;
    let draft: Option<SocietyForm> = drafts::find(&visit, &format!("society-{id}")).await?;
    let restored = draft.is_some();
    let typed = draft.unwrap_or_else(|| SocietyForm::of(&society));
    form(&visit, Some(&society), &typed, &Problems::default(), restored).await
}

pub async fn update(visit: Visit, Path(id): Path<SocietyId>, sent: Sent<SocietyForm>) -> Result<Response, Fault> {
    match change(&visit, &sent.once(&visit, &format!("societies.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-society-changed")),
        Err(Fault::Invalid(problems)) => {
            let society = open(&visit, id).await?;
            Ok(mend(form(&visit, Some(&society), &sent.data, &problems, false).await?))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            // What was typed stays; saved again, it stands instead of theirs.
            let society = open(&visit, id).await?;
            let mine = SocietyForm { version: society.version.to_string(), ..sent.data.clone() };
            let page =
                form(&visit, Some(&society), &mine, &Problems::one("body", conflict.message.clone()), false).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn add_section(visit: Visit, Path(id): Path<SocietyId>, sent: Sent<SectionForm>) -> Result<Response, Fault> {
    match super::add_section(&visit, &sent.once(&visit, &format!("societies.section {id}")), id, &sent.data).await {
        Ok(done) if sent.data.section.is_empty() => Ok(go(&done, "done-society-section")),
        Ok(done) => Ok(go(&done, "done-society-changed")),
        Err(Fault::Invalid(problems)) => {
            let society = open(&visit, id).await?;
            Ok(mend(record(&visit, society, "", &sent.data, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn new_member(
    visit: Visit,
    Path(id): Path<SocietyId>,
    Query(typed): Query<JoinForm>,
) -> Result<Markup, Fault> {
    member_page(&visit, id, &typed, &Problems::default()).await
}

async fn member_page(visit: &Visit, id: SocietyId, typed: &JoinForm, problems: &Problems) -> Result<Markup, Fault> {
    let society = open(visit, id).await?;
    let sections = store::sections(&visit.net, id).await?;
    let can = Can::of(visit, &society).await?;
    let found = super::candidates(visit, can, &typed.q).await?;
    Ok(view::join(visit, &society, &sections, &found, typed, problems))
}

pub async fn join(visit: Visit, Path(id): Path<SocietyId>, sent: Sent<JoinForm>) -> Result<Response, Fault> {
    match super::join(&visit, &sent.once(&visit, &format!("societies.join {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-society-joined")),
        Err(Fault::Invalid(problems)) => Ok(mend(member_page(&visit, id, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn appoint(visit: Visit, Path(id): Path<SocietyId>, sent: Sent<FellowForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("societies.appoint {id}"));
    Ok(go(&super::appoint(&visit, &once, id, &sent.data).await?, "done-society-changed"))
}

pub async fn leave(visit: Visit, Path(id): Path<SocietyId>, sent: Sent<FellowForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("societies.leave {id}"));
    Ok(go(&super::leave(&visit, &once, id, &sent.data).await?, "done-society-left"))
}

pub async fn new_meeting(visit: Visit, Path(id): Path<SocietyId>) -> Result<Markup, Fault> {
    let society = open_to_lead(&visit, id).await?;
    let can = Can::of(&visit, &society).await?;
    let all = fellows(&visit, &society, can).await?;
    let post = |post: super::Post| all.iter().find(|f| f.post == post).map(|f| f.id.to_string()).unwrap_or_default();
    let typed = MeetingForm {
        held_on: visit.today.to_string(),
        chair: post(super::Post::Chair),
        secretary: post(super::Post::Secretary),
        ..MeetingForm::default()
    };
    Ok(view::meeting(&visit, &society, None, &all, &typed, &Problems::default()))
}

async fn meeting_page(
    visit: &Visit,
    s: &Society,
    id: Option<MeetingId>,
    typed: &MeetingForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let can = Can::of(visit, s).await?;
    Ok(view::meeting(visit, s, id, &fellows(visit, s, can).await?, typed, problems))
}

pub async fn create_meeting(
    visit: Visit,
    Path(id): Path<SocietyId>,
    sent: Sent<MeetingForm>,
) -> Result<Response, Fault> {
    match add_meeting(&visit, &sent.once(&visit, &format!("societies.meeting {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-society-meeting")),
        Err(Fault::Invalid(problems)) => {
            let society = open(&visit, id).await?;
            Ok(mend(meeting_page(&visit, &society, None, &sent.data, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn edit_meeting(visit: Visit, Path(id): Path<MeetingId>) -> Result<Markup, Fault> {
    let (society, meeting) = open_meeting(&visit, id).await?;
    meeting_page(&visit, &society, Some(id), &MeetingForm::of(&meeting), &Problems::default()).await
}

pub async fn update_meeting(
    visit: Visit,
    Path(id): Path<MeetingId>,
    sent: Sent<MeetingForm>,
) -> Result<Response, Fault> {
    match change_meeting(&visit, &sent.once(&visit, &format!("societies.minutes {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-society-meeting")),
        Err(Fault::Invalid(problems)) => {
            let (society, _) = open_meeting(&visit, id).await?;
            Ok(mend(meeting_page(&visit, &society, Some(id), &sent.data, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn protocol(visit: Visit, Path((id, format)): Path<(MeetingId, String)>) -> Result<Response, Fault> {
    let (society, meeting) = open_meeting(&visit, id).await?;
    let format = format.parse().map_err(|_| Fault::NotFound)?;
    let can = Can::of(&visit, &society).await?;
    if !can.lead {
        return Err(Fault::Forbidden(LEAD));
    }
    let all = fellows(&visit, &society, can).await?;
    let host = papers::party(&visit, society.organisation_id).await?;
    papers::answer(&visit, paper(&society, &meeting, &all, &host), format, "protokol").await
}

/// Found societies as lines of the search.
pub async fn hits(visit: &Visit, ids: Vec<Uuid>) -> Result<Vec<Hit>, Fault> {
    let found = store::find_all(&visit.net, &ids).await?;
    Ok(found
        .into_iter()
        .map(|s| Hit { id: s.id.0, href: url(s.id), note: s.organisation_name, title: s.title })
        .collect())
}
