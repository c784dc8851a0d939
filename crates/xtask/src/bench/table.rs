//! What is printed: a figure a line, with its target where there is one.

use std::time::Duration;

/// The printed table. Columns are as wide as a terminal of a hundred letters allows.
#[derive(Default)]
pub struct Table {
    missed: usize,
}

impl Table {
    pub fn section(&self, title: &str) {
        println!("\n{title}");
    }

    /// A figure, the floor beside it, their ratio, and what was to be reached.
    pub fn line(
        &mut self,
        name: &str,
        figure: &str,
        floor: &str,
        ratio: Option<f64>,
        target: &str,
        is_met: Option<bool>,
    ) {
        let ratio = ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
        let verdict = match is_met {
            None => "",
            Some(true) => "ok",
            Some(false) => {
                self.missed += 1;
                "MISSED"
            }
        };
        println!("{name:<40} {figure:>14} {floor:>14} {ratio:>6}  {target:<12} {verdict}");
    }

    pub fn head(&self) {
        println!("{:<40} {:>14} {:>14} {:>6}  {:<12}", "", "figure", "floor", "ratio", "target");
    }

    pub fn note(&self, text: &str) {
        println!("{text}");
    }

    pub fn missed(&self) -> usize {
        self.missed
    }
}

pub fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1000.0 {
        format!("{micros:.0} µs")
    } else if micros < 1e6 {
        format!("{:.1} ms", micros / 1e3)
    } else {
        format!("{:.2} s", micros / 1e6)
    }
}

pub fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}
