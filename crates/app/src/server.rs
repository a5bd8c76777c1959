//! Listening, and stopping without losing what was accepted.

use std::{net::SocketAddr, time::Duration};

use axum::Router;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    task::JoinHandle,
};

use crate::Installation;

/// Streams and slow requests get this long after a stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

/// A server that answers.
pub struct Running {
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Binds the address and starts the doors and the worker.
///
/// # Errors
/// The address cannot be bound; a taken port says how to take another.
pub async fn serve(installation: Installation, listen: SocketAddr) -> Result<Running, String> {
    let listener = bind(listen, "--listen").await?;
    start(installation, Router::new(), listener).await
}

/// Takes an address that `flag` chooses.
///
/// # Errors
/// It cannot be bound; a taken port says how to take another.
pub(crate) async fn bind(address: SocketAddr, flag: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| bind_problem(address, flag, &error))
}

/// Starts the doors, with `more` beside them, and the worker.
///
/// # Errors
/// New workspaces would have no plan, or the listener has no address.
pub(crate) async fn start(installation: Installation, more: Router, listener: TcpListener) -> Result<Running, String> {
    installation.check_catalogue().await?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (stop, stopping) = watch::channel(false);
    let worker = tokio::spawn(worker::run(installation.jobs, stopping.clone()));
    let streams = tokio::spawn(web::realtime::run(installation.doors.clone(), stopping));
    let running = Running { address, stop, tasks: vec![worker, streams] };
    Ok(running.with(listener, web::router(installation.doors).merge(more)))
}

impl Running {
    /// Answers at a further address as well, until the same stop.
    #[must_use]
    pub(crate) fn with(mut self, listener: TcpListener, router: Router) -> Self {
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let mut asked = self.stop.subscribe();
        let shutdown = async move {
            // An error means the sender is gone, which is a stop too.
            let _ = asked.wait_for(|stop| *stop).await;
        };
        self.tasks.push(tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(shutdown).await {
                tracing::error!(%error, "the server stopped");
            }
        }));
        self
    }

    /// Takes no new requests, finishes what runs, and returns when everything has ended or the grace is over.
    pub async fn stop(self) {
        // Nobody listening any more is fine: everything has ended already.
        let _ = self.stop.send(true);
        let ended = async {
            for task in self.tasks {
                // A task that panicked has ended too, and was logged.
                let _ = task.await;
            }
        };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            tracing::warn!("some requests did not end in time");
        }
    }

    /// Waits for Ctrl-C or SIGTERM, then stops.
    pub(crate) async fn until(self, mut signals: StopSignals) {
        tokio::select! {
            _ = signals.interrupt.recv() => {}
            _ = signals.terminate.recv() => {}
        }
        self.stop().await;
    }
}

/// Ctrl-C and SIGTERM, heard from the moment this is made: before anybody is told that the server is there.
pub(crate) struct StopSignals {
    interrupt: Signal,
    terminate: Signal,
}

impl StopSignals {
    pub(crate) fn listen() -> Result<Self, String> {
        let hear = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
        Ok(Self { interrupt: hear(SignalKind::interrupt())?, terminate: hear(SignalKind::terminate())? })
    }
}

fn bind_problem(address: SocketAddr, flag: &str, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!(
                "{address} is taken by another program; stop it, or choose another address with {flag} 127.0.0.1:PORT"
            )
        }
        _ => format!("cannot listen on {address}: {error}; choose another address with {flag} 127.0.0.1:PORT"),
    }
}
