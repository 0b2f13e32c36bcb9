//! One connection of the simulated server: it hears the next thing only when it has answered
//! the last, as the real socket's task does.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use talkoot_core::sync::message::{ClientMessage, Close};
use talkoot_core::sync::server::Event;
use talkoot_server::caller::Visitor;
use talkoot_server::conversation::{Talk, TalkError};
use talkoot_server::hub::Listening;
use talkoot_server::services::Services;

use super::{Asks, Out};
use crate::world::Chance;

/// The close code of a server that asks to be tried again.
const AGAIN: u16 = 1012;

/// What a task gives back: the conversation, unless it is over, and what is said.
type Answered = (Option<Talk>, Vec<Out>);

/// A connection while it stands.
pub(super) struct Ear {
    listening: Listening,
    inbox: VecDeque<ClientMessage>,
    state: State,
}

enum State {
    Idle(Box<Talk>),
    Busy(Pin<Box<dyn Future<Output = Answered>>>),
    Ended,
}

impl Ear {
    /// Takes a request for a line.
    pub(super) fn open(services: Services, asks: Asks) -> Self {
        let listening = services.hub.listen();
        let state = State::Busy(Box::pin(begin(services, asks)));
        Self { listening, inbox: VecDeque::new(), state }
    }

    pub(super) fn hear(&mut self, message: ClientMessage) {
        self.inbox.push_back(message);
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Says whether it is free and there is something to turn to.
    pub(super) fn has_something(&self) -> bool {
        matches!(self.state, State::Idle(_)) && !self.sources().is_empty()
    }

    fn sources(&self) -> Vec<Source> {
        let head = self.listening.head.has_changed().unwrap_or(false);
        let recheck = self.listening.recheck.has_changed().unwrap_or(false);
        let inbox = !self.inbox.is_empty();
        let all = [(inbox, Source::Inbox), (head, Source::Head), (recheck, Source::Recheck)];
        all.into_iter().filter(|(ready, _)| *ready).map(|(_, source)| source).collect()
    }

    /// Turns to one of the things that it can hear.
    pub(super) fn turn(&mut self, chance: &mut Chance) {
        let sources = self.sources();
        if sources.is_empty() || !matches!(self.state, State::Idle(_)) {
            return;
        }
        let State::Idle(talk) = std::mem::replace(&mut self.state, State::Ended) else { return };
        let talk = *talk;
        self.state = State::Busy(match sources.get(chance.index(sources.len())) {
            Some(Source::Head) => {
                self.listening.head.mark_unchanged();
                Box::pin(hear(talk, Event::LogGrew))
            }
            Some(Source::Recheck) => {
                self.listening.recheck.mark_unchanged();
                Box::pin(recheck(talk))
            }
            Some(Source::Inbox) | None => match self.inbox.pop_front() {
                Some(message) => Box::pin(hear(talk, Event::Received(message))),
                None => Box::pin(std::future::ready((Some(talk), Vec::new()))),
            },
        });
    }

    /// Goes on with what it is about, and gives what it says.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Vec<Out> {
        let State::Busy(work) = &mut self.state else { return Vec::new() };
        let Poll::Ready((talk, said)) = work.as_mut().poll(context) else { return Vec::new() };
        self.state = talk.map_or(State::Ended, |talk| State::Idle(Box::new(talk)));
        said
    }
}

#[derive(Clone, Copy)]
enum Source {
    Inbox,
    Head,
    Recheck,
}

async fn begin(services: Services, asks: Asks) -> Answered {
    let visitor = match asks.token {
        Some(token) => Visitor::look_up(&services, token).await,
        None => Ok(Visitor(None)),
    };
    let Ok(visitor) = visitor else { return (None, vec![Out::Closed(AGAIN)]) };
    match visitor.expected(asks.account.as_deref()) {
        Some(signed_in) => (Some(Talk::new(services, signed_in)), vec![Out::Accepted]),
        None => (None, vec![Out::Closed(Close::SignedOut.code())]),
    }
}

async fn hear(mut talk: Talk, event: Event) -> Answered {
    match talk.hear(event).await {
        Ok(messages) => (Some(talk), messages.into_iter().map(Out::Said).collect()),
        Err(cause) => (None, vec![closed(cause)]),
    }
}

/// The names of people matter to no rule that the world checks, but they are sent all the same.
async fn recheck(mut talk: Talk) -> Answered {
    match talk.recheck().await {
        Ok(true) if talk.key().is_some() => match talk.people().await {
            Ok(people) => (Some(talk), vec![Out::Said(people)]),
            Err(cause) => (None, vec![closed(cause.into())]),
        },
        Ok(true) => (Some(talk), Vec::new()),
        Ok(false) => (None, vec![Out::Closed(AGAIN)]),
        Err(cause) => (None, vec![closed(cause)]),
    }
}

fn closed(cause: TalkError) -> Out {
    Out::Closed(match cause {
        TalkError::Close(close) => close.code(),
        TalkError::Store(_) => AGAIN,
    })
}
