//! A PostgreSQL cluster of the test's own, which it may stop and start.
use std::{
    net::TcpListener,
    path::PathBuf,
    process::{Command, Stdio},
};
use tempfile::TempDir;

pub struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
}

impl Cluster {
    pub fn start() -> Self {
        let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL's server").flatten();
        let programs = versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Self { programs: programs.expect("initdb"), folder: tempfile::tempdir().unwrap(), port };
        if is_root() {
            assert!(Command::new("chown").arg("postgres:").arg(cluster.folder.path()).status().unwrap().success());
        }
        cluster.call(
            "initdb",
            &[
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=icu",
                "--icu-locale=ru",
            ],
        );
        cluster.up();
        cluster
    }

    /// Superuser; the program steps down to its own role by itself.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    pub fn up(&self) {
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", self.port);
        let log = self.folder.path().join("log").display().to_string();
        self.call("pg_ctl", &["start", "--wait", "--log", &log, "--options", &options]);
    }

    /// At once, as when the power goes: what was acknowledged is in the log.
    pub fn down(&self) {
        self.call("pg_ctl", &["stop", "--mode=immediate"]);
    }

    fn call(&self, program: &str, args: &[&str]) {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(args).arg("--pgdata").arg(self.folder.path().join("data")).env("LC_ALL", "C.UTF-8");
        command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(command.status().unwrap().success(), "{command:?}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if !std::thread::panicking() || self.folder.path().join("data/postmaster.pid").exists() {
            self.down();
        }
    }
}

pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0)
}
