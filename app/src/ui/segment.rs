//! A choice of one among few: native radios that look like one control.

use leptos::prelude::*;

use super::icon::Icon;

/// One thing to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part<T> {
    pub(crate) value: T,
    /// What it is called, in the language that is spoken when it is drawn.
    pub(crate) name: &'static str,
    /// The language of the name where it differs from the page's.
    pub(crate) lang: Option<&'static str>,
}

/// Lets a person choose one of a few parts.
#[component]
pub(crate) fn Segment<T>(
    /// Says what is chosen here; for the ear.
    #[prop(into)]
    legend: Signal<String>,
    /// The name that ties the radios together.
    name: &'static str,
    #[prop(into)] parts: Signal<Vec<Part<T>>>,
    #[prop(into)] chosen: Signal<T>,
    #[prop(into)] on_choose: Callback<T>,
    #[prop(default = "")] class: &'static str,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let part = move |part: Part<T>| {
        let Part { value, name: text, lang } = part;
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == value
                    on:change=move |_| on_choose.run(value)
                />
                <span lang=lang>
                    <Icon name="check" class="i--check" />
                    {text}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class=class>
            <legend class="vh">{legend}</legend>
            <div class="seg">{move || parts.get().into_iter().map(part).collect_view()}</div>
        </fieldset>
    }
}
