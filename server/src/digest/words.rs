//! The few words around what is told, in the three languages of the workspace.

use talkoot_core::inbox::What;
use talkoot_core::language::Language;
use talkoot_core::thread::Why;

/// All of them, in one language; `{count}` and `{who}` are places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub(super) subject_one: &'static str,
    pub(super) subject_many: &'static str,
    pub(super) lead: &'static str,
    pub(super) more: &'static str,
    pub(super) untitled: &'static str,
    somebody: &'static str,
    named: &'static str,
    replied: &'static str,
    answered: &'static str,
    accepted: &'static str,
    taken: &'static str,
    declined: &'static str,
    said: &'static str,
    choices_one: &'static str,
    choices_many: &'static str,
    suggestions_one: &'static str,
    suggestions_many: &'static str,
    improvements_one: &'static str,
    improvements_many: &'static str,
    pub(super) why_day: &'static str,
    pub(super) why_week: &'static str,
    pub(super) end: &'static str,
    pub(super) settings: &'static str,
}

impl Words {
    /// Gives the words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Finnish => &FINNISH,
            Language::Swedish => &SWEDISH,
            Language::English => &ENGLISH,
        }
    }

    /// Says in a subject how much is told.
    pub(super) fn subject(&self, count: usize) -> String {
        counted(count, self.subject_one, self.subject_many)
    }

    /// Says what happened, or waits; `who` is empty where nobody knows.
    pub(super) fn sentence(&self, what: What, who: &str) -> String {
        let who = if who.is_empty() { self.somebody } else { who };
        match what {
            What::Choices(count) => counted(count, self.choices_one, self.choices_many),
            What::Suggestions(count) => counted(count, self.suggestions_one, self.suggestions_many),
            What::Improvements(count) => {
                counted(count, self.improvements_one, self.improvements_many)
            }
            What::Called(Why::Named) => self.named.replace("{who}", who),
            What::Called(Why::Replied) => self.replied.replace("{who}", who),
            What::Called(Why::Answered) => self.answered.replace("{who}", who),
            What::Called(Why::Accepted) => self.accepted.replace("{who}", who),
            What::Called(Why::Taken) => self.taken.replace("{who}", who),
            What::Called(Why::Declined) => self.declined.replace("{who}", who),
            What::Said => self.said.replace("{who}", who),
        }
    }
}

/// Says something of one or of many.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { one.to_owned() } else { many.replace("{count}", &count.to_string()) }
}

const FINNISH: Words = Words {
    subject_one: "Talkoot: 1 uusi asia sinulle",
    subject_many: "Talkoot: {count} uutta asiaa sinulle",
    lead: "Tätä on tullut sinulle Talkoisiin edellisen viestin jälkeen.",
    more: "ja {count} muuta",
    untitled: "Nimetön",
    somebody: "Joku",
    named: "{who} mainitsi sinut",
    replied: "{who} vastasi sinulle",
    answered: "{who} vastasi kysymykseesi",
    accepted: "{who} merkitsi viestisi vastaukseksi",
    taken: "{who} hyväksyi ehdotuksesi",
    declined: "{who} hylkäsi ehdotuksesi",
    said: "{who} kirjoitti keskusteluun",
    choices_one: "Yksi kohta tarvitsee valintasi",
    choices_many: "{count} kohtaa tarvitsee valintasi",
    suggestions_one: "1 ehdotus odottaa vastausta",
    suggestions_many: "{count} ehdotusta odottaa vastausta",
    improvements_one: "1 parannus alkuperäisestä",
    improvements_many: "{count} parannusta alkuperäisestä",
    why_day: "Saat tämän enintään kerran päivässä, koska valitsit niin asetuksissa.",
    why_week: "Saat tämän enintään kerran viikossa, koska valitsit niin asetuksissa.",
    end: "Lopeta nämä viestit",
    settings: "Asetukset",
};

const SWEDISH: Words = Words {
    subject_one: "Talkoot: 1 ny sak för dig",
    subject_many: "Talkoot: {count} nya saker för dig",
    lead: "Det här har kommit till dig i Talkoot sedan förra meddelandet.",
    more: "och {count} till",
    untitled: "Namnlös",
    somebody: "Någon",
    named: "{who} nämnde dig",
    replied: "{who} svarade dig",
    answered: "{who} svarade på din fråga",
    accepted: "{who} markerade ditt inlägg som svaret",
    taken: "{who} godkände ditt förslag",
    declined: "{who} avböjde ditt förslag",
    said: "{who} skrev i en diskussion",
    choices_one: "En sak kräver ditt val",
    choices_many: "{count} saker kräver ditt val",
    suggestions_one: "1 förslag väntar på svar",
    suggestions_many: "{count} förslag väntar på svar",
    improvements_one: "1 förbättring från originalet",
    improvements_many: "{count} förbättringar från originalet",
    why_day: "Du får det här högst en gång om dagen, för att du valde det i inställningarna.",
    why_week: "Du får det här högst en gång i veckan, för att du valde det i inställningarna.",
    end: "Avsluta de här meddelandena",
    settings: "Inställningar",
};

const ENGLISH: Words = Words {
    subject_one: "Talkoot: 1 new thing for you",
    subject_many: "Talkoot: {count} new things for you",
    lead: "This has come for you in Talkoot since the last message.",
    more: "and {count} more",
    untitled: "Untitled",
    somebody: "Somebody",
    named: "{who} named you",
    replied: "{who} replied to you",
    answered: "{who} answered your question",
    accepted: "{who} marked your post as the answer",
    taken: "{who} accepted your suggestion",
    declined: "{who} declined your suggestion",
    said: "{who} wrote in a discussion",
    choices_one: "One thing needs your choice",
    choices_many: "{count} things need your choice",
    suggestions_one: "1 suggestion waits for an answer",
    suggestions_many: "{count} suggestions wait for an answer",
    improvements_one: "1 improvement from the original",
    improvements_many: "{count} improvements from the original",
    why_day: "You get this at most once a day, because you chose so in the settings.",
    why_week: "You get this at most once a week, because you chose so in the settings.",
    end: "End these messages",
    settings: "Settings",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md4_the_words_of_a_mail_are_whole_in_three_languages() {
        let said = |language| {
            let shown = format!("{:#?}", Words::of(language));
            let lines = shown.lines().filter_map(|line| line.trim().split_once(": "));
            lines.map(|(_, text)| text.to_owned()).collect::<Vec<_>>()
        };
        let places = |text: &str| ["{who}", "{count}"].map(|it| text.matches(it).count());
        let [fi, sv, en] = Language::ALL.map(said);
        assert!(fi.len() == sv.len() && sv.len() == en.len() && en.len() > 20);
        for ((fi, sv), en) in fi.iter().zip(&sv).zip(&en) {
            assert!(fi != sv && sv != en && fi != en && en.len() > 4, "{en}");
            assert_eq!((places(fi), places(sv)), (places(en), places(en)), "{en}");
        }
    }
}
