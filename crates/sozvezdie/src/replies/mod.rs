//! «Ответить на запрос»: the blank table of a department or a ministry, filled from what the network
//! knows. Its columns are recognised, a person says what its rows stand for, and the same file comes
//! back with its own look. What nobody knows stays yellow; nothing that the sender wrote is changed.
//!
//! Figures are counted anew at each look, so a reply says what is true on the day it is taken; that it
//! was taken, by whom and whose data were in it stands in the trail.
mod api;
mod fill;
mod layout;
mod listed;
mod model;
mod said;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod upload;
mod view;
mod web;
mod whose;

pub use model::{Reply, ReplyId, Rows, Setup};

use crate::{
    app::App,
    figures,
    shell::{AcademicYear, Slice},
};
use axum::{extract::DefaultBodyLimit, handler::Handler as _};
use documents::blank::{self, Entry as Put, Filling, Form, Put as What};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    job::{Doing, Handler as Worker},
    once::{Done, Once},
    routes::Routes,
    text::{Message, text_prefix},
};
use layout::{LABELS, Layout, Tables};
use model::{Filled, FormCode, Told, Whom};
use said::Years;
use serde_json::json;
use std::collections::BTreeMap;

/// Answering requests: for the network, or for one's own organisation.
pub const MAKE: Permission = Permission("replies.make");

/// The kind of record in the audit.
pub const KIND: &str = "reply";

/// The list's address.
pub const LIST: &str = "/replies";

/// Requests with their blanks are kept so long.
pub const KEPT_DAYS: i64 = 30;

/// Forgets old requests, network by network.
const FORGET: Worker<App> = Worker::every("replies-forget", chrono::Duration::days(1), |_, work| {
    Box::pin(async move { store::forget(&work.net, work.now - chrono::Duration::days(KEPT_DAYS)).await.map(drop) })
        as Doing
});

/// A request's address.
pub fn url(id: ReplyId) -> String {
    format!("{LIST}/{id}")
}

pub fn slice() -> Slice {
    let large = DefaultBodyLimit::max(upload::LIMIT + 64 * 1024);
    let routes = Routes::default()
        .get("/replies", MAKE, web::list)
        .post("/replies", MAKE, web::create.layer(large))
        .get("/replies/{id}", MAKE, web::show)
        .post("/replies/{id}", MAKE, web::keep)
        .post("/replies/{id}/removal", MAKE, web::remove)
        .get("/replies/{id}/file", MAKE, web::file)
        .get("/api/v1/replies", MAKE, api::list)
        .post("/api/v1/replies", MAKE, api::create.layer(large))
        .get("/api/v1/replies/{id}", MAKE, api::show);
    Slice::new("replies", routes).described(api::document()).working(FORGET)
}

/// A file with the words of the request it came with.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub title: String,
    pub file_name: String,
    pub content: Vec<u8>,
}

/// The request, if this viewer may see it.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach.
pub async fn open(visit: &Visit, id: ReplyId) -> Result<Reply, Fault> {
    let found = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    visit.viewer.reach(MAKE).covers(found.organisation).then_some(found).ok_or(Fault::NotFound)
}

/// The blank off the threads that serve requests: reading takes milliseconds of a processor.
async fn read(content: Vec<u8>, name: String) -> Result<Result<Tables, documents::Refusal>, Fault> {
    let read = move || blank::open(&content, &name).map(|blank| Tables::of(&blank));
    Ok(tokio::task::spawn_blocking(read).await.map_err(anyhow::Error::from)?)
}

/// Takes a blank in: reads its header, recalls what such a header meant last time, else guesses.
///
/// # Errors
/// [`Fault::Invalid`]: no title, or why the file cannot be filled.
pub async fn begin(visit: &Visit, once: &Once, request: Request) -> Result<Done, Fault> {
    visit.viewer.demand(MAKE, organisation(visit))?;
    let (reply, content) = prepared(visit, request, visit.actor()).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        store::insert(tx, &reply, &content).await?;
        Entry::new("create", KIND, reply.id).write(tx, visit).await?;
        Ok(Done::created(url(reply.id), json!({ "id": reply.id })))
    })
    .await
}

/// Takes a blank in for somebody. For the demo.
///
/// # Errors
/// As [`begin`].
pub async fn receive(visit: &Visit, request: Request, by: uuid::Uuid) -> Result<(), Fault> {
    let (reply, content) = prepared(visit, request, by).await?;
    visit.net.transact(async |tx: &mut Tx| store::insert(tx, &reply, &content).await).await
}

/// The blank read, and what its columns probably mean.
async fn prepared(visit: &Visit, request: Request, by: uuid::Uuid) -> Result<(Reply, Vec<u8>), Fault> {
    let mut problems = Problems::default();
    let title = Check { problems: &mut problems }.required("title", &request.title, 300);
    if request.content.is_empty() {
        problems.add(
            "file",
            Message::new(if request.file_name.is_empty() { "file-choose" } else { "reply-refused-empty" }),
        );
    }
    let title = problems.into_result(title)?;
    let refused = |code: &str| Fault::field("file", Message::named(text_prefix!("reply-refused-", code)));
    let name: String = request.file_name.chars().take(200).collect();
    let tables = read(request.content.clone(), name.clone()).await?.map_err(|r| refused(r.reason.code()))?;
    let table = tables.best().ok_or_else(|| refused("no_table"))?;
    if table.layout.labels.len() > LABELS {
        return Err(refused("too_large"));
    }
    let (setup, remembered) = understood(visit, &table.layout, table.index, (&title, &name)).await?;
    let reply = Reply {
        id: ReplyId(visit.new_id()),
        title,
        organisation: organisation(visit),
        file_name: name,
        form: if tables.form == Form::Xlsx { FormCode::Xlsx } else { FormCode::Docx },
        setup,
        remembered,
        created_at: visit.now,
        created_by: by,
        taken_at: None,
        taken_by: None,
        version: 1,
    };
    Ok((reply, request.content))
}

/// Where a reply belongs: to the network for whoever answers for it, else to the own organisation.
fn organisation(visit: &Visit) -> Option<uuid::Uuid> {
    match visit.viewer.reach(MAKE) {
        Reach::Organisations(own) => own.first().copied(),
        _ => None,
    }
}

/// The years that a request is for: those that its words name, else the latest that has results.
async fn years(visit: &Visit, layout: &Layout, (title, file_name): (&str, &str)) -> Result<Years, Fault> {
    if let Some(years) = layout.years(title, file_name) {
        return Ok(years);
    }
    let this = AcademicYear::of(visit.today);
    let latest = figures::latest(&visit.net, this).await?.unwrap_or(this);
    Ok(Years { from: latest, to: latest, is_calendar: false })
}

async fn understood(visit: &Visit, layout: &Layout, sheet: usize, words: (&str, &str)) -> Result<(Setup, bool), Fault> {
    let whom = layout.whom(words.0, words.1);
    let places = store::places(&visit.net, &whose::reach(visit).await?).await?;
    let years = years(visit, layout, words).await?;
    let mut guess = layout::guess(layout, sheet, &fill::names(&places), (years, whom));
    let own = organisation(visit);
    let usual = whose::choices(visit, own).first().copied();
    // A school is asked for its own children where the words do not speak of the Centre.
    let taken = usual.filter(|usual| whom.is_none() && *usual == Whom::Own);
    guess.whose = taken.unwrap_or_else(|| whose::whom(visit, own, &guess.whose)).code().into();
    let mut known = store::remembered(&visit.net, &layout::shape(layout, own)).await?;
    if known.is_none() && own.is_some() {
        known = store::remembered(&visit.net, &layout::shape(layout, None)).await?;
    }
    Ok(match known {
        // The period is of today, and so is whose children the words mean; what they mean else is of last time.
        Some(known) => {
            let whose = if whom.is_some() { guess.whose } else { known.whose.clone() };
            (Setup { sheet, from: guess.from, to: guess.to, whose, ..known }, true)
        }
        None => (guess, false),
    })
}

/// A request with its table as it would be filled now.
pub struct Shown {
    pub reply: Reply,
    pub layout: Layout,
    pub filled: Filled,
    /// The years that the words of the request name.
    pub years: Option<Years>,
    /// Whose children are counted for this viewer.
    pub whom: Whom,
    /// The tables of the file: places and names.
    pub sheets: Vec<(usize, String)>,
}

/// # Errors
/// [`Fault::NotFound`]; [`Fault::Unavailable`] when a look at children cannot be noted.
pub async fn shown(visit: &Visit, id: ReplyId) -> Result<Shown, Fault> {
    let reply = open(visit, id).await?;
    let mut tables = tables_of(visit, &reply).await?;
    let sheets = tables.all.iter().map(|table| (table.index, table.name.clone())).collect();
    let place = tables.all.iter().position(|t| t.index == reply.setup.sheet).ok_or(Fault::NotFound)?;
    let layout = tables.all.swap_remove(place).layout;
    let filled = fill::fill(visit, &layout, &reply.setup, reply.organisation).await?;
    let years = layout.years(&reply.title, &reply.file_name);
    let whom = whose::whom(visit, reply.organisation, &reply.setup.whose);
    Ok(Shown { reply, layout, filled, years, whom, sheets })
}

async fn tables_of(visit: &Visit, reply: &Reply) -> Result<Tables, Fault> {
    let content = store::content(&visit.net, reply.id).await?;
    let read = read(content, reply.file_name.clone()).await?;
    Ok(read.map_err(|refusal| anyhow::anyhow!("a kept blank: {refusal}"))?)
}

/// Keeps what a person said of the rows and columns, for this blank and for the next one like it.
/// Another table of the file is guessed anew.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Invalid`]; [`Fault::Conflict`] `stale`.
pub async fn keep(visit: &Visit, once: &Once, id: ReplyId, fields: &BTreeMap<String, String>) -> Result<Done, Fault> {
    let reply = open(visit, id).await?;
    visit.viewer.demand(MAKE, reply.organisation)?;
    let tables = tables_of(visit, &reply).await?;
    let version = kit::form::version(fields.get("version").map_or("", String::as_str), reply.version)?;
    let sheet = fields.get("sheet").and_then(|s| s.parse().ok()).unwrap_or(reply.setup.sheet);
    let layout = tables.get(sheet).ok_or_else(|| Fault::field("sheet", Message::new("form-choose")))?;
    if layout.labels.len() > LABELS {
        return Err(Fault::field("sheet", Message::new("reply-refused-too_large")));
    }
    let (setup, is_learnt) = if sheet == reply.setup.sheet {
        (Setup::of_page(fields, &reply.setup, layout)?, true)
    } else {
        (understood(visit, layout, sheet, (&reply.title, &reply.file_name)).await?.0, false)
    };
    let shape = layout::shape(layout, organisation(visit));
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::update(tx, id, version, &setup).await? {
            return Err(Fault::conflict("stale", Message::new("reply-stale")));
        }
        if is_learnt {
            store::remember(tx, visit, &shape, &setup).await?;
        }
        Entry::new("update", KIND, id).fields(&["setup"]).write(tx, visit).await?;
        Ok(Done::changed(url(id), json!({ "id": id, "version": version + 1 })))
    })
    .await
}

/// Removes a request with its blank.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn remove(visit: &Visit, once: &Once, id: ReplyId) -> Result<Done, Fault> {
    let reply = open(visit, id).await?;
    visit.viewer.demand(MAKE, reply.organisation)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::delete(tx, id).await? {
            return Err(Fault::NotFound);
        }
        Entry::new("delete", KIND, id).write(tx, visit).await?;
        Ok(Done::changed(LIST.into(), json!({ "id": id })))
    })
    .await
}

/// The blank filled; that it was taken, for which request and with whose data stands in the trail.
///
/// # Errors
/// As [`shown`].
pub async fn take(visit: &Visit, id: ReplyId) -> Result<(Reply, Vec<u8>), Fault> {
    let shown = shown(visit, id).await?;
    let content = store::content(&visit.net, id).await?;
    let filling = filling(&shown);
    let form = if shown.reply.form == FormCode::Xlsx { Form::Xlsx } else { Form::Docx };
    let bytes = tokio::task::spawn_blocking(move || blank::fill(&content, form, &filling))
        .await
        .map_err(anyhow::Error::from)?
        .map_err(anyhow::Error::from)?;
    let subjects = shown.filled.subjects.clone();
    visit
        .net
        .transact(async |tx: &mut Tx| {
            store::take(tx, visit, id).await?;
            let entry = Entry {
                action: "export",
                kind: KIND,
                object: Some(id.0),
                // For which request: that stays when the blank is gone.
                fields: shown.reply.title.clone(),
                subjects: subjects.clone(),
            };
            entry.write(tx, visit).await
        })
        .await?;
    Ok((shown.reply, bytes))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn filling(shown: &Shown) -> Filling {
    let mut entries = Vec::new();
    for (row, cells) in &shown.filled.lines {
        for (column, cell) in cells {
            let put = match &cell.told {
                Told::Text(words) => What::Text(words.clone()),
                Told::Number(n) => What::Number(*n as f64),
                Told::Decimal(n) => What::Number(*n),
                Told::Percents(n) => What::Percents(*n),
                Told::Nothing => What::Text("—".into()),
                Told::Unknown => What::Mark,
                Told::Kept(_) => continue,
            };
            entries.push(Put { row: *row, column: *column, put });
        }
    }
    let f = &shown.filled;
    Filling { sheet: shown.reply.setup.sheet, template: f.template, inserted: f.inserted, entries }
}
