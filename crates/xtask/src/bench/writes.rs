//! Bookings over HTTP against bare durable inserts of the same engine.

use anyhow::{Context, Result, bail};

use super::http::{self, Client, Load, Request};
use super::people::As;
use super::{Bench, World};

/// Of the rate of bare inserts.
const TARGET: f64 = 0.7;
/// Each is measured so often, in turn: the disk is shared with whatever else runs.
const ROUNDS: usize = 3;
/// Lessons of a resource that are asked for, from a day on when nothing is generated any more.
const DAYS: usize = 20;
const AHEAD: i64 = 35;
/// Among so many days there are as many open ones, holidays left out.
const WITHIN: i64 = 60;
const HOURS: [usize; 5] = [9, 10, 12, 13, 15];

pub fn measure(bench: &mut Bench) -> Result<()> {
    bench.table.section("writes a second, each on disk when it is answered");
    let world = World::new(bench, "writes", [200, 1000, 5000])?;
    let list = Request::get("/api/v1/resources?class=technological&page_size=200");
    let list = Client::connect(world.program.address)?.send(&world.people.asking(list, As::Token))?.text();
    // Each owner has an id too.
    let list = list.replace("\"owner\":{\"id\":", "");
    let ids = list.split("{\"id\":").skip(1).filter_map(|part| part.split('"').nth(1));
    let resources: Vec<String> = ids.map(str::to_owned).collect();
    let days = open_days(&world, resources.first().context("no resources")?)?;
    let hours = || days.iter().flat_map(|day| HOURS.iter().map(move |hour| (day, *hour)));
    let mut bookings = resources.iter().flat_map(|resource| hours().map(move |when| (resource, when)));
    let (mut own, mut bare) = (Vec::new(), Vec::new());
    let (requests, connections) = (bench.options.requests, bench.options.connections);
    for _ in 0..ROUNDS {
        let bare_insert = vec![Request::post("/bench/floor/insert", "text/plain", "")];
        let load = Load::of(world.program.address, &bare_insert, requests, connections, 201)?;
        bare.push(load.rate());
        let some: Vec<Request> =
            bookings.by_ref().take(requests).map(|(r, (day, hour))| booking(&world, r, day, hour)).collect();
        if some.len() < requests {
            bail!("too few lessons for so many requests");
        }
        let load = Load::of(world.program.address, &some, some.len(), connections, 201)?;
        own.push(load.rate());
    }
    let (own, bare) = (median(&mut own), median(&mut bare));
    let ratio = own / bare.max(1e-9);
    let target = format!("≥ {TARGET}");
    bench.table.line(
        "bookings",
        &format!("{own:.0}/s"),
        &format!("{bare:.0}/s"),
        Some(ratio),
        &target,
        Some(ratio >= TARGET),
    );
    Ok(())
}

/// The first days on which a resource is open and not yet asked for.
fn open_days(world: &World, resource: &str) -> Result<Vec<String>> {
    let ask = |path: &str| -> Result<String> {
        let request = world.people.asking(Request::get(path), As::Token);
        Ok(Client::connect(world.program.address)?.send(&request)?.text())
    };
    let path = format!("/api/v1/resources/{resource}/availability");
    let today = http::json_text(&ask(&path)?, "from").context("availability says from when")?;
    let (from, to) = (day_after(&today, AHEAD), day_after(&today, AHEAD + WITHIN));
    let answer = ask(&format!("{path}?from={from}&to={to}"))?;
    let free = answer.split_once("\"free\":[").and_then(|(_, rest)| rest.split(']').next()).unwrap_or_default();
    let mut days: Vec<String> =
        free.split('{').filter_map(|gap| Some(http::json_text(gap, "starts_at")?.chars().take(10).collect())).collect();
    days.dedup();
    days.truncate(DAYS);
    if days.len() < DAYS {
        bail!("too few open days: {answer}");
    }
    Ok(days)
}

fn booking(world: &World, resource: &str, day: &str, hour: usize) -> Request {
    let organisation = &world.people.organisation;
    let body = format!(
        r#"{{"resource_id":"{resource}","organisation_id":"{organisation}","starts_at":"{day}T{hour:02}:00:00+03:00","ends_at":"{day}T{hour:02}:45:00+03:00","headcount":1,"purpose":"Измерение"}}"#
    );
    world.people.asking(Request::post("/api/v1/bookings", "application/json", &body), As::Token)
}

/// The day so many days after a moment, both as the program writes them.
fn day_after(moment: &str, number: i64) -> String {
    let mut parts = moment.split(['-', 'T']).filter_map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next().unwrap_or(2026), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    let (year, month, day) = civil_from_days(days_from_civil(year, month, day) + number);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    // A year and a month at most are tried: the way back is not worth a formula here.
    let mut year = 1970 + days.div_euclid(366);
    while days_from_civil(year + 1, 1, 1) <= days {
        year += 1;
    }
    let month = (1..=12).rev().find(|month| days_from_civil(year, *month, 1) <= days).unwrap_or(1);
    (year, month, days - days_from_civil(year, month, 1) + 1)
}

fn median(rates: &mut [f64]) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_there_and_back() {
        for (date, days) in
            [((1970, 1, 1), 0), ((2000, 3, 1), 11_017), ((2026, 11, 22), 20_779), ((2028, 2, 29), 21_243)]
        {
            assert_eq!(days_from_civil(date.0, date.1, date.2), days);
            assert_eq!(civil_from_days(days), date);
        }
        assert_eq!(day_after("2026-11-22T10:00:00Z", 40), "2027-01-01");
    }
}
