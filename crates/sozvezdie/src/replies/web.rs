//! Pages of replies: extract, call, answer.
use super::{
    MAKE, ReplyId, begin, keep as keep_setup, remove as remove_reply, shown, store, take, upload::Posted, view,
};
use crate::people;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use documents::blank::Form;
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Sent, go},
    text::url_part,
};
use maud::Markup;
use serde::Deserialize;
use std::collections::BTreeMap;

async fn page(visit: &Visit, title: &str, problems: &Problems) -> Result<Markup, Fault> {
    let all = store::list(&visit.net, &visit.viewer.reach(MAKE)).await?;
    let makers: Vec<_> = all.iter().map(|r| r.created_by).collect();
    let names = people::names(&visit.net, &makers).await?;
    Ok(view::list(visit, &all, &names, title, problems))
}

pub async fn list(visit: Visit) -> Result<Markup, Fault> {
    page(&visit, "", &Problems::default()).await
}

pub async fn create(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let once = posted.once(&visit);
    let title = posted.request.title.clone();
    match begin(&visit, &once, posted.request).await {
        Ok(done) => Ok(go(&done, "done-reply-begun")),
        Err(Fault::Invalid(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&visit, &title, &problems).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn show(visit: Visit, Path(id): Path<ReplyId>) -> Result<Markup, Fault> {
    Ok(view::reply(&visit, &shown(&visit, id).await?, None, &Problems::default()))
}

pub async fn keep(
    visit: Visit,
    Path(id): Path<ReplyId>,
    sent: Sent<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("replies.keep {id}"));
    match keep_setup(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-reply-kept")),
        Err(Fault::Invalid(problems)) => {
            let page = view::reply(&visit, &shown(&visit, id).await?, Some(&sent.data), &problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn remove(visit: Visit, Path(id): Path<ReplyId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let done = remove_reply(&visit, &sent.once(&visit, &format!("replies.remove {id}")), id).await?;
    Ok(go(&done, "done-reply-removed"))
}

pub async fn file(visit: Visit, Path(id): Path<ReplyId>) -> Result<Response, Fault> {
    let (reply, bytes) = take(&visit, id).await?;
    let form = if reply.form == super::FormCode::Xlsx { Form::Xlsx } else { Form::Docx };
    let stem = reply.file_name.rsplit_once('.').map_or(reply.file_name.as_str(), |(stem, _)| stem);
    let name = format!("{stem} (заполнено).{}", form.code());
    let headers = [
        (header::CONTENT_TYPE, form.media().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"reply.{}\"; filename*=UTF-8''{}", form.code(), url_part(&name)),
        ),
    ];
    Ok((headers, bytes).into_response())
}
