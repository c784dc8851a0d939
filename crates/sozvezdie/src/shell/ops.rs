//! For those who run the program: is it alive, is the database there, how is it doing.
use crate::app::App;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts gathering. Called once, at start.
pub fn install_metrics() -> anyhow::Result<()> {
    if METRICS.get().is_none() {
        let buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &buckets)?
            .install_recorder()?;
        let _ = METRICS.set(handle);
    }
    Ok(())
}

/// The process is there.
pub async fn health() -> &'static str {
    "ok\n"
}

/// The database answers.
pub async fn ready(State(app): State<App>) -> Response {
    match app.db.ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(e) => {
            tracing::warn!("not ready: {e}");
            (StatusCode::SERVICE_UNAVAILABLE, "database away\n").into_response()
        }
    }
}

/// Prometheus' text, for whoever shows the token that the program was started with.
pub async fn metrics(State(app): State<App>, headers: HeaderMap) -> Response {
    let shown =
        headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let known = app.options.metrics_token.as_deref();
    match (shown, known, METRICS.get()) {
        (Some(shown), Some(known), Some(handle)) if kit::chance::digest(shown) == kit::chance::digest(known) => {
            handle.run_upkeep();
            handle.render().into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
