//! SPEC.md and the tests prove each other.

use std::fs;

use talkoot_tests::house::{source, spec};

#[test]
fn h13_every_rule_has_a_test_and_every_test_a_rule() {
    let text = fs::read_to_string(source::root().join("SPEC.md")).expect("SPEC.md is missing");
    let rules = spec::rules(&text);
    assert!(!rules.is_empty(), "SPEC.md numbers no rule: `- **F3** sentence`");
    let files = source::sources().unwrap();
    let mut complaints = spec::name_one_rule_each(&rules);
    complaints.extend(spec::prove_each_other(&rules, &files));
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
