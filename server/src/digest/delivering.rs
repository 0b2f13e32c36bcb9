//! Handing over what is due, one account after the other.
//!
//! What is noted before and after each mail decides that no more than one is taken in a day or
//! week, whenever the server dies: `begin_digest` before it is handed over, `settle_digest` after.
//! Who finds a mail begun and not settled passes that period over, and tells its news later.

use lettre::Message;
use talkoot_core::id::AccountId;

use super::letter::Letter;
use super::news::{self, Came};
use super::period;
use crate::mail::{Post, Sent};
use crate::services::Services;
use crate::store::{DigestStore, Every, Settled, StoreError, Subscription, Told};

/// One look at everybody who wants mail.
struct Round<'a> {
    services: &'a Services,
    store: &'a dyn DigestStore,
    post: &'a Post,
    /// Whether the mail server answers, once somebody needed to know.
    is_open: Option<bool>,
    counts: Counts,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    sent: u64,
    refused: u64,
    unknown: u64,
}

/// What a subscription is due for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Due {
    account: AccountId,
    every: Every,
    period: u64,
    told: Told,
}

/// Hands over every mail that is due. What goes wrong with one keeps no other from theirs.
pub async fn deliver_all(services: &Services) -> Result<(), StoreError> {
    let digests = services.digests.clone();
    let Some(post) = &digests.post else { return Ok(()) };
    let store = digests.store()?;
    let mut round = Round { services, store, post, is_open: None, counts: Counts::default() };
    for subscription in store.digests().await? {
        if let Err(cause) = round.serve(subscription).await {
            tracing::warn!(%cause, "a mail could not be made");
        }
    }
    let Counts { sent, refused, unknown } = round.counts;
    if round.counts != Counts::default() {
        tracing::info!(sent, refused, unknown, "mail was handed over");
    }
    Ok(())
}

impl Round<'_> {
    /// Serves one account, if it is due.
    async fn serve(&mut self, mut subscription: Subscription) -> Result<(), StoreError> {
        let Some(every) = subscription.every else { return Ok(()) };
        let now_ms = self.services.clock.now_ms();
        // Read before anything is gathered, so that what comes meanwhile is told the next time.
        let told = Told { log: self.services.log, until: self.services.hub.head() };
        if subscription.told.log != told.log {
            // Nobody knows what was told of the log before, and devices give back what is missing.
            let settled = Settled::Restored { told, now_ms };
            self.store.settle_digest(subscription.account, every, settled).await?;
            (subscription.told, subscription.old_ms) = (told, now_ms);
        }
        if let Some(period) = subscription.sending.take() {
            // The server died, or could not write, while this was on its way.
            let settled = Settled::Over { period, told: None };
            self.store.settle_digest(subscription.account, every, settled).await?;
            subscription.period = period;
        }
        let period = period::number(every, now_ms);
        if period <= subscription.period || now_ms < subscription.retry_ms {
            return Ok(());
        }
        let due = Due { account: subscription.account, every, period, told };
        self.deliver(due, &subscription).await
    }

    async fn deliver(&mut self, due: Due, subscription: &Subscription) -> Result<(), StoreError> {
        let nothing = Settled::Over { period: due.period, told: Some(due.told) };
        let Some(account) = self.store.account(due.account).await? else { return Ok(()) };
        let at_ms = self.services.clock.now_ms();
        let refused = Settled::Refused {
            retry_ms: at_ms.saturating_add(period::wait_ms(subscription.failures)),
        };
        if self.is_open == Some(false) {
            return self.refuse(due, refused).await;
        }
        let came = Came {
            after: subscription.told.until,
            until: due.told.until,
            old_ms: subscription.old_ms,
        };
        let news = news::gather(self.services, &account, came).await?;
        let Some(host) = self.services.settings.public_url.as_ref().filter(|_| news.count > 0)
        else {
            return self.settle(due, nothing).await;
        };
        let (every, period) = (due.every, due.period);
        let letter = Letter { subscription, every, period, news: &news, host, at_ms };
        let letter = letter.write(self.post, &account.email);
        let is_open = self.is_open().await;
        let Some(letter) = letter.filter(|_| is_open) else {
            return self.refuse(due, refused).await;
        };
        if self.store.begin_digest(due.account, due.every, due.period).await? {
            let settled = self.hand_over(due, letter, refused).await;
            self.settle(due, settled).await?;
        }
        Ok(())
    }

    async fn refuse(&mut self, due: Due, refused: Settled) -> Result<(), StoreError> {
        self.counts.refused = self.counts.refused.saturating_add(1);
        self.settle(due, refused).await
    }

    async fn hand_over(&mut self, due: Due, letter: Message, refused: Settled) -> Settled {
        let counts = &mut self.counts;
        match self.post.send(letter).await {
            Sent::Accepted => {
                counts.sent = counts.sent.saturating_add(1);
                Settled::Over { period: due.period, told: Some(due.told) }
            }
            Sent::Refused => {
                counts.refused = counts.refused.saturating_add(1);
                refused
            }
            Sent::Unknown => {
                counts.unknown = counts.unknown.saturating_add(1);
                // It may be gone: the next one is begun only if it answers.
                self.is_open = None;
                Settled::Over { period: due.period, told: None }
            }
        }
    }

    async fn settle(&self, due: Due, settled: Settled) -> Result<(), StoreError> {
        self.store.settle_digest(due.account, due.every, settled).await
    }

    /// Asks the mail server once in a round, and anew when a line broke: when nobody answers there,
    /// nothing is begun.
    async fn is_open(&mut self) -> bool {
        if let Some(is_open) = self.is_open {
            return is_open;
        }
        let is_open = self.post.is_open().await;
        self.is_open = Some(is_open);
        is_open
    }
}
