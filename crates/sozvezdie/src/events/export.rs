//! The list as it is on the screen, for Excel: same filter, same order.
use super::{store, view, web::Asked};
use crate::shell::export;
use axum::response::Response;
use documents::write::{Column, Kind, Table};
use kit::{Fault, Visit, cursor::COUNTED, http::Query, text::text_prefix};

async fn table(visit: &Visit, asked: &Asked) -> Result<Table, Fault> {
    let t = visit.lang;
    let items = store::list::list(&visit.net, &asked.filter(visit), None, COUNTED).await?.items;
    let ids: Vec<_> = items.iter().map(|e| e.id).collect();
    let lists = store::list::lists_of(&visit.net, &ids).await?;
    let columns = [
        t.say("event-title"),
        t.say("event-kind"),
        t.say("event-year"),
        t.say("event-level"),
        t.say("event-format"),
        t.say("event-subject"),
        t.say("event-organiser"),
        t.say("event-classes"),
        t.say("event-starts"),
        t.say("event-ends"),
        t.say("event-lists"),
        t.say("list-state"),
    ];
    let columns = columns.map(|words| Column::new(words, Kind::Text)).into();
    let mut table = Table { title: t.say("nav-events").into(), columns, ..Table::default() };
    for e in items {
        let on = lists.get(&e.id).map(|all| view::list_words(t, all)).unwrap_or_default();
        table.rows.push(vec![
            e.title.clone().into(),
            t.say(&text_prefix!("event-kind-", e.kind.code())).into_owned().into(),
            e.academic_year.to_string().into(),
            t.say(&text_prefix!("event-level-", e.level.code())).into_owned().into(),
            t.say(&text_prefix!("event-format-", e.format.code())).into_owned().into(),
            e.subject.clone().into(),
            e.organiser.clone().into(),
            view::classes(t, &e).into(),
            e.starts_on.map(|d| t.date(d)).into(),
            e.ends_on.map(|d| t.date(d)).into(),
            on.into(),
            t.say(&text_prefix!("event-state-", e.state.code())).into_owned().into(),
        ]);
    }
    Ok(table)
}

pub async fn xlsx(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::xlsx(&visit, table(&visit, &asked).await?, "events").await
}

pub async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::csv(&visit, table(&visit, &asked).await?, "events").await
}
