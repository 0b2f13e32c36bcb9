//! The open API under schemathesis: a server with the example programme, thousands of requests.
//!
//! Once as nobody in particular and once signed in, with every check that there
//! is. Records and projects that exist stand among the values that are tried,
//! or nearly every answer would be "there is no such record".

mod service;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value};

use self::service::Service;
use crate::tree::Tree;
use crate::{command, python, run};

/// Requests that one run of the tests makes at least.
const REQUESTS_MIN: usize = 3_000;
/// Cases of one phase for each path; chosen so that both rounds stay within two minutes.
const EXAMPLES: &str = "160";
/// The same requests each time. A failure names what was asked, so another seed is not needed.
const SEED: &str = "20";

/// Asks and judges the answers; prints how many requests were made.
pub(crate) fn test(tree: &Tree, binary: &Path) -> Result<()> {
    let requirements = tree.root().join("tests/open_api/requirements.txt");
    let programs = python::environment(&tree.work().join("open-api-python"), &requirements)?;
    let folder = tree.work().join("open-api");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let data = folder.join("data");
    run::prepare(binary, &data, false)?;
    let service = Service::start(binary, &data)?;
    let session = service.sign_in(&account(tree)?)?;
    let mut requests = 0;
    for (name, cookie) in [("nobody", None), ("signed in", Some(session.as_str()))] {
        let listing = service.get("/api/v1/records?limit=100", cookie)?;
        let round = Round { name, cookie, listing, address: &service.address, folder: &folder };
        let statuses = round.run(&programs)?;
        let answered = statuses.get("200").copied().unwrap_or_default();
        let made: usize = statuses.values().sum();
        ensure!(2 * answered > made, "most answers say nothing: {answered} of {made} do");
        requests += made;
    }
    println!("  {requests} requests in both rounds");
    ensure!(requests >= REQUESTS_MIN, "fewer than {REQUESTS_MIN} requests were made");
    Ok(())
}

/// A member: sees drafts of a project, and not those of others.
fn account(tree: &Tree) -> Result<Value> {
    let text = fs::read_to_string(tree.public().join("demo/accounts.json"))?;
    let accounts: Vec<Value> = serde_json::from_str(&text)?;
    let member = |account: &Value| account.get("role").is_some_and(|role| role == "member");
    accounts.into_iter().find(member).context("the example programme has no member")
}

/// One caller's requests.
struct Round<'a> {
    name: &'static str,
    cookie: Option<&'a str>,
    listing: Value,
    address: &'a str,
    folder: &'a Path,
}

impl Round<'_> {
    fn run(&self, programs: &Path) -> Result<BTreeMap<String, usize>> {
        println!("  as {}:", self.name);
        let config = self.folder.join("schemathesis.toml");
        fs::write(&config, self.configuration()?)?;
        let report = self.folder.join(format!("{}.ndjson", self.name.replace(' ', "-")));
        let address = format!("http://{}", self.address);
        let mut command = Command::new(programs.join("schemathesis"));
        command.arg("--config-file").arg(config);
        command.arg("run").arg(format!("{address}/api/v1/openapi.json"));
        command.args(["--checks", "all", "--max-examples", EXAMPLES, "--seed", SEED]);
        // What is written is limited by design, so most of a thousand comments would be refused.
        // Mail is an account's own, and whoever is signed in sends the session with every request,
        // so "refused without one" is asked of nobody alone.
        let excluded =
            if self.cookie.is_some() { "^/api/v1/(comments|digest$)" } else { "^/api/v1/comments" };
        command.args(["--exclude-path-regex", excluded]);
        command.args(["--continue-on-failure", "--no-color", "--warnings", "off"]);
        // Writing methods are refused for their origin before they are refused as methods.
        command.arg("--header").arg(format!("Origin: {address}"));
        if let Some(cookie) = self.cookie {
            command.arg("--header").arg(format!("Cookie: {cookie}"));
        }
        command.arg("--report-ndjson-path").arg(&report).current_dir(self.folder);
        command::run(&mut command)?;
        count(&report)
    }

    /// Tells schemathesis of records and projects that this caller sees.
    fn configuration(&self) -> Result<String> {
        let records = names(&self.listing, "id");
        let projects = names(&self.listing, "project");
        if records.is_empty() || projects.is_empty() {
            bail!("the listing of the example programme is empty");
        }
        let (records, projects) =
            (serde_json::to_string(&records)?, serde_json::to_string(&projects)?);
        Ok(format!(
            "[dictionaries]\nrecords.values = {records}\nprojects.values = {projects}\n\n\
             [parameters]\n\
             \"path.id\" = {{ dictionary = \"records\", probability = 0.7 }}\n\
             \"query.project\" = {{ dictionary = \"projects\", probability = 0.5 }}\n"
        ))
    }
}

/// Lists what the records of a listing say at one place, each once.
fn names(listing: &Value, place: &str) -> Vec<String> {
    let records = listing.get("records").and_then(Value::as_array).into_iter().flatten();
    let names = records.filter_map(|record| Some(record.get(place)?.as_str()?.to_owned()));
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Counts the requests that a report tells of, by the status of their answers.
fn count(report: &Path) -> Result<BTreeMap<String, usize>> {
    let text = fs::read_to_string(report).context("schemathesis wrote no report")?;
    let mut statuses = BTreeMap::new();
    for line in text.lines() {
        let event: Value = serde_json::from_str(line).context("reading the report")?;
        let made = event.pointer("/ScenarioFinished/recorder/interactions");
        let made = made.and_then(Value::as_object).into_iter().flat_map(Map::values);
        for interaction in made {
            let status = interaction.pointer("/response/status_code").and_then(Value::as_u64);
            let status = status.map_or_else(|| "none".to_owned(), |status| status.to_string());
            *statuses.entry(status).or_default() += 1;
        }
    }
    println!("  answers by status: {statuses:?}");
    Ok(statuses)
}
