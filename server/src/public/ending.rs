//! The page behind the link in a mail that ends such mail: one button, and no app.
//!
//! It looks like the app and does not start it: a browser in which somebody works would show the
//! app over it.

use talkoot_core::language::Language;

use crate::web;

/// What says in the app's page how it looks.
const LOOKS: [&str; 3] = ["name=\"color-scheme\"", "rel=\"stylesheet\"", "rel=\"icon\""];

/// Asks whether mail is to end. The button sends to the address of the page itself.
pub fn asking(language: Language) -> String {
    let title =
        language.choose(["Lopetetaanko viestit?", "Avsluta meddelandena?", "End the messages?"]);
    let text = language.choose([
        "Talkoot ei sen jälkeen enää lähetä sinulle sähköpostia siitä, mikä on lukematta. Kaikki on \
         edelleen luettavissa Talkoissa.",
        "Därefter skickar Talkoot ingen e-post till dig om det som är oläst. Allt går fortfarande att \
         läsa i Talkoot.",
        "After that Talkoot sends you no e-mail about what is unread. Everything can still be read in \
         Talkoot.",
    ]);
    let button = language.choose(["Lopeta viestit", "Avsluta meddelandena", "End the messages"]);
    let form = format!(
        "<form method=\"post\"><p><button class=\"btn btn--primary\">{button}</button></p></form>\n"
    );
    page(language, title, text, &form)
}

/// Says that no more mail comes.
pub fn ended(language: Language) -> String {
    let title = language.choose([
        "Viestejä ei enää tule",
        "Inga fler meddelanden kommer",
        "No more messages come",
    ]);
    let text = language.choose([
        "Voit ottaa ne uudelleen käyttöön Talkoiden asetuksissa.",
        "Du kan slå på dem igen i inställningarna i Talkoot.",
        "You can turn them on again in the settings of Talkoot.",
    ]);
    page(language, title, text, "")
}

fn page(language: Language, title: &str, text: &str, more: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title} – Talkoot</title>\n{}</head>\n\
         <body>\n<div class=\"public\">\n<header class=\"public__top\">\
         <a class=\"public__brand\" href=\"/\">Talkoot</a></header>\n\
         <main class=\"public__main\">\n<h1>{title}</h1>\n<p class=\"lead\">{text}</p>\n{more}\
         </main>\n</div>\n</body>\n</html>\n",
        language.tag(),
        looks(&web::template()),
    )
}

fn looks(template: &str) -> String {
    let says = |line: &&str| LOOKS.iter().any(|part| line.contains(part));
    template.lines().filter(says).flat_map(|line| [line.trim(), "\n"]).collect()
}
