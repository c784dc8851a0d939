//! Submitted common requests: the list, one with the state of every line, «отменить всё», and another
//! resource for a line that came to nothing.
use super::{PAGE, again, ask::Clash, renamed};
use crate::{
    exchange::{
        ReasonForm, VIEW,
        common::{self, Common, CommonId, ReplacementForm},
        model::{Booking, BookingState},
        store, view,
    },
    people,
    resources::{self, ResourceState},
};
use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    clock::{LOCAL, local_date},
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
    pub after: String,
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let slice = store::commons(&visit.net, &visit.viewer.reach(VIEW), cursor.as_ref(), PAGE).await?;
    let ids: Vec<CommonId> = slice.items.iter().map(|c| c.id).collect();
    let mut lines = store::bookings_of(&visit.net, &ids).await?;
    lines.retain(|b| crate::exchange::may_be_seen(&visit, b));
    let draft = common::basket(&visit).await?.map_or(0, |b| b.lines.len());
    Ok(view::common::list(&visit, &asked, &slice, &common::standing(lines), draft))
}

pub async fn show(visit: Visit, Path(id): Path<CommonId>) -> Result<Markup, Fault> {
    let (common, lines) = common::open_common(&visit, id).await?;
    let author = people::names(&visit.net, common.created_by.as_slice()).await?.into_values().next();
    Ok(view::common::page(&visit, &common, &lines, author.as_deref()))
}

pub async fn cancel(visit: Visit, Path(id): Path<CommonId>, sent: Sent<ReasonForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("common.cancel {id}"));
    Ok(go(&common::cancel_all(&visit, &once, id, &sent.data).await?, "done-common-cancelled"))
}

/// What was typed, or what the address says: `?of=…`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReplaceForm {
    /// The line that came to nothing.
    pub of: String,
    pub resource: String,
    pub on: String,
    pub from: String,
    pub back_on: String,
    pub to: String,
}

impl ReplaceForm {
    fn of(line: &Booking) -> Self {
        let local = |at: DateTime<Utc>, format: &str| at.with_timezone(&LOCAL).format(format).to_string();
        Self {
            of: line.id.to_string(),
            resource: line.resource_id.to_string(),
            on: local_date(line.span.start).to_string(),
            from: local(line.span.start, "%H:%M"),
            back_on: local_date(line.span.end).to_string(),
            to: local(line.span.end, "%H:%M"),
        }
    }

    fn replacement(&self) -> ReplacementForm {
        let last = if self.back_on.trim().is_empty() { &self.on } else { &self.back_on };
        ReplacementForm {
            booking_id: self.of.clone(),
            resource_id: self.resource.clone(),
            starts_at: format!("{}T{}", self.on.trim(), self.from.trim()),
            ends_at: format!("{}T{}", last.trim(), self.to.trim()),
        }
    }
}

async fn replacement_page(
    visit: &Visit,
    common: &Common,
    line: &Booking,
    form: &ReplaceForm,
    problems: &Problems,
    clash: Option<&Clash>,
) -> Result<Markup, Fault> {
    let kind = resources::find(&visit.net, line.resource_id).await?.map(|r| r.kind.code().to_owned());
    let asked = resources::Asked { kind: kind.unwrap_or_default(), ..resources::Asked::default() };
    let mut others = resources::list(visit, &asked, None, 200).await?.items;
    others.retain(|r| r.state == ResourceState::Published);
    Ok(view::common::replacement(visit, common, line, form, problems, &others, clash))
}

pub async fn replacement(
    visit: Visit,
    Path(id): Path<CommonId>,
    Query(asked): Query<ReplaceForm>,
) -> Result<Markup, Fault> {
    let (common, lines) = common::open_common(&visit, id).await?;
    visit.viewer.demand(crate::exchange::REQUEST, Some(common.organisation_id.0))?;
    let line = common::replaceable(&visit, &lines, &asked.of)?;
    let mut form = ReplaceForm::of(line);
    if !asked.resource.is_empty() {
        form.resource = asked.resource;
    }
    replacement_page(&visit, &common, line, &form, &Problems::default(), None).await
}

pub async fn replace(visit: Visit, Path(id): Path<CommonId>, sent: Sent<ReplaceForm>) -> Result<Response, Fault> {
    let form = &sent.data;
    let once = sent.once(&visit, &format!("common.replace {id}"));
    let (status, problems, clash) = match common::replace(&visit, &once, id, &form.replacement()).await {
        Ok(done) => return Ok(go(&done, "done-common-replaced")),
        Err(Fault::Invalid(problems)) => {
            let names =
                [("starts_at", "on"), ("ends_at", "to"), ("resource_id", "resource"), ("headcount", "resource")];
            (StatusCode::UNPROCESSABLE_ENTITY, renamed(&problems, &names), None)
        }
        Err(Fault::Conflict(conflict)) if conflict.code != "state" => {
            let clash = Clash::read(&visit, &conflict).await?;
            (StatusCode::CONFLICT, Problems::one("on", conflict.message), clash)
        }
        Err(fault) => return Err(fault),
    };
    let (common, lines) = common::open_common(&visit, id).await?;
    let line = lines
        .iter()
        .find(|b| b.id.to_string() == form.of.trim() && b.state != BookingState::Moved)
        .ok_or(Fault::NotFound)?;
    Ok(again(status, replacement_page(&visit, &common, line, form, &problems, clash.as_ref()).await?))
}
