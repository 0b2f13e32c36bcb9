//! Who has a practice in use: an entry on the practice for each time that a project has it.
//!
//! An entry that is over says until when and stays; taking the practice into use again begins
//! another one beside it.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::change::Op;
use crate::codec;
use crate::id::{ItemId, RecordId};
use crate::record::{FieldState, ItemState, Record};
use crate::schema::practice_field;
use crate::value::{PartialDate, Scalar, Value};

/// One project's taking a practice into use, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    pub item: ItemId,
    pub project: Option<RecordId>,
    /// The project's own version.
    pub copy: Option<RecordId>,
    pub since: Option<PartialDate>,
    /// When it was taken out of use again, if it was.
    pub until: Option<PartialDate>,
    /// What was changed.
    pub changed: String,
    /// What came of it so far.
    pub result: String,
}

/// Lists who took a practice into use, in the order in which they said so.
pub fn adoptions(record: &Record) -> Vec<Adoption> {
    let items = record.field(practice_field::ADOPTIONS).map(FieldState::items).unwrap_or_default();
    items.into_iter().filter_map(|(item, value)| adoption(item, value)).collect()
}

/// Lists the projects that have a practice in use, each once.
pub fn adopters(record: &Record) -> Vec<RecordId> {
    let current = adoptions(record).into_iter().filter(|it| it.until.is_none());
    let projects = current.filter_map(|adoption| adoption.project);
    projects.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Gives the version of its own that a project has in use of a practice, as the practice says.
pub fn adopted_copy(original: &Record, project: RecordId) -> Option<RecordId> {
    let mut current = adoptions(original).into_iter().filter(|it| it.until.is_none());
    current.find(|it| it.project == Some(project))?.copy
}

/// Lists every copy that the entries of a practice name: also of a use that is over, and on each
/// side of a choice.
pub fn copies(original: &Record) -> BTreeSet<RecordId> {
    let entries = original.field(practice_field::ADOPTIONS).into_iter().flat_map(|it| &it.items);
    let said = entries.flat_map(|(item, state)| {
        state.value.live().into_iter().filter_map(|(_, write)| adoption(*item, &write.value))
    });
    said.filter_map(|adoption| adoption.copy).collect()
}

/// Gives the operations that say on a practice that a project has a copy of it.
///
/// The entry has the project's own name: two who adopt for one project without knowing of each
/// other write one entry with two sides, and its people are asked which copy stays tied. Where
/// somebody else took that name, the entry gets the `spare` one. An earlier time of use that is
/// over stays beside it (rule G35).
pub fn adopt(
    original: &Record,
    project: RecordId,
    copy: RecordId,
    today: PartialDate,
    spare: ItemId,
) -> Vec<Op> {
    let own = named(project);
    let all = adoptions(original).into_iter();
    let earlier: Vec<Adoption> = all.filter(|it| it.project == Some(project)).collect();
    let fresh = Adoption {
        item: own,
        project: Some(project),
        copy: Some(copy),
        since: Some(today),
        until: None,
        changed: String::new(),
        result: String::new(),
    };
    if let Some(current) = earlier.iter().find(|it| it.until.is_none()) {
        let (item, changed, result) =
            (current.item, current.changed.clone(), current.result.clone());
        return append(original, &Adoption { item, changed, result, ..fresh });
    }
    if earlier.iter().any(|it| it.item == own) {
        return again(original, own, &fresh);
    }
    let state = original.field(practice_field::ADOPTIONS);
    let is_taken = state.and_then(|state| state.items.get(&own)).is_some_and(ItemState::is_there);
    let item = if is_taken { spare } else { own };
    append(original, &Adoption { item, ..fresh })
}

/// What a project says of its use; the rest of an entry says whose it is, and who told of it.
const SAID: [u16; 4] = [
    practice_field::ADOPTION_SINCE,
    practice_field::ADOPTION_UNTIL,
    practice_field::ADOPTION_CHANGED,
    practice_field::ADOPTION_RESULT,
];

/// Gives the operation that puts what a project says of its use in place of what it said.
pub fn tell(original: &Record, item: ItemId, said: &Value) -> Vec<Op> {
    let Some(Value::Entry(mut parts)) = entry(original, item).cloned() else { return Vec::new() };
    for tag in SAID {
        match said.part(tag) {
            Some(scalar) => parts.insert(tag, scalar.clone()),
            None => parts.remove(&tag),
        };
    }
    vec![original.put_item(practice_field::ADOPTIONS, item, Value::Entry(parts))]
}

/// Gives the operation that ends a use; whatever else the entry says stays.
pub fn end(original: &Record, item: ItemId, today: PartialDate) -> Vec<Op> {
    with_until(original, item, Some(today))
}

/// Gives the operation that takes the ending of a use back.
pub fn undo_end(original: &Record, item: ItemId) -> Vec<Op> {
    with_until(original, item, None)
}

fn with_until(original: &Record, item: ItemId, until: Option<PartialDate>) -> Vec<Op> {
    let Some(Value::Entry(mut parts)) = entry(original, item).cloned() else { return Vec::new() };
    parts.remove(&practice_field::ADOPTION_UNTIL);
    parts.extend(until.map(|date| (practice_field::ADOPTION_UNTIL, Scalar::Date(date))));
    vec![original.put_item(practice_field::ADOPTIONS, item, Value::Entry(parts))]
}

/// Gives the operations that take a practice into use again, with the copy that there is; the
/// earlier time stays as an entry of its own (rule G35).
pub fn resume(original: &Record, item: ItemId, today: PartialDate) -> Vec<Op> {
    let ended = adoptions(original).into_iter().find(|it| it.item == item && it.until.is_some());
    let Some(ended) = ended else { return Vec::new() };
    let (changed, result) = (String::new(), String::new());
    let fresh = Adoption { since: Some(today), until: None, changed, result, ..ended };
    again(original, item, &fresh)
}

/// Gives the operations that take that back: the latest earlier time stands in its place again.
pub fn undo_resume(original: &Record, item: ItemId) -> Vec<Op> {
    let all = adoptions(original);
    let project = all.iter().find(|it| it.item == item).and_then(|it| it.project);
    let earlier = all.iter().filter(|it| it.item != item && it.project == project);
    let latest = earlier.max_by_key(|it| it.until).map(|it| it.item);
    let said = latest.and_then(|latest| Some((latest, entry(original, latest)?.clone())));
    let Some((latest, said)) = said else { return Vec::new() };
    let field = practice_field::ADOPTIONS;
    vec![original.remove_item(field, latest), original.put_item(field, item, said)]
}

/// Puts the entry of an earlier time beside, and the one that begins in its place.
fn again(original: &Record, item: ItemId, fresh: &Adoption) -> Vec<Op> {
    let Some(ended) = entry(original, item) else { return Vec::new() };
    let kept = [(kept_as(ended), ended.clone())];
    let mut ops = original.append_items(practice_field::ADOPTIONS, kept);
    ops.push(original.put_item(practice_field::ADOPTIONS, item, fresh.to_value()));
    ops
}

/// Gives what an entry says.
fn entry(original: &Record, item: ItemId) -> Option<&Value> {
    original.field(practice_field::ADOPTIONS)?.items.get(&item)?.value.value()
}

/// Gives the name under which an earlier time is kept: it follows from what it says, so two who
/// take the practice into use again at once keep it once.
fn kept_as(ended: &Value) -> ItemId {
    let digest = Sha256::digest(codec::encode(ended));
    let number = digest.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    ItemId(number)
}

fn append(original: &Record, adoption: &Adoption) -> Vec<Op> {
    original.append_items(practice_field::ADOPTIONS, [(adoption.item, adoption.to_value())])
}

/// Gives the name of a project's entry: the first half of its own.
fn named(project: RecordId) -> ItemId {
    let number = u128::from_be_bytes(project.0) >> 64;
    ItemId(u64::try_from(number).unwrap_or_default())
}

impl Adoption {
    /// Writes it as the entry that it is.
    pub fn to_value(&self) -> Value {
        let text = |text: &String| (!text.is_empty()).then(|| Scalar::Text(text.clone()));
        let parts = [
            (practice_field::ADOPTION_PROJECT, self.project.map(Scalar::Record)),
            (practice_field::ADOPTION_COPY, self.copy.map(Scalar::Record)),
            (practice_field::ADOPTION_SINCE, self.since.map(Scalar::Date)),
            (practice_field::ADOPTION_UNTIL, self.until.map(Scalar::Date)),
            (practice_field::ADOPTION_CHANGED, text(&self.changed)),
            (practice_field::ADOPTION_RESULT, text(&self.result)),
        ];
        let parts = parts.into_iter().filter_map(|(tag, scalar)| Some((tag, scalar?)));
        Value::Entry(parts.collect())
    }
}

fn adoption(item: ItemId, value: &Value) -> Option<Adoption> {
    let Value::Entry(parts) = value else { return None };
    let record = |tag: u16| parts.get(&tag).and_then(Scalar::as_record);
    let text = |tag: u16| parts.get(&tag).and_then(Scalar::as_text).unwrap_or_default().to_owned();
    let date = |tag: u16| match parts.get(&tag) {
        Some(Scalar::Date(date)) => Some(*date),
        Some(_) | None => None,
    };
    Some(Adoption {
        item,
        project: record(practice_field::ADOPTION_PROJECT),
        copy: record(practice_field::ADOPTION_COPY),
        since: date(practice_field::ADOPTION_SINCE),
        until: date(practice_field::ADOPTION_UNTIL),
        changed: text(practice_field::ADOPTION_CHANGED),
        result: text(practice_field::ADOPTION_RESULT),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Change, SCHEMA_VERSION};
    use crate::id::{AccountId, ChangeId, ReplicaId};
    use crate::schema::Kind;
    use crate::stamp::Stamp;

    /// A practice, and a way to write on it.
    struct Practice {
        record: Record,
        count: u64,
    }

    impl Practice {
        fn new() -> Self {
            let mut it = Self { record: Record::new(RecordId([1; 16])), count: 0 };
            it.write(vec![Op::Create { kind: Kind::Practice }]);
            it
        }

        fn write(&mut self, ops: Vec<Op>) {
            let previous = self.count;
            self.count += 1;
            let id = ChangeId { replica: ReplicaId([2; 16]), counter: self.count };
            let (author, record) = (AccountId([3; 16]), self.record.id);
            let stamp = Stamp { wall_ms: self.count, tick: 0 };
            let schema = SCHEMA_VERSION;
            self.record.apply(&Change { id, previous, stamp, author, record, schema, ops });
        }
    }

    fn day(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    #[test]
    fn m8_an_adoption_is_written_and_read_alike() {
        let said = Adoption {
            item: ItemId(9),
            project: Some(RecordId([4; 16])),
            copy: Some(RecordId([5; 16])),
            since: PartialDate::parse("2018-10-02"),
            until: None,
            changed: "Nimi on kumppanuuspöytä.".to_owned(),
            result: String::new(),
        };
        let entry = said.to_value();
        let mut practice = Practice::new();
        let put = practice.record.put_item(practice_field::ADOPTIONS, said.item, entry);
        let place = practice.record.place_item(practice_field::ADOPTIONS, said.item, 0);
        practice.write(vec![put, place]);
        assert_eq!(adoptions(&practice.record), [said]);
        assert_eq!(adopters(&practice.record), [RecordId([4; 16])]);
    }

    #[test]
    fn g35_what_was_taken_out_of_use_is_taken_into_use_again_and_the_earlier_time_stays() {
        let mut practice = Practice::new();
        let (project, copy) = (RecordId([4; 16]), RecordId([5; 16]));
        practice.write(adopt(&practice.record, project, copy, day("2018-10-02"), ItemId(9)));
        let first = adoptions(&practice.record).remove(0);
        let told = Adoption { result: "Kolme ryhmää.".to_owned(), ..first };
        let ended = Adoption { until: Some(day("2019-03")), ..told.clone() };
        let put = practice.record.put_item(practice_field::ADOPTIONS, told.item, told.to_value());
        practice.write(vec![put]);
        practice.write(end(&practice.record, told.item, day("2019-03")));
        practice.write(undo_end(&practice.record, told.item));
        assert_eq!(adoptions(&practice.record), std::slice::from_ref(&told));
        practice.write(end(&practice.record, told.item, day("2019-03")));
        assert_eq!(adopters(&practice.record), [], "it is not in use");
        assert_eq!(adopted_copy(&practice.record, project), None);

        practice.write(resume(&practice.record, ended.item, day("2026-11-28")));
        let all = adoptions(&practice.record);
        assert_eq!(adopters(&practice.record), [project]);
        assert_eq!(adopted_copy(&practice.record, project), Some(copy));
        let kept = kept_as(&ended.to_value());
        assert!(all.contains(&Adoption { item: kept, ..ended.clone() }), "{all:?}");
        let now = all.iter().find(|it| it.item == ended.item).unwrap();
        assert_eq!(
            (now.since, now.until, now.result.as_str()),
            (Some(day("2026-11-28")), None, "")
        );

        practice.write(undo_resume(&practice.record, ended.item));
        assert_eq!(adoptions(&practice.record), std::slice::from_ref(&ended), "taken back");
        practice.write(resume(&practice.record, ended.item, day("2026-11-28")));

        // Another copy of the same project, once that one is over too: both times stay.
        let over = Adoption { until: Some(day("2026-12")), ..now.clone() };
        let put = practice.record.put_item(practice_field::ADOPTIONS, over.item, over.to_value());
        practice.write(vec![put]);
        let other = RecordId([6; 16]);
        practice.write(adopt(&practice.record, project, other, day("2027"), ItemId(9)));
        assert_eq!(adoptions(&practice.record).len(), 3);
        assert_eq!(adopted_copy(&practice.record, project), Some(other));
    }

    #[test]
    fn g35_two_who_take_it_into_use_again_at_once_keep_the_earlier_time_once() {
        let mut practice = Practice::new();
        let (project, copy) = (RecordId([4; 16]), RecordId([5; 16]));
        practice.write(adopt(&practice.record, project, copy, day("2018"), ItemId(9)));
        let first = adoptions(&practice.record).remove(0);
        let ended = Adoption { until: Some(day("2019")), ..first };
        let put = practice.record.put_item(practice_field::ADOPTIONS, ended.item, ended.to_value());
        practice.write(vec![put]);
        let known = practice.record.clone();
        practice.write(resume(&known, ended.item, day("2026")));
        practice.write(resume(&known, ended.item, day("2026")));
        assert_eq!(adoptions(&practice.record).len(), 2);
        assert!(crate::choice::choices(&practice.record).is_empty());
    }
}
