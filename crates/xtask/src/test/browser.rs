//! Chromium and its driver, found or installed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell::{self, Installing};

/// With the language packs, for dates and the browser's own messages in Russian.
const PACKAGES: &[&str] = &["chromium", "chromium-driver", "chromium-l10n"];

pub struct Browser {
    chromium: PathBuf,
    chromedriver: PathBuf,
}

impl Browser {
    pub fn find(installing: Installing) -> Result<Self> {
        if shell::which("chromium").is_none() || shell::which("chromedriver").is_none() {
            shell::install("Chromium or its driver", PACKAGES, installing)?;
        }
        let here = |name| shell::which(name).with_context(|| format!("{name} is not in PATH even now"));
        let browser = Self { chromium: here("chromium")?, chromedriver: here("chromedriver")? };
        let version = shell::output(Command::new(&browser.chromedriver).arg("--version"))?;
        println!("{}", version.split(" (").next().unwrap_or_default().trim());
        Ok(browser)
    }

    /// Tells a test run where the browser is.
    pub fn tell(&self, command: &mut Command) {
        command.env("SOZVEZDIE_CHROMIUM", &self.chromium);
        command.env("SOZVEZDIE_CHROMEDRIVER", &self.chromedriver);
        // Chromium's sandbox refuses to work for root, and only for root is it switched off.
        if shell::is_root() {
            command.env("SOZVEZDIE_NO_SANDBOX", "1");
        } else {
            command.env_remove("SOZVEZDIE_NO_SANDBOX");
        }
    }
}
