//! Writes the seeds of the targets that are named, or of all, into `target/seeds/`: where a run of
//! libFuzzer starts, beside `corpus/`.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let named: Vec<String> = env::args().skip(1).collect();
    let is_wanted = |name: &str| named.is_empty() || named.iter().any(|it| it == name);
    for target in talkoot_fuzz::TARGETS.iter().filter(|target| is_wanted(target.name)) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/seeds").join(target.name);
        fs::create_dir_all(&folder)?;
        for (at, seed) in (target.seeds)().iter().enumerate() {
            fs::write(folder.join(format!("seed-{at:03}")), seed)?;
        }
    }
    Ok(())
}
