//! Narrowings kept under a name on this device.
//!
//! Kept as lines of a name and an address, so that a person's words stay on the device that they
//! were typed on. Pure but for [`kept`] and [`keep`].

use std::fmt::Write as _;

use crate::device::memory;

/// Where they are kept.
const STORAGE_KEY: &str = "practices.saved";
/// More than fit on a screen are no help.
const COUNT_MAX: usize = 30;

/// A narrowing with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saved {
    pub(super) name: String,
    /// The address that shows it.
    pub(super) address: String,
}

/// Gives what this device keeps.
pub(super) fn kept() -> Vec<Saved> {
    memory::read(STORAGE_KEY).map(|text| read(&text)).unwrap_or_default()
}

/// Keeps these and no others.
pub(super) fn keep(all: &[Saved]) {
    // A memory that is full or closed costs only the convenience.
    memory::keep(STORAGE_KEY, &write(all));
}

/// Adds a narrowing; one of the same name gives way (rule P23).
pub(super) fn with(all: &[Saved], name: &str, address: &str) -> Vec<Saved> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return all.to_vec();
    }
    let mut next = without(all, &name);
    next.push(Saved { name, address: address.to_owned() });
    let surplus = next.len().saturating_sub(COUNT_MAX);
    next.split_off(surplus)
}

/// Leaves out the narrowing of a name.
pub(super) fn without(all: &[Saved], name: &str) -> Vec<Saved> {
    all.iter().filter(|saved| saved.name != name).cloned().collect()
}

fn write(all: &[Saved]) -> String {
    let mut text = String::new();
    for Saved { name, address } in all {
        // Writing into a String cannot fail.
        writeln!(text, "{name}\t{address}").ok();
    }
    text
}

/// Reads the lines. Only addresses of the library are taken: the memory may hold anything.
fn read(text: &str) -> Vec<Saved> {
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    let ours = lines.filter(|(_, address)| address.starts_with("/practices?"));
    ours.map(|(name, address)| Saved { name: name.to_owned(), address: address.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p23_a_narrowing_is_kept_by_its_name() {
        let north = with(&[], "  Lapin\tdigimallit \n", "/practices?area=MK19");
        let two = with(&north, "Kokeilut", "/practices?phase=trial");
        assert_eq!(read(&write(&two)), two);
        assert_eq!(two.first().map(|it| it.name.as_str()), Some("Lapin digimallit"));
        let again = with(&two, "Kokeilut", "/practices?phase=trial&q=apu");
        assert_eq!(again.len(), 2, "one name, one narrowing");
        assert_eq!(without(&again, "Kokeilut"), north);
        assert_eq!(with(&north, "  ", "/practices?q=x"), north);
    }

    #[test]
    fn p23_the_oldest_gives_way_and_what_is_not_ours_is_passed_over() {
        let add =
            |all: Vec<Saved>, number: usize| with(&all, &number.to_string(), "/practices?q=a");
        let many = (0..40).fold(Vec::new(), add);
        assert_eq!((many.len(), many.first().map(|it| it.name.as_str())), (30, Some("10")));
        assert_eq!(read("no tab\nx\tjavascript:alert(1)\ny\t//other/practices?q=1\n"), []);
    }
}
