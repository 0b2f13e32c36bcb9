//! The weave beside the door: many splints, one basket.

use leptos::prelude::*;

use crate::i18n::{use_tongue, words};

/// Splints of the warm row, counted from the left.
const WARM: u16 = 10;
/// Splints of one tile: left, top and whether it lies along.
const SPLINTS: [(i16, i16, bool); 8] = [
    (-2, 4, true),
    (94, 4, true),
    (46, 52, true),
    (-50, 52, true),
    (4, 46, false),
    (4, -50, false),
    (52, -2, false),
    (52, 94, false),
];

/// Draws the weave. Says nothing aloud.
#[component]
pub(super) fn Art() -> impl IntoView {
    let tongue = use_tongue();
    let splint = |(x, y, along): (i16, i16, bool)| {
        let (width, height) = if along { (52, 40) } else { (40, 52) };
        let class = if along { "weave__a" } else { "weave__b" };
        view! {
            <rect
                x=x.to_string()
                y=y.to_string()
                width=width.to_string()
                height=height.to_string()
                rx="3"
                class=class
            ></rect>
        }
    };
    let warm = |place: u16| {
        let x = i32::from(place) * 96 - 2;
        view! {
            <rect x=x.to_string() y="388" width="52" height="40" rx="3" class="weave__c"></rect>
        }
    };
    view! {
        <aside class="gate__art" aria-hidden="true">
            <svg class="gate__w">
                <defs>
                    <pattern id="pw" width="96" height="96" patternUnits="userSpaceOnUse">
                        {SPLINTS.map(splint)}
                    </pattern>
                </defs>
                <rect width="100%" height="100%" fill="url(#pw)"></rect>
                {(0..WARM).map(warm).collect_view()}
            </svg>
            <p class="gate__say">{tongue.word(words::sign_in::SAYING)}</p>
        </aside>
    }
}
