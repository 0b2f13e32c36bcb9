//! A line that died without a word: noticed by its silence, and given up.
//!
//! A laptop that slept, or a network that changed its way, leaves a socket that
//! looks open and carries nothing. So whoever hears nothing for a while asks for
//! a page, which the server always answers; without an answer another line is opened.

use super::super::message::ClientMessage;
use super::{Client, Effect, Line, open};

/// How long a line may be silent before it is asked whether it lives, in milliseconds.
const SILENT_MS: u64 = 60_000;
/// How long an answer may take, in milliseconds.
const ANSWER_MS: u64 = 10_000;

/// One wait for a word of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Which line is listened to, counted since the start.
    line: u64,
    /// How many words had come on any line when the wait began.
    heard: u64,
    wait: Wait,
}

/// What a wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wait {
    /// Any word; silence is asked about.
    Word,
    /// The answer to that.
    Answer,
    /// The answer to a question that a person caused, beside the others.
    Probe,
}

/// The line has come up: listens to it from now on.
pub(super) fn begin(client: &mut Client) -> Effect {
    client.lines = client.lines.saturating_add(1);
    listen(client, Wait::Word)
}

/// A person or the device says that something about the network has changed: asks at once.
///
/// What was asked for already is answer enough: a second reading beside it would only cost.
pub(super) fn probe(client: &Client) -> Vec<Effect> {
    if client.caught_up { ask(client, Wait::Probe) } else { vec![listen(client, Wait::Probe)] }
}

/// A wait has ended.
pub(super) fn waited(client: &mut Client, watch: Watch) -> Vec<Effect> {
    if client.line != Line::Up || watch.line != client.lines {
        return vec![];
    }
    let has_heard = watch.heard != client.heard;
    match watch.wait {
        Wait::Probe if has_heard => vec![],
        Wait::Word | Wait::Answer if has_heard => vec![listen(client, Wait::Word)],
        Wait::Word => ask(client, Wait::Answer),
        Wait::Answer | Wait::Probe => open(client, 0),
    }
}

fn ask(client: &Client, wait: Wait) -> Vec<Effect> {
    vec![Effect::Send(ClientMessage::Pull(client.received)), listen(client, wait)]
}

fn listen(client: &Client, wait: Wait) -> Effect {
    let for_ms = match wait {
        Wait::Word => SILENT_MS,
        Wait::Answer | Wait::Probe => ANSWER_MS,
    };
    Effect::Listen { watch: Watch { line: client.lines, heard: client.heard, wait }, for_ms }
}
