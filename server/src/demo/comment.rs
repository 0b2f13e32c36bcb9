//! What outsiders said of the example programme's published things.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use talkoot_core::change::{Op, Position};
use talkoot_core::comment::{Approved, Typed, publish};
use talkoot_core::id::CommentId;
use talkoot_core::moment;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;

use super::DemoError;
use super::draft::Draft;
use super::files::CommentFile;

/// Makes a change of each comment, by whoever published it.
pub(super) fn drafts(files: &[CommentFile]) -> Result<Vec<Draft>, DemoError> {
    let mut last: BTreeMap<&str, Position> = BTreeMap::new();
    files.iter().map(|file| draft(file, &mut last)).collect()
}

fn draft<'a>(
    file: &'a CommentFile,
    last: &mut BTreeMap<&'a str, Position>,
) -> Result<Draft, DemoError> {
    let unknown = || DemoError::UnknownSection {
        file: "comments.json".to_owned(),
        section: file.about.clone(),
    };
    let (kind, key) = match file.about.split_once('/') {
        Some(("practices", key)) => (Kind::Practice, key),
        Some(("documents", key)) => (Kind::Document, key),
        Some(_) | None => return Err(unknown()),
    };
    let mut draft = Draft::on(kind, key, &file.published_by, &file.published);
    let written_ms = moment::read(&file.written).ok_or_else(unknown)?;
    let typed = Typed {
        subject: file.subject.clone(),
        name: file.name.clone(),
        organisation: file.organisation.clone(),
        words: file.comment.clone(),
    };
    let approved = Approved { id: id(file), typed, written_ms, arrived_ms: written_ms };
    let mut known = Record::new(draft.record);
    known.kind = Some(kind);
    draft.ops = publish(&known, &approved);
    // Each stands behind those that were published before it.
    let place = Position::between(last.get(file.about.as_str()), None);
    for op in &mut draft.ops {
        if let Op::PlaceItem { position, .. } = op {
            position.clone_from(&place);
        }
    }
    last.insert(&file.about, place);
    Ok(draft)
}

/// Names a comment by what it is about and says, so that addresses stay the same.
fn id(file: &CommentFile) -> CommentId {
    let text = format!("talkoot example programme/comment/{}/{}", file.about, file.subject);
    let mut name = [0; 16];
    name.iter_mut().zip(Sha256::digest(text)).for_each(|(place, byte)| *place = byte);
    CommentId(name)
}
