//! The measured program: started with fresh data, observed through `/proc`, gone afterwards.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::http;
use crate::shell;

pub struct Account {
    pub email: String,
    pub password: String,
}

pub struct Demo {
    server: Server,
    /// Dropped after the server that writes into it.
    _folder: Folder,
    pub address: SocketAddr,
    ready: String,
    /// Until it was ready, the demo network being made.
    pub first_start: Duration,
    /// Until it was ready, the data being there.
    pub start: Duration,
    ticks_per_second: f64,
}

/// What a process has used so far.
pub struct Usage {
    /// In user and kernel mode, all threads.
    pub cpu: Duration,
    /// Bytes.
    pub resident: u64,
    pub most_resident: u64,
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// For data and log; removed when dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Demo {
    pub fn start(binary: &Path) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("sozvezdie-bench-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let folder = Folder(folder);
        let (first, _, first_start) = start(binary, &folder.0)?;
        drop(first);
        let (server, ready, start) = start(binary, &folder.0)?;
        let url = http::json_text(&ready, "url").context("no url in the line of demo --json")?;
        let authority = url.trim_start_matches("http://").trim_end_matches('/');
        let address = authority.parse().with_context(|| format!("{url} is no plain address"))?;
        let ticks = shell::output(Command::new("getconf").arg("CLK_TCK"))?;
        let ticks_per_second = ticks.trim().parse().context("getconf CLK_TCK")?;
        Ok(Self { server, _folder: folder, address, ready, first_start, start, ticks_per_second })
    }

    pub fn account(&self, role: &str) -> Option<Account> {
        let of_role = |object: &&str| http::json_text(object, "role").as_deref() == Some(role);
        let object = self.ready.split('{').find(of_role)?;
        Some(Account { email: http::json_text(object, "email")?, password: http::json_text(object, "password")? })
    }

    pub fn usage(&self) -> Result<Usage> {
        let folder = PathBuf::from(format!("/proc/{}", self.server.0.id()));
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).context("the server is gone");
        let ticks = cpu_ticks(&read("stat")?).context("/proc/PID/stat")?;
        let status = read("status")?;
        let bytes = |name| kilobytes(&status, name).map(|kilobytes| kilobytes * 1024).context("/proc/PID/status");
        Ok(Usage {
            cpu: Duration::from_secs_f64(ticks as f64 / self.ticks_per_second),
            resident: bytes("VmRSS:")?,
            most_resident: bytes("VmHWM:")?,
        })
    }
}

/// The server, the line in which it said that it is ready, and how long that took.
fn start(binary: &Path, folder: &Path) -> Result<(Server, String, Duration)> {
    let began = Instant::now();
    let mut command = Command::new(binary);
    command.args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"]).arg(folder.join("data"));
    // Its log costs what it costs in service, and is not for the screen.
    let log = folder.join("log");
    let errors = File::create(&log).with_context(|| format!("cannot create {}", log.display()))?;
    command.env("SOZVEZDIE_BENCH", "1").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
    let mut child = command.spawn().with_context(|| format!("cannot start {}", binary.display()))?;
    let stdout = child.stdout.take();
    let server = Server(child);
    for line in stdout.into_iter().flat_map(|stdout| BufReader::new(stdout).lines()) {
        let line = line.context("reading the server's output")?;
        if line.starts_with('{') {
            return Ok((server, line, began.elapsed()));
        }
    }
    let said = std::fs::read_to_string(&log).unwrap_or_default();
    bail!("the server ended before it was ready\n{said}")
}

/// Fields 14 and 15, counted behind the name, which may contain anything.
fn cpu_ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let (user, kernel): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + kernel)
}

fn kilobytes(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_proc() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194304 100 0 0 0 31 12 0 0 20 0 9 0 100 1 2";
        assert_eq!(cpu_ticks(stat), Some(43));
        assert_eq!(kilobytes("Name:\tx\nVmHWM:\t  900 kB\nVmRSS:\t  800 kB\n", "VmRSS:"), Some(800));
    }
}
