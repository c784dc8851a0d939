//! The demo's exchange: resources over many owners, and a school year of bookings around today.
//! Everything is drawn from the visit's own chance, so the same seed gives the same year.
use super::{
    catalogue::{How, Open, THINGS, Thing, purposes},
    network::Placed,
    posts,
};
use crate::{
    exchange::{
        self, Booking, BookingState, CommonDraft, CommonId, Form, Loan, Party, Quality, Review, Stated, Statement,
    },
    organisations::OrganisationId,
    people::{self, PersonDraft, PersonId, PersonName},
    resources::{
        self, Asker, Calendar, Class, Competences, Hours, Read, Resource, ResourceDraft, ResourceId, ResourceKind,
        ResourceState, Sharing, Span, Wish, at,
    },
    shell::AcademicYear,
};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use kit::{Fault, Visit, audit::Entry, clock::local_date, db::Tx};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use std::collections::{HashMap, HashSet};

/// How many bookings of each time there are.
const PAST: usize = 215;
const COMING: usize = 62;
const REQUESTED: usize = 16;
const COUNTERED: usize = 3;
const LOANS: usize = 12;

/// People behind the staff resources; plainly made up.
const LAST: [&str; 12] = [
    "Опытникова",
    "Паяльников",
    "Словарёва",
    "Дробинский",
    "Цветкова",
    "Маршрутов",
    "Шахматов",
    "Колбина",
    "Экскурсова",
    "Запевалова",
    "Играева",
    "Вниманцева",
];
const FIRST: [(&str, &str); 4] =
    [("Анна", "Демоновна"), ("Пётр", "Учебнович"), ("Ольга", "Макетовна"), ("Семён", "Примерович")];

/// Writes resources and bookings.
pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    pedagogue: Option<PersonId>,
) -> Result<Vec<(CommonId, CommonDraft)>, Fault> {
    let things = catalogue(tx, visit, organisations, pedagogue).await?;
    let ids: Vec<ResourceId> = things.iter().map(|(id, _)| *id).collect();
    let resources = resources::find_all(&mut Read::Tx(tx), &ids).await?;
    let start = school_year_start(visit.today);
    let window = Span::new(at(start, 0), at(visit.today + Duration::days(40), 0));
    let calendar = Calendar::load(&mut Read::Tx(tx), &resources, window).await?;
    let kinds = things.into_iter().collect();
    let seed = u64::from_le_bytes(visit.new_id().into_bytes().last_chunk::<8>().copied().unwrap_or_default());
    let mut year = Year {
        visit,
        organisations,
        resources,
        kinds,
        calendar,
        random: StdRng::seed_from_u64(seed),
        bookings: Vec::new(),
    };
    year.fill(start);
    let commons = year.commons();
    let bookings = year.bookings;
    exchange::insert(tx, &bookings).await?;
    let held: Vec<_> = bookings.iter().filter(|b| b.state.holds()).map(hold_of).collect();
    resources::insert_holds(tx, &held).await?;
    for (id, draft) in &commons {
        exchange::insert_common(tx, *id, draft, None, visit.now - Duration::days(2)).await?;
        Entry::new("create", exchange::COMMON_KIND, *id).write(tx, visit).await?;
    }
    // The latest requests stand under the bell of those who decide.
    exchange::announce(tx, visit, &bookings).await?;
    for b in bookings.iter().filter(|b| exchange::needs_consent(b)) {
        let is_answered = !matches!(b.state, BookingState::Requested | BookingState::Countered) && b.state.holds();
        let at = b.created_at + Duration::hours(3);
        if is_answered {
            exchange::note_consent(tx, b.id, Party::Head, None, at).await?;
        }
        // The pedagogue who signs in has something to answer.
        if is_answered && (b.span.start < visit.now || b.person_id != pedagogue.map(|p| p.0)) {
            exchange::note_consent(tx, b.id, Party::Person, b.person_id, at).await?;
        }
    }
    Entry::write_all(bookings.iter().map(|b| Entry::new("create", exchange::KIND, b.id)).collect(), tx, visit).await?;
    Ok(commons)
}

fn school_year_start(today: NaiveDate) -> NaiveDate {
    let year = i32::try_from(AcademicYear::of(today).0).unwrap_or(today.year());
    NaiveDate::from_ymd_opt(year, 9, 1).unwrap_or(today)
}

async fn catalogue(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    pedagogue: Option<PersonId>,
) -> Result<Vec<(ResourceId, &'static Thing)>, Fault> {
    let mut people = 0;
    let mut made = Vec::with_capacity(THINGS.len());
    for (i, thing) in THINGS.iter().enumerate() {
        let Some(owner) = organisations.iter().find(|o| o.short_name == thing.owner) else { continue };
        let person = match thing.kind.class() {
            // One of those who sign in works for others at both of their places.
            Class::Staff if PEDAGOGUE.contains(&thing.name) => pedagogue,
            Class::Staff => {
                let new = person(tx, visit, people).await?;
                posts::behind(tx, visit, new, owner.id, thing.kind).await?;
                Some(new)
            }
            Class::Technological | Class::Methodical => None,
        };
        people += usize::from(person.is_some());
        let state = if thing.name.starts_with("Планетарий") {
            ResourceState::Paused
        } else {
            ResourceState::Published
        };
        let id = resources::insert(tx, visit, &draft(thing, owner.id, person, i), state).await?;
        made.push((id, thing));
    }
    Ok(made)
}

/// What the account of the pedagogue of two organisations stands behind.
const PEDAGOGUE: [&str; 2] = ["Руководство проектом по экологии", "Консультации по олимпиадной физике"];

async fn person(tx: &mut Tx, visit: &Visit, n: usize) -> Result<PersonId, Fault> {
    let (first, patronymic) = FIRST.get(n % FIRST.len()).copied().unwrap_or_default();
    let last = LAST.get(n % LAST.len()).copied().unwrap_or_default();
    // The name must agree with itself.
    let is_woman = patronymic.ends_with('а');
    let last = match (is_woman, last.strip_suffix('а'), last.strip_suffix("ий")) {
        (false, Some(man), _) => man.to_owned(),
        (true, None, Some(stem)) => format!("{stem}ая"),
        (true, None, None) => format!("{last}а"),
        _ => last.to_owned(),
    };
    let name = PersonName { last, first: first.into(), patronymic: Some(patronymic.into()) };
    people::add(tx, visit, &PersonDraft { name, email: None, phone: None }).await
}

fn draft(thing: &Thing, owner: OrganisationId, person: Option<PersonId>, i: usize) -> ResourceDraft {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let class = thing.kind.class();
    let is_methodical = class == Class::Methodical;
    let able = match class {
        Class::Staff => posts::able(thing.kind, thing.name, thing.how == How::Comes),
        Class::Technological | Class::Methodical => Competences::default(),
    };
    let lead = [0, 0, 1, 0, 2];
    ResourceDraft {
        owner_id: owner,
        class,
        kind: thing.kind,
        name: thing.name.into(),
        description: text(thing.about),
        person_id: person.map(|p| p.0),
        place: (thing.how == How::Here && !is_methodical)
            .then(|| format!("корпус {}, кабинет {}", i % 2 + 1, 100 + i * 7 % 300)),
        travels: thing.how == How::Comes,
        sharing: thing.sharing,
        capacity: (!is_methodical).then_some(thing.size),
        safety: matches!(thing.kind, ResourceKind::Laboratory | ResourceKind::Workshop)
            .then(|| "Инструктаж в начале занятия, журнал подписывает педагог группы.".to_owned()),
        conditions: text(thing.conditions),
        audience: None,
        age_from: Some(thing.ages.0),
        age_to: Some(thing.ages.1),
        subject: (!able.subjects.is_empty()).then(|| able.subjects.join(", ")),
        licence: is_methodical.then(|| "CC BY 4.0: можно менять и распространять с указанием авторов".to_owned()),
        loanable: thing.how == How::Lent,
        inventory_number: (thing.how == How::Lent).then(|| format!("41012400{i:03}")),
        hours_per_week: person.map(|_| 4 + i64::try_from(i % 5).unwrap_or(0)),
        decides_name: Some(
            ["М. В. Лесных", "П. М. Директоров", "О. С. Координатова", "А. И. Примерова"]
                .get(i % 4)
                .copied()
                .unwrap_or_default()
                .into(),
        ),
        answer_days: Some(i64::try_from(i % 3).unwrap_or(0) + 1),
        lead_days: lead.get(i % lead.len()).copied().unwrap_or(0),
        cancel_rule: Some("до 18:00 накануне".into()),
        hours: hours(thing.open),
        competences: able,
    }
}

fn hours(open: Open) -> Vec<Hours> {
    let week = |days: std::ops::RangeInclusive<i64>, opens: i64, closes: i64| {
        days.map(move |weekday| Hours {
            weekday,
            opens: opens * 60,
            closes: closes * 60,
            valid_from: None,
            valid_until: None,
        })
    };
    match open {
        Open::Day => week(1..=5, 9, 17).chain(week(6..=6, 9, 14)).collect(),
        Open::Afternoon => week(1..=5, 14, 18).chain(week(6..=6, 9, 13)).collect(),
        Open::Long => week(1..=6, 8, 20).collect(),
        Open::Office => week(1..=5, 8, 17).collect(),
        Open::Any => Vec::new(),
    }
}

pub(super) fn hold_of(b: &Booking) -> resources::Hold {
    let place = if b.form == Form::Stay { b.owner_id } else { b.organisation_id };
    resources::Hold {
        id: b.id.0,
        resource_id: b.resource_id,
        person_id: b.person_id,
        organisation_id: b.organisation_id,
        place_id: (b.mode == exchange::Mode::InPerson).then_some(place),
        span: b.span,
        headcount: b.headcount,
        units: b.units,
        is_pending: matches!(b.state, BookingState::Requested | BookingState::Countered),
    }
}

/// The year while it fills.
pub(super) struct Year<'a> {
    pub(super) visit: &'a Visit,
    pub(super) organisations: &'a [Placed],
    pub(super) resources: Vec<Resource>,
    kinds: HashMap<ResourceId, &'static Thing>,
    pub(super) calendar: Calendar,
    random: StdRng,
    pub(super) bookings: Vec<Booking>,
}

/// Those with a sign-in of their own ask more often, so that every role sees something.
const KEEN: [&str; 5] = [
    "Разуменская СОШ №\u{a0}2",
    "Дубовская СОШ",
    "Майская гимназия",
    "Детский сад (демо) №\u{a0}07",
    "Станция юных натуралистов",
];

impl Year<'_> {
    fn fill(&mut self, start: NaiveDate) {
        let today = self.visit.today;
        let before = (today - start).num_days();
        let within = |random: &mut StdRng, days: i64| start + Duration::days(random.random_range(0..days.max(1)));
        self.several(PAST, |year| {
            let day = within(&mut year.random, before);
            let booking = year.stay(day)?;
            Some(year.over(booking))
        });
        self.leave_to_answer();
        let coming = |random: &mut StdRng| today + Duration::days(random.random_range(1..=14));
        self.several(COMING, |year| {
            let day = coming(&mut year.random);
            year.stay(day).map(|b| Booking { state: BookingState::Planned, ..b })
        });
        self.several(REQUESTED, |year| {
            let day = coming(&mut year.random) + Duration::days(1);
            year.stay(day)
        });
        self.several(COUNTERED, |year| {
            let day = coming(&mut year.random) + Duration::days(2);
            let booking = year.stay(day)?;
            let asked = exchange::Asked {
                resource_id: booking.resource_id,
                span: Span::new(booking.span.start - Duration::days(1), booking.span.end - Duration::days(1)),
            };
            Some(Booking {
                state: BookingState::Countered,
                asked: Some(asked),
                reason: Some("В тот день зал занят, предлагаем следующий.".into()),
                ..booking
            })
        });
        let mut number = 0;
        self.several(LOANS, |year| {
            number += 1;
            year.loan(number)
        });
    }

    /// Makes so many, or as many as fit.
    fn several(&mut self, count: usize, mut one: impl FnMut(&mut Self) -> Option<Booking>) {
        let mut made = 0;
        for _ in 0..count * 40 {
            if made == count {
                return;
            }
            if let Some(booking) = one(self) {
                self.calendar.put(hold_of(&booking));
                self.bookings.push(booking);
                made += 1;
            }
        }
    }

    /// Somebody else than the owner, of an age that the thing is for.
    fn asker(&mut self, r: &Resource) -> Option<OrganisationId> {
        let is_keen = self.random.random_range(0..10) < 4;
        let for_gardens = r.age_from.unwrap_or(0) < 7;
        let for_schools = r.age_to.unwrap_or(99) > 7;
        let fits = |o: &&Placed| {
            let is_garden = o.short_name.starts_with("Детский сад");
            o.id != r.owner_id
                && (if is_garden { for_gardens } else { for_schools })
                && (!is_keen || KEEN.contains(&o.short_name.as_str()))
        };
        let all: Vec<&Placed> = self.organisations.iter().filter(fits).collect();
        all.choose(&mut self.random).map(|o| o.id)
    }

    fn resource(&mut self, is_loan: bool) -> Option<Resource> {
        let all: Vec<&Resource> = self.resources.iter().filter(|r| r.is_bookable() && r.loanable == is_loan).collect();
        // What those with a sign-in own comes up more often too.
        let owned: Vec<&&Resource> = all.iter().filter(|r| KEEN.contains(&r.owner_name.as_str())).collect();
        if self.random.random_range(0..10) < 4 {
            return owned.choose(&mut self.random).map(|r| (**r).clone());
        }
        all.choose(&mut self.random).map(|r| (*r).clone())
    }

    /// A visit or a stay on a day at a time that fits.
    fn stay(&mut self, day: NaiveDate) -> Option<Booking> {
        let r = self.resource(false)?;
        let length = *[45, 60, 90, 90, 120, 180].choose(&mut self.random)?;
        let open = self.calendar.open(r.id, Span::new(at(day, 8 * 60), at(day, 20 * 60)));
        let open = *open.choose(&mut self.random)?;
        let steps = (open.length() - Duration::minutes(length)).num_minutes() / 15;
        if steps < 0 {
            return None;
        }
        let begin = open.start + Duration::minutes(15 * self.random.random_range(0..=steps));
        let most = r.capacity?.min(if r.sharing == Sharing::ByPlace { r.capacity? / 2 + 1 } else { 28 });
        let headcount = self.random.random_range((most / 2).max(1)..=most);
        self.wanted(&r, Span::new(begin, begin + Duration::minutes(length)), headcount, false)
    }

    fn wanted(&mut self, r: &Resource, span: Span, headcount: i64, is_loan: bool) -> Option<Booking> {
        let units = if r.sharing == Sharing::ByPiece {
            Some(self.random.random_range(1..=(r.capacity? / 2).max(1)))
        } else {
            None
        };
        let organisation = self.asker(r)?;
        let asker = Asker { organisation, headcount, units, at_distance: false, is_loan, by_owner: false };
        let wish = Wish::new(self.visit.new_id(), r, span, &asker);
        if !self.calendar.in_the_way(r, &wish.hold).is_empty() {
            return None;
        }
        let purpose = purposes(self.kinds.get(&r.id)?.kind).choose(&mut self.random)?;
        let mut booking = exchange::new_booking(self.visit, r, &wish, 0, purpose);
        let asked_on =
            (span.start - Duration::days(self.random.random_range(3..12))).min(self.visit.now - Duration::hours(2));
        (booking.created_at, booking.updated_at, booking.created_by) = (asked_on, asked_on, None);
        Some(booking)
    }

    /// What came of something that is over.
    fn over(&mut self, b: Booking) -> Booking {
        let actual =
            Statement { headcount: (b.headcount - self.random.random_range(0..3)).max(1), amount: b.planned_amount() };
        let said = |what: Statement, at: DateTime<Utc>| Some(Stated { what, by: None, at });
        let later = (b.span.end + Duration::hours(20)).min(self.visit.now);
        let is_recent = (self.visit.today - local_date(b.span.end)).num_days() <= 9;
        let dice = self.random.random_range(0..100);
        let other = Statement { amount: actual.amount + 30, ..actual };
        let mut b = Booking { state: BookingState::Planned, updated_at: later, ..b };
        let outcome = match dice {
            0..3 => (said(Statement::NOTHING, later), None),
            3..8 => (said(actual, later), said(other, later)),
            8..25 if is_recent => (None, None),
            25..60 if is_recent => (said(actual, later), None),
            60..75 if is_recent => (None, said(actual, later)),
            8..11 => (said(actual, later), None),
            11..14 => {
                b.state = BookingState::Cancelled;
                b.reason = Some("Карантин в классе.".into());
                return b;
            }
            _ => (said(actual, later), said(actual, later)),
        };
        (b.owner_stated, b.asker_stated) = outcome;
        b.state = exchange::settle(b.owner_stated.map(|s| s.what), b.asker_stated.map(|s| s.what));
        if b.state == BookingState::DidNotTakePlace {
            b.reason = Some("Автобус не смог выехать из-за гололёда.".into());
        }
        if b.state == BookingState::Confirmed {
            agree(&mut b, actual);
            let quality = *[Quality::Yes, Quality::Yes, Quality::Yes, Quality::Partly, Quality::No]
                .choose(&mut self.random)
                .unwrap_or(&Quality::Yes);
            if dice % 2 == 0 {
                b.asker_review = Review { quality: Some(quality), comment: None };
            }
        }
        b
    }

    /// The last lessons of those who sign in: the other side has said how it went, their own word is to come.
    fn leave_to_answer(&mut self) {
        let now = self.visit.now;
        let mut left = HashSet::new();
        for name in KEEN {
            let Some(id) = self.organisations.iter().find(|o| o.short_name == name).map(|o| o.id) else { continue };
            let held = |b: &Booking| {
                matches!(b.state, BookingState::Planned | BookingState::TookPlace | BookingState::Confirmed)
                    && b.span.end < now
                    && !b.is_own_use()
            };
            let is_party = |b: &Booking| b.owner_id == id || b.organisation_id == id;
            let mut last: Vec<_> =
                self.bookings.iter_mut().filter(|b| held(b) && is_party(b) && !left.contains(&b.id)).collect();
            last.sort_by_key(|b| std::cmp::Reverse(b.span.end));
            for b in last.into_iter().take(2) {
                left.insert(b.id);
                let what = Statement { headcount: b.headcount, amount: b.planned_amount() };
                let said = Some(Stated { what, by: None, at: (b.span.end + Duration::hours(20)).min(now) });
                (b.owner_stated, b.asker_stated) = if b.owner_id == id { (None, said) } else { (said, None) };
                b.state = BookingState::TookPlace;
                (b.agreed_headcount, b.agreed_minutes, b.agreed_days) = (0, 0, 0);
                b.asker_review = Review::default();
            }
        }
    }

    /// A loan: long back, still out, due, or asked for.
    fn loan(&mut self, number: usize) -> Option<Booking> {
        let r = self.resource(true)?;
        let today = self.visit.today;
        let ago = |days: i64| today - Duration::days(days);
        // Out on the first day, back on the second.
        let (out, back) = match number % 6 {
            0 => (ago(-3), ago(-8)),
            1 => (ago(5), ago(-1)),
            2 => (ago(9), ago(1)),
            n => (ago(20 + i64::try_from(n).unwrap_or(0)), ago(13)),
        };
        let headcount = self.random.random_range(8..=25);
        let b = self.wanted(&r, Span::new(at(out, 10 * 60), at(back, 15 * 60)), headcount, true)?;
        let loan = Loan {
            handed_on: Some(out),
            taken_back_on: None,
            inventory_number: r.inventory_number.clone(),
            responsible: Some("Примеров П. И.".into()),
            note: None,
        };
        Some(match number % 6 {
            0 => b,
            1 | 2 => Booking { state: BookingState::Planned, loan, ..b },
            _ => {
                let what = Statement { headcount: b.headcount, amount: exchange::loan_days(out, back) };
                let said = Some(Stated { what, by: None, at: at(back, 16 * 60) });
                let loan = Loan { taken_back_on: Some(back), ..loan };
                let mut b =
                    Booking { state: BookingState::Confirmed, owner_stated: said, asker_stated: said, loan, ..b };
                agree(&mut b, what);
                b
            }
        })
    }
}

/// Both sides stated the same.
fn agree(b: &mut Booking, what: Statement) {
    b.agreed_headcount = what.headcount;
    (b.agreed_minutes, b.agreed_days) = if b.form == Form::Loan { (0, what.amount) } else { (what.amount, 0) };
}
