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

/// Where a program keeps its data; removed when dropped.
pub struct Home {
    folder: PathBuf,
    /// `postgres://…` instead of a file in the folder.
    database: Option<String>,
}

impl Home {
    pub fn new(name: &str, database: Option<String>) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("sozvezdie-bench-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self { folder, database })
    }

    /// The program as it is called for these data.
    fn command(&self, binary: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(binary);
        command.args(words).arg("--data").arg(self.folder.join("data")).stdin(Stdio::null());
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        command
    }

    /// Runs a command to its end and gives what it printed.
    pub fn run(&self, binary: &Path, words: &[&str]) -> Result<String> {
        shell::output(&mut self.command(binary, words))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A running program.
pub struct Program {
    server: Child,
    pub address: SocketAddr,
    /// The line in which it said that it is ready.
    ready: String,
    /// Until it was ready.
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

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Program {
    /// Starts `demo --json` or `serve` and waits until it is ready.
    pub fn start(binary: &Path, home: &Home, words: &[&str]) -> Result<Self> {
        let ticks = shell::output(Command::new("getconf").arg("CLK_TCK"))?;
        let ticks_per_second = ticks.trim().parse().context("getconf CLK_TCK")?;
        // Its log costs what it costs in service, and is not for the screen.
        let log = home.folder.join("log");
        let errors = File::create(&log).with_context(|| format!("cannot create {}", log.display()))?;
        let began = Instant::now();
        let mut command = home.command(binary, words);
        command.args(["--listen", "127.0.0.1:0"]).env("SOZVEZDIE_BENCH", "1").stdout(Stdio::piped()).stderr(errors);
        let mut server = command.spawn().with_context(|| format!("cannot start {}", binary.display()))?;
        let lines = server.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines());
        let mut ready = lines.map_while(Result::ok).filter_map(|line| Some((address(&line)?, line)));
        match ready.next() {
            Some((address, ready)) => Ok(Self { server, address, ready, start: began.elapsed(), ticks_per_second }),
            None => {
                let _ = server.kill();
                let _ = server.wait();
                bail!("the server ended before it was ready\n{}", std::fs::read_to_string(&log).unwrap_or_default())
            }
        }
    }

    /// An account of the demo.
    pub fn account(&self, role: &str) -> Option<Account> {
        let of_role = |object: &&str| http::json_text(object, "role").as_deref() == Some(role);
        let object = self.ready.split('{').find(of_role)?;
        Some(Account { email: http::json_text(object, "email")?, password: http::json_text(object, "password")? })
    }

    pub fn usage(&self) -> Result<Usage> {
        let folder = PathBuf::from(format!("/proc/{}", self.server.id()));
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

/// The address in a line of JSON, or the line itself.
fn address(line: &str) -> Option<SocketAddr> {
    let url = if line.starts_with('{') { http::json_text(line, "url")? } else { line.to_owned() };
    url.strip_prefix("http://")?.trim_end_matches('/').parse().ok()
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

    #[test]
    fn knows_when_a_program_is_ready() {
        assert!(address(r#"{"url":"http://127.0.0.1:8080","accounts":[]}"#).is_some());
        assert!(address("http://127.0.0.1:8080").is_some());
        assert_eq!(address("Готовлю базу…"), None);
    }
}
