//! A program that runs beside the tests and is gone when they are, however they end.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Waits until its standard input closes (we dropped it, or we died), then ends the program's whole
/// group and removes its folder.
const KEEPER: &str = r#"trap '' INT TERM HUP; cat >/dev/null
kill -s TERM -- "-$1" 2>/dev/null; n=0
while kill -s 0 -- "-$1" 2>/dev/null && [ $n -lt 50 ]; do sleep 0.1; n=$((n+1)); done
kill -s KILL -- "-$1" 2>/dev/null; rm -rf -- "$2""#;

pub struct Running {
    child: Child,
    keeper: Child,
}

impl Running {
    /// Starts a program that has this folder for itself ([`temporary_folder`]), and waits for the line
    /// of its output that `ready` understands.
    pub fn start<T>(
        name: &str,
        command: Command,
        folder: &Path,
        patience: Duration,
        ready: impl Fn(&str) -> Option<T>,
    ) -> (Self, T) {
        Self::try_start(name, command, folder, patience, ready).unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// The same; an error where the program ends without that line.
    pub fn try_start<T>(
        name: &str,
        mut command: Command,
        folder: &Path,
        patience: Duration,
        ready: impl Fn(&str) -> Option<T>,
    ) -> Result<(Self, T), String> {
        let errors = File::create(folder.join("stderr")).expect("a file for errors");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors).process_group(0);
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper", &child.id().to_string()]).arg(folder);
        keeper.process_group(0).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null());
        let keeper = keeper.spawn().expect("sh");
        let stdout = BufReader::new(child.stdout.take().expect("a piped output"));
        let running = Self { child, keeper };

        let (sender, lines) = mpsc::channel();
        // It goes on reading to the end, so that the program never waits for a full pipe.
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match lines.recv_timeout(left).map(|line| ready(&line)) {
                Ok(Some(found)) => return Ok((running, found)),
                Ok(None) => {}
                Err(reason) => {
                    let errors = std::fs::read_to_string(folder.join("stderr")).unwrap_or_default();
                    return Err(format!("{name} did not say that it is ready: {reason}\n{errors}"));
                }
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.child.wait();
        let _ = self.keeper.wait();
    }
}

/// A new empty folder for one program.
pub fn temporary_folder(name: &str) -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("sozvezdie-{name}-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}
