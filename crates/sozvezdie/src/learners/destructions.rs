//! The acts of destructions: when, by whom, on what ground, and no name. Kept three years
//! (приказ Роскомнадзора от 28.10.2022 № 179).
use super::{DESTROY, sheet, store::subject as sql, subject::Ground, view};
use crate::{
    organisations::{self, Organisation, OrganisationId},
    people,
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use documents::paper::{BLANK, Block, Paper, Signature};
use kit::{Fault, Lang, Visit, access::Reach, clock::local_date, db::row, http::Path, text::text_prefix};
use maud::Markup;
use std::collections::HashMap;
use uuid::Uuid;

/// The list's address.
pub const ACTS: &str = "/learners/destructions";

/// An act. The id of the child is all that is left of the child.
pub struct Act {
    pub id: Uuid,
    pub learner: Uuid,
    pub organisation: OrganisationId,
    pub ground: Ground,
    pub records: i64,
    pub at: DateTime<Utc>,
    pub by_person: Option<Uuid>,
}
row!(Act { id, learner, organisation, ground, records, at, by_person });

/// The organisations whose acts the viewer sees: the own one, with those that went over into it.
async fn own(visit: &Visit) -> Result<Vec<Uuid>, Fault> {
    match visit.viewer.reach(DESTROY) {
        Reach::Organisations(own) => organisations::with_predecessors(&visit.net, &own).await,
        Reach::Nowhere | Reach::Network => Ok(Vec::new()),
    }
}

/// The acts of the own organisation and of those that went over into it, the latest first, with the
/// names of those who destroyed.
async fn list(visit: &Visit) -> Result<(Vec<Act>, HashMap<Uuid, String>), Fault> {
    let acts = sql::acts(&visit.net, &own(visit).await?).await?;
    let people: Vec<Uuid> = acts.iter().filter_map(|act| act.by_person).collect();
    Ok((acts, people::names(&visit.net, &people).await?))
}

/// The page of the acts.
///
/// # Errors
/// The database's.
pub async fn show(visit: Visit) -> Result<Markup, Fault> {
    let (acts, names) = list(&visit).await?;
    Ok(view::subject::acts(&visit, &acts, &names))
}

/// One act to print and to sign.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown act and one of another organisation.
pub async fn print(visit: Visit, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let act = sql::act(&visit.net, &own(&visit).await?, id).await?.ok_or(Fault::NotFound)?;
    let names = people::names(&visit.net, act.by_person.as_slice()).await?;
    let organisation = organisations::open(&visit, act.organisation).await?;
    let by = act.by_person.and_then(|id| names.get(&id)).map_or(BLANK, String::as_str);
    let (paper, today) = (paper(&act, &organisation, by), visit.today);
    // Milliseconds of a processor: not on the threads that serve requests.
    let made = tokio::task::spawn_blocking(move || sheet::pdf(&paper, today)).await.map_err(anyhow::Error::from)??;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"destruction.pdf\""),
    ];
    Ok((headers, made.ok_or(Fault::NotFound)?).into_response())
}

/// What the act must say: operator, subject, data, system, way, ground, day, who.
fn paper(act: &Act, o: &Organisation, by: &str) -> Paper {
    let t = Lang::Ru;
    let operator = [Some(o.name.clone()), o.address.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let ground = t.say(&text_prefix!("destruction-ground-", act.ground.code())).into_owned();
    let facts = [
        ("Оператор", operator),
        ("О\u{a0}ком", format!("обучающийся, запись {}; имя уничтожено вместе со\u{a0}сведениями", act.learner)),
        ("Какие сведения", "имя, дата рождения, пол, СНИЛС, телефон, история обучения, законные представители и\u{a0}их\u{a0}входы, участие и\u{a0}результаты, планы и\u{a0}маршруты, черновики, загруженные списки".to_owned()),
        ("Где хранились", "информационная система «Созвездие»".to_owned()),
        ("Как уничтожены", format!("записи и\u{a0}файлы стёрты без\u{a0}возможности восстановления; стёрто записей: {}", t.number(act.records))),
        ("Причина", ground),
        ("Когда", t.moment(act.at, 0)),
        ("Кто уничтожил", by.to_owned()),
    ];
    Paper {
        title: "Акт об\u{a0}уничтожении персональных данных".to_owned(),
        issuer: vec![o.short_name.clone()],
        kind: "АКТ".to_owned(),
        date: t.date(local_date(act.at)),
        heading: "об\u{a0}уничтожении персональных данных".to_owned(),
        body: vec![Block::Table {
            columns: vec!["Что".to_owned(), "Содержание".to_owned()],
            rows: facts.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect(),
        }],
        signatures: vec![Signature { post: "Уничтожил(а)".to_owned(), name: by.to_owned() }],
        notes: vec!["Хранить три года вместе с\u{a0}выгрузкой из\u{a0}журнала событий.".to_owned()],
        ..Paper::default()
    }
}
