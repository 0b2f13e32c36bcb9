//! Writes every target's seeds into `target/seeds/`: where a run of libFuzzer starts, beside `corpus/`.

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    for target in talkoot_fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/seeds").join(target.name);
        fs::create_dir_all(&folder)?;
        for (at, seed) in (target.seeds)().iter().enumerate() {
            fs::write(folder.join(format!("seed-{at:03}")), seed)?;
        }
    }
    Ok(())
}
