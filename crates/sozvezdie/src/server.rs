//! The program as a server: layers around the slices' routes.
use crate::{
    app::App,
    connections, floor, people, roles,
    shell::{account, assets, faults, limits, ops},
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
    db::Net,
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
        counts: |visit| Box::pin(async move { slices::counts(&visit).await }),
        guests: app.network,
        notice: (!app.options.demo_accounts.is_empty()).then_some(text_key("demo-notice")),
        origin: app.options.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned()),
        demands_factor: app.options.second_factor_days.is_some(),
    });
    let (inside, _) = routes.into_parts();
    let inside = inside
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::NotFound })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        // A panic is a fault like any other: drawn, logged, and the process lives on.
        .layer(CatchPanicLayer::custom(|cause: Box<dyn std::any::Any + Send>| {
            let text = cause
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| cause.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            Fault::Internal(anyhow::anyhow!("panic: {}", text.unwrap_or_default())).into_response()
        }))
        .layer(middleware::from_fn_with_state(app.clone(), limits::restrain))
        .layer(middleware::from_fn(account::duty_first))
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
                response
                    .headers_mut()
                    .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
            }
            response
        }))
        .layer(middleware::from_fn(surround))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(app.clone())
}

/// Serves until the process is told to stop.
pub async fn serve(app: App, listener: tokio::net::TcpListener) {
    let behind = [tokio::spawn(keep_sealing(app.clone())), tokio::spawn(keep_working(app.clone()))];
    let router = router(&app, slices::routes());
    let router = match std::env::var("SOZVEZDIE_BENCH").as_deref() {
        Ok("1") => floor::beside(&app, router.clone()).await.unwrap_or_else(|e| {
            tracing::error!("no floor to measure against: {e}");
            router
        }),
        _ => router,
    };
    connections::serve(listener, router, told_to_stop()).await;
    // A job cut short is done again by whoever serves next.
    behind.iter().for_each(tokio::task::JoinHandle::abort);
}

/// Chains the audit trail within a second of the deed. Apart from the jobs: no slow mail server
/// may hold it up, and a row that is written every second would keep the disk awake.
async fn keep_sealing(app: App) {
    let mut tick = each_second();
    loop {
        tick.tick().await;
        for net in networks(&app).await {
            if let Err(e) = kit::audit::seal(&net).await {
                tracing::warn!("the audit trail waits to be sealed: {e:?}");
            }
        }
    }
}

/// Does the jobs that are due.
async fn keep_working(app: App) {
    let mut tick = each_second();
    loop {
        tick.tick().await;
        for net in networks(&app).await {
            if let Err(e) = app.jobs.turn(&app, &net, &app.clock, &app.chance).await {
                tracing::warn!("jobs wait: {e:?}");
            }
        }
    }
}

fn each_second() -> tokio::time::Interval {
    let mut tick = tokio::time::interval(std::time::Duration::from_secs(1));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    tick
}

/// Every network, or none while the database is away.
async fn networks(app: &App) -> Vec<Net> {
    let found = people::networks(&app.db.directory()).await;
    let found = found.inspect_err(|e| tracing::warn!("the networks are out of reach: {e:?}")).unwrap_or_default();
    found.into_iter().map(|id| app.db.network(id)).collect()
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
