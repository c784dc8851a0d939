//! Pages and files of documents: extract, call, answer.
use super::{
    WordForm, correct as remember,
    files::{self, Format},
    loan::{self, Act},
    record::{PaperForm, PaperKind, SetId},
    sets, store, view,
};
use crate::{
    exchange::{BookingId, CommonId},
    shell::trail,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit, audit,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;

pub async fn act(visit: &Visit, id: BookingId, act: Act, format: Format) -> Result<Response, Fault> {
    let paper = loan::of_booking(visit, id, act).await?;
    files::answer(visit, paper, format, &format!("akt-{}", act.code())).await
}

pub async fn handing_over(visit: Visit, Path(id): Path<BookingId>) -> Result<Response, Fault> {
    act(&visit, id, Act::HandingOver, Format::Pdf).await
}

pub async fn taking_back(visit: Visit, Path(id): Path<BookingId>) -> Result<Response, Fault> {
    act(&visit, id, Act::TakingBack, Format::Pdf).await
}

async fn words_page(visit: &Visit, form: &WordForm, problems: &Problems) -> Result<Markup, Fault> {
    let corrections = store::corrections(&visit.net).await?;
    let people: Vec<_> = corrections.iter().filter_map(|c| c.updated_by).collect();
    let names = crate::people::names(&visit.net, &people).await?;
    Ok(view::words(visit, &corrections, &names, form, problems))
}

pub async fn words(visit: Visit) -> Result<Markup, Fault> {
    words_page(&visit, &WordForm::default(), &Problems::default()).await
}

pub async fn correct(visit: Visit, sent: Sent<WordForm>) -> Result<Response, Fault> {
    match remember(&visit, &sent.once(&visit, "papers.correct"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-paper-word")),
        Err(Fault::Invalid(problems)) => {
            let page = words_page(&visit, &sent.data, &problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// A press of a button: nothing but its key.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Press {}

pub async fn assemble(visit: Visit, Path(id): Path<BookingId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("papers.assemble {id}"));
    Ok(go(&sets::assemble(&visit, &once, id).await?, "done-papers"))
}

pub async fn assemble_common(visit: Visit, Path(id): Path<CommonId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("papers.assemble common {id}"));
    Ok(go(&sets::assemble_common(&visit, &once, id).await?, "done-papers"))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Shown {
    tab: String,
}

pub async fn show(visit: Visit, Path(id): Path<SetId>, Query(shown): Query<Shown>) -> Result<Markup, Fault> {
    let (set, papers) = sets::open(&visit, id).await?;
    let bookings = store::bookings(&visit.net, id).await?;
    let history = if shown.tab == "history" {
        let lines = audit::history(&visit.net, sets::KIND, id.0, 100).await?;
        let actors: Vec<_> = lines.iter().filter_map(|line| line.actor).collect();
        Some(trail::panel(&visit, &lines, &crate::people::names(&visit.net, &actors).await?))
    } else {
        None
    };
    Ok(view::set(&visit, &set, &papers, &bookings, history))
}

fn kind(text: &str) -> Result<PaperKind, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

pub async fn edit(visit: Visit, Path((id, code)): Path<(SetId, String)>) -> Result<Markup, Fault> {
    let (set, paper) = sets::open_one(&visit, id, kind(&code)?).await?;
    Ok(view::edit(&visit, &set, paper.kind, &PaperForm::of(&paper), &Problems::default(), None))
}

pub async fn update(
    visit: Visit,
    Path((id, code)): Path<(SetId, String)>,
    sent: Sent<PaperForm>,
) -> Result<Response, Fault> {
    let kind = kind(&code)?;
    let once = sent.once(&visit, &format!("papers.change {id} {code}"));
    match sets::change(&visit, &once, id, kind, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-paper")),
        Err(Fault::Invalid(problems)) => {
            let (set, _) = sets::open_one(&visit, id, kind).await?;
            let page = view::edit(&visit, &set, kind, &sent.data, &problems, None);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        // What was typed stays; saved again, it stands instead of theirs.
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            let (set, now) = sets::open_one(&visit, id, kind).await?;
            let mine = PaperForm { version: now.version.to_string(), ..sent.data.clone() };
            let page = view::edit(&visit, &set, kind, &mine, &Problems::default(), Some(&conflict.message));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn file(visit: Visit, Path((id, code, format)): Path<(SetId, String, String)>) -> Result<Response, Fault> {
    let (set, paper) = sets::open_one(&visit, id, kind(&code)?).await?;
    let format = format.parse().map_err(|_| Fault::NotFound)?;
    files::answer(&visit, paper.paper(&set), format, paper.kind.code()).await
}
