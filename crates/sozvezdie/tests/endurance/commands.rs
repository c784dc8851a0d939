//! The command line as those who run it meet it: help for everything, and exit codes that a script
//! can trust: 0 done, 1 failed, 2 refused or wrongly called.
use std::{
    path::Path,
    process::{Command, Output},
};

/// Every command, as the help names them.
const COMMANDS: [&str; 12] = [
    "demo", "serve", "migrate", "check", "backup", "restore", "generate", "import", "report", "user", "token",
    "network",
];

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sozvezdie"));
    // A variable of whoever runs the tests must not steer the program.
    let foreign: Vec<_> = std::env::vars_os().map(|(name, _)| name).collect();
    for name in foreign.iter().filter(|name| name.to_string_lossy().starts_with("SOZVEZDIE_")) {
        command.env_remove(name);
    }
    command.args(arguments).output().unwrap()
}

fn code(arguments: &[&str]) -> i32 {
    run(arguments).status.code().unwrap()
}

#[track_caller]
fn ends(arguments: &[&str], expected: i32, word: &str) {
    let output = run(arguments);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(expected), "{arguments:?}: {said}");
    assert!(said.contains(word), "{arguments:?} does not say «{word}»: {said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn every_command_has_help_and_knows_no_other_flags() {
    let whole = String::from_utf8(run(&["--help"]).stdout).unwrap();
    let listed: Vec<&str> = whole
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help" && name.chars().all(|c| c.is_ascii_lowercase()))
        .collect();
    for command in COMMANDS {
        assert!(listed.contains(&command), "{command} is not in {whole}");
        ends(&[command, "--help"], 0, "Usage:");
        ends(&[command, "--no-such-flag"], 2, "--no-such-flag");
    }
    assert!(listed.iter().all(|name| COMMANDS.contains(name)), "a command without a test: {listed:?}");
    for inner in [["user", "add"], ["token", "create"], ["network", "add"]] {
        ends(&[inner[0], inner[1], "--help"], 0, "Usage:");
        assert_eq!(code(&inner), 2, "{inner:?} without what it needs");
    }
    assert_eq!((code(&[]), code(&["no-such-command"]), code(&["--version"])), (2, 2, 0));
}

#[test]
fn exit_codes_tell_done_from_failed_and_refused() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name).display().to_string();
    let (data, other) = (at("data"), at("other"));

    // Where nothing is yet.
    ends(&["check", "--data", &at("mistyped")], 2, "no data");
    ends(&["backup", &at("a.zip"), "--data", &at("mistyped")], 1, "no data");
    assert!(!Path::new(&at("mistyped")).exists(), "looking makes nothing");
    ends(&["migrate", "--data", &data], 0, "0001_foundation");
    ends(&["serve", "--data", &data, "--listen", "127.0.0.1:0"], 1, "network add");
    ends(&["token", "create", "--user", "a@example.invalid", "--data", &data], 1, "sozvezdie:");

    // The first hour.
    ends(&["network", "add", "--name", "Сеть", "--territory", "Район", "--data", &data], 0, "");
    let user = ["user", "add", "--email", "a@example.invalid", "--name", "Демонов Семён", "--data", &data];
    ends(&[&user[..], &["--role", "emperor"]].concat(), 2, "no such role");
    ends(&[&user[..], &["--role", "head", "--organisation", "Никакая"]].concat(), 1, "sozvezdie:");
    ends(&[&user[..], &["--role", "system_administrator"]].concat(), 0, "");
    ends(&[&user[..], &["--role", "system_administrator"]].concat(), 1, "sozvezdie:");
    ends(&["check", "--data", &data], 0, "sound");
    ends(&["migrate", "--data", &data], 0, "");

    // Addresses and settings that would be unsafe or make no sense.
    ends(&["serve", "--data", &data, "--listen", "0.0.0.0:0"], 1, "--public-url");
    ends(
        &["serve", "--data", &data, "--mail", "smtp://mail.example.invalid", "--mail-from", "a@example.invalid"],
        1,
        "open",
    );
    ends(&["serve", "--data", &data, "--config", &at("none.toml")], 1, "none.toml");
    ends(&["serve", "--data", &data, "--database", "mysql://x"], 1, "sozvezdie:");
    ends(&["serve", "--listen", "nowhere"], 2, "nowhere");
    std::fs::write(at("bad.toml"), "password = 1\n").unwrap();
    ends(&["serve", "--data", &data, "--config", &at("bad.toml")], 1, "password");

    // Copies.
    ends(&["backup", &at("a.zip"), "--data", &data], 0, "rows");
    ends(&["backup", &at("a.zip"), "--data", &data], 1, "");
    ends(&["restore", &at("a.zip"), "--data", &data], 2, "holds data");
    std::fs::write(at("b.zip"), b"PK\x03\x04 no archive of ours").unwrap();
    ends(&["restore", &at("b.zip"), "--data", &other], 2, "");
    assert!(!Path::new(&other).exists(), "a refused archive makes no folder");
    ends(&["restore", &at("a.zip"), "--data", &other], 0, "restored");
    ends(&["check", "--data", &other], 0, "sound");

    // Spreadsheets.
    std::fs::write(at("a.csv"), "Название;Тип\nШкола;школа\n").unwrap();
    ends(&["import", "organisations", &at("a.csv"), "--dry-run", "--json"], 0, "sheets");
    std::fs::write(at("a.xlsx"), b"\0\0\0 not a table").unwrap();
    ends(&["import", "organisations", &at("a.xlsx"), "--dry-run", "--json"], 2, "refuse");
    ends(&["import", "organisations", &at("none.csv"), "--dry-run"], 1, "none.csv");
    ends(&["import", "gossip", &at("a.csv"), "--dry-run"], 2, "gossip");

    // Measuring.
    let small = ["generate", "--organisations", "3", "--resources", "2", "--bookings", "2", "--data", &data];
    ends(&small, 0, "-");
    ends(&["generate", "--organisations", "0", "--data", &data], 2, "organisations");
}
