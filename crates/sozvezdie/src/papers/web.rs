//! Pages and files of documents: extract, call, answer.
use super::{
    WordForm, correct as remember,
    files::{self, Format},
    loan::{self, Act},
    store, view,
};
use crate::exchange::BookingId;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Sent, go},
};
use maud::Markup;

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
