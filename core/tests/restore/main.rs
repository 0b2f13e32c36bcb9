//! A server restored from a backup and devices that know more: nothing is lost.
//!
//! Both machines run against small disks. A device can be closed at any step of
//! the conversation; what its disk holds then is all that is left of it.

#[cfg(test)]
mod device;
#[cfg(test)]
mod server;

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, VecDeque};

    use talkoot_core::change::Op;
    use talkoot_core::id::{AccountId, RecordId};
    use talkoot_core::schema::Kind;
    use talkoot_core::sync::client::{Client, Effect, Event, Filling, step};
    use talkoot_core::sync::message::{ClientMessage, Cursor, Page, ServerMessage};

    use super::device::Device;
    use super::server::Server;

    const RECORDS: [RecordId; 3] = [RecordId([1; 16]), RecordId([2; 16]), RecordId([3; 16])];

    /// Three devices of three people around one server.
    struct World {
        server: Server,
        devices: Vec<Device>,
        up: VecDeque<(usize, ClientMessage)>,
        down: VecDeque<(usize, ServerMessage)>,
        delivered: usize,
        /// After so many deliveries, this device's lid is closed and opened again.
        closes: Option<(usize, usize)>,
    }

    impl World {
        fn new() -> Self {
            let device = |number| Device::of(AccountId([number; 16]), number);
            let devices: Vec<Device> = (1..=3).map(device).collect();
            let mut server = Server::new(1);
            for device in &devices {
                server.add_account(device.account());
            }
            let (up, down) = (VecDeque::new(), VecDeque::new());
            Self { server, devices, up, down, delivered: 0, closes: None }
        }

        fn connect(&mut self, place: usize) {
            self.server.forget(place);
            self.up.retain(|(of, _)| *of != place);
            self.down.retain(|(to, _)| *to != place);
            let said = self.devices[place].open();
            self.up.extend(said.into_iter().map(|message| (place, message)));
        }

        /// Delivers until nobody says anything more.
        fn rest(&mut self) {
            for _ in 0..10_000 {
                if self.closes.is_some_and(|(after, _)| self.delivered == after) {
                    let (_, place) = self.closes.take().unwrap();
                    self.devices[place].close_and_start();
                    self.connect(place);
                }
                self.delivered += 1;
                if let Some((place, message)) = self.up.pop_front() {
                    self.down.extend(self.server.hear(place, message));
                } else if let Some((place, message)) = self.down.pop_front() {
                    let said = self.devices[place].tell(Event::Received(message));
                    self.up.extend(said.into_iter().map(|message| (place, message)));
                } else {
                    return;
                }
            }
            panic!("the world does not come to rest");
        }

        fn write(&mut self, place: usize, record: RecordId, ops: Vec<Op>) {
            let said = self.devices[place].write(record, ops);
            self.up.extend(said.into_iter().map(|message| (place, message)));
        }

        fn create(&mut self, place: usize, record: RecordId) {
            self.write(place, record, vec![Op::Create { kind: Kind::Document }]);
        }

        fn title(&mut self, place: usize, record: RecordId, text: &str) {
            let ops = self.devices[place].title(record, text);
            self.write(place, record, ops);
        }

        fn type_in(&mut self, place: usize, record: RecordId, text: &str) {
            let ops = self.devices[place].paragraph(record, text);
            self.write(place, record, ops);
        }

        /// Everybody writes; then the server is taken back to before it, and all have more.
        fn lose_a_day() -> Self {
            let mut world = Self::new();
            (0..3).for_each(|place| world.connect(place));
            world.create(0, RECORDS[0]);
            world.type_in(0, RECORDS[0], "before the backup");
            world.rest();
            let backup = world.server.clone();
            for (place, record) in [(1, RECORDS[1]), (2, RECORDS[2])] {
                world.create(place, record);
                world.rest();
            }
            for (round, titled) in RECORDS.into_iter().enumerate() {
                for place in 0..3 {
                    // Each builds on what the others wrote.
                    world.type_in(place, RECORDS[(place + round) % 3], "after the backup");
                    world.rest();
                    world.title(place, titled, "a title");
                    world.rest();
                }
            }
            world.devices.iter_mut().for_each(Device::close);
            world.server = backup;
            world.server.name = 2;
            (0..3).for_each(|place| world.server.forget(place));
            // Written with no server, on top of what the server has lost.
            for (place, record) in RECORDS.into_iter().enumerate() {
                world.type_in(place, record, "while it was away");
                world.title(place, record, "while it was away");
            }
            world
        }

        fn expect_everything(&self, expected: &BTreeMap<RecordId, [u8; 32]>) {
            assert_eq!(&self.server.digests(), expected);
            for device in &self.devices {
                assert_eq!(&device.digests(), expected);
                assert!(device.disk.outbox.is_empty() && device.disk.owed.is_empty());
                assert_eq!(device.disk.set_aside, []);
                assert!(device.client.caught_up && device.client.filling == Filling::Nothing);
            }
        }
    }

    /// What everybody must hold in the end: all that any device holds.
    fn all_there_is(world: &World) -> BTreeMap<RecordId, [u8; 32]> {
        let mut server = Server::new(9);
        for device in &world.devices {
            device.disk.changes.values().for_each(|change| server.fold(change));
        }
        server.digests()
    }

    #[test]
    fn r10_three_devices_ahead_of_a_restored_server_fill_it_up_again() {
        let mut world = World::lose_a_day();
        let expected = all_there_is(&world);
        assert!(world.server.digests().len() < expected.len());
        (0..3).for_each(|place| world.connect(place));
        world.rest();
        world.expect_everything(&expected);
    }

    #[test]
    fn r10_one_device_that_holds_everything_is_enough() {
        let mut world = World::lose_a_day();
        let [first, others @ ..] = world.devices.as_mut_slice() else { panic!("three") };
        for device in others {
            device.lose_everything();
            world.server.vouch(device.key());
        }
        first.close_and_start();
        let expected = {
            let mut server = Server::new(9);
            world.devices[0].disk.changes.values().for_each(|change| server.fold(change));
            server.digests()
        };
        (0..3).for_each(|place| world.connect(place));
        world.rest();
        world.expect_everything(&expected);
    }

    /// A device at a cursor that the server of log 2 has just welcomed.
    fn welcomed(cursor: Cursor) -> (Client, Vec<Effect>) {
        let mut server = Server::new(2);
        server.add_account(AccountId([1; 16]));
        let welcome = ServerMessage::Welcome(server.welcome(0));
        let mut events = vec![Event::TryNow, Event::Opened, Event::Received(welcome)];
        let start = (Client::new(cursor), vec![]);
        events.drain(..).fold(start, |(client, _), event| step(client, event))
    }

    #[test]
    fn r10_nothing_is_sent_before_it_is_known_which_log_confirms_it() {
        let (client, effects) = welcomed(Cursor::default());
        let pull = |cursor| Effect::Send(ClientMessage::Pull(cursor));
        let [Effect::Greeted(_), Effect::Listen { .. }, Effect::Send(_)] = effects.as_slice()
        else {
            panic!("{effects:?}")
        };
        assert_eq!(step(client.clone(), Event::OutboxGrew).1, vec![]);
        let cursor = Cursor { sequence: 4, log: 2, rights: 0 };
        let (_, effects) = step(client, Event::PageStored { cursor, more: true });
        assert_eq!(
            effects,
            vec![Effect::ReadOutbox { held: [].into() }, pull(cursor)],
            "one page is enough"
        );
    }

    #[test]
    fn r11_a_list_that_could_not_be_stored_is_tried_again_before_anything_else() {
        let cursor = Cursor { sequence: 3, log: 1, rights: 0 };
        let (client, effects) = welcomed(cursor);
        let [Effect::Greeted(_), Effect::Listen { .. }, Effect::OweAll] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        let (entries, after) = (vec![], 0);
        let page = Page {
            entries,
            after,
            cursor: Cursor { log: 2, ..cursor },
            more: false,
            from_start: true,
            makers: vec![],
        };
        let arrived = Event::Received(ServerMessage::Entries(page));
        assert_eq!(step(client.clone(), arrived).1, vec![], "no page is stored before");
        let (client, effects) = step(client, Event::PageShown);
        assert!(matches!(effects.as_slice(), [Effect::OweAll, Effect::Listen { .. }]));
        let pull = Effect::Send(ClientMessage::Pull(cursor));
        assert_eq!(step(client, Event::AllOwed).1, vec![pull]);
    }

    #[test]
    fn r11_a_lid_closed_at_any_step_loses_nothing() {
        let steps = {
            let mut world = World::lose_a_day();
            let before = world.delivered;
            (0..3).for_each(|place| world.connect(place));
            world.rest();
            before..world.delivered
        };
        assert!(steps.len() > 60, "{steps:?}");
        for step in steps {
            let mut world = World::lose_a_day();
            let expected = all_there_is(&world);
            world.closes = Some((step, step % 3));
            (0..3).for_each(|place| world.connect(place));
            world.rest();
            world.expect_everything(&expected);
        }
    }

    #[test]
    fn r12_what_nobody_can_judge_yet_stays_and_what_builds_on_it_waits() {
        let mut world = World::lose_a_day();
        let expected = all_there_is(&world);
        // The second person's device first met the server after the backup, and is away.
        world.server.unvouch(world.devices[1].key());
        world.connect(0);
        world.connect(2);
        world.rest();
        let left = &world.devices[0];
        assert!(!left.disk.owed.is_empty() && matches!(left.client.filling, Filling::Kept(_)));
        assert!(!left.client.caught_up, "nobody says that all is well");
        assert_eq!(left.disk.set_aside, [], "and nothing is refused for good");
        assert!(left.digests().contains_key(&RECORDS[1]), "nor forgotten");
        world.connect(1);
        world.rest();
        // The others are told by the log itself, and owe nothing any more.
        world.expect_everything(&expected);
    }

    /// The second person writes after the backup, the first on top of that with no server.
    fn build_on_what_is_lost() -> World {
        let mut world = World::new();
        (0..3).for_each(|place| world.connect(place));
        world.create(0, RECORDS[0]);
        world.create(0, RECORDS[1]);
        world.rest();
        let backup = world.server.clone();
        for record in [RECORDS[0], RECORDS[1]] {
            world.type_in(1, record, "after the backup");
        }
        world.rest();
        world.devices.iter_mut().for_each(Device::close);
        world.server = backup;
        world.server.name = 2;
        (0..3).for_each(|place| world.server.forget(place));
        world.title(0, RECORDS[0], "builds on nothing that is lost");
        world.title(0, RECORDS[1], "nor does this");
        world.type_in(0, RECORDS[1], "this does");
        world.title(0, RECORDS[1], "and this follows it");
        world
    }

    #[test]
    fn r12_new_work_goes_out_beside_what_stays_owed_unless_it_builds_on_that() {
        let mut world = build_on_what_is_lost();
        world.server.unvouch(world.devices[1].key());
        world.connect(0);
        world.connect(2);
        world.rest();
        let first = &world.devices[0];
        assert_eq!((first.disk.owed.len(), first.disk.outbox.len()), (2, 2), "two build on it");
        assert_eq!(first.disk.set_aside, []);
        // Others write into the record meanwhile; that is no reason to ask without end.
        world.title(2, RECORDS[1], "somebody else");
        world.rest();
        assert_eq!(world.devices[0].disk.outbox.len(), 2);
        let expected = all_there_is(&world);
        world.connect(1);
        world.rest();
        world.expect_everything(&expected);
    }

    #[test]
    fn r12_new_work_that_builds_on_what_is_refused_for_good_is_set_aside_with_its_reason() {
        let mut world = build_on_what_is_lost();
        world.server.ban(world.devices[1].account());
        world.connect(0);
        world.rest();
        let first = &world.devices[0];
        assert_eq!((first.disk.owed.len(), first.disk.outbox.len()), (2, 0));
        let codes = first.disk.set_aside.iter().map(|(_, code)| code.as_str());
        assert_eq!(codes.collect::<Vec<_>>(), ["text_gap", "missing_earlier"]);
        // What is written from now on reaches the others although something stays owed.
        world.title(0, RECORDS[0], "goes on");
        world.rest();
        assert!(world.devices[0].disk.outbox.is_empty());
    }

    #[test]
    fn r13_an_ordinary_line_owes_nothing_and_a_reader_without_an_account_neither() {
        let mut world = World::new();
        (0..3).for_each(|place| world.connect(place));
        world.create(0, RECORDS[0]);
        world.rest();
        let before = world.server.returned;
        (0..3).for_each(|place| world.connect(place));
        world.rest();
        assert_eq!((before, world.server.returned), (0, 0));
        world.devices[0].close();
        world.server.name = 2;
        world.server.take_account(world.devices[0].account());
        world.connect(0);
        world.rest();
        assert_eq!(world.server.returned, 0);
        assert_eq!(world.devices[0].client.filling, Filling::Nothing);
    }
}
