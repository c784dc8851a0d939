//! Pages of the exchange: extract, call, answer.
pub mod ask;
pub mod cart;
pub mod common;
pub mod consent;
pub mod deed;
pub mod distance;
pub mod list;
pub mod month;
pub mod need;
pub mod record;

use crate::organisations::{self, Listed as Organisation};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    form::Problems,
};
use maud::Markup;

/// Rows of a page of a list.
pub const PAGE: i64 = 50;

/// The organisations for which this viewer holds a permission.
pub async fn own(visit: &Visit, permission: Permission) -> Result<Vec<Organisation>, Fault> {
    let reach = visit.viewer.reach(permission);
    if reach == Reach::Nowhere {
        return Ok(Vec::new());
    }
    Ok(organisations::active(&visit.net).await?.into_iter().filter(|o| reach.covers(Some(o.id.0))).collect())
}

/// The page again, with what is to be mended.
pub fn again(status: StatusCode, page: Markup) -> Response {
    (status, page).into_response()
}

/// The same problems at the names that the page's fields have.
pub fn renamed(problems: &Problems, names: &[(&str, &'static str)]) -> Problems {
    let mut out = Problems::default();
    for (field, message) in problems.iter() {
        let name =
            names.iter().find(|(from, _)| *from == field).map_or_else(|| field.to_owned(), |(_, to)| (*to).to_owned());
        out.add(name, message.clone());
    }
    out
}
