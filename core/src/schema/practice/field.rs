//! The tags of a practice's fields and of the parts of their entries; those of the path are named
//! in its table.

pub const NAME: u16 = 1;
pub const SHORT_DESCRIPTION: u16 = 2;
pub const PLACE: u16 = 3;
pub const AREAS: u16 = 4;
pub const FUNDER: u16 = 5;
pub const PROGRAMMES: u16 = 6;
pub const TARGET_GROUPS: u16 = 7;
pub const SECTORS: u16 = 8;
pub const KEYWORDS: u16 = 9;
pub const PHASE: u16 = 10;
pub const PROJECT: u16 = 11;
pub const LANGUAGE: u16 = 12;
pub const AUTHORS: u16 = 13;
pub const LINKS: u16 = 14;
pub const EVIDENCE_LEVEL: u16 = 15;
pub const EVIDENCE: u16 = 16;
pub const LESSONS: u16 = 17;
pub const ADOPTIONS: u16 = 18;
pub const LINEAGE: u16 = 19;
pub const DOCUMENTS: u16 = 20;
pub const OFFERS: u16 = 50;
pub const ANSWERS: u16 = 51;
pub const RESTORED: u16 = 52;
pub const VERSION_NAMES: u16 = 53;
pub const OPEN_COMMENTS: u16 = 54;
/// The parts of an entry of evidence.
pub const EVIDENCE_RESULT: u16 = 1;
pub const EVIDENCE_METHOD: u16 = 2;
pub const EVIDENCE_SAMPLE: u16 = 3;
pub const EVIDENCE_PERIOD: u16 = 4;
pub const EVIDENCE_SOURCE: u16 = 5;
pub const EVIDENCE_AUTHOR: u16 = 6;
pub const EVIDENCE_POST: u16 = 7;
/// The parts of an adoption.
pub const ADOPTION_PROJECT: u16 = 1;
pub const ADOPTION_COPY: u16 = 2;
pub const ADOPTION_SINCE: u16 = 3;
pub const ADOPTION_CHANGED: u16 = 4;
pub const ADOPTION_RESULT: u16 = 5;
pub const ADOPTION_AUTHOR: u16 = 8;
pub const ADOPTION_POST: u16 = 9;
pub const ADOPTION_UNTIL: u16 = 6;
/// The parts of an ancestor, as it was when this one was adopted.
pub const ANCESTOR_RECORD: u16 = 1;
pub const ANCESTOR_TITLE: u16 = 2;
pub const ANCESTOR_PROJECT: u16 = 3;
pub const ANCESTOR_PROJECT_NAME: u16 = 4;
pub const ANCESTOR_SINCE: u16 = 5;
/// The parts of an offer.
pub const OFFER_PROJECT: u16 = 1;
pub const OFFER_COPY: u16 = 2;
pub const OFFER_SECTION: u16 = 3;
pub const OFFER_TEXT: u16 = 4;
pub const OFFER_REASON: u16 = 5;
pub const OFFER_KNEW: u16 = 6;
pub const OFFER_EDIT: u16 = 7;
/// The parts of an answer; it is the entry of the name that its offer has.
pub const ANSWER_VERDICT: u16 = 1;
pub const ANSWER_REASON: u16 = 2;
pub const ANSWER_BY: u16 = 3;
