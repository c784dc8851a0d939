//! What `cargo xtask bench` compares with, served only under `SOZVEZDIE_BENCH=1`: an axum route
//! that runs the same statements through the bare driver and returns as many bytes, and one that
//! inserts a bare row. No layer, no session, no permission: never for others.
use crate::app::App;
use axum::{
    Router,
    body::Body,
    extract::{Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use kit::{
    Fault,
    db::bare::{Bare, Statement, heard},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tower::ServiceExt as _;

/// The program's routes with the floor beside them.
///
/// # Errors
/// The database's.
pub async fn beside(app: &App, whole: Router) -> Result<Router, kit::db::Error> {
    let bare = Bare::of(&app.db).await?;
    let floor = Floor(Arc::new(Parts { app: app.clone(), bare, whole: whole.clone(), known: Mutex::default() }));
    let routes = Router::new().route("/bench/floor/read", get(read)).route("/bench/floor/insert", post(insert));
    Ok(whole.merge(routes.with_state(floor)))
}

#[derive(Clone)]
struct Floor(Arc<Parts>);

struct Parts {
    app: App,
    bare: Bare,
    whole: Router,
    /// What was heard of each address and whoever asked for it.
    known: Mutex<HashMap<(String, String), Arc<Known>>>,
}

/// What a request does and how much it answers.
struct Known {
    statements: Vec<Statement>,
    bytes: usize,
}

#[derive(serde::Deserialize)]
struct Of {
    /// The address whose floor it is, with its query.
    of: String,
}

fn who(headers: &HeaderMap) -> String {
    let texts = [header::AUTHORIZATION, header::COOKIE].map(|name| headers.get(name).cloned());
    texts.into_iter().flatten().filter_map(|value| value.to_str().map(str::to_owned).ok()).collect()
}

async fn read(State(floor): State<Floor>, Query(Of { of }): Query<Of>, request: Request) -> Result<Response, Fault> {
    let parts = &floor.0;
    let key = (of, who(request.headers()));
    let known = parts.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let known = match known {
        Some(known) => known,
        None => {
            let known = Arc::new(listen(&parts.whole, &key.0, request).await?);
            parts.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&known));
            known
        }
    };
    parts.bare.run(&known.statements).await?;
    Ok(Body::from(vec![b'.'; known.bytes]).into_response())
}

/// Asks the program itself once.
async fn listen(whole: &Router, of: &str, mut request: Request) -> Result<Known, Fault> {
    *request.uri_mut() = of.parse().map_err(anyhow::Error::from)?;
    let answer = async {
        let response = whole.clone().oneshot(request).await.map_err(anyhow::Error::from)?;
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.map_err(anyhow::Error::from)?;
        Ok::<_, anyhow::Error>((status, body.len()))
    };
    let (answer, statements) = heard(answer).await;
    let (status, bytes) = answer?;
    if status != StatusCode::OK {
        return Err(Fault::Internal(anyhow::anyhow!("{of} answers {status}")));
    }
    Ok(Known { statements, bytes })
}

async fn insert(State(floor): State<Floor>) -> Result<StatusCode, Fault> {
    let parts = &floor.0;
    parts.bare.insert(parts.app.chance.id(parts.app.clock.now())).await?;
    Ok(StatusCode::CREATED)
}
