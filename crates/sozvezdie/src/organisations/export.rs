//! The list as it is on the screen, for Excel: same filter, same order, and who made it.
use super::{store, view, web::Asked};
use axum::{http::header, response::{IntoResponse, Response}};
use documents::write::{Column, Kind, Table};
use std::borrow::Cow;
use kit::{Fault, Visit, cursor::COUNTED, http::Query, text::text_prefix};

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
    let mut table = Table { title: t.say("organisations-title").into(), columns: columns.map(title).into(), ..Table::default() };
    for o in slice.items {
        let state = t.say(&text_prefix!("organisation-state-", o.state.code())).into_owned();
        let kind = view::kind_words(t, o.kind);
        table.rows.push(vec![o.short_name.into(), o.name.into(), kind.into(), o.address.into(), o.phones.into(), o.email.into(), state.into()]);
    }
    let who = if visit.viewer.is_guest() { t.say("role-guest").into_owned() } else { visit.viewer.name.clone() };
    let when = t.moment(visit.now, chrono::Datelike::year(&visit.today));
    table.footer.push(t.say_with("export-made", &[("who", who.into()), ("when", when.into())]).into());
    table.made = Some(visit.now.with_timezone(&kit::clock::LOCAL).naive_local());
    Ok(table)
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))], bytes).into_response()
}

pub async fn xlsx(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let table = table(&visit, &asked).await?;
    let bytes = documents::write::xlsx(&table).map_err(anyhow::Error::from)?;
    Ok(file(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "organisations.xlsx"))
}

pub async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let table = table(&visit, &asked).await?;
    Ok(file(documents::write::csv(&table), "text/csv; charset=utf-8", "organisations.csv"))
}
