//! What goes wrong in the world, by name. Every kind must have happened in a run of many seeds.

/// A kind of misfortune.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    FrameLost,
    FrameDoubled,
    FrameReordered,
    FrameDelayed,
    /// A line that swallows everything while both ends believe that it stands.
    Partition,
    LineCut,
    DeviceCrashed,
    /// A device's disk took no more: nothing may be called saved.
    DeviceDiskFull,
    /// A clock jumped, by up to ten years.
    ClockJumped,
    /// A device was away for ninety days.
    LongAway,
    SessionEnded,
    RightsChanged,
    DeviceRemoved,
    /// A program that speaks an older conversation, told to update.
    OldProgram,
    ServerKilled,
    PowerCutNothingLost,
    PowerCutLost,
    PowerCutTorn,
    PowerCutKept,
    /// The server died between a confirmed sync and its answer.
    DiedUnanswered,
    /// The server died with an append begun and not synced.
    DiedUnsynced,
    ServerDiskFull,
    ServerDiskFailed,
    /// The server came back from a backup, under another log's name, while devices were ahead.
    Restored,
    /// It came back from a backup again while a device was giving back what it owed.
    RestoredAgain,
    /// A right went, and came again a moment later.
    RightsBlinked,
    /// A device died as soon as a transaction was taken, with more to do.
    DiedBetween,
    /// A stored change was lost from a device's disk.
    Rot,
    /// Somebody packed a transfer file.
    Packed,
    /// A transfer file brought something.
    Carried,
    /// A transfer file brought nothing new.
    NothingNew,
    /// A damaged transfer file was refused.
    StickDamaged,
}

impl Fault {
    /// The kinds of worlds in which people carry files.
    pub const CARRYING: [Self; 4] =
        [Self::Packed, Self::Carried, Self::NothingNew, Self::StickDamaged];

    /// All kinds that every world knows.
    pub const ALL: [Self; 28] = [
        Self::FrameLost,
        Self::FrameDoubled,
        Self::FrameReordered,
        Self::FrameDelayed,
        Self::Partition,
        Self::LineCut,
        Self::DeviceCrashed,
        Self::DeviceDiskFull,
        Self::ClockJumped,
        Self::LongAway,
        Self::SessionEnded,
        Self::RightsChanged,
        Self::DeviceRemoved,
        Self::OldProgram,
        Self::ServerKilled,
        Self::PowerCutNothingLost,
        Self::PowerCutLost,
        Self::PowerCutTorn,
        Self::PowerCutKept,
        Self::DiedUnanswered,
        Self::DiedUnsynced,
        Self::ServerDiskFull,
        Self::ServerDiskFailed,
        Self::Restored,
        Self::RestoredAgain,
        Self::RightsBlinked,
        Self::DiedBetween,
        Self::Rot,
    ];
}
