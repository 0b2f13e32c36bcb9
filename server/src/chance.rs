//! Random bytes from the operating system, the only place that asks for them.

/// The operating system gave no random bytes; nothing secret can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes; try again, or check the system")]
pub struct NoChance;

/// Gives bytes that nobody can guess.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoChance> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoChance)?;
    Ok(bytes)
}
