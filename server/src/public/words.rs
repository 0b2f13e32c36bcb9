//! The few words around what people wrote, in the three languages of the workspace.

use talkoot_core::language::Language;
use talkoot_core::schema::Kind;

/// All of them, in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub(super) skip: &'static str,
    pub(super) menu: &'static str,
    pub(super) trail: &'static str,
    pub(super) home: &'static str,
    pub(super) practices: &'static str,
    pub(super) documents: &'static str,
    pub(super) projects: &'static str,
    pub(super) all_practices: &'static str,
    pub(super) all_documents: &'static str,
    pub(super) all_projects: &'static str,
    pub(super) sign_in: &'static str,
    pub(super) lead: &'static str,
    pub(super) nothing: &'static str,
    pub(super) follow: &'static str,
    pub(super) updated: &'static str,
    pub(super) page: &'static str,
    pub(super) pages: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    pub(super) footer: &'static str,
    pub(super) not_found: &'static str,
    pub(super) not_found_text: &'static str,
    pub(super) gone: &'static str,
    pub(super) gone_text: &'static str,
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

    /// Names the list of a kind, where it has one.
    pub(super) fn list(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Practice => self.practices,
            Kind::Document => self.documents,
            Kind::Project => self.projects,
            Kind::Programme | Kind::Organisation | Kind::Thread | Kind::Notebook => self.home,
        }
    }

    /// Names the way to all of a kind.
    pub(super) fn all(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Practice => self.all_practices,
            Kind::Document => self.all_documents,
            Kind::Project => self.all_projects,
            Kind::Programme | Kind::Organisation | Kind::Thread | Kind::Notebook => self.home,
        }
    }
}

const FINNISH: Words = Words {
    skip: "Siirry sisältöön",
    menu: "Päävalikko",
    trail: "Murupolku",
    home: "Etusivu",
    practices: "Toimintamallit",
    documents: "Asiakirjat",
    projects: "Hankkeet",
    all_practices: "Kaikki toimintamallit",
    all_documents: "Kaikki asiakirjat",
    all_projects: "Kaikki hankkeet",
    sign_in: "Kirjaudu",
    lead: "Täältä voit lukea kaiken, mikä on julkaistu.",
    nothing: "Täällä ei ole vielä mitään julkaistua.",
    follow: "Seuraa Atom-syötteenä",
    updated: "Päivitetty",
    page: "Sivu",
    pages: "Sivut",
    previous: "Edellinen sivu",
    next: "Seuraava sivu",
    footer: "Julkaistu Talkoissa.",
    not_found: "Täällä ei ole julkaistua sivua",
    not_found_text: "Osoite on voinut muuttua, tai sivu on vain niille, jotka ovat kirjautuneet.",
    gone: "Sivu on poistettu",
    gone_text: "Tässä oli julkaistu sivu. Sen tekijät ovat ottaneet sen pois.",
};

const SWEDISH: Words = Words {
    skip: "Hoppa till innehållet",
    menu: "Huvudmeny",
    trail: "Brödsmulor",
    home: "Startsida",
    practices: "Verksamhetsmodeller",
    documents: "Dokument",
    projects: "Projekt",
    all_practices: "Alla verksamhetsmodeller",
    all_documents: "Alla dokument",
    all_projects: "Alla projekt",
    sign_in: "Logga in",
    lead: "Här kan du läsa allt som är publicerat.",
    nothing: "Här finns inget publicerat än.",
    follow: "Följ som Atom-flöde",
    updated: "Uppdaterad",
    page: "Sida",
    pages: "Sidor",
    previous: "Föregående sida",
    next: "Nästa sida",
    footer: "Publicerat i Talkoot.",
    not_found: "Här finns ingen publicerad sida",
    not_found_text: "Adressen kan ha ändrats, eller så är sidan bara för dem som har loggat in.",
    gone: "Sidan har tagits bort",
    gone_text: "Här fanns en publicerad sida. De som gjorde den har tagit bort den.",
};

const ENGLISH: Words = Words {
    skip: "Skip to content",
    menu: "Main menu",
    trail: "Breadcrumbs",
    home: "Front page",
    practices: "Practices",
    documents: "Documents",
    projects: "Projects",
    all_practices: "All practices",
    all_documents: "All documents",
    all_projects: "All projects",
    sign_in: "Sign in",
    lead: "Here you can read everything that is published.",
    nothing: "Nothing is published here yet.",
    follow: "Follow as an Atom feed",
    updated: "Updated",
    page: "Page",
    pages: "Pages",
    previous: "Previous page",
    next: "Next page",
    footer: "Published in Talkoot.",
    not_found: "There is no published page here",
    not_found_text: "The address may have changed, or the page is only for people who have signed in.",
    gone: "This page has been taken away",
    gone_text: "A published page was here. The people who made it have taken it away.",
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists the fields with their words, in the order in which they are declared.
    fn said(language: Language) -> Vec<(String, String)> {
        let shown = format!("{:#?}", Words::of(language));
        let lines = shown.lines().filter_map(|line| line.trim().split_once(": "));
        lines.map(|(name, text)| (name.to_owned(), text.trim_end_matches(',').to_owned())).collect()
    }

    #[test]
    fn pu10_the_words_around_a_page_are_whole_in_three_languages() {
        let [fi, sv, en] = Language::ALL.map(said);
        assert_eq!((fi.len(), sv.len()), (en.len(), en.len()));
        assert!(en.len() > 20);
        for ((fi, sv), en) in fi.iter().zip(&sv).zip(&en) {
            assert_eq!((&fi.0, &sv.0), (&en.0, &en.0));
            assert!([fi, sv, en].iter().all(|(_, text)| text.len() > 4), "{} is said", en.0);
            assert!(fi.1 != sv.1 && sv.1 != en.1 && fi.1 != en.1, "{} is translated", en.0);
        }
    }
}
