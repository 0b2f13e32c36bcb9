//! What happened and is not taken in yet, in order.

use std::cell::RefCell;
use std::collections::VecDeque;

use talkoot_core::sync::client::Event;

/// Events, each with the connection that it came over, if it came over one.
#[derive(Default)]
pub(super) struct Queue {
    events: RefCell<VecDeque<(Option<u64>, Event)>>,
}

impl Queue {
    /// Adds something that happened on this device.
    pub(super) fn add(&self, event: Event) {
        self.events.borrow_mut().push_back((None, event));
    }

    /// Adds news of a connection.
    pub(super) fn add_news(&self, connection: u64, event: Event) {
        self.events.borrow_mut().push_back((Some(connection), event));
    }

    /// Adds news of a connection before everything else: whatever follows is said over that one,
    /// and nothing may be said over it before the greeting.
    pub(super) fn add_first(&self, connection: u64, event: Event) {
        self.events.borrow_mut().push_front((Some(connection), event));
    }

    /// Takes the next one out; what an old connection said while another was opened is left out.
    pub(super) fn next(&self, connection: u64) -> Option<Event> {
        let mut events = self.events.borrow_mut();
        loop {
            let (over, event) = events.pop_front()?;
            if over.is_none_or(|over| over == connection) {
                return Some(event);
            }
        }
    }

    /// Forgets all.
    pub(super) fn clear(&self) {
        self.events.borrow_mut().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n16_what_an_old_line_said_is_not_heard_once_another_is_opened() {
        let queue = Queue::default();
        queue.add_news(1, Event::Opened);
        queue.add(Event::OutboxGrew);
        queue.add_news(2, Event::SignedIn);
        assert_eq!(queue.next(1), Some(Event::Opened));
        queue.add_news(1, Event::Opened);
        assert_eq!(queue.next(2), Some(Event::OutboxGrew), "what happened here is no news");
        assert_eq!(queue.next(2), Some(Event::SignedIn));
        assert_eq!(queue.next(2), None, "the first line is gone");
        queue.add(Event::OutboxGrew);
        queue.add_first(3, Event::Opened);
        assert_eq!(queue.next(3), Some(Event::Opened), "the greeting comes before the work");
    }
}
