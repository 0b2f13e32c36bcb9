//! Cuts the program: what starts, what comes when that stands, what few days need, and what people
//! say to each other.
//!
//! Where to cut, the app says (`screens/later.rs`, `seldom.rs` and `talk.rs`). Everything that only
//! one part reaches moves there; what several reach but the first stands in a file of its own.
//! All share one memory. What comes out is a main file for wasm-bindgen, others that are ready
//! as they are, and the script that loads them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// The script that loads the second part; the main file imports it by this name.
const LOADER: &str = "__wasm_split.js";

/// The compiled program, cut, in a folder.
pub(super) struct Parts {
    /// What wasm-bindgen goes on with.
    pub(super) main: PathBuf,
    others: Vec<PathBuf>,
    loader: PathBuf,
}

/// Cuts a compiled program.
pub(super) fn cut(compiled: &Path, folder: &Path) -> Result<Parts> {
    fs::create_dir_all(folder)?;
    let input = fs::read(compiled).with_context(|| format!("reading {}", compiled.display()))?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    let cut = transform(options).map_err(|cause| anyhow!("cutting the program: {cause:#}"))?;
    ensure!(!cut.split_modules.is_empty(), "the program was not cut");
    Ok(Parts { main, others: cut.split_modules, loader: folder.join(LOADER) })
}

impl Parts {
    /// Puts the other parts and their loader beside the glue, so that the bundler names all.
    pub(super) fn place(&self, glue: &Path, with_names: bool) -> Result<()> {
        let mut loader = fs::read_to_string(&self.loader)?;
        for (number, other) in self.others.iter().enumerate() {
            let part = fs::read(other)?;
            let part = if with_names { part } else { without_names(&part)? };
            let name = other.file_name().context("a part has no name")?;
            fs::write(glue.join(name), part)?;
            let name = name.to_string_lossy();
            // The bundler follows imports only, and gives each file the name of its content.
            let address = format!("new URL(\"./{name}\", import.meta.url)");
            ensure!(loader.contains(&address), "the loader does not fetch {name}");
            let import = format!("import part{number} from \"./{name}\";\n");
            loader = import + &loader.replace(&address, &format!("part{number}"));
        }
        fs::write(glue.join(LOADER), loader)?;
        Ok(())
    }
}

/// Leaves out what a browser does not run: the names of functions weigh as much as the functions.
fn without_names(part: &[u8]) -> Result<Vec<u8>> {
    let mut kept = part.get(..8).context("the second part is cut short")?.to_vec();
    for payload in Parser::new(0).parse_all(part) {
        let payload = payload?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let body = part.get(range).context("a section lies outside the file")?;
            kept.push(id);
            push_length(&mut kept, body.len());
            kept.extend(body);
        }
    }
    Ok(kept)
}

/// Appends a length as WebAssembly writes it: seven bits at a time, the lowest first (LEB128).
fn push_length(bytes: &mut Vec<u8>, mut length: usize) {
    loop {
        let low = u8::try_from(length & 127).unwrap_or_default();
        length >>= 7;
        if length == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 128);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b5_names_are_left_out_and_nothing_else() {
        let head = b"\0asm\x01\0\0\0";
        let memory = [5, 3, 1, 0, 1];
        let names = [0, 5, 4, b'n', b'a', b'm', b'e'];
        let with = [head.as_slice(), &names, &memory].concat();
        assert_eq!(without_names(&with).unwrap(), [head.as_slice(), &memory].concat());
        assert!(without_names(b"\0asm").is_err());
    }

    #[test]
    fn b5_a_length_is_written_as_webassembly_reads_it() {
        let mut bytes = Vec::new();
        push_length(&mut bytes, 624_485);
        assert_eq!(bytes, [0xE5, 0x8E, 0x26]);
    }
}
