//! What an original publishes is told to the people of its copies.

use super::delivered;
use super::house::House;

#[test]
fn md3_what_an_original_published_is_told_to_the_people_of_its_copy() {
    let mut house = House::new(&["Leena Laine", "Pentti Piha", "Saara Salo"]);
    house.turn_on(0, "daily", "en");
    house.turn_on(1, "daily", "en");
    house.turn_on(2, "daily", "en");
    house.adopt(1, 2, [30, 31]);
    house.next_day();
    assert_eq!(delivered(&house), [], "nothing is better yet");
    house.improve(1, 30, "A table for all.");
    house.next_day();
    let mails = delivered(&house);
    let told: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(told, ["1@talkoot.example", "3@talkoot.example"], "its author is told nothing");
    let text = mails[0].text();
    for part in ["* 1 improvement from the original\n  Village table\n", "/improvements\n"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    house.next_day();
    assert_eq!(delivered(&house), [], "it is told once");
    let published = house.improve(1, 30, "A round table for all.");
    house.read(0, 30, published);
    house.next_day();
    let mails = delivered(&house);
    assert_eq!(mails.len(), 1, "it was read by one of them");
    house.end_use(2, 30);
    house.improve(1, 30, "A table for you.");
    house.next_day();
    assert_eq!(delivered(&house).len(), 2, "a copy goes on when its use is over");
    house.improve(1, 30, "A table.");
    house.put_out(0);
    house.put_out(2);
    house.next_day();
    assert_eq!(delivered(&house), [], "the copy is nobody's any more");
}
