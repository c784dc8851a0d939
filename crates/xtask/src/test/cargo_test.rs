//! `cargo test`, its output made short, its results counted.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::shell;

/// What a number of test binaries came to.
#[derive(Default)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    /// Names: an ignored test is never silent.
    pub ignored: Vec<String>,
    /// `cargo` itself ended well (it may fail with no test failing, for instance when code does not compile).
    pub succeeded: bool,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored.extend(other.ignored);
    }

    /// Outside programs read this line; its form is theirs.
    pub fn closing_line(&self) -> String {
        let Tally { passed, failed, ignored, .. } = self;
        match ignored.len() {
            0 => format!("{passed} passed, {failed} failed"),
            skipped => format!("{passed} passed, {failed} failed, {skipped} skipped"),
        }
    }

    /// Takes in a line of the test harness and says whether a person wants to see it.
    fn take(&mut self, line: &str) -> bool {
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
            return true;
        }
        let Some(test) = line.strip_prefix("test ") else {
            return !(line.trim().is_empty() || is_heading(line));
        };
        if let Some((name, _)) = test.split_once(" ... ignored") {
            self.ignored.push(name.to_owned());
        }
        !test.ends_with(" ... ok")
    }
}

/// «running 12 tests» above the tests of each binary.
fn is_heading(line: &str) -> bool {
    line.starts_with("running ") && (line.ends_with(" tests") || line.ends_with(" test"))
}

fn number_before(text: &str, word: &str) -> u64 {
    let before = text.split(word).next().unwrap_or_default();
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

/// Runs it, shows failures and the result of each binary as they come.
pub fn run(command: &mut Command) -> Result<Tally> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.context("reading the tests' output")?;
            let line = String::from_utf8_lossy(&line);
            if tally.take(&line) {
                println!("{line}");
            }
        }
    }
    tally.succeeded = child.wait().context("waiting for cargo")?.success();
    Ok(tally)
}

/// Names of the integration test binaries, as cargo itself sees them.
pub fn integration_binaries(root: &Path) -> Result<Vec<String>> {
    let mut metadata = shell::cargo(root);
    metadata.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    Ok(names_of_tests(&shell::output(&mut metadata)?))
}

/// Cargo prints this JSON compactly and in a fixed order; a parser would be this tool's biggest dependency.
fn names_of_tests(metadata: &str) -> Vec<String> {
    let after_kind = metadata.split("\"kind\":[\"test\"]").skip(1);
    let names = after_kind.filter_map(|text| text.split("\"name\":\"").nth(1)?.split('"').next());
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_results_and_hides_only_what_went_well() {
        let output = "\nrunning 4 tests\ntest a ... ok\ntest b ... FAILED\ntest c ... ignored, by hand\n\
            thread 'b' panicked\ntest result: FAILED. 12 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out";
        let mut tally = Tally::default();
        let shown: Vec<&str> = output.lines().filter(|line| tally.take(line)).collect();
        assert_eq!((tally.passed, tally.failed), (12, 1));
        assert_eq!(tally.ignored, ["c"]);
        assert_eq!(shown.len(), 4, "{shown:?}");
        assert_eq!(tally.closing_line(), "12 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn reads_names_of_integration_tests() {
        let metadata = r#"{"targets":[{"kind":["bin"],"crate_types":["bin"],"name":"a"},
            {"kind":["test"],"crate_types":["bin"],"name":"journeys","src_path":"x"}]}"#;
        assert_eq!(names_of_tests(metadata), ["journeys"]);
    }
}
