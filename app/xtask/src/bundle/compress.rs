//! Compressed copies beside the files, made once here instead of at each request.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::thread;

use anyhow::{Result, anyhow};
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Stage;

/// The best that brotli can do; it costs seconds here and nothing later.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_BITS: u32 = 22;
const BUFFER_BYTES: usize = 1 << 16;
/// Kinds of files that are compressed already.
const DENSE: [&str; 2] = ["woff2", "png"];

/// Writes `.br` and `.gz` beside every file that gains from it.
pub(crate) fn compress(stage: &Stage) -> Result<()> {
    let names = stage.names()?;
    let files: Vec<_> = names.iter().map(|name| stage.folder().join(name)).collect();
    let files = files.iter().filter(|file| !is_dense(file));
    thread::scope(|scope| {
        let started: Vec<_> = files.map(|file| scope.spawn(|| compress_file(file))).collect();
        for thread in started {
            thread.join().map_err(|_| anyhow!("a compressor stopped"))??;
        }
        Ok(())
    })
}

/// Whether a file is left as it is.
pub(crate) fn is_dense(file: &Path) -> bool {
    file.extension().is_some_and(|end| DENSE.iter().any(|dense| end == *dense))
}

fn compress_file(file: &Path) -> Result<()> {
    let bytes = fs::read(file)?;
    let brotli = File::create(beside(file, "br"))?;
    let mut brotli =
        CompressorWriter::new(brotli, BUFFER_BYTES, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    brotli.write_all(&bytes)?;
    brotli.flush()?;
    drop(brotli);
    let mut gzip = GzEncoder::new(File::create(beside(file, "gz"))?, Compression::best());
    gzip.write_all(&bytes)?;
    gzip.finish()?;
    Ok(())
}

fn beside(file: &Path, end: &str) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    name.into()
}
