//! Mail about what is unread, handed over to a mail server that runs beside the tests.

mod house;
mod improving;
mod lasting;
mod post_office;

use serde_json::json;

use self::house::{House, ORIGIN};
use self::post_office::{Mail, Manner};

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

/// A house in which Leena asked something, wants mail in Finnish, and got an answer from Pentti.
fn answered() -> House {
    let mut house = House::new(&["Leena Laine", "Pentti Piha"]);
    house.turn_on(0, "daily", "fi");
    house.begin(0, 20, "Kuka kutsuu & milloin?", true);
    house.say(1, 20);
    house
}

/// Hands over what is due and gives what came.
fn delivered(house: &House) -> Vec<Mail> {
    house.deliver();
    house.office.all()
}

#[test]
fn md1_nobody_gets_mail_who_did_not_turn_it_on_and_the_first_one_comes_the_next_day() {
    let mut house = House::new(&["Leena Laine", "Pentti Piha"]);
    assert_eq!(house.every(0), "never");
    house.begin(0, 20, "Before", true);
    house.say(1, 20);
    house.next_day();
    assert_eq!(delivered(&house), []);
    house.turn_on(0, "daily", "en");
    house.say(1, 20);
    assert_eq!(delivered(&house), [], "the day in which it was turned on is left alone");
    house.next_day();
    assert_eq!(delivered(&house).len(), 1);
    let reply = house.ask("GET /api/v1/digest", &[], "");
    assert_eq!(reply.code(), (401, "signed_out".to_owned()));
    for wrong in [json!({}), json!({ "every": "hourly", "language": "fi" })] {
        assert_eq!(house.ask_as(0, "PUT /api/v1/digest", &wrong).status, 400);
    }
    house.turn_on(0, "never", "en");
    house.say(1, 20);
    house.next_day();
    assert_eq!(delivered(&house), []);
}

#[test]
fn md2_at_most_one_mail_a_day_or_a_week_and_none_when_nothing_unread_came() {
    let mut house = answered();
    house.next_day();
    assert_eq!(delivered(&house).len(), 1);
    house.say(1, 20);
    house.go_on(15 * HOUR_MS);
    assert_eq!(delivered(&house), [], "the day is over");
    house.go_on(HOUR_MS);
    assert_eq!(delivered(&house).len(), 1, "four o'clock");
    house.next_day();
    assert_eq!(delivered(&house), [], "nothing new came");
    let last = house.say(1, 20);
    house.read(0, 20, last);
    house.next_day();
    assert_eq!(delivered(&house), [], "it was read");
    house.turn_on(0, "weekly", "fi");
    house.say(1, 20);
    let days = (0..14).map(|_| {
        house.next_day();
        house.say(1, 20);
        delivered(&house).len()
    });
    let days: Vec<usize> = days.collect();
    assert_eq!(days.iter().sum::<usize>(), 2, "{days:?}");
}

#[test]
fn md3_a_mail_says_who_did_what_about_what_and_where_and_no_word_of_any_post() {
    // proves MD3, MD5
    let mut house = answered();
    house.begin(1, 21, "Talkoot lauantaina", true);
    let named = house.name(1, 21, 0);
    house.next_day();
    let mails = delivered(&house);
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!(
        (mail.from.as_str(), mail.to.as_str()),
        ("talkoot@talkoot.example", "1@talkoot.example")
    );
    assert_eq!(mail.header("subject"), "Talkoot: 2 uutta asiaa sinulle");
    assert_eq!(mail.header("from"), "Talkoot <talkoot@talkoot.example>");
    assert_eq!(mail.header("auto-submitted"), "auto-generated");
    assert_eq!(mail.header("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
    assert!(mail.header("date").starts_with("Sun, 29 Nov 2026 12:00:00"));
    assert!(mail.header("message-id").ends_with("@talkoot.example>"));
    let end = mail.header("list-unsubscribe");
    let end = end.trim_matches(['<', '>']);
    let text = mail.text();
    let anchor = talkoot_core::address::post_anchor(named);
    for part in [
        "* Pentti Piha vastasi kysymykseesi\n  Kuka kutsuu & milloin?\n  https://talkoot.example/discussions/",
        "* Pentti Piha mainitsi sinut\n  Talkoot lauantaina\n  https://talkoot.example/discussions/",
        &format!("-talkoot-lauantaina#{anchor}\n"),
        &format!("Lopeta nämä viestit: {end}\n"),
        "Asetukset: https://talkoot.example/settings\n",
        "enintään kerran päivässä",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let html = mail.html();
    for part in [
        "<html lang=\"fi\">",
        "<li>Pentti Piha vastasi kysymykseesi<br><a href=\"https://talkoot.example/discussions/",
        ">Kuka kutsuu &amp; milloin?</a></li>",
        &format!("<a href=\"{end}\">Lopeta nämä viestit</a>"),
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    for word in ["no mail has", "secret"] {
        assert!(!text.contains(word) && !html.contains(word), "{word}");
    }
}

#[test]
fn md3_twenty_things_are_listed_and_the_rest_is_counted() {
    let mut house = House::new(&["Leena Laine", "Pentti Piha"]);
    house.turn_on(0, "daily", "en");
    for number in 20..45 {
        house.begin(0, number, &format!("Question {number}"), true);
        house.say(1, number);
    }
    house.next_day();
    let mails = delivered(&house);
    let text = mails[0].text();
    assert_eq!(mails[0].header("subject"), "Talkoot: 25 new things for you");
    assert_eq!(text.matches("* Pentti Piha answered your question").count(), 20);
    assert!(text.contains("and 5 more: https://talkoot.example/inbox\n"), "{text}");
    assert!(mails[0].html().contains("and 5 more</a>"));
}

#[test]
fn md4_each_gets_mail_in_the_language_that_they_chose() {
    let mut house = House::new(&["Leena Laine", "Pentti Piha", "Siv Sund", "Olli Ora"]);
    for (who, language) in ["fi", "sv", "en"].into_iter().enumerate() {
        house.turn_on(who, "daily", language);
        let number = u8::try_from(20 + who).unwrap();
        house.begin(who, number, "Vem?", true);
        house.say(3, number);
    }
    house.next_day();
    let subjects: Vec<_> = delivered(&house).iter().map(|it| it.header("subject")).collect();
    let expected = ["1 uusi asia sinulle", "=?utf-8?b?", "1 new thing for you"].map(str::to_owned);
    for (subject, expected) in subjects.iter().zip(&expected) {
        assert!(subject.contains(expected), "{subject}");
    }
    assert_eq!(subjects.len(), 3);
}

#[test]
fn md7_what_is_refused_is_tried_again_after_a_while_and_keeps_nobody_from_theirs() {
    let mut house = House::new(&["Leena Laine", "Pentti Piha", "Siv Sund"]);
    for who in [0, 1] {
        house.turn_on(who, "daily", "en");
        let number = u8::try_from(20 + who).unwrap();
        house.begin(who, number, "Who?", true);
        house.say(2, number);
    }
    house.next_day();
    let email = house.people[0].email.clone();
    house.office.treat(&email, Some(Manner::Refuse(550)));
    let to = |mails: &[Mail]| mails.iter().map(|mail| mail.to.clone()).collect::<Vec<_>>();
    assert_eq!(to(&delivered(&house)), [house.people[1].email.clone()]);
    house.office.treat(&email, None);
    assert_eq!(delivered(&house), [], "not at once");
    house.go_on(5 * 60_000);
    house.office.treat(&email, Some(Manner::Refuse(451)));
    assert_eq!(delivered(&house), []);
    house.office.treat(&email, None);
    house.go_on(9 * 60_000);
    assert_eq!(delivered(&house), [], "the second wait is longer");
    house.go_on(60_000);
    let mails = delivered(&house);
    assert_eq!(to(&mails), [email]);
    assert_eq!(mails[0].header("subject"), "Talkoot: 1 new thing for you");
    house.go_on(HOUR_MS);
    assert_eq!(delivered(&house), []);
}

#[test]
fn md6_a_mail_whose_answer_never_came_is_not_sent_again_and_its_news_come_with_the_next() {
    let house = answered();
    house.next_day();
    let email = house.people[0].email.clone();
    house.office.treat(&email, Some(Manner::HangUp));
    assert_eq!(delivered(&house).len(), 1, "it came, and nobody heard so");
    house.office.treat(&email, None);
    house.go_on(12 * HOUR_MS);
    assert_eq!(delivered(&house), []);
    house.next_day();
    let mails = delivered(&house);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text().contains("vastasi kysymykseesi"));
}

#[test]
fn md8_the_link_ends_it_in_one_click_without_a_session_and_looking_at_it_changes_nothing() {
    let mut house = answered();
    house.next_day();
    let end = delivered(&house)[0].end(ORIGIN);
    let page = house.ask(&format!("GET {end}"), &[], "");
    let html = String::from_utf8(page.body.clone()).unwrap();
    assert_eq!(page.status, 200);
    assert!(
        html.contains("<html lang=\"fi\">") && html.contains("<form method=\"post\">"),
        "{html}"
    );
    assert_eq!(html.matches("<button").count(), 1);
    assert_eq!(house.every(0), "daily");
    let headers = ["Content-Type: application/x-www-form-urlencoded".to_owned()];
    let done = house.ask(&format!("POST {end}"), &headers, "List-Unsubscribe=One-Click");
    assert_eq!(done.status, 200);
    assert_eq!(house.every(0), "never");
    house.say(1, 20);
    house.next_day();
    assert_eq!(delivered(&house), []);
    house.turn_on(0, "daily", "sv");
    let again = house.ask(&format!("POST {end}"), &headers, "List-Unsubscribe=One-Click");
    assert_eq!((again.status, &again.body), (200, &done.body), "an old link still ends it");
    assert_eq!(house.every(0), "never");
}

#[test]
fn md8_a_forged_link_does_nothing_and_is_answered_like_a_true_one() {
    let house = answered();
    house.next_day();
    let end = delivered(&house)[0].end(ORIGIN);
    let (path, link) = end.rsplit_once('/').unwrap();
    let parts: Vec<&str> = link.split('-').collect();
    let zeros = "0".repeat(32);
    let forged = [
        format!("fi-{}-{zeros}", parts[1]),
        format!("fi-{zeros}-{}", parts[2]),
        format!("fi-{zeros}-{zeros}"),
        "fi".to_owned(),
        "%FF".to_owned(),
        "x".repeat(2_000),
    ];
    let asked = |verb: &str, link: &str| {
        let reply = house.ask(&format!("{verb} {path}/{link}"), &[], "");
        (reply.status, reply.body)
    };
    for verb in ["GET", "POST"] {
        let expected = if verb == "GET" { Some(asked(verb, link)) } else { None };
        for forged in &forged {
            let reply = asked(verb, forged);
            assert_eq!(reply.0, 200);
            assert!(expected.as_ref().is_none_or(|it| *it == reply), "{verb} {forged}");
        }
    }
    assert_eq!(house.every(0), "daily");
    let answers = forged.iter().map(|forged| asked("POST", forged)).collect::<Vec<_>>();
    let ended = asked("POST", link);
    assert!(answers.iter().all(|answer| *answer == ended));
    assert_eq!(house.every(0), "never");
}

#[test]
fn md9_a_hostile_subject_or_name_adds_no_header_no_line_and_no_markup() {
    let hostile = "Eve\r\nBcc: all@talkoot.example\r\n\r\n<script>alert(1)</script>\"'";
    let mut house = House::new(&["Leena Laine", hostile]);
    house.turn_on(0, "daily", "en");
    let long = format!("<img src=x onerror=alert(1)>{}", "x".repeat(270));
    for (number, subject) in [(20, hostile), (21, long.as_str())] {
        house.begin(1, number, &subject.replace(['\r', '\n'], " "), true);
        house.name(1, number, 0);
    }
    house.next_day();
    let mails = delivered(&house);
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    let names: Vec<String> = mail.head().into_iter().map(|(name, _)| name).collect();
    let mut expected = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "auto-submitted",
        "mime-version",
        "content-type",
    ];
    expected.sort_unstable();
    let mut sorted = names;
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    let html = mail.html();
    assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    assert!(html.contains("&lt;script&gt;"), "{html}");
    let text = mail.text();
    assert!(text.lines().all(|line| !line.starts_with("Bcc")), "{text}");
    let titles: Vec<&str> = text.lines().filter(|line| line.starts_with("  <img")).collect();
    let [title] = titles[..] else { panic!("{text}") };
    assert!(title.ends_with('…') && title.chars().count() <= 122, "{text}");
}

#[test]
fn md10_who_lost_a_right_before_sending_is_told_nothing_of_what_it_covered() {
    let mut house = House::new(&["Leena Laine", "Pentti Piha"]);
    house.turn_on(0, "daily", "en");
    house.begin(1, 20, "Open to all", true);
    house.begin(1, 21, "Only project eight", false);
    for number in [20, 21] {
        house.name(1, number, 0);
    }
    house.put_out(0);
    house.next_day();
    let mails = delivered(&house);
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!(mail.header("subject"), "Talkoot: 1 new thing for you");
    assert!(mail.text().contains("Open to all"));
    assert!(!mail.raw.contains("eight") && !mail.text().contains("eight"));
}

#[test]
fn md3_what_comes_late_is_told_although_what_was_said_after_it_was_told_before() {
    let mut house = House::new(&["Leena Laine", "Pentti Piha", "Ritva Ranta"]);
    house.begin(0, 20, "Kuka kutsuu?", true);
    house.turn_on(0, "daily", "en");
    let last = house.say(1, 20);
    house.next_day();
    assert_eq!(delivered(&house).len(), 1);
    house.read(0, 20, last);
    house.say_late(2, 20, 20 * HOUR_MS);
    house.next_day();
    assert_eq!(delivered(&house).len(), 1, "it was written in a train, before what was read");
    house.next_day();
    assert_eq!(delivered(&house), [], "once");
}

#[test]
fn md7_a_mail_server_that_goes_away_costs_nobody_a_mail_but_whose_was_on_its_way() {
    let names = ["Leena Laine", "Pentti Piha", "Ritva Ranta", "Seija Salo"];
    let mut house = House::new(&names);
    house.begin(0, 20, "Kuka kutsuu?", true);
    for who in 1..4 {
        house.turn_on(who, "daily", "en");
        house.say(who, 20);
    }
    house.say(0, 20);
    house.next_day();
    house.office.treat("2@talkoot.example", Some(Manner::HangUpForAll));
    assert_eq!(delivered(&house).len(), 1, "it came, and nobody heard so");
    house.office.take_again();
    house.go_on(HOUR_MS);
    let mails = delivered(&house);
    let told: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(told, ["3@talkoot.example", "4@talkoot.example"]);
}

#[test]
fn md12_after_a_restore_nothing_is_told_that_may_have_been_told_before() {
    let mut house = answered();
    house.next_day();
    house.restore();
    assert_eq!(delivered(&house), []);
    house.next_day();
    assert_eq!(delivered(&house), []);
    house.say_late(1, 20, 60 * HOUR_MS);
    house.next_day();
    assert_eq!(delivered(&house), [], "a device gave back what the backup had not");
    house.say(1, 20);
    house.next_day();
    assert_eq!(delivered(&house).len(), 1, "what comes later is told");
}

#[test]
fn md12_what_is_said_after_a_restore_is_told_when_its_week_is_over() {
    let mut house = answered();
    house.turn_on(0, "weekly", "en");
    house.go_on(4 * DAY_MS);
    assert_eq!(delivered(&house).len(), 1);
    house.next_day();
    house.restore();
    house.deliver();
    house.say(1, 20);
    house.go_on(6 * DAY_MS);
    assert_eq!(delivered(&house).len(), 1);
}
