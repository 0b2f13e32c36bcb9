//! The files of the example programme, carried inside the program.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use talkoot_core::access::Role;

use super::DemoError;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../public/demo"]
struct Folder;

/// Everything that is loaded.
pub(super) struct Files {
    pub(super) accounts: Vec<AccountFile>,
    pub(super) programme: ProgrammeFile,
    pub(super) projects: Vec<ProjectFile>,
    pub(super) organisations: Vec<OrganisationFile>,
    pub(super) documents: Vec<DocumentFile>,
    pub(super) practices: Vec<PracticeFile>,
    pub(super) threads: Vec<ThreadFile>,
    pub(super) comments: Vec<CommentFile>,
}

/// An open comment that was published.
#[derive(Deserialize)]
pub(super) struct CommentFile {
    /// The list and the key of what it is about.
    pub(super) about: String,
    pub(super) subject: String,
    pub(super) name: String,
    pub(super) organisation: String,
    pub(super) comment: String,
    pub(super) written: String,
    pub(super) published_by: String,
    pub(super) published: String,
}

#[derive(Clone, Deserialize)]
pub(super) struct AccountFile {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) password: String,
    pub(super) role: RoleFile,
    pub(super) projects: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RoleFile {
    Coordinator,
    Member,
    Reader,
}

#[derive(Deserialize)]
pub(super) struct ProgrammeFile {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) short_description: String,
    pub(super) period_text: String,
    pub(super) period: PeriodFile,
    pub(super) actors: String,
    pub(super) funder: String,
    pub(super) contact_person: String,
    pub(super) contact_organisation: String,
    pub(super) contact_email: String,
    pub(super) links: Vec<LinkFile>,
    pub(super) created: String,
    pub(super) sections: SectionsFile,
}

#[derive(Deserialize)]
pub(super) struct SectionsFile {
    pub(super) purpose: String,
    pub(super) starting_point: String,
    pub(super) main_goal: String,
    pub(super) expected_results: String,
    pub(super) impact: String,
}

#[derive(Default, Deserialize)]
pub(super) struct PeriodFile {
    pub(super) from: Option<String>,
    pub(super) until: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct LinkFile {
    pub(super) title: String,
    pub(super) url: String,
}

#[derive(Deserialize)]
pub(super) struct ProjectFile {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) areas: Vec<String>,
    pub(super) short_description: String,
    pub(super) funder: String,
    pub(super) host: String,
    pub(super) period: PeriodFile,
    pub(super) period_text: String,
    pub(super) partners: Vec<PartnerFile>,
    pub(super) target_group: String,
    pub(super) focus: String,
    pub(super) intended_impact: String,
    pub(super) task: String,
    pub(super) news: String,
    pub(super) staff: Vec<StaffFile>,
    pub(super) state: String,
    #[serde(default)]
    pub(super) website: String,
}

#[derive(Deserialize)]
pub(super) struct PartnerFile {
    pub(super) organisation: String,
    pub(super) role: String,
}

#[derive(Deserialize)]
pub(super) struct StaffFile {
    pub(super) person: String,
    pub(super) title: String,
    pub(super) employer: String,
    #[serde(flatten)]
    pub(super) period: PeriodFile,
}

#[derive(Deserialize)]
pub(super) struct OrganisationFile {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) sector: String,
    pub(super) area: Option<String>,
    #[serde(default)]
    pub(super) website: String,
}

#[derive(Deserialize)]
pub(super) struct DocumentFile {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) project: Option<String>,
    pub(super) language: String,
    pub(super) date: String,
    pub(super) status: StatusFile,
    pub(super) keywords: Vec<String>,
    pub(super) authors: Vec<String>,
    pub(super) links: Vec<LinkFile>,
    pub(super) written_by: String,
    pub(super) file: String,
}

#[derive(Deserialize)]
pub(super) struct PracticeFile {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) short_description: String,
    pub(super) place: String,
    pub(super) areas: Vec<String>,
    pub(super) funder: String,
    pub(super) target_groups: Vec<String>,
    pub(super) sectors: Vec<String>,
    pub(super) keywords: Vec<String>,
    pub(super) phase: String,
    pub(super) project: String,
    pub(super) language: String,
    pub(super) authors: Vec<String>,
    pub(super) links: Vec<LinkFile>,
    /// The keys of documents that belong to it.
    #[serde(default)]
    pub(super) documents: Vec<String>,
    pub(super) evidence_level: Option<String>,
    pub(super) evidence: Vec<EvidenceFile>,
    pub(super) written_by: String,
    pub(super) date: String,
    pub(super) status: StatusFile,
    /// The key of the practice that this one was adopted from.
    pub(super) adopted_from: Option<String>,
    /// What its project says of that on the original.
    pub(super) adoption: Option<AdoptionFile>,
    /// What was written and published anew later.
    #[serde(default)]
    pub(super) revision: Option<RevisionFile>,
    pub(super) file: String,
}

#[derive(Deserialize)]
pub(super) struct RevisionFile {
    pub(super) date: String,
    pub(super) written_by: String,
    /// What changed and why, for those who use the practice.
    pub(super) reason: String,
    /// The sections that changed, whole.
    pub(super) file: String,
}

#[derive(Deserialize)]
pub(super) struct EvidenceFile {
    pub(super) result: String,
    #[serde(default)]
    pub(super) method: String,
    #[serde(default)]
    pub(super) sample: String,
    #[serde(default)]
    pub(super) period: PeriodFile,
    #[serde(default)]
    pub(super) source: String,
}

#[derive(Deserialize)]
pub(super) struct AdoptionFile {
    pub(super) since: String,
    pub(super) changed: String,
    pub(super) result: String,
}

#[derive(Deserialize)]
pub(super) struct ThreadFile {
    pub(super) key: String,
    pub(super) subject: String,
    /// A code of the list `thread_kind`.
    pub(super) kind: String,
    /// The kind and the key of a record.
    pub(super) about: Option<String>,
    /// The name of a field of a practice.
    pub(super) section: Option<String>,
    /// The project that alone sees it; everybody does without one.
    pub(super) project: Option<String>,
    pub(super) posts: Vec<PostFile>,
    pub(super) answer: Option<AnswerFile>,
}

#[derive(Deserialize)]
pub(super) struct PostFile {
    pub(super) key: String,
    pub(super) by: String,
    /// The date and the time of day.
    pub(super) at: String,
    pub(super) text: String,
    pub(super) reply_to: Option<String>,
    pub(super) quote: Option<QuoteFile>,
    pub(super) tried: Option<TriedFile>,
    pub(super) edited: Option<EditFile>,
    /// When it was taken back.
    pub(super) retracted: Option<String>,
    /// Who gave which word.
    #[serde(default)]
    pub(super) reactions: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct QuoteFile {
    pub(super) post: String,
    pub(super) passage: String,
}

#[derive(Deserialize)]
pub(super) struct TriedFile {
    pub(super) practice: String,
    pub(super) project: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct EditFile {
    pub(super) at: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
pub(super) struct AnswerFile {
    pub(super) post: String,
    pub(super) by: String,
    pub(super) at: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum StatusFile {
    Draft,
    Published,
}

impl From<RoleFile> for Role {
    fn from(role: RoleFile) -> Self {
        match role {
            RoleFile::Coordinator => Self::Coordinator,
            RoleFile::Member => Self::Member,
            RoleFile::Reader => Self::Reader,
        }
    }
}

impl Files {
    /// Reads every file.
    pub(super) fn read() -> Result<Self, DemoError> {
        Ok(Self {
            accounts: json("accounts.json")?,
            programme: json("programme.json")?,
            projects: json("projects.json")?,
            organisations: json("organisations.json")?,
            documents: json("documents.json")?,
            practices: json("practices.json")?,
            threads: json("threads.json")?,
            comments: json("comments.json")?,
        })
    }
}

/// Reads the Markdown of a document or a practice.
pub(super) fn markdown(file: &str) -> Result<String, DemoError> {
    let found = Folder::get(file).ok_or(DemoError::Missing { file: file.to_owned() })?;
    Ok(String::from_utf8_lossy(&found.data).into_owned())
}

fn json<T: DeserializeOwned>(file: &'static str) -> Result<T, DemoError> {
    let found = Folder::get(file).ok_or(DemoError::Missing { file: file.to_owned() })?;
    let read = serde_json::from_slice(&found.data);
    read.map_err(|cause| DemoError::Unreadable { file, line: cause.line() })
}
