//! Tables for Excel: typed, safe, and saying who made them.
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use documents::write::Table;
use kit::{Fault, Visit};

/// The table with a foot that says who made it and when.
fn signed(visit: &Visit, mut table: Table) -> Table {
    let t = visit.lang;
    let who = if visit.viewer.is_guest() { t.say("role-guest").into_owned() } else { visit.viewer.name.clone() };
    let when = t.moment(visit.now, chrono::Datelike::year(&visit.today));
    table.footer.push(t.say_with("export-made", &[("who", who.into()), ("when", when.into())]).into());
    table.made = Some(visit.now.with_timezone(&kit::clock::LOCAL).naive_local());
    table
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

/// A workbook to save under `name`.
///
/// # Errors
/// A defect in the table, which the log gets.
pub fn xlsx(visit: &Visit, table: Table, name: &str) -> Result<Response, Fault> {
    let bytes = documents::write::xlsx(&signed(visit, table)).map_err(anyhow::Error::from)?;
    Ok(file(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name))
}

/// A delimited text to save under `name`.
pub fn csv(visit: &Visit, table: Table, name: &str) -> Response {
    file(documents::write::csv(&signed(visit, table)), "text/csv; charset=utf-8", name)
}
