//! The menu: the map of the product in one table. A viewer sees only what they may open.
use kit::{Visit, access::Permission, text::text_key};

/// A line of the menu. The words are the text `nav-…` of the key.
pub struct Entry {
    pub key: &'static str,
    pub href: &'static str,
    pub icon: &'static str,
    pub group: Group,
    /// `None`: for everybody.
    pub needs: Option<Permission>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Day,
    Network,
    Government,
}

impl Entry {
    /// Its words where there is little room.
    pub fn tab_key(&self) -> &'static str {
        if self.href == "/resources" { text_key("nav-tab-resources") } else { self.key }
    }
}

const fn entry(
    key: &'static str,
    href: &'static str,
    icon: &'static str,
    group: Group,
    needs: Option<Permission>,
) -> Entry {
    Entry { key, href, icon, group, needs }
}

/// The counts that the frame shows: what waits, and what is new.
pub const WAITING: &str = "nav-waiting";
pub const BELL: &str = "bell";

pub const MENU: &[Entry] = &[
    entry("nav-home", "/", "house", Group::Day, None),
    entry("nav-waiting", "/waiting", "inbox", Group::Day, Some(Permission("exchange.request"))),
    entry("nav-calendar", "/calendar", "calendar-days", Group::Day, Some(Permission("exchange.view"))),
    entry("nav-resources", "/resources", "arrow-left-right", Group::Network, Some(Permission("resources.view"))),
    entry("nav-bookings", "/bookings", "handshake", Group::Network, Some(Permission("exchange.view"))),
    entry("nav-organisations", "/organisations", "building-2", Group::Network, Some(Permission("organisations.view"))),
    entry("nav-learners", "/learners", "graduation-cap", Group::Network, Some(Permission("learners.see"))),
    entry("nav-routes", "/routes", "route", Group::Network, Some(Permission("routes.see"))),
    entry("nav-consents", "/consents", "shield-check", Group::Network, Some(Permission("consents.view"))),
    entry("nav-cases", "/cases", "scale", Group::Network, Some(Permission("cases.decide"))),
    entry("nav-centre", "/centre", "sparkles", Group::Network, Some(Permission("centre.view"))),
    entry("nav-events", "/events", "calendar-check", Group::Network, Some(Permission("events.view"))),
    entry("nav-groups", "/groups", "puzzle", Group::Network, Some(Permission("groups.view"))),
    entry("nav-societies", "/societies", "users", Group::Network, Some(Permission("societies.view"))),
    entry("nav-research", "/research", "flask-conical", Group::Network, Some(Permission("research.view"))),
    entry("nav-results", "/results", "trophy", Group::Network, Some(Permission("results.view"))),
    entry("nav-portfolio", "/portfolio", "medal", Group::Network, Some(Permission("portfolios.own"))),
    entry("nav-acts", "/acts", "file-text", Group::Network, Some(Permission("acts.view"))),
    entry("nav-links", "/links", "waypoints", Group::Government, Some(Permission("exchange.figures"))),
    entry("nav-figures", "/figures", "chart-column", Group::Government, Some(Permission("figures.view"))),
    entry("nav-reports", "/reports", "scroll-text", Group::Government, Some(Permission("reports.view"))),
    entry("nav-replies", "/replies", "send", Group::Government, Some(Permission("replies.make"))),
    entry("nav-register", "/state-register", "medal", Group::Government, Some(Permission("register.reconcile"))),
    entry("nav-imports", "/imports", "upload", Group::Government, Some(Permission("imports.view"))),
    entry("nav-people", "/people", "users", Group::Government, Some(Permission("people.govern"))),
    entry("nav-personal", "/personal-data", "shield", Group::Government, Some(Permission("people.govern"))),
];

/// The lines that this viewer sees.
pub fn visible(visit: &Visit) -> impl Iterator<Item = &'static Entry> {
    MENU.iter().filter(|e| e.needs.is_none_or(|p| visit.viewer.may(p)))
}

/// The bar at the foot of a phone: the places of every day, in its own order; the rest is behind «Ещё».
/// A family has other days than those who work here.
pub fn tabs(visit: &Visit) -> impl Iterator<Item = &'static Entry> {
    const WORK: &[&str] = &["/", "/waiting", "/resources", "/calendar", "/organisations"];
    const FAMILY: &[&str] = &["/", "/routes", "/events", "/portfolio"];
    let may = |code: &'static str| visit.viewer.may(Permission(code));
    let order = if may("consents.own") && !may("exchange.view") { FAMILY } else { WORK };
    order.iter().filter_map(|href| visible(visit).find(|e| e.href == *href)).take(4)
}

/// The line that the path belongs to.
pub fn current(path: &str) -> Option<&'static Entry> {
    MENU.iter()
        .filter(|e| {
            path == e.href || (e.href != "/" && path.strip_prefix(e.href).is_some_and(|rest| rest.starts_with('/')))
        })
        .max_by_key(|e| e.href.len())
}
