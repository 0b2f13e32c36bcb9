//! What is locked opens with its passphrase alone; what age's own tool locked opens too.

use super::*;

fn chance(seed: u8) -> Chance {
    Chance { file_key: [seed; 16], salt: [seed; 16], nonce: [seed; 16] }
}

#[test]
fn p47_a_locked_file_opens_with_its_passphrase_and_no_other() {
    for length in [0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000] {
        let bytes: Vec<u8> = (0..=255).cycle().take(length).collect();
        let file = lock_with(&bytes, "kahvia ja pullaa", &chance(3), 5);
        assert!(file.starts_with(b"age-encryption.org/v1\n-> scrypt "));
        assert_eq!(unlock(&file, "kahvia ja pullaa"), Ok(bytes));
        assert_eq!(unlock(&file, "kahvia"), Err(UnlockError::Passphrase));
    }
}

#[test]
fn p47_a_file_of_ours_asks_for_the_work_that_is_named_here() {
    let file = lock(b"", "kahvia", &chance(1));
    assert!(String::from_utf8_lossy(&file).lines().nth(1).unwrap().ends_with(" 15"));
    assert_eq!(unlock(&file, "kahvia"), Ok(vec![]));
}

#[test]
fn p47_no_bit_of_a_locked_file_turns_unseen_and_no_end_is_missed() {
    let file = lock_with(b"Words on a stick.", "kahvia", &chance(5), 4);
    for place in (0..file.len()).step_by(7) {
        let mut turned = file.clone();
        turned[place] ^= 1;
        assert!(unlock(&turned, "kahvia").is_err(), "at {place}");
    }
    for end in (0..file.len()).step_by(5) {
        assert!(unlock(&file[..end], "kahvia").is_err(), "cut at {end}");
    }
}

#[test]
fn p47_a_lock_that_asks_for_too_much_or_for_keys_is_refused_at_once() {
    let salt = armor::encode(&[1; 16]);
    let rest = format!("{}\n--- {}\n", armor::encode(&[2; 32]), armor::encode(&[3; 32]));
    let head = |stanza: &str| format!("age-encryption.org/v1\n-> {stanza}\n{rest}");
    let hard = head(&format!("scrypt {salt} 40"));
    assert_eq!(unlock(hard.as_bytes(), "x"), Err(UnlockError::TooHard { work_log2: 40 }));
    let keys = head("X25519 abc");
    assert_eq!(unlock(keys.as_bytes(), "x"), Err(UnlockError::OtherLock));
    for odd in ["01", "1x", "+1", "", "999"] {
        let odd = head(&format!("scrypt {salt} {odd}"));
        assert_eq!(unlock(odd.as_bytes(), "x"), Err(UnlockError::Damaged));
    }
}

#[test]
fn p47_what_ages_own_tool_locked_opens_here_bare_and_armoured() {
    let bare = include_bytes!("../../fixtures/lock/age.bin");
    let armoured = include_bytes!("../../fixtures/lock/age.txt");
    for file in [&bare[..], &armoured[..]] {
        assert_eq!(unlock(file, "kahvia ja pullaa"), Ok(b"Words on a stick.\n".to_vec()));
    }
}
