//! The channel between the tabs of one account.

use js_sys::Uint8Array;
use talkoot_core::codec;
use talkoot_core::id::AccountId;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::Word;

/// Largest word between tabs, in bytes: the records of one page of the log.
const WORD_BYTES_MAX: usize = 1_048_576;

/// The channel; without one, each tab is alone and still whole.
pub(crate) struct Tabs {
    channel: Option<BroadcastChannel>,
    /// Kept as long as the channel, so that it can still be called.
    _hear: Option<Closure<dyn FnMut(MessageEvent)>>,
}

impl Tabs {
    /// Opens the channel of an account and hears what the others say.
    pub(crate) fn open(account: Option<AccountId>, mut hear: impl FnMut(Word) + 'static) -> Self {
        let name = account.map_or_else(|| "anyone".to_owned(), |account| account.to_string());
        let Ok(channel) = BroadcastChannel::new(&format!("talkoot-{name}")) else {
            return Self { channel: None, _hear: None };
        };
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = event.data().dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
            let word = bytes.ok().and_then(|it| codec::decode::<Word>(&it, WORD_BYTES_MAX).ok());
            if let Some(word) = word {
                hear(word);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        Self { channel: Some(channel), _hear: Some(hear) }
    }

    /// Tells all other tabs.
    pub(crate) fn tell(&self, word: &Word) {
        if let Some(channel) = &self.channel {
            let bytes = Uint8Array::from(codec::encode(word).as_slice());
            channel.post_message(&bytes).ok();
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
