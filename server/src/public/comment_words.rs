//! The words around open comments, in the three languages of the workspace.

use talkoot_core::language::Language;

/// All of them, in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct CommentWords {
    pub(super) comments: &'static str,
    pub(super) write: &'static str,
    pub(super) note: &'static str,
    pub(super) subject: &'static str,
    pub(super) name: &'static str,
    pub(super) organisation: &'static str,
    pub(super) comment: &'static str,
    pub(super) trap: &'static str,
    pub(super) publish: &'static str,
    pub(super) taken: &'static str,
    pub(super) taken_text: &'static str,
    pub(super) refused: &'static str,
    pub(super) missing: &'static str,
    pub(super) too_long: &'static str,
    pub(super) too_many: &'static str,
    pub(super) blocked: &'static str,
    pub(super) closed: &'static str,
    pub(super) later: &'static str,
    pub(super) kept: &'static str,
}

impl CommentWords {
    /// Gives the words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Finnish => &FINNISH,
            Language::Swedish => &SWEDISH,
            Language::English => &ENGLISH,
        }
    }
}

const FINNISH: CommentWords = CommentWords {
    comments: "Kommentit",
    write: "Kommentoi",
    note: "Sivun tekijät lukevat kommentin, ennen kuin se näkyy muille. Älä kirjoita puhelinnumeroa \
           tai muita henkilötietoja.",
    subject: "Otsikko",
    name: "Nimi",
    organisation: "Tehtävä tai organisaatio (voit jättää tyhjäksi)",
    comment: "Kommentti",
    trap: "Jätä tämä tyhjäksi",
    publish: "Julkaise kommentti",
    taken: "Kiitos kommentista",
    taken_text: "Kommenttisi on perillä. Sivun tekijät lukevat sen, ja sitten se näkyy tällä sivulla.",
    refused: "Kommenttia ei lähetetty",
    missing: "Kirjoita otsikko, nimesi ja kommentti.",
    too_long: "Kommentti on liian pitkä. Lyhennä sitä ja lähetä uudelleen.",
    too_many: "Täältä on tullut monta kommenttia lyhyessä ajassa. Kokeile tunnin päästä uudelleen.",
    blocked: "Tästä verkosta ei oteta nyt vastaan kommentteja.",
    closed: "Tätä sivua ei voi enää kommentoida.",
    later: "Palvelin ei voi ottaa kommenttia vastaan juuri nyt. Kokeile hetken päästä uudelleen.",
    kept: "Ei yhteyttä. Kommenttisi on tallessa tällä laitteella ja lähtee, kun verkko palaa.",
};

const SWEDISH: CommentWords = CommentWords {
    comments: "Kommentarer",
    write: "Kommentera",
    note: "De som har gjort sidan läser kommentaren innan andra ser den. Skriv inga telefonnummer \
           eller andra personuppgifter.",
    subject: "Rubrik",
    name: "Namn",
    organisation: "Uppdrag eller organisation (kan lämnas tomt)",
    comment: "Kommentar",
    trap: "Lämna det här tomt",
    publish: "Publicera kommentaren",
    taken: "Tack för kommentaren",
    taken_text: "Din kommentar är framme. De som har gjort sidan läser den, och sedan syns den här.",
    refused: "Kommentaren skickades inte",
    missing: "Skriv en rubrik, ditt namn och en kommentar.",
    too_long: "Kommentaren är för lång. Förkorta den och skicka igen.",
    too_many: "Många kommentarer har kommit härifrån på kort tid. Försök igen om en timme.",
    blocked: "Från det här nätet tas inga kommentarer emot just nu.",
    closed: "Den här sidan kan inte längre kommenteras.",
    later: "Servern kan inte ta emot kommentaren just nu. Försök igen om en stund.",
    kept: "Ingen anslutning. Din kommentar finns på den här enheten och skickas när nätet är tillbaka.",
};

const ENGLISH: CommentWords = CommentWords {
    comments: "Comments",
    write: "Write a comment",
    note: "The people who made this page read your comment before others see it. Do not write phone \
           numbers or other personal data.",
    subject: "Subject",
    name: "Name",
    organisation: "Title or organisation (may be left empty)",
    comment: "Comment",
    trap: "Leave this empty",
    publish: "Publish comment",
    taken: "Thank you for your comment",
    taken_text: "Your comment has arrived. The people who made the page read it, and then it shows \
                 here.",
    refused: "The comment was not sent",
    missing: "Write a subject, your name and a comment.",
    too_long: "The comment is too long. Shorten it and send it again.",
    too_many: "Many comments have come from here in a short time. Try again in an hour.",
    blocked: "No comments are taken from this network at the moment.",
    closed: "This page does not take comments any more.",
    later: "The server cannot take the comment just now. Try again in a while.",
    kept: "No connection. Your comment is kept on this device and goes out when the network is back.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oc5_the_words_around_comments_are_whole_in_three_languages() {
        let said = |language| {
            let shown = format!("{:#?}", CommentWords::of(language));
            let lines = shown.lines().filter_map(|line| line.trim().split_once(": "));
            lines.map(|(_, text)| text.to_owned()).collect::<Vec<_>>()
        };
        let [fi, sv, en] = Language::ALL.map(said);
        assert!(fi.len() == sv.len() && sv.len() == en.len() && en.len() > 15);
        for ((fi, sv), en) in fi.iter().zip(&sv).zip(&en) {
            assert!(fi != sv && sv != en && fi != en && en.len() > 4, "{en}");
        }
    }
}
