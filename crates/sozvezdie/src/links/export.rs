//! «Отдано / получено» for Excel: the rows that are on the screen.
use super::{Asked, Links, hours};
use crate::shell::export;
use axum::response::Response;
use documents::write::{Column, Field, Kind, Table};
use kit::{Fault, Visit, http::Query};

async fn table(visit: &Visit, asked: &Asked) -> Result<Table, Fault> {
    let t = visit.lang;
    let links = Links::load(visit, asked).await?;
    let number = |key| Column::new(t.say(key), Kind::Decimal);
    let days = |key| Column::new(t.say(key), Kind::Integer);
    let columns = vec![
        Column::new(t.say("organisation-one"), Kind::Text),
        number("links-given"),
        number("links-received"),
        number("links-difference"),
        number("links-learner-hours"),
        days("links-days-given"),
        days("links-days-received"),
    ];
    #[expect(clippy::cast_precision_loss, reason = "days of a year are few")]
    let whole = |n: i64| Field::from(n as f64);
    let rows = links.balance.rows.iter().map(|r| {
        vec![
            r.organisation_name.as_str().into(),
            hours(r.given).into(),
            hours(r.received).into(),
            hours(r.given - r.received).into(),
            hours(r.given_learner_minutes).into(),
            whole(r.given_days),
            whole(r.received_days),
        ]
    });
    let rows = rows.collect();
    Ok(Table { title: t.say("links-balance").into(), columns, rows, ..Table::default() })
}

pub async fn xlsx(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::xlsx(&visit, table(&visit, &asked).await?, "exchange").await
}

pub async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    export::csv(&visit, table(&visit, &asked).await?, "exchange").await
}
