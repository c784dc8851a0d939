//! The program as a server: layers around the slices' routes.
use crate::{
    app::App,
    connections,
    people, roles,
    shell::{assets, faults, ops},
    slices,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    middleware,
    response::{IntoResponse as _, Response},
    routing::get,
};
use kit::{
    Fault,
    http::{BODY_LIMIT, surround},
    text::text_key,
    visit::{Door, enter},
};
use std::sync::Arc;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel},
};

/// The whole program as one service.
pub fn router(app: &App, routes: kit::routes::Routes<App>) -> Router {
    let door = Arc::new(Door {
        db: app.db.clone(),
        clock: app.clock.clone(),
        chance: app.chance.clone(),
        policy: roles::policy,
        guests: app.network,
        notice: (!app.options.demo_accounts.is_empty()).then_some(text_key("demo-notice")),
    });
    let (inside, _) = routes.into_parts();
    let inside = inside
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::NotFound })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        // A panic is a fault like any other: drawn, logged, and the process lives on.
        .layer(CatchPanicLayer::custom(|cause: Box<dyn std::any::Any + Send>| {
            let text = cause.downcast_ref::<String>().cloned().or_else(|| cause.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            Fault::Internal(anyhow::anyhow!("panic: {}", text.unwrap_or_default())).into_response()
        }))
        .layer(middleware::from_fn_with_state(door, enter))
        .layer(middleware::from_fn(faults::draw));
    let outside = Router::new()
        .route("/assets/{*path}", get(assets::serve))
        .route("/healthz", get(ops::health))
        .route("/readyz", get(ops::ready))
        .route("/metrics", get(ops::metrics));
    let behind_tls = app.options.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    Router::new()
        .merge(inside)
        .merge(outside)
        .layer(middleware::map_response(move |mut response: Response| async move {
            if behind_tls {
                response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
            }
            response
        }))
        .layer(middleware::from_fn(surround))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(app.clone())
}

/// Serves until the process is told to stop.
pub async fn serve(app: App, listener: tokio::net::TcpListener) {
    let sealing = tokio::spawn(keep_sealing(app.clone()));
    connections::serve(listener, router(&app, slices::routes()), told_to_stop()).await;
    sealing.abort();
}

/// Chains the audit trail within a second of the deed, network by network.
async fn keep_sealing(app: App) {
    let mut tick = tokio::time::interval(std::time::Duration::from_secs(1));
    loop {
        tick.tick().await;
        match people::networks(&app.db.directory()).await {
            Ok(networks) => {
                for network in networks {
                    if let Err(e) = kit::audit::seal(&app.db.network(network)).await {
                        tracing::warn!("the audit trail waits to be sealed: {e:?}");
                    }
                }
            }
            Err(e) => tracing::warn!("the audit trail waits to be sealed: {e:?}"),
        }
    }
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}
