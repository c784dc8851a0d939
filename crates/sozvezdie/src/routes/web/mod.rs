//! Pages of routes: extract, call, answer.
pub mod list;
pub mod record;
pub mod write;

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use maud::Markup;
use serde::Deserialize;

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
