//! The demo's common requests: one that waits for its owners, one agreed in part.
use super::exchange::{Year, hold_of};
use crate::{
    exchange::{self, Booking, BookingState, CommonDraft, CommonId},
    resources::{Asker, Resource, Span, Wish, at},
};
use chrono::{Duration, NaiveDate};

/// An event, who asks, for how many, and which resources; `agreed` of them already.
struct Event {
    title: &'static str,
    details: &'static str,
    asker: &'static str,
    headcount: i64,
    resources: &'static [&'static str],
    agreed: usize,
    /// Minutes of the local day.
    hours: (i64, i64),
    /// Not sooner than in so many days.
    ahead: i64,
}

const EVENTS: [Event; 2] = [
    Event {
        title: "День юного исследователя",
        details: "две группы, 7–8 классы; автобус довезёт до станции и обратно",
        asker: "Дубовская СОШ",
        headcount: 12,
        resources: &["Цифровая лаборатория по биологии «Биотоп»", "Робототехнический класс", "Автобус на 33 места"],
        agreed: 0,
        hours: (10 * 60, 13 * 60),
        ahead: 8,
    },
    Event {
        title: "Фестиваль школьных проектов",
        details: "секции на сцене и в холле, награждение",
        asker: "Разуменская СОШ №\u{a0}2",
        headcount: 10,
        resources: &["Актовый зал на 320 мест", "Школьный автобус, 22 места", "Мастерская 3D-моделирования"],
        agreed: 1,
        hours: (11 * 60, 14 * 60),
        ahead: 12,
    },
];

impl Year<'_> {
    /// Puts the bookings of the common requests among the others, and gives what binds them.
    pub(super) fn commons(&mut self) -> Vec<(CommonId, CommonDraft)> {
        EVENTS.iter().filter_map(|event| self.common(event)).collect()
    }

    fn common(&mut self, event: &Event) -> Option<(CommonId, CommonDraft)> {
        let find = |name: &&str| self.resources.iter().find(|r| r.name == **name).cloned();
        let all: Vec<Resource> = event.resources.iter().filter_map(find).collect();
        let organisation = self.organisations.iter().find(|o| o.short_name == event.asker)?.id;
        let asker = Asker {
            organisation,
            headcount: event.headcount,
            units: None,
            at_distance: false,
            is_loan: false,
            by_owner: false,
        };
        let on = |day: NaiveDate| Span::new(at(day, event.hours.0), at(day, event.hours.1));
        let is_free = |span: &Span| {
            all.iter().all(|r| {
                let wish = Wish::new(uuid::Uuid::nil(), r, *span, &asker);
                let is_open = self.calendar.open(r.id, *span).first() == Some(span);
                is_open && self.calendar.in_the_way(r, &wish.hold).is_empty()
            })
        };
        let first = self.visit.today + Duration::days(event.ahead);
        let span = first.iter_days().take(20).map(on).find(is_free)?;
        let id = CommonId(self.visit.new_id());
        let draft = CommonDraft {
            organisation,
            title: event.title.into(),
            details: Some(event.details.into()),
            span,
            headcount: event.headcount,
            lines: Vec::new(),
        };
        let asked_at = self.visit.now - Duration::days(2);
        for (n, r) in all.iter().enumerate() {
            let wish = Wish::new(self.visit.new_id(), r, span, &asker);
            let state = if n < event.agreed { BookingState::Planned } else { BookingState::Requested };
            let new = exchange::new_booking(self.visit, r, &wish, 0, &draft.purpose());
            let booking = Booking {
                state,
                cart_id: Some(id.0),
                created_at: asked_at,
                updated_at: asked_at,
                created_by: None,
                ..new
            };
            self.calendar.put(hold_of(&booking));
            self.bookings.push(booking);
        }
        Some((id, draft))
    }
}
