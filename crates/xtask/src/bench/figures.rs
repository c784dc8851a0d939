//! The figures K1–K5 over a million participations, one person asking: any breakdown of a year.

use std::time::Duration;

use anyhow::{Context, Result};

use super::http::{Client, Request};
use super::people::As;
use super::{Bench, World};

/// Ten academic years, a hundred thousand participations in each.
const SIZE: [&str; 11] = [
    "generate",
    "--organisations",
    "200",
    "--resources",
    "200",
    "--bookings",
    "1000",
    "--learners",
    "20000",
    "--participations",
    "1000000",
];
const BREAKDOWNS: [&str; 8] = ["year", "level", "format", "list", "organisation", "subject", "class", "age"];
/// Requests for each line: one takes long enough to be seen.
const TIMES: usize = 10;

pub fn measure(bench: &mut Bench) -> Result<()> {
    bench.table.section("figures over 1,000,000 participations, a year of them, everybody's: p95");
    let world = World::made(bench, "figures", &SIZE, None)?;
    let newest = newest(&world)?;
    let year = format!("from={newest}&to={newest}&whose=all");
    for by in BREAKDOWNS {
        let path = format!("/api/v1/figures/prize-share?{year}&by={by}");
        line(bench, &world, &format!("by {by}, API"), &path, As::Token, Duration::from_secs(1))?;
    }
    for by in ["level", "organisation"] {
        let path = format!("/figures?{year}&by={by}");
        line(bench, &world, &format!("by {by}, page"), &path, As::Session, Duration::from_millis(1200))?;
    }
    let path = format!("/participations?{year}");
    line(bench, &world, "the rows behind, page", &path, As::Session, Duration::from_millis(1200))
}

fn line(bench: &mut Bench, world: &World, name: &str, path: &str, by: As, limit: Duration) -> Result<()> {
    let measured = bench.measured(&world.program, &world.people, path, by, TIMES, 1)?;
    bench.under(name, measured.load.percentile(95), limit);
    bench.table.note(&format!("  {} CPU of the server", super::shown(measured.cpu)));
    Ok(())
}

/// The year that is counted unless another is asked for: the latest with results.
fn newest(world: &World) -> Result<String> {
    let request = world.people.asking(Request::get("/api/v1/figures/prize-share"), As::Token);
    let answer = Client::connect(world.program.address)?.send(&request)?.text();
    super::http::json_text(&answer, "from").context("the figures say from which year")
}
