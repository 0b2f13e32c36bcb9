//! Faults and refusals in plain words: what happened, what is safe, what to do.

use crate::i18n::{Phrase, Word, words};
use crate::workspace::{ActError, LocalFault};

/// Explains why an act failed.
pub(crate) fn of_act(fault: &ActError) -> Phrase {
    let word = match fault {
        ActError::NotReady => words::fault::NOT_READY,
        ActError::Gone => words::fault::ACT,
        ActError::Moved => words::fault::MOVED,
        ActError::NoNetwork => words::fault::NO_NETWORK,
        ActError::WrongCredentials => words::sign_in::WRONG,
        ActError::TooManyAttempts { retry_after_s: Some(seconds) } => {
            return words::sign_in::too_many(seconds.div_ceil(60));
        }
        ActError::TooManyAttempts { retry_after_s: None } => words::sign_in::TOO_MANY_SOON,
        ActError::SignedOut => words::fault::SIGNED_OUT,
        ActError::Server { .. } => words::fault::SERVER,
        ActError::StillComing => words::fault::STILL_COMING,
        ActError::Refused { code } => of_refusal(code),
        ActError::Local(fault) => title_of(fault),
        ActError::NoUpdate => words::fault::NO_UPDATE,
    };
    word.into()
}

/// Names why this device cannot store.
pub(crate) fn title_of(fault: &LocalFault) -> Word {
    match fault {
        LocalFault::Blocked => words::fault::BLOCKED,
        LocalFault::Newer => words::fault::NEWER,
        LocalFault::Denied => words::fault::DENIED,
        LocalFault::Full => words::fault::FULL,
        LocalFault::Failed => words::fault::FAILED,
        LocalFault::Damaged { .. } => words::fault::DAMAGED,
    }
}

/// Says what can be done about it.
pub(crate) fn text_of(fault: &LocalFault) -> Word {
    match fault {
        LocalFault::Blocked => words::fault::BLOCKED_TEXT,
        LocalFault::Newer => words::fault::NEWER_TEXT,
        LocalFault::Denied => words::fault::DENIED_TEXT,
        LocalFault::Full => words::fault::FULL_TEXT,
        LocalFault::Failed => words::fault::FAILED_TEXT,
        LocalFault::Damaged { .. } => words::fault::DAMAGED_TEXT,
    }
}

/// Explains the code of a refusal; a code that this version does not know gets general words.
pub(crate) fn of_refusal(code: &str) -> Word {
    match code {
        "not_allowed" => words::refusal::NOT_ALLOWED,
        "too_large" | "text_too_large" => words::refusal::TOO_LARGE,
        "transfer_too_big" => words::transfer::TOO_MUCH,
        "unknown_record" => words::refusal::UNKNOWN_RECORD,
        "newer_content" => words::refusal::NEWER_CONTENT,
        "foreign_device" => words::refusal::FOREIGN_DEVICE,
        "foreign_author" => words::refusal::FOREIGN_AUTHOR,
        "withdrawn" => words::refusal::WITHDRAWN,
        "missing_earlier" => words::refusal::MISSING_EARLIER,
        "text_malformed"
        | "text_gap"
        | "text_client_taken"
        | "text_unknown_content"
        | "text_too_deep"
        | "text_not_integrated" => words::refusal::TEXT,
        _ => words::refusal::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::access::Refusal;
    use talkoot_core::text::ScanError;

    #[test]
    fn p10_what_a_person_can_do_something_about_has_words_of_its_own() {
        for refusal in [Refusal::NotAllowed, Refusal::TooLarge, Refusal::UnknownRecord] {
            assert_ne!(of_refusal(refusal.code()), words::refusal::OTHER, "{refusal:?}");
        }
        for (fault, word) in [
            (ScanError::TooManyStructs { max: 1 }, words::refusal::TOO_LARGE),
            (ScanError::UnknownName { at: 0 }, words::refusal::TEXT),
            (ScanError::ValueTooDeep { at: 0, max: 1 }, words::refusal::TEXT),
        ] {
            assert_eq!(of_refusal(fault.code()), word, "{fault:?}");
        }
        assert_eq!(of_refusal("of a later version"), words::refusal::OTHER);
    }
}
