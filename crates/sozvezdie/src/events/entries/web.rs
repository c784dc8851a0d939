//! Pages of entries: extract, call, answer.
use super::{
    Application, Bar, EntryId, Sight, admit, apply, bars, give_codes, invite, list, may_apply, model, open_stage,
    open_to_organise, papers, store, view, withdraw,
};
use crate::{
    events::{StageId, web::mend},
    learners::{self, Scope},
    papers::Format,
};
use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    db::Tx,
    form::Problems,
    http::{Path, Query, Sent, answer, go},
    text::{Message, text_key},
};
use maud::Markup;
use serde::Deserialize;

pub async fn show(visit: Visit, Path(id): Path<StageId>) -> Result<Markup, Fault> {
    let (edition, stage, sight) = open_stage(&visit, id).await?;
    let entries = list(&visit, id, &sight).await?;
    let is_organiser = matches!(sight, Sight::All);
    let opened = if is_organiser { super::codes_opened(&visit, id).await? } else { Vec::new() };
    Ok(view::list(&visit, &edition, &stage, &entries, is_organiser.then_some(opened.as_slice())))
}

/// Which class of the own children is shown, or which children were marked elsewhere.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub class: String,
    pub learner: Vec<String>,
}

pub async fn application(visit: Visit, Path(id): Path<StageId>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let marked = Application { learner: asked.learner, ..Application::default() };
    page(&visit, id, asked.class.parse().ok(), &marked, &Problems::default()).await
}

async fn page(
    visit: &Visit,
    id: StageId,
    class: Option<i64>,
    typed: &Application,
    problems: &Problems,
) -> Result<Markup, Fault> {
    if !may_apply(visit) {
        return Err(Fault::Forbidden(super::ENTRIES));
    }
    let (edition, stage, _) = open_stage(visit, id).await?;
    let scope = Scope::of(visit).await?.naming();
    let mut classes = store::classes(&visit.net, &scope).await?;
    classes.retain(|class| edition.class_to.is_none_or(|to| *class <= to));
    // A school is looked through class by class; what was sent back is shown whole.
    let few = classes.len() <= 2 || !typed.learner.is_empty();
    let class =
        class.or_else(|| if few { None } else { classes.iter().copied().find(|c| edition.takes_class(Some(*c))) });
    let ids: Vec<_> = typed.learner.iter().filter_map(|id| id.parse().ok()).collect();
    let ids = (!ids.is_empty()).then_some(ids.as_slice());
    let children = store::candidates(&visit.net, &scope, if ids.is_some() { None } else { class }, ids).await?;
    let seen: Vec<_> = children.iter().map(|c| c.id).collect();
    learners::note_read(visit, learners::How::Elsewhere, &seen).await?;
    let for_class = typed.for_class.trim().parse().ok();
    let barred: Vec<Option<Bar>> =
        visit.net.transact(async |tx: &mut Tx| bars(tx, visit, (&edition, &stage), &children, for_class).await).await?;
    let shown = view::Choice { children: &children, barred: &barred, classes: &classes, class };
    Ok(view::application(visit, (&edition, &stage), &shown, typed, problems))
}

pub async fn create(visit: Visit, Path(id): Path<StageId>, sent: Sent<Application>) -> Result<Response, Fault> {
    match apply(&visit, &sent.once(&visit, &format!("events.enter {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-entry-made")),
        Err(Fault::Invalid(problems)) => Ok(mend(page(&visit, id, None, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn withdrawal(visit: Visit, Path(id): Path<EntryId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(go(&withdraw(&visit, &sent.once(&visit, &format!("events.withdraw {id}")), id).await?, "done-entry-withdrawn"))
}

pub async fn admission(visit: Visit, Path(id): Path<StageId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(go(&admit(&visit, &sent.once(&visit, &format!("events.admit {id}")), id).await?, "done-entry-admitted"))
}

pub async fn codes(visit: Visit, Path(id): Path<StageId>, sent: Sent<Press>) -> Result<Response, Fault> {
    Ok(go(&give_codes(&visit, &sent.once(&visit, &format!("events.codes {id}")), id).await?, "done-entry-codes"))
}

pub async fn invitations(visit: Visit, Path(id): Path<StageId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let done = invite(&visit, &sent.once(&visit, &format!("events.invite {id}")), id).await?;
    let count = |name: &str| done.body.as_ref().and_then(|body| body.get(name)).and_then(serde_json::Value::as_i64);
    let key = match (count("invited"), count("without_consent")) {
        (_, Some(1..)) => text_key("done-entry-invited-some"),
        (Some(0), _) => text_key("done-entry-invited-none"),
        _ => text_key("done-entry-invited"),
    };
    Ok(go(&done, key))
}

/// Which rooms people are seated in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Rooms {
    pub rooms: String,
}

pub async fn seating(visit: Visit, Path(id): Path<StageId>, Query(asked): Query<Rooms>) -> Result<Markup, Fault> {
    let (edition, stage) = open_to_organise(&visit, id).await?;
    let entries = list(&visit, id, &Sight::All).await?;
    let rooms = model::rooms(&asked.rooms);
    let wrong = match rooms {
        None if !asked.rooms.trim().is_empty() => Problems::one("rooms", Message::new("entry-bad-rooms")),
        _ => Problems::default(),
    };
    let seated = rooms.as_deref().map(|rooms| view::seated(&entries, rooms));
    Ok(view::seating(&visit, (&edition, &stage), &entries, &asked, seated.as_deref(), &wrong))
}

/// `participants.pdf`, `codes.docx`, `seating.pdf`: lists to print, for whoever holds the stage.
pub async fn paper(
    visit: Visit,
    Path((id, file)): Path<(StageId, String)>,
    Query(asked): Query<Rooms>,
) -> Result<Response, Fault> {
    let (edition, stage) = open_to_organise(&visit, id).await?;
    let (name, format) = file.split_once('.').ok_or(Fault::NotFound)?;
    let format: Format = format.parse().map_err(|_| Fault::NotFound)?;
    let sheet: papers::Sheet = name.parse().map_err(|_| Fault::NotFound)?;
    let entries = list(&visit, id, &Sight::All).await?;
    let rooms = model::rooms(&asked.rooms);
    if sheet.opens_codes() {
        super::note_codes(&visit, id, &entries).await?;
    }
    if sheet == papers::Sheet::Leaves {
        return leaves(&visit, papers::leaves((&edition, &stage), &entries)).await;
    }
    let paper = papers::write(&visit, (&edition, &stage), &entries, sheet, rooms.as_deref())?;
    crate::papers::answer(&visit, paper, format, sheet.code()).await
}

/// A leaf for each child as one file.
async fn leaves(visit: &Visit, all: Vec<papers::Leaf>) -> Result<Response, Fault> {
    if all.is_empty() {
        return Err(Fault::NotFound);
    }
    let day = visit.today;
    // Milliseconds of a processor for each leaf: not on the threads that serve requests.
    let bytes =
        tokio::task::spawn_blocking(move || papers::lay_out(&all, day)).await.map_err(anyhow::Error::from)??;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"leaves.pdf\""),
    ];
    Ok((headers, bytes).into_response())
}

/// The entries of a stage that the viewer sees, for programs. The codes of works are sealed: no list tells them.
#[utoipa::path(get, path = "/api/v1/stages/{id}/entries", params(("id" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 200, description = "`{items}`: all for the organiser, else the children within one's reach"), (status = 404, description = "unknown")))]
pub async fn api_list(visit: Visit, Path(id): Path<StageId>) -> Result<Response, Fault> {
    let (_, _, sight) = open_stage(&visit, id).await?;
    let items: Vec<serde_json::Value> = list(&visit, id, &sight)
        .await?
        .iter()
        .map(|e| {
            serde_json::json!({
                "id": e.id, "learner": e.learner, "name": e.full_name, "organisation": e.organisation_id, "class": e.class_number,
                "for_class": e.for_class, "team": e.team, "captain": e.captain, "centre_member": e.centre_member, "state": e.state,
                "has_code": e.code.is_some(), "source": e.source,
            })
        })
        .collect();
    Ok(axum::response::IntoResponse::into_response(axum::Json(serde_json::json!({ "items": items }))))
}

/// Enters children at a stage: `{learner: [ids], for_class, team, captain}`, all of them or none.
#[utoipa::path(post, path = "/api/v1/stages/{id}/entries", params(("id" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 201, description = "`{stage, entered, team}`"), (status = 404, description = "unknown"), (status = 409, description = "applications are closed"), (status = 422, description = "who may not enter, and why")))]
pub async fn api_create(visit: Visit, Path(id): Path<StageId>, sent: Sent<Application>) -> Result<Response, Fault> {
    Ok(answer(apply(&visit, &sent.once(&visit, &format!("events.enter {id}")), id, &sent.data).await?))
}
