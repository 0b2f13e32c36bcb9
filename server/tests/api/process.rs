//! Starting the real program and reading what it says.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) const PASSWORD: &str = "a-long-password-for-tests";

/// A data folder of its own, gone when the test ends.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("api-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Opens the database beside the server, to look or to meddle.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        let database = rusqlite::Connection::open(self.0.join("talkoot.db")).unwrap();
        database.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
        database
    }

    /// Counts the entries of the log.
    pub(crate) fn log_rows(&self) -> u64 {
        let count = "SELECT count(*) FROM log";
        let rows: i64 = self.database().query_row(count, [], |row| row.get(0)).unwrap();
        rows.cast_unsigned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Runs the program to its end, with a line on its standard input.
pub(crate) fn talkoot(folder: &Path, words: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_talkoot"))
        .args(words)
        .arg("--data")
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that refuses at once does not read.
    drop(stdin.write_all(input.as_bytes()));
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// A running server.
pub(crate) struct Server {
    child: Child,
    /// Host and port.
    pub(crate) address: String,
    pub(crate) folder: Folder,
}

impl Server {
    /// Starts a server with an empty workspace.
    pub(crate) fn start() -> Self {
        Self::start_in(Folder::new())
    }

    /// Starts a server on what a folder holds.
    pub(crate) fn start_in(folder: Folder) -> Self {
        Self::start_with(folder, &[])
    }

    /// Starts a server on what a folder holds, with more options.
    pub(crate) fn start_with(folder: Folder, options: &[&str]) -> Self {
        Self::start_heard(folder, &[&["--log", "warn"][..], options].concat(), Stdio::inherit())
    }

    /// Starts a server on what a folder holds, whose log goes where somebody hears it.
    pub(crate) fn start_heard(folder: Folder, options: &[&str], log: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_talkoot"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&folder.0)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().unwrap().to_owned();
        assert!(address.starts_with("127.0.0.1:"), "the server said {line:?}");
        Self { child, address, folder }
    }

    /// Adds an account the way whoever runs the server does.
    pub(crate) fn add_user(&self, email: &str, role: &str, projects: &[String]) {
        let mut words = vec!["user", "add", email, "--name", email, "--role", role];
        words.push("--password-stdin");
        for project in projects {
            words.extend(["--project", project]);
        }
        self.user(&words, PASSWORD);
    }

    /// Runs `talkoot user …` beside the server.
    pub(crate) fn user(&self, words: &[&str], input: &str) {
        let done = talkoot(&self.folder.0, words, &format!("{input}\n"));
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// Kills the server as a power cut would; what it leaves is in the folder.
    pub(crate) fn kill(mut self) -> Folder {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::mem::replace(&mut self.folder, Folder(PathBuf::new()))
    }

    /// Sends a signal by name.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").arg(format!("-{name}")).arg(id).status().unwrap();
        assert!(sent.success());
    }

    /// Says whether the process that was started still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Gives the most memory that the process ever held, in kilobytes.
    pub(crate) fn memory_kb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Waits for the end and gives the exit code.
    pub(crate) fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
