//! Whether a child can carry the load: hours a week, the hours of a day, breaks and ways between
//! organisations, against a table that the network may change (`domain.md` §3, СанПиН). What breaks
//! it is a warning, never a refusal: people decide, with a reason that is kept. Pure.
use super::model::{Step, StepId};
use crate::{learners::age, organisations::OrganisationId};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Timelike, Utc};
use kit::clock::{LOCAL, local_date};
use std::collections::{HashMap, HashSet};

kit::codes! {
    /// The rows of the table. Hours a week; minutes of the day; minutes.
    pub enum Limit {
        WeekHours = "week_hours",
        DayStart = "day_start",
        DayEnd = "day_end",
        /// For those of 16 to 18 years.
        DayEndSenior = "day_end_senior",
        Break = "break",
        /// The way from one organisation to another.
        Way = "way",
    }
}

impl Limit {
    /// What holds until somebody says otherwise.
    pub const fn standard(self) -> i64 {
        match self {
            Self::WeekHours | Self::Break => 10,
            Self::DayStart => 8 * 60,
            Self::DayEnd => 20 * 60,
            Self::DayEndSenior => 21 * 60,
            Self::Way => 30,
        }
    }

    /// Written as a time of the day.
    pub fn is_clock(self) -> bool {
        matches!(self, Self::DayStart | Self::DayEnd | Self::DayEndSenior)
    }
}

/// The table as it holds today.
#[derive(Clone, Debug, Default)]
pub struct Limits(pub HashMap<Limit, i64>);

impl Limits {
    pub fn get(&self, limit: Limit) -> i64 {
        self.0.get(&limit).copied().unwrap_or(limit.standard())
    }
}

/// Something that takes a child's time: a step of this route or of another, an agreed visit, a session
/// of a group.
#[derive(Clone, Debug)]
pub struct Burden {
    pub title: String,
    pub organisation: Option<OrganisationId>,
    /// Hours in all.
    pub hours: i64,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub weekday: Option<u8>,
    pub starts: Option<NaiveTime>,
    pub ends: Option<NaiveTime>,
    /// Of burdens with one choice only the greatest counts.
    pub choice: Option<String>,
    /// Part of the route that is looked at.
    pub is_own: bool,
    /// The step that it is, or by which an agreed visit is made: a visit is no burden beside its step.
    pub step: Option<StepId>,
}
kit::db::row!(Burden { title, organisation, hours, from, until, weekday, starts, ends, choice, is_own, step });

impl Burden {
    /// Something at one time of one day. Times over midnight end with their day.
    pub fn once(title: String, organisation: OrganisationId, (starts, ends): (DateTime<Utc>, DateTime<Utc>)) -> Self {
        let day = local_date(starts);
        let time = |at: DateTime<Utc>| at.with_timezone(&LOCAL).time();
        let last = NaiveTime::from_hms_opt(23, 59, 0);
        Self {
            title,
            organisation: Some(organisation),
            hours: 0,
            from: day,
            until: day,
            weekday: u8::try_from(day.weekday().number_from_monday()).ok(),
            starts: Some(time(starts)),
            ends: if local_date(ends) == day { Some(time(ends)) } else { last },
            choice: None,
            is_own: false,
            step: None,
        }
    }

    pub fn of(s: &Step) -> Self {
        Self {
            title: s.title.clone(),
            organisation: s.organisation,
            hours: s.hours,
            from: s.from,
            until: s.until,
            weekday: s.weekday,
            starts: s.starts,
            ends: s.ends,
            choice: s.choice.clone(),
            is_own: true,
            step: Some(s.id),
        }
    }

    /// An agreed visit: its step counts for the hours of the week, the visit only where it stands.
    fn is_visit(&self) -> bool {
        self.step.is_some() && self.hours == 0
    }

    /// The hours of a day, in minutes.
    fn span(&self) -> Option<(i64, i64)> {
        let minutes = |t: NaiveTime| i64::from(t.hour() * 60 + t.minute());
        Some((minutes(self.starts?), minutes(self.ends?)))
    }

    /// Minutes a week: the weekly lesson, or all hours spread over the weeks.
    fn weekly(&self) -> i64 {
        if self.is_visit() {
            return 0;
        }
        if let Some((from, until)) = self.span() {
            return (until - from).max(0);
        }
        let weeks = ((self.until - self.from).num_days() / 7 + 1).max(1);
        self.hours * 60 / weeks
    }

    fn touches(&self, monday: NaiveDate) -> bool {
        let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
        self.from <= sunday && monday <= self.until
    }

    fn is_beside(&self, other: &Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }
}

/// What breaks the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// In the week of this Monday so many minutes, of so many hours allowed.
    Week { monday: NaiveDate, minutes: i64, limit: i64 },
    /// A step begins before, or ends after, the hours of a child's day.
    Hours { title: String, from: i64, until: i64 },
    /// Two at the same time: these minutes of the day, on one day where it is not every week.
    Clash { one: String, other: String, weekday: u8, day: Option<NaiveDate>, from: i64, until: i64 },
    /// Less than a break between two.
    Break { one: String, other: String, weekday: u8, minutes: i64, needed: i64 },
    /// Less than the way between two organisations.
    Way { one: String, other: String, weekday: u8, minutes: i64, needed: i64 },
}

/// Everything in this route that breaks the table, with what else the child has to do.
pub fn warnings(limits: &Limits, born: NaiveDate, all: &[Burden]) -> Vec<Warning> {
    let mut found: Vec<Warning> = fullest(limits, all).into_iter().collect();
    for b in all.iter().filter(|b| b.is_own) {
        let end = if age(born, b.from) >= 16 { Limit::DayEndSenior } else { Limit::DayEnd };
        let (from, until) = (limits.get(Limit::DayStart), limits.get(end));
        if b.span().is_some_and(|(start, end)| start < from || end > until) {
            found.push(Warning::Hours { title: b.title.clone(), from, until });
        }
    }
    // A group that meets every week stands in the way every week: it is told of once.
    let mut told: HashSet<(&str, &str, u8)> = HashSet::new();
    for (i, one) in all.iter().enumerate() {
        for other in all.iter().skip(i + 1).filter(|other| one.is_own || other.is_own) {
            let Some(warning) = pair(limits, one, other) else { continue };
            let dated = one.from == one.until || other.from == other.until;
            if !dated || told.insert((&one.title, &other.title, one.weekday.unwrap_or_default())) {
                found.push(warning);
            }
        }
    }
    found
}

/// The week with the most hours, when it has too many.
fn fullest(limits: &Limits, all: &[Burden]) -> Option<Warning> {
    let limit = limits.get(Limit::WeekHours);
    let monday = |day: NaiveDate| day.week(chrono::Weekday::Mon).first_day();
    // The sum changes only where something begins.
    let mut starts: Vec<NaiveDate> = all.iter().map(|b| monday(b.from)).collect();
    starts.sort_unstable();
    starts.dedup();
    let week = |monday: NaiveDate| {
        let mut choices: HashMap<&str, i64> = HashMap::new();
        let (mut minutes, mut own) = (0, false);
        for b in all.iter().filter(|b| b.touches(monday)) {
            own |= b.is_own;
            match b.choice.as_deref().filter(|_| b.is_own) {
                Some(choice) => {
                    let greatest = choices.entry(choice).or_default();
                    *greatest = b.weekly().max(*greatest);
                }
                None => minutes += b.weekly(),
            }
        }
        (minutes + choices.values().sum::<i64>(), own)
    };
    let weeks = starts.into_iter().map(|monday| (monday, week(monday)));
    let (monday, (minutes, _)) =
        weeks.filter(|(_, (minutes, own))| *own && *minutes > limit * 60).max_by_key(|(_, (minutes, _))| *minutes)?;
    Some(Warning::Week { monday, minutes, limit })
}

fn pair(limits: &Limits, one: &Burden, other: &Burden) -> Option<Warning> {
    let weekday = one.weekday.filter(|day| other.weekday == Some(*day))?;
    let instead = one.is_own && other.is_own && one.choice.is_some() && one.choice == other.choice;
    let is_same = one.step.is_some() && one.step == other.step;
    if instead || is_same || !one.is_beside(other) {
        return None;
    }
    let (a, b) = (one.span()?, other.span()?);
    let ((first, (_, end)), (second, (start, _))) =
        if a <= b { ((one, a), (other, b)) } else { ((other, b), (one, a)) };
    let (gap, one, other) = (start - end, first.title.clone(), second.title.clone());
    if gap < 0 {
        let once = [first, second].into_iter().find(|b| b.from == b.until);
        let until = a.1.min(b.1);
        return Some(Warning::Clash { one, other, weekday, day: once.map(|b| b.from), from: start, until });
    }
    let far =
        first.organisation.is_some() && second.organisation.is_some() && first.organisation != second.organisation;
    let (way, rest) = (limits.get(Limit::Way), limits.get(Limit::Break));
    if far && gap < way {
        return Some(Warning::Way { one, other, weekday, minutes: gap, needed: way });
    }
    (gap < rest).then_some(Warning::Break { one, other, weekday, minutes: gap, needed: rest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn lesson(title: &str, at: u128, weekday: u8, starts: &str, ends: &str) -> Burden {
        Burden {
            title: title.into(),
            organisation: Some(OrganisationId(Uuid::from_u128(at))),
            hours: 30,
            from: day("2026-10-01"),
            until: day("2026-12-20"),
            weekday: Some(weekday),
            starts: starts.parse().ok(),
            ends: ends.parse().ok(),
            choice: None,
            is_own: true,
            step: None,
        }
    }

    fn at(text: &str) -> String {
        format!("{text}:00")
    }

    fn found(all: &[Burden]) -> Vec<Warning> {
        warnings(&Limits::default(), day("2013-04-12"), all)
    }

    #[test]
    fn what_fits_warns_of_nothing() {
        let all = [
            lesson("Лаборатория", 1, 2, &at("15:00"), &at("16:30")),
            lesson("Мастерская", 2, 4, &at("16:00"), &at("17:30")),
        ];
        assert_eq!(found(&all), []);
    }

    #[test]
    fn a_clash_a_break_and_a_way_are_told_apart() {
        let first = lesson("Лаборатория", 1, 2, &at("15:00"), &at("16:30"));
        let clash = found(&[first.clone(), lesson("Хор", 1, 2, &at("16:00"), &at("17:00"))]);
        assert!(
            matches!(clash.as_slice(), [Warning::Clash { weekday: 2, day: None, from: 960, until: 990, .. }]),
            "{clash:?}"
        );
        let short = found(&[first.clone(), lesson("Хор", 1, 2, &at("16:35"), &at("17:00"))]);
        assert!(matches!(short.as_slice(), [Warning::Break { minutes: 5, needed: 10, .. }]), "{short:?}");
        let far = found(&[first.clone(), lesson("Хор", 2, 2, &at("16:45"), &at("17:00"))]);
        assert!(matches!(far.as_slice(), [Warning::Way { minutes: 15, needed: 30, .. }]), "{far:?}");
        assert_eq!(found(&[first, lesson("Хор", 2, 3, &at("15:00"), &at("16:30"))]), [], "another day");
    }

    #[test]
    fn the_day_ends_later_for_the_older() {
        let late = lesson("Астрономия", 1, 5, &at("19:30"), &at("20:45"));
        assert!(matches!(found(std::slice::from_ref(&late)).as_slice(), [Warning::Hours { until: 1200, .. }]));
        assert_eq!(warnings(&Limits::default(), day("2010-01-01"), &[late]), []);
    }

    #[test]
    fn hours_of_a_week_are_summed_and_alternatives_counted_once() {
        let long = |title: &str, weekday: u8| lesson(title, 1, weekday, &at("14:00"), &at("18:00"));
        let three = [long("А", 1), long("Б", 2), long("В", 3)];
        assert!(matches!(found(&three).as_slice(), [Warning::Week { minutes: 720, limit: 10, .. }]));
        let either = three.map(|b| Burden { choice: (b.title != "А").then(|| "1".into()), ..b });
        assert_eq!(found(&either), [], "8 hours: one of two");
    }

    #[test]
    fn others_routes_count_but_are_not_blamed_alone() {
        let other = Burden { is_own: false, ..lesson("Чужой кружок", 1, 2, &at("20:00"), &at("22:00")) };
        assert_eq!(found(std::slice::from_ref(&other)), []);
        let with = found(&[other, lesson("Мой", 1, 2, &at("19:00"), &at("20:30"))]);
        assert!(with.iter().any(|w| matches!(w, Warning::Clash { .. })), "{with:?}");
    }

    #[test]
    fn a_session_clashes_on_its_day_and_is_told_of_once() {
        let own = lesson("Лаборатория", 1, 2, &at("15:00"), &at("16:30"));
        let host = OrganisationId(Uuid::from_u128(1));
        let session = |day: &str| {
            let start = kit::clock::start_of_day(day.parse().unwrap()) + chrono::Duration::hours(16);
            Burden::once("Мастерская".into(), host, (start, start + chrono::Duration::hours(1)))
        };
        let weekly = found(&[own.clone(), session("2026-10-06"), session("2026-10-13")]);
        let first = day("2026-10-06");
        let is_first =
            |w: &Warning| matches!(w, Warning::Clash { day: Some(on), from: 960, until: 990, .. } if *on == first);
        assert!(weekly.len() == 1 && is_first(&weekly[0]), "{weekly:?}");
        assert_eq!(found(&[own.clone(), session("2026-10-07")]), [], "another day");
        assert_eq!(found(&[own, session("2027-01-12")]), [], "after its term");
    }

    #[test]
    fn a_visit_is_no_burden_beside_its_own_step() {
        let step = Some(StepId(Uuid::from_u128(9)));
        let own = Burden { step, ..lesson("Лаборатория", 1, 2, &at("15:00"), &at("16:30")) };
        let host = OrganisationId(Uuid::from_u128(1));
        let start = kit::clock::start_of_day(day("2026-10-06")) + chrono::Duration::hours(15);
        let visit =
            Burden { step, ..Burden::once("Выезд".into(), host, (start, start + chrono::Duration::hours(9))) };
        assert_eq!(found(&[own.clone(), visit.clone()]), [], "neither a clash nor hours twice");
        let other =
            Burden { step: Some(StepId(Uuid::from_u128(8))), ..lesson("Хор", 1, 2, &at("17:00"), &at("18:00")) };
        assert!(matches!(found(&[own, visit, other]).as_slice(), [Warning::Clash { day: Some(_), .. }]));
    }
}
