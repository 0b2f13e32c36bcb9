//! Makes sure that the folder of the web bundle exists, so that the server builds without one.
//!
//! The bundle itself is made by `cargo xtask bundle`, before the release server.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(Path::new(&here).join("../dist"))?;
    let mut out = io::stdout().lock();
    for watched in ["../dist", "../public/demo", "migrations"] {
        io::Write::write_fmt(&mut out, format_args!("cargo:rerun-if-changed={watched}\n"))?;
    }
    Ok(())
}
