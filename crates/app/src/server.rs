//! Listening, and stopping without losing what was accepted.

use std::{net::SocketAddr, time::Duration};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::Installation;

/// Streams and slow requests get this long after a stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

/// A server that answers.
pub struct Running {
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    doors: JoinHandle<()>,
    worker: JoinHandle<()>,
}

/// Binds the address and starts the doors and the worker.
///
/// # Errors
/// The address cannot be bound; a taken port says how to take another.
pub async fn serve(installation: Installation, listen: SocketAddr) -> Result<Running, String> {
    let listener = TcpListener::bind(listen).await.map_err(|error| bind_problem(listen, &error))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (stop, stopping) = watch::channel(false);
    let service = web::router(installation.doors).into_make_service_with_connect_info::<SocketAddr>();
    let mut asked = stopping.clone();
    let doors = tokio::spawn(async move {
        let shutdown = async move {
            // An error means the sender is gone, which is a stop too.
            let _ = asked.wait_for(|stop| *stop).await;
        };
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(shutdown).await {
            tracing::error!(%error, "the server stopped");
        }
    });
    let worker = tokio::spawn(worker::run(installation.jobs, stopping));
    Ok(Running { address, stop, doors, worker })
}

impl Running {
    /// Takes no new requests, finishes what runs, and returns when everything has ended or the grace is over.
    pub async fn stop(self) {
        // Nobody listening any more is fine: everything has ended already.
        let _ = self.stop.send(true);
        let ended = async {
            let _ = self.doors.await;
            let _ = self.worker.await;
        };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            tracing::warn!("some requests did not end in time");
        }
    }

    /// Waits for Ctrl-C or SIGTERM, then stops.
    pub async fn until_signal(self) {
        use tokio::signal::unix::{SignalKind, signal};
        let terminated = async {
            match signal(SignalKind::terminate()) {
                Ok(mut terminate) => drop(terminate.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminated => {}
        }
        self.stop().await;
    }
}

pub(crate) fn bind_problem(listen: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("{listen} is taken by another program; stop it, or choose another address with --listen 127.0.0.1:PORT")
        }
        _ => format!("cannot listen on {listen}: {error}"),
    }
}
