//! The practices of the example programme, and what their adopters say on the originals.

use std::collections::BTreeMap;

use talkoot_core::change::Position;
use talkoot_core::practice::Adoption;
use talkoot_core::schema::{Kind, document_field, practice_field as field};
use talkoot_core::text::markdown::read;
use talkoot_core::value::{PartialDate, Scalar, Value};

use super::DemoError;
use super::copy::Adopted;
use super::document::author;
use super::draft::{Draft, Manner, read_period};
use super::files::{
    AccountFile, EvidenceFile, Files, PracticeFile, RevisionFile, StatusFile, markdown,
};
use super::names;

/// Begins a section of a practice's file: the name of its field follows.
const SECTION: &str = "# ";

/// Makes a record of each practice and an entry of each adoption.
pub(super) fn drafts(files: &Files) -> Result<Vec<Draft>, DemoError> {
    let mut drafts = Vec::new();
    for file in &files.practices {
        let begun = begin(file, files);
        let mut draft = draft(file, &files.accounts)?;
        if begun.is_some() {
            draft.manner = Manner::InItsOwnWay;
        }
        drafts.extend(begun);
        drafts.push(draft);
        drafts.extend(adoptions(file, &files.practices));
        let revised = file.revision.as_ref().map(|it| revise(&file.key, it));
        drafts.extend(revised.transpose()?);
    }
    Ok(drafts)
}

/// Writes sections of a practice anew, and publishes that with a reason.
fn revise(key: &str, file: &RevisionFile) -> Result<Draft, DemoError> {
    let mut changed = Vec::new();
    for (name, text) in sections(&markdown(&file.file)?) {
        let field = Kind::Practice.schema().field_named(&name);
        let unknown = || DemoError::UnknownSection { file: file.file.clone(), section: name };
        changed.push((field.ok_or_else(unknown)?.name, read(&text)));
    }
    let draft = Draft::on(Kind::Practice, key, &file.written_by, &file.date);
    let manner = Manner::Revises { sections: changed, reason: file.reason.clone() };
    Ok(Draft { manner, ..draft })
}

/// Begins the copy of an adopted practice, when its project says that it was adopted.
fn begin(copy: &PracticeFile, files: &Files) -> Option<Draft> {
    let original = copy.adopted_from.as_ref()?;
    let original = files.practices.iter().find(|it| it.key == *original)?;
    let project = files.projects.iter().find(|it| it.key == original.project)?;
    let since = &copy.adoption.as_ref()?.since;
    let adopted = Adopted {
        original: names::record("practice", &original.key),
        name: copy.title.clone(),
        project: names::project(&copy.project),
        project_name: project.name.clone(),
        since: PartialDate::parse(since)?,
    };
    // Nobody copies what is not there yet.
    let written = since.max(&original.date);
    Some(Draft::adopting(&copy.key, &copy.written_by, written, adopted))
}

fn draft(file: &PracticeFile, accounts: &[AccountFile]) -> Result<Draft, DemoError> {
    let codes = |codes: &[String]| codes.iter().map(|code| Value::code(code)).collect::<Vec<_>>();
    let link_tags = (document_field::LINK_TITLE, document_field::LINK_URL);
    let draft = Draft::new(Kind::Practice, &file.key, &file.written_by, &file.date)
        .text(field::NAME, &file.title)
        .text(field::SHORT_DESCRIPTION, &file.short_description)
        .text(field::PLACE, &file.place)
        .members(field::AREAS, codes(&file.areas))
        .code(field::FUNDER, &file.funder)
        .members(field::TARGET_GROUPS, codes(&file.target_groups))
        .members(field::SECTORS, codes(&file.sectors))
        .members(field::KEYWORDS, file.keywords.iter().map(|keyword| Value::text(keyword)))
        .code(field::PHASE, &file.phase)
        .set(field::PROJECT, Value::One(Scalar::Record(names::project(&file.project))))
        .code(field::LANGUAGE, &file.language)
        .members(field::AUTHORS, file.authors.iter().map(|it| author(it, accounts)))
        .links(field::LINKS, link_tags, &file.links)
        .members(field::DOCUMENTS, file.documents.iter().map(|key| document(key)))
        .code(field::EVIDENCE_LEVEL, file.evidence_level.as_deref().unwrap_or_default())
        .entries(field::EVIDENCE, file.evidence.iter().map(evidence));
    let draft = with_sections(draft, &file.file)?;
    Ok(if file.status == StatusFile::Published { draft.published() } else { draft })
}

/// Adds every section of the file to the field that it names.
fn with_sections(mut draft: Draft, file: &str) -> Result<Draft, DemoError> {
    for (name, text) in sections(&markdown(file)?) {
        let field = Kind::Practice.schema().fields.iter().find(|field| field.name == name);
        let unknown = || DemoError::UnknownSection { file: file.to_owned(), section: name.clone() };
        draft = draft.rich(field.ok_or_else(unknown)?.tag, &text);
    }
    Ok(draft)
}

fn document(key: &str) -> Value {
    Value::One(Scalar::Record(names::record("document", key)))
}

/// Splits a file at the lines that begin a section.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix(SECTION) {
            sections.push((name.trim().to_owned(), String::new()));
        } else if let Some((_, text)) = sections.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    sections
}

fn evidence(file: &EvidenceFile) -> BTreeMap<u16, Scalar> {
    let text = |text: &String| (!text.is_empty()).then(|| Scalar::Text(text.clone()));
    let period = read_period(&file.period);
    let is_known = period.from.is_some() || period.until.is_some();
    let parts = [
        (field::EVIDENCE_RESULT, text(&file.result)),
        (field::EVIDENCE_METHOD, text(&file.method)),
        (field::EVIDENCE_SAMPLE, text(&file.sample)),
        (field::EVIDENCE_PERIOD, is_known.then_some(Scalar::Period(period))),
        (field::EVIDENCE_SOURCE, text(&file.source)),
    ];
    parts.into_iter().filter_map(|(tag, scalar)| Some((tag, scalar?))).collect()
}

/// Writes what each adopter says on an original, by the account that wrote its copy.
fn adoptions(original: &PracticeFile, files: &[PracticeFile]) -> Vec<Draft> {
    let copies = files.iter().filter(|it| it.adopted_from.as_ref() == Some(&original.key));
    let said = copies.filter_map(|copy| Some((copy, copy.adoption.as_ref()?)));
    let mut last = None;
    let entry = said.enumerate().map(|(place, (copy, said))| {
        let record = names::record("practice", &original.key);
        let adoption = Adoption {
            item: names::item(record, field::ADOPTIONS, place),
            project: Some(names::project(&copy.project)),
            copy: Some(names::record("practice", &copy.key)),
            since: PartialDate::parse(&said.since),
            until: None,
            changed: said.changed.clone(),
            result: said.result.clone(),
        };
        // Nobody points to a copy before it is there, nor says a thing on what is not.
        let written = if copy.date < original.date { &original.date } else { &copy.date };
        let draft = Draft::on(Kind::Practice, &original.key, &copy.written_by, written);
        let position = Position::between(last.as_ref(), None);
        last = Some(position.clone());
        draft.item(field::ADOPTIONS, adoption.item, adoption.to_value(), position)
    });
    entry.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(key: &str, date: &str, adopted_from: Option<&str>) -> PracticeFile {
        let adoption = adopted_from.map(
            |_| serde_json::json!({ "since": "2018-10-02", "changed": "Weekly.", "result": "" }),
        );
        let evidence = serde_json::json!([{ "result": "Nine of ten", "period": {} }]);
        serde_json::from_value(serde_json::json!({
            "key": key, "title": key, "short_description": "", "place": "", "areas": [],
            "funder": "stea", "target_groups": [], "sectors": [], "keywords": [],
            "phase": "trial", "project": "netikas", "language": "en", "authors": [], "links": [],
            "evidence_level": null, "evidence": evidence, "written_by": "marja", "date": date,
            "status": "published", "adopted_from": adopted_from, "adoption": adoption,
            "file": "",
        }))
        .unwrap()
    }

    #[test]
    fn p36_adopters_stand_on_the_original_once_both_are_there() {
        let files = [
            file("original", "2018-09-28", None),
            file("one", "2019-03-12", Some("original")),
            file("other", "2018-01-01", Some("original")),
        ];
        let said = adoptions(&files[0], &files);
        let original = names::record("practice", "original");
        assert!(said.iter().all(|draft| draft.record == original && draft.ops.len() == 2));
        let written: Vec<u64> = said.iter().map(|draft| draft.written_ms).collect();
        let begun = |key, date| Draft::new(Kind::Practice, key, "marja", date).written_ms;
        assert_eq!(written, [begun("one", "2019-03-12"), begun("original", "2018-09-28")]);
        assert_ne!(said[0].ops[0], said[1].ops[0], "each has an entry of its own");
        assert!(adoptions(&files[1], &files).is_empty());
    }

    #[test]
    fn p36_a_file_is_split_at_the_lines_that_name_a_field() {
        let text = "# needs\nOne.\n\nTwo.\n# tips\n- Three\n## not a section\n";
        let split = sections(text);
        let names: Vec<_> = split.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["needs", "tips"]);
        assert_eq!(split[0].1, "One.\n\nTwo.\n");
        assert_eq!(split[1].1, "- Three\n## not a section\n");
    }
}
