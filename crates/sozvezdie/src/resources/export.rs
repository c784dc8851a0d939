//! The catalogue as it is on the screen, for Excel.
use super::{
    list::{self, Asked},
    view,
};
use crate::shell::export;
use axum::response::Response;
use kit::{Fault, Visit, cursor::COUNTED, http::Query};

pub async fn xlsx(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let slice = list::list(&visit, &asked, None, COUNTED).await?;
    export::xlsx(&visit, view::list::rows(visit.lang, slice.items), "resources").await
}

pub async fn csv(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let slice = list::list(&visit, &asked, None, COUNTED).await?;
    export::csv(&visit, view::list::rows(visit.lang, slice.items), "resources").await
}
