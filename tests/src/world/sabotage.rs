//! Faults of the product, built in on purpose: the world is worth something if it catches them.
//!
//! None of them lives in shipped code. Each sits where the simulation stands in for an edge:
//! its disks, its driver of the client machine, its stores.

/// One way in which Talkoot could be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sabotage {
    /// The server answers before the disk has confirmed.
    AcknowledgeBeforeSync,
    /// A new write does not name the writes that it replaces.
    DropReplaces,
    /// A device takes pages as they come, whether one between them is missing or not.
    IgnoreGaps,
    /// A change leaves the outbox when it is sent.
    ForgetAtSend,
    /// The store does not look whether an identity is taken.
    AdmitTwice,
    /// A device stores its cursor before the page.
    CursorFirst,
    /// A device forgets what is out of sight in a transaction of its own, after the page's.
    ConcealApart,
    /// A device does not forget what is out of sight.
    KeepConcealed,
    /// A device does not forget what was out of sight once nothing of it waits any more.
    KeepHidden,
    /// The outbox goes out newest first.
    NewestFirst,
    /// A person is told "saved" although the disk of the device took nothing.
    SaySavedEarly,
    /// Rights change without their number growing.
    SameRights,
    /// An older program writes into what a newer one made.
    WriteIntoNewer,
    /// A person may write into a record of which a part may be missing.
    WriteIntoParts,
    /// A device forgets at the end of a whole reading what was stored during it.
    ForgetStored,
    /// A device takes in what an old line said, after it has opened a new one.
    HearOldLines,
    /// After a crash the store keeps the readable beginning of a transaction that never ended.
    KeepHalfTransactions,
    /// A restored log has the name of the one that it replaces.
    RestoreSameLog,
    /// A device forgets at the end of a whole reading what it owes a restored server.
    ForgetOwed,
    /// A device does nothing about a record that the server holds otherwise.
    LeaveRot,
    /// A device that reads everything again forgets which log it has read.
    RereadAnyLog,
    /// A device shows a passage by the place where it stood, whatever is written before it.
    KeepPlaces,
    /// Whoever accepts a suggestion writes its words anew, instead of bringing its maker's bytes.
    AcceptInOwnWords,
    /// A moderator's device publishes a comment with what was taken out of it.
    KeepRemoved,
    /// Each device that publishes a comment makes an entry of its own.
    PublishTwice,
    /// The server shows everybody what waits.
    ShowHeldToAll,
    /// The server does not look whether a comment was decided about before.
    DecideTwice,
}

impl Sabotage {
    /// All of them.
    pub const ALL: [Self; 27] = [
        Self::AcknowledgeBeforeSync,
        Self::DropReplaces,
        Self::IgnoreGaps,
        Self::ForgetAtSend,
        Self::AdmitTwice,
        Self::CursorFirst,
        Self::ConcealApart,
        Self::KeepConcealed,
        Self::KeepHidden,
        Self::NewestFirst,
        Self::SaySavedEarly,
        Self::SameRights,
        Self::WriteIntoNewer,
        Self::WriteIntoParts,
        Self::ForgetStored,
        Self::HearOldLines,
        Self::KeepHalfTransactions,
        Self::RestoreSameLog,
        Self::ForgetOwed,
        Self::LeaveRot,
        Self::RereadAnyLog,
        Self::KeepPlaces,
        Self::AcceptInOwnWords,
        Self::KeepRemoved,
        Self::PublishTwice,
        Self::ShowHeldToAll,
        Self::DecideTwice,
    ];

    /// Says whether it is about what people say to each other, who say nothing in the other worlds.
    pub(crate) fn is_of_talk(self) -> bool {
        matches!(
            self,
            Self::KeepPlaces
                | Self::AcceptInOwnWords
                | Self::KeepRemoved
                | Self::PublishTwice
                | Self::ShowHeldToAll
                | Self::DecideTwice
        )
    }
}
