//! The menu: the map of the product in one table. A viewer sees only what they may open.
use kit::{Visit, access::Permission};

/// A line of the menu. The words are the text `nav-…` of the key.
pub struct Entry {
    pub key: &'static str,
    pub href: &'static str,
    pub icon: &'static str,
    pub group: Group,
    /// `None`: for everybody.
    pub needs: Option<Permission>,
    /// Shown in the bar at the foot of a phone.
    pub tab: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Day,
    Network,
    Government,
}

const fn entry(
    key: &'static str,
    href: &'static str,
    icon: &'static str,
    group: Group,
    needs: Option<Permission>,
    tab: bool,
) -> Entry {
    Entry { key, href, icon, group, needs, tab }
}

pub const MENU: &[Entry] = &[
    entry("nav-home", "/", "house", Group::Day, None, true),
    entry("nav-waiting", "/waiting", "inbox", Group::Day, Some(Permission("exchange.request")), true),
    entry("nav-calendar", "/calendar", "calendar-days", Group::Day, Some(Permission("exchange.view")), true),
    entry("nav-resources", "/resources", "arrow-left-right", Group::Network, Some(Permission("resources.view")), true),
    entry("nav-bookings", "/bookings", "calendar-days", Group::Network, Some(Permission("exchange.view")), true),
    entry(
        "nav-organisations",
        "/organisations",
        "building-2",
        Group::Network,
        Some(Permission("organisations.view")),
        true,
    ),
    entry("nav-learners", "/learners", "graduation-cap", Group::Network, Some(Permission("learners.see")), false),
    entry("nav-acts", "/acts", "file-text", Group::Network, Some(Permission("acts.view")), false),
    entry("nav-links", "/links", "waypoints", Group::Government, Some(Permission("exchange.figures")), false),
    entry("nav-imports", "/imports", "upload", Group::Government, Some(Permission("imports.view")), false),
    entry("nav-people", "/people", "users", Group::Government, Some(Permission("people.govern")), false),
    entry("nav-personal", "/personal-data", "shield", Group::Government, Some(Permission("people.govern")), false),
];

/// The lines that this viewer sees.
pub fn visible(visit: &Visit) -> impl Iterator<Item = &'static Entry> {
    MENU.iter().filter(|e| e.needs.is_none_or(|p| visit.viewer.may(p)))
}

/// The line that the path belongs to.
pub fn current(path: &str) -> Option<&'static Entry> {
    MENU.iter()
        .filter(|e| {
            path == e.href || (e.href != "/" && path.strip_prefix(e.href).is_some_and(|rest| rest.starts_with('/')))
        })
        .max_by_key(|e| e.href.len())
}
