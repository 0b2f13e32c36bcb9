//! What people do in threads: ask, answer, quote, edit, take back, react, accept, read.

use talkoot_core::access::{Role, may_answer, may_moderate, may_post};
use talkoot_core::change::Op;
use talkoot_core::change::discuss::{Discuss, Post, Quote, Tried, Words};
use talkoot_core::change::note::Following;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::notebook::{follow, noting, reading};
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;
use talkoot_core::thread::{PostView, Start, Thread, answer, edit, post, react, restore, retract};

use super::super::Chance;
use super::super::device::{Deed, Device};
use super::PROJECTS;

/// The words that people put beside posts.
const WORDS: [&str; 3] = ["thanks", "agree", "tried"];

/// Does something in a thread, or begins one; reads one now and then.
pub(super) fn act(device: &mut Device, chance: &mut Chance, world_ms: u64) -> Option<Deed> {
    let threads = threads(device);
    let what = chance.below(12);
    let Some(thread) = threads.get(chance.index(threads.len())).copied().filter(|_| what > 0)
    else {
        return Some(begin(device, chance, world_ms));
    };
    if what > 8 {
        return read(device, chance, thread, world_ms);
    }
    let ops = say(device, chance, thread, what)?;
    Some(device.commit(thread, vec![ops], world_ms))
}

/// Counts what people did in threads.
pub(crate) fn count(ops: &[Op], discussed: &mut [usize; 3]) {
    for op in ops {
        match op {
            Op::Discuss { deed: Discuss::Post { .. } } => discussed[0] += 1,
            Op::Discuss { .. } => discussed[1] += 1,
            Op::Note { .. } => discussed[2] += 1,
            Op::Create { .. }
            | Op::SetField { .. }
            | Op::AddToSet { .. }
            | Op::RemoveFromSet { .. }
            | Op::PutItem { .. }
            | Op::PlaceItem { .. }
            | Op::RemoveItem { .. }
            | Op::Text { .. }
            | Op::Publish { .. }
            | Op::Trash { .. }
            | Op::Receive { .. }
            | Op::Accept { .. } => {}
        }
    }
}

/// Lists the threads in which this person may post and that are here whole.
fn threads(device: &Device) -> Vec<RecordId> {
    let caller = device.caller();
    let open = device.records().values().filter(|open| {
        open.record.kind == Some(Kind::Thread)
            && may_post(&caller, &open.record)
            && !device.is_too_old_for(open)
            && !device.is_partial(open.record.id)
    });
    open.map(|open| open.record.id).collect()
}

fn begin(device: &mut Device, chance: &mut Chance, world_ms: u64) -> Deed {
    let mut name = [0; 16];
    name.copy_from_slice(chance.seed().split_at(16).0);
    let record = Record::new(RecordId(name));
    let things: Vec<RecordId> = device.records().keys().copied().collect();
    let about = things.get(chance.index(things.len())).copied().filter(|it| !it.is_notebook());
    let start = Start {
        subject: "who brings the coffee",
        question: chance.below(3) > 0,
        about: about.map(|it| (it, None)),
        project: PROJECTS.get(chance.index(3)).copied(),
        wide: chance.below(2) == 0,
        passage: None,
    };
    let ops = start.ops(&record, words(chance));
    device.commit(record.id, ops, world_ms)
}

fn words(chance: &mut Chance) -> Post {
    Post { words: Words::plain(&format!("p{}", chance.below(1_000))), ..Post::default() }
}

/// Says something in a thread, or about what somebody said there.
fn say(device: &Device, chance: &mut Chance, id: RecordId, what: u64) -> Option<Op> {
    let caller = device.caller();
    let me = caller.account?;
    let record = &device.records().get(&id)?.record;
    let thread = Thread::of(record)?;
    let any = |chance: &mut Chance| thread.posts.get(chance.index(thread.posts.len()));
    let own = |chance: &mut Chance| -> Option<ChangeId> {
        let own: Vec<&PostView<'_>> = thread.posts.iter().filter(|it| it.author == me).collect();
        own.get(chance.index(own.len())).map(|it| it.id)
    };
    let moderates = may_moderate(&caller, record);
    Some(match what {
        1 | 2 => post(Post { reply_to: any(chance).map(|it| it.id), ..words(chance) }),
        3 => {
            let quote = any(chance)
                .and_then(|it| Some(Quote { post: it.id, passage: it.words?.text.clone() }));
            let practice = RecordId([7; 16]);
            let tried = (chance.below(2) == 0).then_some(Tried { practice, project: None });
            post(Post { quote, tried, ..words(chance) })
        }
        4 | 5 => edit(record, own(chance)?, words(chance).words),
        6 if moderates && chance.below(2) == 0 => retract(record, any(chance)?.id, true),
        6 if moderates => restore(record, any(chance)?.id, true),
        6 if chance.below(3) == 0 => restore(record, own(chance)?, false),
        6 => retract(record, own(chance)?, false),
        7 => {
            let word = WORDS.get(chance.index(WORDS.len()))?;
            react(record, me, any(chance)?.id, word, chance.below(3) > 0)
        }
        _ if may_answer(&caller, record) => answer(record, any(chance).map(|it| it.id)),
        _ => post(words(chance)),
    })
}

/// Reads a thread, so that the person's other devices know; follows or mutes it now and then.
fn read(device: &mut Device, chance: &mut Chance, id: RecordId, world_ms: u64) -> Option<Deed> {
    let caller = device.caller();
    let account = caller.account.filter(|_| caller.role != Role::Anyone)?;
    let name = RecordId::notebook_of(account);
    if device.is_partial(name) {
        return None;
    }
    let empty = Record::new(name);
    let notebook = device.records().get(&name).map_or(&empty, |open| &open.record);
    let mut notes: Vec<_> =
        reading(notebook, &device.records().get(&id)?.record).into_iter().collect();
    if chance.below(4) == 0 {
        let mutes = chance.below(2) == 0;
        let following = if mutes { Following::Muted } else { Following::Followed };
        notes.push(follow(notebook, id, following));
    }
    if notes.is_empty() {
        return None;
    }
    let ops = noting(notebook, notes);
    Some(device.commit(name, ops, world_ms))
}
