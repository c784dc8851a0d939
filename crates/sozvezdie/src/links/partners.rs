//! «С кем обменивается»: the tab of an organisation's record. Who gave it how much and received how
//! much, partner by partner, each number with the rows that make it.
use super::{Asked, Links, view::hour_words};
use crate::{
    exchange::{Pair, Side},
    organisations::{self, OrganisationId},
    shell::{AcademicYear, tie},
};
use kit::{Fault, Lang, Visit, html as piece};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Years that one can choose.
const YEARS: i64 = 4;

/// What one partner gave and received, seen from the organisation of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Partner {
    name: String,
    /// Minutes, days of loans, bookings.
    given: (i64, i64, i64),
    received: (i64, i64, i64),
}

pub async fn tab(visit: &Visit, organisation: OrganisationId, asked: &tie::Asked) -> Result<Markup, Fault> {
    let year = asked.get("year").cloned().unwrap_or_default();
    let links = Links::load(visit, &Asked { year, ..Asked::default() }).await?;
    Ok(panel(visit, organisation, &links))
}

/// The partners by name, with what went both ways.
fn partners(organisation: OrganisationId, pairs: &[Pair]) -> BTreeMap<OrganisationId, Partner> {
    let mut all: BTreeMap<OrganisationId, Partner> = BTreeMap::new();
    for p in pairs {
        let amount = (p.minutes, p.days, p.bookings);
        if p.owner_id == organisation {
            let partner = all.entry(p.organisation_id).or_default();
            (partner.name, partner.given) = (p.organisation_name.clone(), amount);
        } else if p.organisation_id == organisation {
            let partner = all.entry(p.owner_id).or_default();
            (partner.name, partner.received) = (p.owner_name.clone(), amount);
        }
    }
    all
}

fn panel(visit: &Visit, organisation: OrganisationId, links: &Links) -> Markup {
    let t = visit.lang;
    let title = t.say("links-partners");
    let all = partners(organisation, &links.pairs);
    let mut rows: Vec<(&OrganisationId, &Partner)> = all.iter().collect();
    rows.sort_by(|a, b| (&a.1.name, a.0).cmp(&(&b.1.name, b.0)));
    let sum = |of: fn(&Partner) -> (i64, i64, i64)| {
        rows.iter().map(|(_, p)| of(p)).fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2))
    };
    let (given, received) = (sum(|p| p.given), sum(|p| p.received));
    let cell = |label: &str, amount: (i64, i64, i64), side: Side, partner: Option<OrganisationId>| {
        html! { td.num data-l={ (t.say(label)) ":" } { (amount_words(t, amount, &links.rows(Some(organisation), side, partner))) } }
    };
    let table = html! { table.tbl.cards {
        caption.vh { (title) }
        thead { tr { th scope="col" { (t.say("links-partner")) } th.num scope="col" { (t.say("links-given")) } th.num scope="col" { (t.say("links-received")) } } }
        tbody { @for (id, p) in &rows { tr {
            td.main { a href=(organisations::url(**id)) { (p.name) } }
            (cell("links-given", p.given, Side::Owner, Some(**id)))
            (cell("links-received", p.received, Side::Asker, Some(**id)))
        } } }
        tfoot { tr { th.main scope="row" { (t.say("links-together")) } (cell("links-given", given, Side::Owner, None)) (cell("links-received", received, Side::Asker, None)) } }
    } };
    html! { section.panel {
        header { h2 { (title) } span.muted.sm { (t.say("links-balance-about")) } }
        (years(visit, organisation, links.year))
        @if rows.is_empty() { (piece::empty("arrow-left-right", &t.say("links-no-partners"), html! {})) }
        @else { (piece::scroll(&title, table)) }
    } }
}

/// Hours and days of loans, and the way to the bookings; a dash for nothing.
fn amount_words(t: Lang, (minutes, days, bookings): (i64, i64, i64), href: &str) -> Markup {
    if bookings == 0 {
        return html! { "—" };
    }
    html! {
        a href=(href) {
            @if minutes > 0 || days == 0 { (hour_words(t, minutes)) }
            @if days > 0 { @if minutes > 0 { ", " } (t.say_with("links-days", &[("count", days.into())])) }
        }
    }
}

fn years(visit: &Visit, organisation: OrganisationId, chosen: i64) -> Markup {
    let t = visit.lang;
    let this = AcademicYear::of(visit.today).0;
    html! { form.filters action=(organisations::url(organisation)) data-autosubmit {
        input type="hidden" name="tab" value="exchange";
        div.field.first { label for="by-year" { (t.say("links-year")) } select.in #by-year name="year" {
            @for year in (this - YEARS + 1..=this).rev() { option value=(AcademicYear(year)) selected[year == chosen] { (AcademicYear(year)) } }
        } }
        button.btn { (piece::icon("sliders-horizontal")) (t.say("list-show")) }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_partner_stands_once_with_both_ways() {
        let id = |n: u128| OrganisationId(Uuid::from_u128(n));
        let pair = |from: u128, to: u128, minutes: i64| Pair {
            owner_id: id(from),
            owner_name: from.to_string(),
            organisation_id: id(to),
            organisation_name: to.to_string(),
            minutes,
            days: 0,
            bookings: 1,
        };
        let found = partners(id(1), &[pair(1, 2, 60), pair(2, 1, 30), pair(3, 1, 90), pair(2, 3, 45)]);
        let two = Partner { name: "2".into(), given: (60, 0, 1), received: (30, 0, 1) };
        let three = Partner { name: "3".into(), given: (0, 0, 0), received: (90, 0, 1) };
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(id(2), two), (id(3), three)]);
    }
}
