//! What people do with practices that others wrote: adopt, say so, receive, suggest, answer.

use talkoot_core::access::{Deal, Role, may};
use talkoot_core::adopt::offer::{
    Say, Suggestion, Verdict, Written, accepted, answering, disputed, offers, settling, suggest,
    without,
};
use talkoot_core::adopt::{
    Adopting, Decided, Decision, Receiving, adopting, as_known, heritage, improvements,
};
use talkoot_core::change::{Change, Op};
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::practice;
use talkoot_core::published::{published, published_beside};
use talkoot_core::schema::{Field, Kind, Shape, practice_field};
use talkoot_core::text::TEXT_SCHEMA_VERSION;
use talkoot_core::value::PartialDate;

use super::super::Chance;
use super::super::device::{Deed, Device};
use super::PROJECTS;

const TODAY: PartialDate = PartialDate { year: 2019, month: Some(3), day: Some(14) };

/// Does something with a practice, if there is one to do it with.
pub(super) fn act(device: &mut Device, chance: &mut Chance, world_ms: u64) -> Option<Deed> {
    if device.text_schema != TEXT_SCHEMA_VERSION {
        return None;
    }
    // What is suggested is answered soon, by whoever sees it.
    let what = if chance.below(3) == 0 { 4 } else { chance.below(7) };
    let caller = device.caller();
    let fits = |open: &OpenRecord| match what {
        0 => true,
        1..=3 => open.record.lineage().is_some(),
        6 => !disputed(&open.record).is_empty(),
        _ => {
            may(&caller, &open.record, Deal::Edit)
                && offers(&open.record).iter().any(|offer| offer.answers.is_empty())
        }
    };
    let practices = practices(device, fits);
    let record = *practices.get(chance.index(practices.len()))?;
    let made = match what {
        0 => adopt(device, chance, record),
        1 | 2 => receive(device, chance, record),
        3 => suggest_something(device, chance, record),
        6 => settle(device, chance, record),
        _ => answer(device, chance, record),
    };
    let (record, ops) = made?;
    let deed = device.commit(record, ops, world_ms);
    // What was written beside an open editor begins it anew.
    device.close_editor(record);
    Some(deed)
}

/// Lists the practices that this person sees and this program can read whole.
fn practices(device: &Device, fits: impl Fn(&OpenRecord) -> bool) -> Vec<RecordId> {
    let caller = device.caller();
    let seen = device.records().values().filter(|open| {
        open.record.kind == Some(Kind::Practice) && may(&caller, &open.record, Deal::See)
    });
    let whole = seen
        .filter(|open| fits(open))
        .filter(|open| !device.is_too_old_for(open) && !device.is_partial(open.record.id));
    whole.map(|open| open.record.id).collect()
}

type Made = Option<(RecordId, Vec<Op>)>;

/// Adopts a practice, or says on it that a copy is in use.
fn adopt(device: &Device, chance: &mut Chance, record: RecordId) -> Made {
    let original = device.records().get(&record)?;
    let caller = device.caller();
    let project = PROJECTS.get(chance.index(PROJECTS.len())).copied();
    let project =
        project.filter(|it| caller.role == Role::Coordinator || caller.projects.contains(it))?;
    let copies = device.records().values().filter(|open| {
        open.record.lineage().is_some_and(|(origin, _)| origin == record)
            && open.record.project() == Some(project)
    });
    if let Some(copy) = copies.map(|open| open.record.id).next() {
        let spare = ItemId(chance.next());
        return Some((record, practice::adopt(&original.record, project, copy, TODAY, spare)));
    }
    let mut name = [0; 16];
    name.copy_from_slice(chance.seed().split_at(16).0);
    let asked = Adopting { name: "our own", project, project_name: "a project", today: TODAY };
    let public = published(original, &changes(device, record));
    let original = public.as_ref().unwrap_or(original);
    Some((RecordId(name), adopting(original, RecordId(name), &asked)))
}

/// Decides about everything that the original says anew, one way or the other.
fn receive(device: &Device, chance: &mut Chance, copy: RecordId) -> Made {
    let own = device.records().get(&copy)?;
    let (origin, lineage) = own.record.lineage()?;
    let original = device.records().get(&origin)?;
    let may_write = may(&device.caller(), &own.record, Deal::Edit);
    if !may_write || device.is_partial(origin) || device.is_too_old_for(original) {
        return None;
    }
    let changes = changes(device, origin);
    let public = published_beside(original, &changes, &lineage.knew);
    let original = public.as_ref().unwrap_or(original);
    let before = as_known(origin, &changes, &lineage.knew);
    let found = improvements(own, original, &before);
    if found.is_empty() {
        return None;
    }
    let decide = |field: &'static Field| {
        let decision = if chance.below(2) == 0 { Decision::Take } else { Decision::Keep };
        (field.tag, Decided { decision, seen: own })
    };
    let decided = found.iter().map(|it| it.field).map(decide).collect();
    let receiving = Receiving::begin(own, original).ok()?;
    Some((copy, receiving.ops(&decided).ok()?))
}

fn suggest_something(device: &Device, chance: &mut Chance, copy: RecordId) -> Made {
    let own = device.records().get(&copy)?;
    let (origin, lineage) = own.record.lineage()?;
    let original = device.records().get(&origin)?;
    let project = own.record.project()?;
    let sections: Vec<&Field> = heritage().filter(|field| field.shape == Shape::RichText).collect();
    let written = sections.into_iter().find(|field| !own.text.is_empty(field.name))?;
    let text = own.text.blocks(written.name);
    let before = as_known(origin, &changes(device, origin), &lineage.knew);
    let (item, client_id) = (ItemId(chance.next()), chance.below(1 << 32));
    let (section, text, reason) = (written, text.as_slice(), "better here");
    let suggestion = Suggestion { item, project, copy, section, text, reason, client_id };
    Some((origin, suggest(&original.record, &before, &[suggestion]).ok()?))
}

fn answer(device: &Device, chance: &mut Chance, record: RecordId) -> Made {
    let original = device.records().get(&record)?;
    let offer = offers(&original.record).into_iter().find(|offer| offer.answers.is_empty())?;
    let by = device.caller().account?;
    let text = accepted(original, &changes(device, record), &offer).ok()?;
    let seen = original.text.state();
    let say = if chance.below(3) == 0 {
        Say::Decline
    } else {
        Say::Accept(Written { text: &text, seen: &seen })
    };
    let ops = answering(original, &offer, say, "because", by).ok()?;
    Some((record, ops))
}

/// Says of a suggestion that was answered in two ways whether its words stay.
fn settle(device: &Device, chance: &mut Chance, record: RecordId) -> Made {
    let original = device.records().get(&record)?;
    let (item, sides) = disputed(&original.record).into_iter().next()?;
    let offer = offers(&original.record).into_iter().find(|offer| offer.item == item)?;
    let answer = &sides.get(chance.index(sides.len()))?.value;
    let now = original.text.blocks(offer.section.name);
    let text = match answer.verdict {
        Verdict::Accepted => now,
        Verdict::Declined => {
            let known = changes(device, record);
            without(original, &known, &offer).ok()?.unwrap_or(now)
        }
    };
    let seen = original.text.state();
    let says = Written { text: &text, seen: &seen };
    let ops = settling(original, &offer, answer, says).ok()?;
    Some((record, ops))
}

fn changes(device: &Device, record: RecordId) -> Vec<Change> {
    let kept = device.disk.changes.get(&record).map(Vec::as_slice).unwrap_or_default();
    kept.iter().filter_map(|arrived| arrived.signed.open().ok()).collect()
}

/// Counts what was done with the practices of others (adopted, received, suggested, answered), and
/// publishings with a reason.
pub(crate) fn count(ops: &[Op], counts: &mut [usize; 5]) {
    let creates = matches!(ops.first(), Some(Op::Create { .. }));
    let [adopted, received, suggested, answered, published] = counts;
    for op in ops {
        if matches!(op, Op::Receive { .. }) {
            *if creates { &mut *adopted } else { &mut *received } += 1;
        } else if let Op::PutItem { field, .. } = op {
            *suggested += usize::from(*field == practice_field::OFFERS);
            *answered += usize::from(*field == practice_field::ANSWERS);
        } else if let Op::Publish { reason: Some(_), .. } = op {
            *published += 1;
        }
    }
}
