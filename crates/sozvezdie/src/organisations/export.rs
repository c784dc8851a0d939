//! The list as it is on the screen, for Excel: same filter, same order, and who made it.
use super::{store, view, web::Asked};
use crate::shell::export;
use axum::response::Response;
use documents::write::{Column, Kind, Table};
use kit::{Fault, Visit, cursor::COUNTED, http::Query, text::text_prefix};
use std::borrow::Cow;

async fn table(visit: &Visit, asked: &Asked) -> Result<Table, Fault> {
    let t = visit.lang;
    let slice = store::list(&visit.net, &asked.filter(visit), None, COUNTED).await?;
    let title = |words: Cow<'static, str>| Column::new(words, Kind::Text);
    let columns = [
        t.say("organisation-short-name"),
        t.say("organisation-full-name"),
        t.say("organisation-kind"),
        t.say("organisation-address"),
        t.say("organisation-phones"),
        t.say("organisation-email"),
        t.say("list-state"),
    ];
    let mut table =
        Table { title: t.say("organisations-title").into(), columns: columns.map(title).into(), ..Table::default() };
    for o in slice.items {
        let state = t.say(&text_prefix!("organisation-state-", o.state.code())).into_owned();
        let kind = view::kind_words(t, o.kind);
        table.rows.push(vec![
            o.short_name.into(),
            o.name.into(),
            kind.into(),
            o.address.into(),
            o.phones.into(),
            o.email.into(),
            state.into(),
        ]);
    }
    Ok(table)
}

pub async fn xlsx(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::xlsx(&visit, table(&visit, &asked).await?, "organisations").await
}

pub async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::csv(&visit, table(&visit, &asked).await?, "organisations").await
}
