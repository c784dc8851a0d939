//! Connections: how many there may be, how long a slow one is waited for, and how they end.
//!
//! `axum::serve` waits for ever; a few hundred visitors that never finish their first line would
//! shut the door for everybody.
use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{future::Future, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};
use tower::ServiceExt as _;

/// Connections held at once; the next ones wait in the system's queue. Below the 1,024 files that a
/// process may commonly open.
const MOST: usize = 900;
/// A request's head must be here by then; an idle connection is closed after as long.
const HEAD: Duration = Duration::from_secs(30);
/// Requests under way when the program is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `stop`, then lets what is under way come to its end.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(MOST));
    let (stopping, last_call) = watch::channel(false);
    let mut visitors = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let next = async { (Arc::clone(&room).acquire_owned().await, listener.accept().await) };
        let (place, accepted) = tokio::select! { () = &mut stop => break, next = next => next };
        match accepted {
            Ok((stream, from)) => {
                let visit = attend(stream, from, router.clone(), last_call.clone());
                visitors.spawn(async move {
                    let _place = place;
                    visit.await;
                });
            }
            Err(e) => {
                // Out of files, mostly: somebody has to leave first.
                tracing::warn!("a connection was not accepted: {e}");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
        while visitors.try_join_next().is_some() {}
    }
    drop(listener);
    let _ = stopping.send(true);
    let _ = tokio::time::timeout(FAREWELL, async { while visitors.join_next().await.is_some() {} }).await;
}

async fn attend(stream: TcpStream, from: SocketAddr, router: Router, mut last_call: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        request
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)));
    tokio::select! {
        _ = connection.as_mut() => {}
        () = async { drop(last_call.wait_for(|told| *told).await) } => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
