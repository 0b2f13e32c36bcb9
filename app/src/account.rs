//! Talking to the server about who one is: signing in and out, devices.

use gloo_net::http::{Request, Response};
use serde::{Deserialize, Serialize};
use talkoot_core::access::{Caller, Role};
use talkoot_core::id::{AccountId, ReplicaId};

use crate::local::KnownPerson;

/// Why the server did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AccountError {
    #[error("the server was not reached")]
    NoNetwork,
    #[error("e-mail and password do not fit")]
    WrongCredentials,
    #[error("too many attempts")]
    TooManyAttempts { retry_after_s: Option<u64> },
    #[error("the session has ended")]
    SignedOut,
    #[error("the server answered {status}")]
    Server { status: u16 },
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignedIn {
    pub(crate) account: AccountId,
    pub(crate) person: KnownPerson,
}

#[derive(Serialize)]
struct Credentials<'a> {
    email: &'a str,
    password: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    account: String,
    name: String,
    email: String,
    role: String,
    #[serde(default)]
    projects: Vec<String>,
}

const SESSION: &str = "/api/session";

/// Signs in.
pub(crate) async fn sign_in(email: &str, password: &str) -> Result<SignedIn, AccountError> {
    let request = Request::post(SESSION).json(&Credentials { email, password });
    let request = request.map_err(|_| AccountError::NoNetwork)?;
    let response = request.send().await.map_err(|_| AccountError::NoNetwork)?;
    match response.status() {
        401 => Err(AccountError::WrongCredentials),
        _ => read(response).await,
    }
}

/// Asks who is signed in.
pub(crate) async fn current() -> Result<SignedIn, AccountError> {
    let response = Request::get(SESSION).send().await.map_err(|_| AccountError::NoNetwork)?;
    read(response).await
}

/// Ends the session.
pub(crate) async fn sign_out() -> Result<(), AccountError> {
    let response = Request::delete(SESSION).send().await.map_err(|_| AccountError::NoNetwork)?;
    match check(&response) {
        // Whoever is signed out already has what he wants.
        Ok(()) | Err(AccountError::SignedOut) => Ok(()),
        Err(other) => Err(other),
    }
}

/// Removes a device of the account.
pub(crate) async fn remove_device(replica: ReplicaId) -> Result<(), AccountError> {
    let request = Request::delete(&format!("/api/devices/{replica}"));
    let response = request.send().await.map_err(|_| AccountError::NoNetwork)?;
    check(&response)
}

async fn read(response: Response) -> Result<SignedIn, AccountError> {
    check(&response)?;
    let status = response.status();
    // A page in place of the answer comes from a proxy or a hotel's network.
    let answer: Answer = response.json().await.map_err(|_| AccountError::Server { status })?;
    signed_in(answer).ok_or(AccountError::Server { status })
}

fn check(response: &Response) -> Result<(), AccountError> {
    match response.status() {
        200..=299 => Ok(()),
        401 => Err(AccountError::SignedOut),
        429 => {
            let retry_after = response.headers().get("Retry-After");
            let retry_after_s = retry_after.and_then(|seconds| seconds.parse().ok());
            Err(AccountError::TooManyAttempts { retry_after_s })
        }
        status => Err(AccountError::Server { status }),
    }
}

fn signed_in(answer: Answer) -> Option<SignedIn> {
    let account: AccountId = answer.account.parse().ok()?;
    let role = match answer.role.as_str() {
        "coordinator" => Role::Coordinator,
        "member" => Role::Member,
        "reader" => Role::Reader,
        _ => return None,
    };
    let projects = answer.projects.iter().filter_map(|project| project.parse().ok()).collect();
    let caller = Caller { account: Some(account), role, projects };
    let person = KnownPerson { name: answer.name, email: answer.email, caller };
    Some(SignedIn { account, person })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(account: &str, role: &str) -> Answer {
        let (name, email) = ("Aino Esimerkki".to_owned(), "aino@example.org".to_owned());
        Answer { account: account.to_owned(), name, email, role: role.to_owned(), projects: vec![] }
    }

    #[test]
    fn l10_an_answer_of_the_server_becomes_a_person() {
        let account = AccountId([5; 16]);
        let person = signed_in(answer(&account.to_string(), "member"));
        assert_eq!(person.as_ref().map(|it| it.account), Some(account));
        assert_eq!(person.map(|it| it.person.caller.role), Some(Role::Member));
        assert_eq!(signed_in(answer(&account.to_string(), "emperor")), None);
        assert_eq!(signed_in(answer("nobody", "member")), None);
    }
}
