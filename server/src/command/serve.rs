//! `talkoot serve`: from an open folder to a clean end.

use std::future::IntoFuture as _;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{interval, timeout};

use super::{CommandError, say};
use crate::cli::Serve;
use crate::data_folder::DataFolder;
use crate::digest::{self, Digests};
use crate::mail::{MailFault, Post};
use crate::router::router;
use crate::services::{Ending, Services};
use crate::settings::Settings;
use crate::telemetry;

/// How often the server looks whether another program changed an account.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long stopping waits for devices and requests.
const STOP_MAX: Duration = Duration::from_secs(5);

/// Serves until the process is asked to stop.
pub(super) async fn run(options: Serve) -> Result<(), CommandError> {
    telemetry::start(&options.log, options.log_format);
    check_playground(&options)?;
    let post = post(&options)?;
    let folder = DataFolder::open(&options.data.data)?;
    let lock = folder.lock()?;
    let store = Arc::new(folder.store()?);
    let listener = listen(&options).await?;
    let (public_url, playground) = (options.public_url, options.yjs_playground);
    let address_header = options.address_header;
    let settings = Settings { public_url, playground, address_header };
    let open = Arc::downgrade(&store);
    let digests = Digests::new(Arc::clone(&store) as _, post);
    let (mut services, ending) = Services::start(store, settings).await?;
    services.digests = Arc::new(digests);
    services.held = Arc::new(folder.held()?);
    let address = listener.local_addr().map_err(|cause| serving_error(&cause))?;
    say(&format!("Talkoot {} serves at http://{address}", env!("CARGO_PKG_VERSION")))?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    serve(listener, services, ending).await?;
    if open.strong_count() == 0 {
        lock.seal();
    }
    tracing::info!("stopped");
    drop(lock);
    Ok(())
}

/// Anybody can write in the playground, so nobody but this machine may reach it.
fn check_playground(options: &Serve) -> Result<(), CommandError> {
    let is_private = options.listen.ip().is_loopback() && options.public_url.is_none();
    if options.yjs_playground && !is_private {
        return Err(CommandError::OpenPlayground { address: options.listen });
    }
    Ok(())
}

/// Mail needs a server, a sender and links that lead here: all three, or none.
fn post(options: &Serve) -> Result<Option<Post>, MailFault> {
    match (&options.smtp, &options.mail_from) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(MailFault::NoServer),
        (Some(_), None) => Err(MailFault::NoSender),
        (Some(_), Some(_)) if options.public_url.is_none() => Err(MailFault::NoPublicUrl),
        (Some(server), Some(from)) => Post::new(server, from).map(Some),
    }
}

async fn listen(options: &Serve) -> Result<TcpListener, CommandError> {
    let address = options.listen;
    TcpListener::bind(address).await.map_err(|cause| {
        let cause = cause.kind();
        let is_taken = cause == io::ErrorKind::AddrInUse;
        if is_taken {
            CommandError::PortTaken { address }
        } else {
            CommandError::Address { address, cause }
        }
    })
}

/// Answers until asked to stop; then every socket is told, and what was taken is stored.
async fn serve(
    listener: TcpListener,
    services: Services,
    mut ending: Ending,
) -> Result<(), CommandError> {
    let (stop, stopping) = watch::channel(false);
    let listener = listener.tap_io(|stream| {
        if stream.set_nodelay(true).is_err() {
            tracing::debug!("a connection keeps its delay");
        }
    });
    let looking = tokio::spawn(look_for_outside_writes(services.clone()));
    let sending = tokio::spawn(digest::send_when_due(services.clone()));
    let (hub, rooms) = (Arc::clone(&services.hub), Arc::clone(&services.rooms));
    let service = router(services).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service)
        .with_graceful_shutdown(is_set(stopping.clone()))
        .into_future();
    tokio::pin!(serving);
    let ended = tokio::select! {
        ended = &mut serving => ended,
        () = asked_to_stop() => {
            tracing::info!("stopping");
            stop.send_replace(true);
            hub.close();
            rooms.close();
            // A request that hangs on after the time is cut off; it was not answered.
            timeout(STOP_MAX, &mut serving).await.unwrap_or(Ok(()))
        }
    };
    for task in [looking, sending] {
        task.abort();
        drop(task.await);
    }
    wait_for_the_last(&mut ending).await;
    ended.map_err(|cause| serving_error(&cause))
}

async fn wait_for_the_last(ending: &mut Ending) {
    let sockets = async { while ending.sockets.recv().await.is_some() {} };
    if timeout(STOP_MAX, sockets).await.is_err() {
        tracing::warn!("a socket did not close in time");
    }
    if timeout(STOP_MAX, &mut ending.writer).await.is_err() {
        tracing::warn!("a request held the writer; whatever it was asked and answered is stored");
    }
}

/// Asks every connection to look again when a `talkoot user` command changed something.
async fn look_for_outside_writes(services: Services) {
    let mut clock = interval(LOOK_EVERY);
    let mut seen = services.accounts.outside_writes().await.ok();
    loop {
        clock.tick().await;
        match services.accounts.outside_writes().await {
            Ok(now) if seen != Some(now) => {
                seen = Some(now);
                services.hub.recheck();
            }
            Ok(_) => {}
            Err(cause) => tracing::warn!(%cause, "accounts could not be looked at"),
        }
    }
}

async fn is_set(mut flag: watch::Receiver<bool>) {
    if flag.wait_for(|set| *set).await.is_err() {
        tracing::debug!("the one who stops the server has gone");
    }
}

/// Waits for Ctrl-C or, where there is such a thing, SIGTERM.
async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate() => {}
    }
}

#[cfg(unix)]
async fn terminate() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut asked) => drop(asked.recv().await),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminate() {
    std::future::pending().await
}

fn serving_error(cause: &io::Error) -> CommandError {
    CommandError::Serving { cause: cause.kind() }
}
