//! Which posts of a long discussion are drawn: a window that opens to both sides.

/// How many posts are drawn at first, and more at each asking: some screens full.
pub(crate) const POSTS: usize = 60;
/// How many that were read already stand above the first new one.
const ABOVE_NEW: usize = 3;

/// The posts from one place to another; without an end, to the newest, whichever comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: usize,
    until: Option<usize>,
}

impl Window {
    /// Shows nothing: it is not known yet what is to be seen first.
    pub(crate) const CLOSED: Self = Self { from: 0, until: Some(0) };

    /// Begins at what is to be seen first, or with the newest posts (rule DI23).
    pub(crate) fn around(count: usize, first: Option<usize>) -> Self {
        let newest = count.saturating_sub(POSTS);
        let from = first.map_or(newest, |first| first.saturating_sub(ABOVE_NEW)).min(newest);
        let until = from.saturating_add(POSTS);
        Self { from, until: (until < count).then_some(until) }
    }

    /// Says where it ends among so many posts.
    pub(crate) fn until(self, count: usize) -> usize {
        self.until.unwrap_or(count).min(count)
    }

    /// Says whether it holds a place among so many posts.
    pub(crate) fn draws(self, place: usize, count: usize) -> bool {
        (self.from..self.until(count)).contains(&place)
    }

    /// Shows more before it.
    pub(crate) fn earlier(self) -> Self {
        Self { from: self.from.saturating_sub(POSTS), ..self }
    }

    /// Shows more after it.
    pub(crate) fn later(self, count: usize) -> Self {
        let until = self.until(count).saturating_add(POSTS);
        Self { until: (until < count).then_some(until), ..self }
    }

    /// Shows the newest too: somebody has just said something there.
    pub(crate) fn to_newest(self, count: usize) -> Self {
        if self.until.is_none() { self } else { Self::around(count, None) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(window: Window, count: usize) -> (usize, usize) {
        (window.from, window.until(count))
    }

    #[test]
    fn di23_of_many_posts_a_window_is_drawn_that_begins_at_what_is_new() {
        let table = [
            (5, None, (0, 5)),
            (10_000, None, (9_940, 10_000)),
            (10_000, Some(9_999), (9_940, 10_000)),
            (10_000, Some(500), (497, 557)),
            (10_000, Some(1), (0, 60)),
            (61, Some(30), (1, 61)),
        ];
        for (count, first, expected) in table {
            assert_eq!(shown(Window::around(count, first), count), expected, "{count} {first:?}");
        }
    }

    #[test]
    fn di23_before_it_is_known_what_is_new_nothing_is_drawn() {
        assert_eq!(shown(Window::CLOSED, 10_000), (0, 0));
    }

    #[test]
    fn di23_what_an_address_names_is_looked_for_in_what_is_drawn() {
        let window = Window::around(200, Some(100));
        let drawn = [96, 97, 156, 157].map(|place| window.draws(place, 200));
        assert_eq!(drawn, [false, true, true, false]);
        assert!(Window::around(200, None).draws(200, 201), "what comes is drawn");
    }

    #[test]
    fn di23_a_window_opens_to_both_sides_and_follows_what_comes() {
        let window = Window::around(200, Some(100));
        assert_eq!(shown(window, 200), (97, 157));
        assert_eq!(shown(window.earlier().earlier(), 200), (0, 157));
        assert_eq!(shown(window.later(200), 200), (97, 200));
        assert_eq!(shown(window.later(200), 201), (97, 201));
        assert_eq!(shown(window.to_newest(200), 200), (140, 200));
    }
}
