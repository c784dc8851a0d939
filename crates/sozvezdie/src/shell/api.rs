//! The API's description and its page. The page is ours: a viewer from a foreign address would
//! break both the CSP and a school without internet.
use super::Page;
use crate::app::App;
use axum::{Json, extract::State, response::IntoResponse};
use kit::{Visit, html as piece};
use maud::{Markup, html};
use utoipa::{
    OpenApi,
    openapi::{self, RefOr, path::HttpMethod},
};

/// The empty description that the slices' parts are merged into.
pub fn document() -> openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(info(title = "Созвездие", description = "Сетевое взаимодействие образовательных организаций"))]
    struct Root;
    Root::openapi()
}

/// The shell's own routes.
pub fn shell_document() -> openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(super::account::token, super::account::me))]
    struct Part;
    Part::openapi()
}

pub async fn openapi(State(app): State<App>) -> impl IntoResponse {
    Json(app.openapi.clone())
}

/// The reference: every address, what it takes and what it gives.
pub async fn reference(visit: Visit, State(app): State<App>) -> Markup {
    let t = visit.lang;
    let operations = app.openapi.paths.paths.iter().flat_map(|(path, item)| {
        let methods = [
            (HttpMethod::Get, &item.get),
            (HttpMethod::Post, &item.post),
            (HttpMethod::Patch, &item.patch),
            (HttpMethod::Delete, &item.delete),
        ];
        methods.into_iter().filter_map(move |(method, op)| op.as_ref().map(|op| (path, method, op)))
    });
    Page::new(&visit, t.say("api-title")).show(html! {
        (piece::head(&t.say("api-title"), html! { p { (t.say("api-about")) } }, piece::link_button("/api/v1/openapi.json", "download", "openapi.json", false)))
        section.panel { div.body.api {
            h2 { (t.say("api-start")) }
            pre tabindex="0" { code {
                "curl -X POST …/api/v1/tokens -H 'Content-Type: application/json' -d '{\"email\":\"…\",\"password\":\"…\"}'\n"
                "curl …/api/v1/organisations -H 'Authorization: Bearer …'"
            } }
            p { (t.say("api-rules")) }
        } }
        @for (path, method, op) in operations {
            section.panel.api {
                header { h2 { span.tag.info { (method_name(&method)) } " " code { (path) } } }
                div.body {
                    @if let Some(summary) = &op.summary { p { (summary) } }
                    @if let Some(description) = &op.description { p.muted { (description) } }
                    @if let Some(parameters) = &op.parameters { (piece::scroll(&t.say("api-parameters"), html! {
                        table.tbl { thead { tr { th scope="col" { (t.say("api-parameter")) } th scope="col" { (t.say("api-place")) } th scope="col" { (t.say("api-meaning")) } } }
                            tbody { @for p in parameters.iter().filter_map(|p| match p { RefOr::T(p) => Some(p), RefOr::Ref(_) => None }) { tr {
                                td { code { (p.name) } } td { (serde_json::to_value(&p.parameter_in).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()) } td { (p.description.as_deref().unwrap_or("")) }
                            } } } }
                    })) }
                    p.muted.sm { (t.say("api-answers")) " " (op.responses.responses.keys().cloned().collect::<Vec<_>>().join(", ")) }
                }
            }
        }
    })
}

fn method_name(method: &HttpMethod) -> &'static str {
    match method {
        HttpMethod::Get => "GET",
        HttpMethod::Post => "POST",
        HttpMethod::Patch => "PATCH",
        HttpMethod::Delete => "DELETE",
        _ => "…",
    }
}
