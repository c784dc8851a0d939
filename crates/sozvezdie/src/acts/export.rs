//! The list as it is on the screen, for Excel: same filter, same order, and who made it.
use super::{store, view, web::Asked};
use crate::shell::export;
use axum::response::Response;
use documents::write::{Column, Kind, Table};
use kit::{Fault, Visit, cursor::COUNTED, http::Query};

async fn table(visit: &Visit, asked: &Asked) -> Result<Table, Fault> {
    let t = visit.lang;
    let slice = store::list(&visit.net, &asked.filter(visit), None, COUNTED).await?;
    let columns = [
        t.say("act-kind"),
        t.say("act-number"),
        t.say("act-issued-on"),
        t.say("act-title"),
        t.say("act-issuer"),
        t.say("act-from"),
        t.say("act-until"),
        t.say("list-state"),
    ];
    let columns = columns.map(|words| Column::new(words, Kind::Text)).into();
    let mut table = Table { title: t.say("nav-acts").into(), columns, ..Table::default() };
    for a in slice.items {
        let state = view::state_words(t, a.kind, a.days().state(visit.today));
        table.rows.push(vec![
            view::kind_words(t, a.kind).into(),
            a.number.into(),
            t.date(a.issued_on).into(),
            a.title.into(),
            a.issuer.into(),
            t.date(a.effective_from).into(),
            a.effective_until.map(|d| t.date(d)).into(),
            state.into(),
        ]);
    }
    Ok(table)
}

pub async fn xlsx(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::xlsx(&visit, table(&visit, &asked).await?, "acts").await
}

pub async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::csv(&visit, table(&visit, &asked).await?, "acts").await
}
