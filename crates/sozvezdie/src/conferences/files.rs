//! Files beside theses: presentations, posters. Reviewers never get them.
use super::{KIND, ThesisId, theses, thesis_url, web};
use crate::app::App;
use axum::{
    extract::{FromRequest as _, Request, State},
    response::Response,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    files::FileId,
    http::{Path, Upload, go},
    once::{Done, Once},
    text::Message,
};
use serde::Deserialize;

/// Files of one work at most.
const FILES: i64 = 5;

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

/// Takes one file. Who may not write here is told so before anything is read.
pub async fn upload(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<ThesisId>,
    request: Request,
) -> Result<Response, Fault> {
    theses::to_write(&visit, id).await?;
    let mut upload: Upload<Press> = Upload::from_request(request, &app).await?;
    let once = upload.once(&visit, &format!("conferences.attach {id}"));
    match take(&visit, &app, id, &mut upload, &once).await {
        Ok(done) => Ok(go(&done, "done-conference-file")),
        Err(Fault::Invalid(problems)) if problems.at("file").is_some() => {
            web::mended(&visit, id, &web::Typed::default(), &problems).await
        }
        Err(fault) => Err(fault),
    }
}

async fn take(visit: &Visit, app: &App, id: ThesisId, upload: &mut Upload<Press>, once: &Once) -> Result<Done, Fault> {
    let file = app.options.files.settle(&visit.net, upload.one()?, visit.now).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let file_id = kit::files::attach(tx, visit, &file, KIND, id.0).await?;
        if kit::files::count(tx, KIND, id.0).await? > FILES {
            return Err(Fault::field("file", Message::new("research-too-many-files").with("limit", FILES)));
        }
        Entry::new("attach", KIND, id).write(tx, visit).await?;
        Ok(Done::created(thesis_url(id), serde_json::json!({ "id": file_id, "name": file.name })))
    })
    .await
}

/// The bytes, for who may see the theses.
pub async fn download(visit: Visit, State(app): State<App>, Path(id): Path<FileId>) -> Result<Response, Fault> {
    let file = kit::files::find(&visit.net, KIND, id).await?.ok_or(Fault::NotFound)?;
    theses::open_thesis(&visit, ThesisId(file.record_id)).await?;
    app.options.files.serve(&visit.net, &file, false).await
}
