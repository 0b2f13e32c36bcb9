//! What the browser gives besides storage and a line: time, chance, its events.
//!
//! One capability a function and no decision. Where a browser lacks something,
//! the answer is the harmless one (no memory, online, no name).

pub(crate) mod download;
pub(crate) mod listen;
pub(crate) mod memory;

use js_sys::{Date, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Gives the wall clock, in milliseconds since 1970.
pub(crate) fn now_ms() -> u64 {
    whole(Date::now())
}

/// Gives a clock that never jumps, in milliseconds since the page opened.
pub(crate) fn running_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Cuts a JavaScript number to a whole one; what is none of both is 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, which is what a damaged clock deserves"
)]
pub(crate) fn whole(number: f64) -> u64 {
    number as u64
}

/// Gives bytes of chance, good enough for keys.
pub(crate) fn chance<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// Gives a random number for delays and ids; 0 where the browser has no chance to give.
pub(crate) fn chance_number() -> u64 {
    chance::<8>().map(u64::from_le_bytes).unwrap_or_default()
}

/// Scrolls as little as brings an element into view.
pub(crate) fn bring_into_view(element: &JsValue) {
    let options = Object::new();
    Reflect::set(&options, &"block".into(), &"nearest".into()).ok();
    let Ok(scroll) = Reflect::get(element, &"scrollIntoView".into()) else { return };
    if let Ok(scroll) = scroll.dyn_into::<Function>() {
        scroll.call1(element, &options).ok();
    }
}

/// Says whether a part of an element lies in the window.
pub(crate) fn is_in_view(element: &JsValue) -> bool {
    let place = || {
        let measure = Reflect::get(element, &"getBoundingClientRect".into()).ok()?;
        let place = measure.dyn_into::<Function>().ok()?.call0(element).ok()?;
        let edge = |name: &str| Reflect::get(&place, &name.into()).ok()?.as_f64();
        edge("top").zip(edge("bottom"))
    };
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    place().zip(height).is_some_and(|((top, bottom), height)| bottom > 0.0 && top < height)
}

/// Waits.
pub(crate) async fn sleep(delay_ms: u32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let delay_ms = i32::try_from(delay_ms).unwrap_or(i32::MAX);
        if let Some(window) = web_sys::window() {
            let set =
                window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, delay_ms);
            drop(set);
        }
    });
    drop(JsFuture::from(promise).await);
}

/// Lets the browser paint and answer before going on.
pub(crate) async fn breathe() {
    sleep(0).await;
}

/// Names this device the way its person would: browser and system.
pub(crate) fn name() -> String {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    name_of(&agent.unwrap_or_default())
}

/// Reads browser and system out of what a browser says about itself.
fn name_of(agent: &str) -> String {
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    let words: Vec<_> = [browser, system].into_iter().flatten().collect();
    words.join(", ")
}

/// Gives the text that is selected in the page.
pub(crate) fn selected_text() -> String {
    let selection = web_sys::window().and_then(|window| {
        let get = Reflect::get(&window, &JsValue::from_str("getSelection")).ok()?;
        get.dyn_ref::<Function>()?.call0(&window).ok()
    });
    let selection = selection.and_then(|it| it.dyn_into::<Object>().ok());
    selection.map(|it| String::from(it.to_string())).unwrap_or_default()
}

/// Calls a function of the page by its name, if the page has it.
pub(crate) async fn call_page(function: &str) -> Option<JsValue> {
    let window = web_sys::window()?;
    let found = Reflect::get(&window, &JsValue::from_str(function)).ok()?;
    let answer = found.dyn_ref::<Function>()?.call0(&window).ok()?;
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await.ok(),
        Err(value) => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn l9_a_device_is_named_after_its_browser_and_system() {
        let edge =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0";
        let phone = "Mozilla/5.0 (Linux; Android 14) Gecko/120.0 Firefox/120.0";
        assert_eq!(name_of(edge), "Edge, Windows");
        assert_eq!(name_of(phone), "Firefox, Android");
        assert_eq!(name_of("something else"), "");
    }
}
