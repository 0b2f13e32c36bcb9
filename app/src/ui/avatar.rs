//! A person or a project as two letters on a colour. Always beside the name, so never read aloud.

use leptos::prelude::*;

/// Colours that the design has for avatars.
const COLOURS: usize = 5;

/// Draws the initials of a name.
#[component]
pub(crate) fn Avatar(
    #[prop(into)] name: Signal<String>,
    /// Projects are square, people round.
    #[prop(default = false)]
    square: bool,
    /// Whether the person was last seen a while ago.
    #[prop(into, default = Signal::stored(false))]
    away: Signal<bool>,
) -> impl IntoView {
    let class = move || {
        let shape = if square { " av--sq" } else { "" };
        let away = if away.get() { " av--away" } else { "" };
        format!("av av--{}{shape}{away}", name.with(|name| colour(name)))
    };
    // Drawn by the style sheet, so that letters nobody reads aloud are no part of any name.
    view! {
        <span
            class=class
            aria-hidden="true"
            data-initials=move || name.with(|name| initials(name))
        ></span>
    }
}

/// Gives the first letters of the first and the last word.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = [words.first(), words.last().filter(|_| words.len() > 1)];
    let letters = ends.into_iter().flatten().filter_map(|word| word.chars().next());
    letters.flat_map(char::to_uppercase).collect()
}

/// Gives the same colour to the same name everywhere.
fn colour(name: &str) -> usize {
    let sum: usize = name.bytes().map(usize::from).sum();
    sum % COLOURS + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_initials_are_of_the_first_and_last_name() {
        let table = [("Marja Koskela", "MK"), ("äijä", "Ä"), ("A b C", "AC"), ("", "")];
        for (name, expected) in table {
            assert_eq!(initials(name), expected);
        }
    }
}
