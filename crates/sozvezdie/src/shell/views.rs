//! A list's filter under a name, for whoever made it. A view is an address and nothing more.
use super::{look::local, nav, store};
use axum::response::Response;
use kit::{
    Fault, Visit,
    db::{Tx, row},
    form::{Check, Problems},
    html as piece,
    http::{Path, Sent, go},
    once::Done,
    text::Message,
};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

/// Longest query kept, in bytes.
const LIMIT: usize = 1000;

/// A saved view of one list.
pub struct View {
    pub id: Uuid,
    pub name: String,
    pub query: String,
}
row!(View { id, name, query });

/// The viewer's own views of the list at this address.
///
/// # Errors
/// The database's.
pub async fn of(visit: &Visit, list: &str) -> Result<Vec<View>, Fault> {
    let Some(person) = visit.viewer.person else { return Ok(Vec::new()) };
    store::views(&visit.net, person, list).await
}

/// The views as tabs after the list's own; the current one has the page's query.
pub fn tabs(visit: &Visit, list: &str, views: &[View]) -> Vec<(String, String, Option<i64>, bool)> {
    let query = visit.url.split_once('?').map_or("", |(_, q)| q);
    views.iter().map(|v| (format!("{list}?{}", v.query), v.name.clone(), None, v.query == query)).collect()
}

/// «Сохранить вид» for a filtered list, «Убрать вид» on a saved one.
pub fn keeper(visit: &Visit, list: &str, views: &[View]) -> Markup {
    let t = visit.lang;
    let query = visit.url.split_once('?').map_or("", |(_, q)| q);
    if visit.viewer.is_guest() || query.is_empty() {
        return html! {};
    }
    html! {
        @if let Some(view) = views.iter().find(|v| v.query == query) {
            form action={ "/views/" (view.id) "/removal" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.btn.quiet { (piece::icon("x")) (t.say_with("view-remove", &[("name", view.name.as_str().into())])) }
            }
        } @else {
            details.menu {
                summary.btn.quiet { (piece::icon("bookmark")) (t.say("view-save")) }
                form.form.pa action="/views" method="post" {
                    (piece::key_field(&visit.new_key()))
                    input type="hidden" name="list" value=(list);
                    input type="hidden" name="query" value=(query);
                    div.field { label for="view-name" { (t.say("view-name")) } input.in #view-name name="name" required maxlength="60"; }
                    button.btn.primary { (t.say("save")) }
                }
            }
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ViewForm {
    list: String,
    name: String,
    query: String,
}

/// Keeps a view. The same name again takes the new filter.
pub async fn save(visit: Visit, sent: Sent<ViewForm>) -> Result<Response, Fault> {
    let form = &sent.data;
    let mut problems = Problems::default();
    let name = Check { problems: &mut problems }.required("name", &form.name, 60);
    problems.into_result(())?;
    if nav::MENU.iter().all(|e| e.href != form.list) || form.query.len() > LIMIT {
        return Err(Fault::NotFound);
    }
    let address = local(&format!("{}?{}", form.list, form.query)).to_owned();
    let done = sent
        .once(&visit, "views.save")
        .run(&visit.net, async |tx: &mut Tx| {
            if !store::put_view(tx, visit.new_id(), visit.actor(), &form.list, &name, &form.query).await? {
                return Err(Fault::field("name", Message::new("view-enough").with("most", store::VIEWS)));
            }
            Ok(Done::changed(address.clone(), serde_json::Value::Null))
        })
        .await?;
    Ok(go(&done, "done-view"))
}

#[derive(Deserialize, Default)]
pub struct Press {}

/// Drops a view of the viewer's own.
pub async fn remove(visit: Visit, Path(id): Path<Uuid>, sent: Sent<Press>) -> Result<Response, Fault> {
    let done = sent
        .once(&visit, &format!("views.remove {id}"))
        .run(&visit.net, async |tx: &mut Tx| {
            let list = store::drop_view(tx, id, visit.actor()).await?.ok_or(Fault::NotFound)?;
            Ok(Done::changed(list, serde_json::Value::Null))
        })
        .await?;
    Ok(go(&done, "done-view-removed"))
}
