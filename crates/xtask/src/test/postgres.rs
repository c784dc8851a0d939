//! A throw-away PostgreSQL cluster: its own folder, its own port, gone afterwards whatever happens.

use std::io::Read;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::shell::{self, Installing};

const OLDEST: u32 = 15;

/// Durability is of no use to a cluster that lives for minutes, and costs most of its time.
const SETTINGS: &[&str] = &[
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
    "max_locks_per_transaction=256",
    "jit=off",
    "log_min_messages=fatal",
];

/// Waits until its standard input closes, which happens when we drop it and also when we are killed,
/// then stops the server and removes the folder. Arguments: the folder, then the words of the stop command.
const KEEPER: &str =
    r#"trap '' INT TERM HUP; cat >/dev/null; folder=$1; shift; "$@" >/dev/null 2>&1; rm -rf -- "$folder""#;

pub struct Cluster {
    port: u16,
    keeper: Child,
}

impl Cluster {
    pub fn start(installing: Installing) -> Result<Self> {
        let programs = find_or_install(installing)?;
        let folder = std::env::temp_dir().join(format!("sozvezdie-postgres-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let as_user = UserCommand { programs, folder };
        if shell::is_root() {
            shell::output(Command::new("chown").arg("postgres:").arg(&as_user.folder))?;
        }
        // From here on the keeper cleans up, so it comes before the server.
        let keeper = as_user.keeper()?;
        let mut cluster = Self { port: 0, keeper };
        let data = as_user.folder.join("data");
        let mut initdb = as_user.command("initdb");
        initdb.arg("--pgdata").arg(&data);
        initdb.args(["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"]);
        initdb.args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=ru"]);
        shell::output(&mut initdb)?;

        // Between our look at the port and the server's use of it somebody else may take it.
        let mut last = Ok(());
        for _ in 0..3 {
            cluster.port = free_port()?;
            last = as_user.start_server(&data, cluster.port);
            if last.is_ok() {
                println!("PostgreSQL {} on port {}", as_user.programs.version, cluster.port);
                return Ok(cluster);
            }
        }
        let mut log = String::new();
        if let Ok(mut file) = std::fs::File::open(as_user.folder.join("log")) {
            let _ = file.read_to_string(&mut log);
        }
        last.with_context(|| format!("the server does not start\n{log}"))?;
        bail!("the server does not start")
    }

    /// Superuser, no password, only from this machine.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The server's programs, run in the cluster's folder as a user they accept.
struct UserCommand {
    programs: Programs,
    folder: PathBuf,
}

impl UserCommand {
    fn command(&self, program: &str) -> Command {
        let program = self.programs.folder.join(program);
        // initdb and postgres refuse root.
        let mut command = if shell::is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(&self.folder).env("LC_ALL", "C.UTF-8");
        command
    }

    fn start_server(&self, data: &Path, port: u16) -> Result<()> {
        let mut start = self.command("pg_ctl");
        start.arg("start").arg("--pgdata").arg(data).arg("--log").arg(self.folder.join("log"));
        let mut options = format!("-p {port}");
        for setting in SETTINGS {
            options.push_str(&format!(" -c {setting}"));
        }
        start.args(["--wait", "--timeout=60", "--options", &options]);
        // The server outlives pg_ctl and would hold a captured pipe open: only the log gets its words.
        let status = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let status = status.context("cannot start pg_ctl")?;
        if !status.success() {
            bail!("pg_ctl ended with {status}");
        }
        Ok(())
    }

    fn keeper(&self) -> Result<Child> {
        let mut stop = self.command("pg_ctl");
        stop.args(["stop", "--mode=immediate", "--pgdata"]).arg(self.folder.join("data"));
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(&self.folder);
        keeper.arg(stop.get_program()).args(stop.get_args()).env("LC_ALL", "C.UTF-8");
        // A group of its own, so that Ctrl-C ends us and not the one who cleans up after us.
        keeper.process_group(0).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null());
        keeper.spawn().context("cannot start sh")
    }
}

struct Programs {
    folder: PathBuf,
    version: u32,
}

fn find_or_install(installing: Installing) -> Result<Programs> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let _no_cluster = NoDefaultCluster::ask();
    shell::install("PostgreSQL's server", &["postgresql"], installing)?;
    find().with_context(|| format!("no PostgreSQL {OLDEST} or newer even now"))
}

/// The newest server in Debian's folders, else the one in `PATH`.
fn find() -> Option<Programs> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = versions.map(|entry| entry.path().join("bin"));
    let in_path = shell::which("initdb").and_then(|file| Some(file.canonicalize().ok()?.parent()?.to_path_buf()));
    let found = folders.chain(in_path).filter_map(|folder| {
        let version = version_of(&folder).filter(|version| *version >= OLDEST)?;
        Some(Programs { folder, version })
    });
    found.max_by_key(|programs| programs.version)
}

fn version_of(folder: &Path) -> Option<u32> {
    if !["initdb", "pg_ctl"].iter().all(|program| folder.join(program).is_file()) {
        return None;
    }
    let said = shell::output(Command::new(folder.join("postgres")).arg("--version")).ok()?;
    major_version(&said)
}

/// From `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn major_version(said: &str) -> Option<u32> {
    let number = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Debian's package starts a cluster of its own when it is installed; while this lives it does not.
struct NoDefaultCluster(PathBuf);

impl NoDefaultCluster {
    /// Where the file cannot be written, the default cluster is merely superfluous.
    fn ask() -> Option<Self> {
        let folder = Path::new("/etc/postgresql-common/createcluster.d");
        if !shell::is_root() || shell::which("apt-get").is_none() {
            return None;
        }
        std::fs::create_dir_all(folder).ok()?;
        let file = folder.join("sozvezdie-test.conf");
        std::fs::write(&file, "create_main_cluster = false\n").ok()?;
        Some(Self(file))
    }
}

impl Drop for NoDefaultCluster {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    Ok(listener.local_addr().context("no free port")?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("not a server"), None);
    }
}
