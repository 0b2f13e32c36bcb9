//! Changes for the tests of this crate: small, valid and of every shape.

use proptest::prelude::*;

use crate::change::discuss::{Discuss, Mention, Mentioned, Post, Quote, Standing, Tried, Words};
use crate::change::note::{Following, Note};
use crate::change::{Change, Frontier, Op, Position, SCHEMA_VERSION};
use crate::id::{AccountId, ChangeId, ItemId, RecordId, ReplicaId};
use crate::schema::Kind;
use crate::stamp::Stamp;
use crate::value::{PartialDate, Period, PostId, Scalar, Value};

/// The record that the samples are about.
pub(crate) const RECORD: RecordId = RecordId([9; 16]);
/// The account that writes the samples.
pub(crate) const AUTHOR: AccountId = AccountId([3; 16]);

/// Creates a document.
pub(crate) fn create(replica: ReplicaId, counter: u64) -> Change {
    change(replica, counter, 0, vec![Op::Create { kind: Kind::Document }])
}

/// Builds a change of the sample author; its time follows its counter.
pub(crate) fn change(replica: ReplicaId, counter: u64, previous: u64, ops: Vec<Op>) -> Change {
    Change {
        id: ChangeId { replica, counter },
        previous,
        stamp: Stamp { wall_ms: 1_000 + counter, tick: 0 },
        author: AUTHOR,
        record: RECORD,
        schema: SCHEMA_VERSION,
        ops,
    }
}

fn any_id() -> impl Strategy<Value = ChangeId> {
    (0..4_u8, 1..9_u64)
        .prop_map(|(replica, counter)| ChangeId { replica: ReplicaId([replica; 16]), counter })
}

fn any_scalar() -> impl Strategy<Value = Scalar> {
    let date = (1900..2100_u16, prop::option::of(1..=12_u8))
        .prop_map(|(year, month)| PartialDate { year, month, day: month.map(|_| 1) });
    prop_oneof![
        "\\PC{0,20}".prop_map(Scalar::Text),
        "[a-z]{1,8}".prop_map(Scalar::Code),
        date.clone().prop_map(Scalar::Date),
        (prop::option::of(date.clone()), prop::option::of(date))
            .prop_map(|(from, until)| Scalar::Period(Period { from, until })),
        any::<[u8; 16]>().prop_map(|id| Scalar::Record(RecordId(id))),
        any::<[u8; 16]>().prop_map(|id| Scalar::Account(AccountId(id))),
        any::<bool>().prop_map(Scalar::Flag),
        any_version().prop_map(Scalar::Version),
        prop::collection::vec(any::<u8>(), 0..9).prop_map(Scalar::Passage),
        prop::collection::vec(any::<u8>(), 0..9).prop_map(Scalar::Edit),
        any_id().prop_map(|post| Scalar::Post(PostId { thread: RECORD, post })),
        any::<u64>().prop_map(Scalar::Moment),
    ]
}

fn any_version() -> impl Strategy<Value = Frontier> {
    prop::collection::btree_map(0..4_u8, 1..9_u64, 0..3)
        .prop_map(|knew| knew.into_iter().map(|(of, until)| (ReplicaId([of; 16]), until)).collect())
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Empty),
        any_scalar().prop_map(Value::One),
        prop::collection::btree_map(0..5_u16, any_scalar(), 0..4).prop_map(Value::Entry),
    ]
}

fn any_words() -> impl Strategy<Value = Words> {
    let of = prop_oneof![
        any::<[u8; 16]>().prop_map(|id| Mentioned::Account(AccountId(id))),
        any::<[u8; 16]>().prop_map(|id| Mentioned::Record(RecordId(id))),
    ];
    let mention =
        (0..9_u32, 0..9_u32, of).prop_map(|(from, until, of)| Mention { from, until, of });
    ("\\PC{0,20}", prop::collection::vec(mention, 0..3))
        .prop_map(|(text, mentions)| Words { text, mentions })
}

/// Any deed of a thread, fitting or not.
pub(crate) fn any_deed() -> impl Strategy<Value = Discuss> {
    let ids = || prop::collection::vec(any_id(), 0..3);
    let quote = (any_id(), "[a-z]{0,9}").prop_map(|(post, passage)| Quote { post, passage });
    let tried = any::<bool>().prop_map(|own| Tried {
        practice: RecordId([4; 16]),
        project: own.then_some(RecordId([5; 16])),
    });
    let post =
        (any_words(), prop::option::of(any_id()), prop::option::of(quote), prop::option::of(tried));
    prop_oneof![
        post.prop_map(|(words, reply_to, quote, tried)| Discuss::Post {
            post: Post { words, reply_to, quote, tried }
        }),
        (any_id(), any_words(), ids()).prop_map(|(post, words, replaces)| Discuss::Edit {
            post,
            words,
            replaces
        }),
        (any_id(), any::<bool>(), any::<bool>(), ids()).prop_map(
            |(post, retracted, moderated, replaces)| Discuss::Retract {
                post,
                standing: Standing { retracted, moderated },
                replaces
            }
        ),
        (any_id(), "[a-z]{1,3}", any::<bool>(), ids()).prop_map(|(post, word, given, replaces)| {
            Discuss::React { post, word, given, replaces }
        }),
        (prop::option::of(any_id()), ids())
            .prop_map(|(post, replaces)| Discuss::Answer { post, replaces }),
    ]
}

fn any_note() -> impl Strategy<Value = Note> {
    let record = || (0..3_u8).prop_map(|of| RecordId([of; 16]));
    let following =
        prop::sample::select(&[Following::Unsaid, Following::Followed, Following::Muted][..]);
    prop_oneof![
        (record(), any_version()).prop_map(|(thread, until)| Note::Read { thread, until }),
        (record(), following, prop::collection::vec(any_id(), 0..3))
            .prop_map(|(record, following, replaces)| Note::Follow { record, following, replaces }),
    ]
}

/// Any operation, fitting a schema or not.
pub(crate) fn any_op() -> impl Strategy<Value = Op> {
    let ids = || prop::collection::vec(any_id(), 0..3);
    let item = || (0..3_u64).prop_map(ItemId);
    let field = || 0..12_u16;
    prop_oneof![
        prop::sample::select(&Kind::ALL[..]).prop_map(|kind| Op::Create { kind }),
        (field(), any_value(), ids()).prop_map(|(field, value, replaces)| Op::SetField {
            field,
            value,
            replaces
        }),
        (field(), any_value()).prop_map(|(field, value)| Op::AddToSet { field, value }),
        (field(), any_value(), ids()).prop_map(|(field, value, removes)| Op::RemoveFromSet {
            field,
            value,
            removes
        }),
        (field(), item(), any_value(), ids()).prop_map(|(field, item, value, replaces)| {
            Op::PutItem { field, item, value, replaces }
        }),
        (field(), item(), prop::collection::vec(any::<u8>(), 1..4), ids()).prop_map(
            |(field, item, place, replaces)| {
                Op::PlaceItem { field, item, position: Position(place), replaces }
            }
        ),
        (field(), item(), ids()).prop_map(|(field, item, removes)| Op::RemoveItem {
            field,
            item,
            removes
        }),
        (any::<bool>(), ids(), prop::option::of(any_version()), prop::option::of("[a-z]{0,9}"))
            .prop_map(|(published, replaces, version, reason)| Op::Publish {
                published,
                replaces,
                version,
                reason
            }),
        (any::<bool>(), ids(), any_version()).prop_map(|(trashed, replaces, knew)| Op::Trash {
            trashed,
            replaces,
            knew
        }),
        (1..3_u8, any_version()).prop_map(|(of, knew)| {
            let (origin, update) = (RecordId([of; 16]), vec![0, 0]);
            Op::Receive { origin, knew, schema: 1, update }
        }),
        Just(Op::Accept { schema: 1, update: vec![0, 0] }),
        any_deed().prop_map(|deed| Op::Discuss { deed }),
        any_note().prop_map(|note| Op::Note { note }),
    ]
}

/// Any change of the sample record.
pub(crate) fn any_change() -> impl Strategy<Value = Change> {
    (any_id(), 0..9_u64, prop::collection::vec(any_op(), 1..5)).prop_map(|(id, previous, ops)| {
        Change { previous, ..change(id.replica, id.counter, 0, ops) }
    })
}
