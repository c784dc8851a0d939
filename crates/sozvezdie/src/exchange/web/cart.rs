//! The draft of a common request: gather, look what is in the way, submit.
use super::{again, own, renamed};
use crate::{
    exchange::{
        REQUEST,
        common::{self, Assessed, CartForm},
        view,
    },
    resources::{self, Read, Resource, ResourceId},
};
use axum::{http::StatusCode, response::Response};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Sent, go},
    text::Message,
};
use maud::Markup;
use serde::Deserialize;

/// The names that the page's fields have.
const NAMES: [(&str, &str); 2] = [("starts_at", "on"), ("ends_at", "to")];

/// What stands in the draft with its answers; nothing to answer while the whole is not filled in.
async fn answers(visit: &Visit, form: &CartForm) -> Result<Vec<Assessed>, Fault> {
    let Ok(draft) = form.common().check(visit) else { return Ok(Vec::new()) };
    let known = common::look(visit, &draft).await?;
    common::assess(visit, &known, &draft).await
}

async fn page(visit: &Visit, form: CartForm, problems: &Problems) -> Result<Markup, Fault> {
    let ids: Vec<ResourceId> = form.line.iter().filter_map(|id| id.parse().ok()).collect();
    let found = resources::find_all(&mut Read::Net(&visit.net), &ids).await?;
    let seen: Vec<Resource> = found.into_iter().filter(|r| resources::may_be_seen(visit, r)).collect();
    let askers = own(visit, REQUEST).await?;
    let organisation_id = match askers.first() {
        Some(only) if form.organisation_id.is_empty() && askers.len() == 1 => only.id.to_string(),
        _ => form.organisation_id.clone(),
    };
    let form = CartForm { organisation_id, ..form };
    let assessed = answers(visit, &form).await?;
    let times = common::common_times(visit, &assessed).await?;
    Ok(view::cart::page(visit, &view::cart::CartPage { form, problems, resources: seen, askers, assessed, times }))
}

pub async fn show(visit: Visit) -> Result<Markup, Fault> {
    let form = common::basket(&visit).await?.map(|b| CartForm::of(&b)).unwrap_or_default();
    page(&visit, form, &Problems::default()).await
}

/// A resource to put into the draft.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct AddForm {
    resource_id: String,
    /// The page to stay on.
    back: String,
}

pub async fn add(visit: Visit, sent: Sent<AddForm>) -> Result<Response, Fault> {
    let resource = sent.data.resource_id.parse().map_err(|_| Fault::NotFound)?;
    let done = common::add(&visit, &sent.once(&visit, "common.add"), resource, &sent.data.back).await?;
    Ok(go(&done, "done-common-added"))
}

pub async fn save(visit: Visit, sent: Sent<CartForm>) -> Result<Response, Fault> {
    let (done, problems) = common::keep(&visit, &sent.once(&visit, "common.keep"), &sent.data).await?;
    let is_changed = !(sent.data.remove.is_empty() && sent.data.swap.is_empty());
    if problems.is_empty() || is_changed {
        return Ok(go(&done, "done-common-kept"));
    }
    let page = page(&visit, sent.data, &renamed(&problems, &NAMES)).await?;
    Ok(again(StatusCode::UNPROCESSABLE_ENTITY, page))
}

#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn clear(visit: Visit, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(go(&common::clear(&visit, &sent.once(&visit, "common.clear")).await?, "done-common-cleared"))
}

pub async fn submit(visit: Visit, sent: Sent<CartForm>) -> Result<Response, Fault> {
    let form = sent.data.common();
    match common::submit(&visit, &sent.once(&visit, "common.submit"), &form).await {
        Ok(done) => Ok(go(&done, "done-common-submitted")),
        Err(Fault::Invalid(problems)) => {
            let problems = named(&visit, &sent.data, &renamed(&problems, &NAMES)).await?;
            Ok(again(StatusCode::UNPROCESSABLE_ENTITY, page(&visit, sent.data, &problems).await?))
        }
        Err(Fault::Conflict(conflict)) => {
            let field = if conflict.code == "stale" { "body" } else { "on" };
            let mut form = sent.data;
            if conflict.code == "stale" {
                merge(&visit, &mut form).await?;
            }
            Ok(again(StatusCode::CONFLICT, page(&visit, form, &Problems::one(field, conflict.message)).await?))
        }
        Err(fault) => Err(fault),
    }
}

/// The problems of lines with the names of their resources: above the form nobody knows which line
/// is the second.
async fn named(visit: &Visit, form: &CartForm, problems: &Problems) -> Result<Problems, Fault> {
    let ids: Vec<ResourceId> = form.line.iter().filter_map(|id| id.parse().ok()).collect();
    let found = resources::listed(&visit.net, &ids).await?;
    let name = |field: &str| {
        let (n, _) = field.strip_prefix("lines.")?.split_once('.')?;
        let id = form.line.get(n.parse::<usize>().ok()?)?;
        found.iter().find(|r| r.id.to_string() == *id).map(|r| r.name.clone())
    };
    let mut out = Problems::default();
    for (field, message) in problems.iter() {
        let message = match name(field) {
            Some(name) => Message::new("common-line-wrong").with("name", name).with("words", message.say(visit.lang)),
            None => message.clone(),
        };
        out.add(field.to_owned(), message);
    }
    Ok(out)
}

/// What was put into the draft from another page comes below what was typed here.
async fn merge(visit: &Visit, form: &mut CartForm) -> Result<(), Fault> {
    let Some(basket) = common::basket(visit).await? else { return Ok(()) };
    let there = CartForm::of(&basket);
    form.draft = there.draft;
    for (id, loan) in there.line.into_iter().zip(there.line_loan) {
        if !form.line.contains(&id) {
            form.line.push(id);
            for column in
                [&mut form.line_starts_at, &mut form.line_ends_at, &mut form.line_headcount, &mut form.line_units]
            {
                column.push(String::new());
            }
            form.line_loan.push(loan);
        }
    }
    Ok(())
}
