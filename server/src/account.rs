//! Accounts as people name them: e-mails and roles in words.

use talkoot_core::access::Role;

/// Writes an e-mail the way the store compares it.
pub fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Names a role on the command line and in JSON.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Anyone => "anyone",
        Role::Reader => "reader",
        Role::Member => "member",
        Role::Coordinator => "coordinator",
    }
}
