//! Needs that nobody offers yet, and the answers to them.
use super::{PAGE, again, ask::Clash, own, renamed};
use crate::{
    exchange::{
        DECIDE, NeedForm, NeedState, REQUEST, ResponseForm, VIEW, act,
        model::Booking,
        need::{Need, NeedId, cancel_need, open_need, respond, submit_need},
        store::{self, Filter},
        view,
    },
    resources::{self, Asked as Wanted, Class, ResourceState},
    shell::drafts,
};
use axum::{http::StatusCode, response::Response};
use kit::{
    Fault, Visit,
    cursor::Cursor,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;

/// The list's address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `open`, or all.
    pub tab: String,
    pub after: String,
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let states: &[NeedState] = if asked.tab == "all" { &[] } else { &[NeedState::Submitted, NeedState::Answered] };
    let slice = store::needs(&visit.net, states, cursor.as_ref(), PAGE).await?;
    Ok(view::need::list(&visit, &asked, &slice))
}

pub async fn new(visit: Visit) -> Result<Markup, Fault> {
    let draft: Option<NeedForm> = drafts::find(&visit, "need-new").await?;
    let restored = draft.is_some();
    Ok(view::need::form(
        &visit,
        &draft.unwrap_or_default(),
        &Problems::default(),
        &own(&visit, REQUEST).await?,
        restored,
    ))
}

pub async fn create(visit: Visit, sent: Sent<NeedForm>) -> Result<Response, Fault> {
    match submit_need(&visit, &sent.once(&visit, "needs.submit"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-need-submitted")),
        Err(Fault::Invalid(problems)) => {
            let page = view::need::form(&visit, &sent.data, &problems, &own(&visit, REQUEST).await?, false);
            Ok(again(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault),
    }
}

/// The offers that this viewer may see.
async fn offers(visit: &Visit, id: NeedId) -> Result<Vec<Booking>, Fault> {
    let filter = Filter { need: Some(id.0), ..Filter::new(visit.viewer.reach(VIEW)) };
    Ok(store::list(&visit.net, &filter, None, 100).await?.items)
}

/// The own resources with which a need can be answered.
async fn own_resources(visit: &Visit, need: &Need) -> Result<Vec<resources::Listed>, Fault> {
    if !matches!(need.state, NeedState::Submitted | NeedState::Answered) {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for owner in own(visit, DECIDE).await? {
        let class = need.class.map(|c| c.code().to_owned()).unwrap_or_default();
        let wanted = Wanted { owner: owner.id.to_string(), class, ..Wanted::default() };
        all.extend(resources::list(visit, &wanted, None, 200).await?.items);
    }
    // Nobody offers themselves what they already have.
    all.retain(|r| {
        r.state == ResourceState::Published && r.class != Class::Methodical && r.owner.0 != need.organisation_id
    });
    Ok(all)
}

async fn page(
    visit: &Visit,
    need: Need,
    form: &ResponseForm,
    problems: &Problems,
    clash: Option<Clash>,
) -> Result<Markup, Fault> {
    let p = view::need::NeedPage {
        offers: offers(visit, need.id).await?.into_iter().filter(|b| act::may_be_seen(visit, b)).collect(),
        resources: own_resources(visit, &need).await?,
        need,
        clash,
    };
    Ok(view::need::page(visit, &p, form, problems))
}

pub async fn show(visit: Visit, Path(id): Path<NeedId>) -> Result<Markup, Fault> {
    let need = open_need(&visit, id).await?;
    page(&visit, need, &ResponseForm::default(), &Problems::default(), None).await
}

pub async fn answer(visit: Visit, Path(id): Path<NeedId>, sent: Sent<ResponseForm>) -> Result<Response, Fault> {
    let (status, problems, clash) =
        match respond(&visit, &sent.once(&visit, &format!("needs.respond {id}")), id, &sent.data).await {
            Ok(done) => return Ok(go(&done, "done-need-answered")),
            Err(Fault::Invalid(problems)) => {
                (StatusCode::UNPROCESSABLE_ENTITY, renamed(&problems, &[("headcount", "units")]), None)
            }
            Err(Fault::Conflict(conflict)) => {
                let clash = Clash::read(&visit, &conflict).await?;
                (StatusCode::CONFLICT, Problems::one("resource_id", conflict.message), clash)
            }
            Err(fault) => return Err(fault),
        };
    let need = open_need(&visit, id).await?;
    Ok(again(status, page(&visit, need, &sent.data, &problems, clash).await?))
}

#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn cancel(visit: Visit, Path(id): Path<NeedId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let done = cancel_need(&visit, &sent.once(&visit, &format!("needs.cancel {id}")), id).await?;
    Ok(go(&done, "done-need-cancelled"))
}
