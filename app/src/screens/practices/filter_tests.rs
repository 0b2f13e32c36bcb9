//! The address of the library says what was asked (rules P20, P25).

use super::*;

fn asked(address: &str) -> Filter {
    Filter::read(|name| {
        let mut parts = address.split('&').filter_map(|part| part.split_once('='));
        parts.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    })
}

#[test]
fn p20_the_address_says_what_was_read_from_it() {
    for query in [
        "phase=trial,adoption&for=carers&evidence=monitored&area=MK13&sort=latest&q=yö ja päivä",
        "sector=village&language=fi,sv&project=0abc&use=nowhere&sort=evidence&more=3",
        "sort=title",
    ] {
        assert_eq!(asked(query).write(str::to_owned), format!("/practices?{query}"));
    }
    assert_eq!(asked("phase=,trial,trial&sort=odd&more=-1&x=y").write(str::to_owned), {
        "/practices?phase=trial"
    });
    assert_eq!(Filter::default().write(str::to_owned), "/practices");
}

#[test]
fn p20_a_choice_is_taken_back_as_it_was_made() {
    let filter = asked("phase=trial&sort=title&q=apu&more=2");
    let more = filter.toggled(Facet::Phase, "adoption");
    assert_eq!(more.write(str::to_owned), "/practices?phase=trial,adoption&sort=title&q=apu");
    let back = more.toggled(Facet::Phase, "trial").toggled(Facet::Phase, "adoption");
    assert_eq!(back.write(str::to_owned), "/practices?sort=title&q=apu");
    let north = filter.with_only(Facet::Area, "MK19").with_only(Facet::Area, "MK18");
    assert_eq!(north.of(Facet::Area).collect::<Vec<_>>(), ["MK18"]);
    assert_eq!(north.with_only(Facet::Area, "").of(Facet::Area).count(), 0);
    assert_eq!(filter.cleared().write(str::to_owned), "/practices?sort=title");
    assert!(filter.narrows() && !filter.cleared().narrows());
}

#[test]
fn p25_the_list_grows_by_sixty_when_asked() {
    assert_eq!(asked("").drawn(10_000), 60);
    assert_eq!(asked("more=1").drawn(10_000), 120);
    assert_eq!(asked("more=2").drawn(130), 130);
    assert_eq!(asked("more=18446744073709551615").drawn(130), 130);
}
