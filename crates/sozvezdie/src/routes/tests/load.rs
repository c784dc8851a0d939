//! What else takes the child's time: real visits of the exchange, and modules of other routes.
use super::*;
use crate::{
    exchange::{self, BookingForm, BookingId, CompletionForm, ReasonForm},
    resources::{self, ResourceForm, ResourceId, ResourceState},
    routes::progress::{VisitsForm, tie},
};
use kit::once::Done;

fn id_of(done: &Done) -> Uuid {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

impl Place {
    /// A laboratory of the station, open on weekdays.
    async fn laboratory(&self) -> ResourceId {
        let form = ResourceForm {
            owner_id: self.station.to_string(),
            class: "technological".into(),
            kind: "laboratory".into(),
            name: "Лаборатория".into(),
            capacity: "15".into(),
            hours: vec!["9:00–18:00".into(); 5],
            ..ResourceForm::default()
        };
        let (visit, draft) = (self.station(), form.check().unwrap());
        let adding = async |tx: &mut Tx| resources::insert(tx, &visit, &draft, ResourceState::Published).await;
        visit.net.transact(adding).await.unwrap()
    }

    fn school_head(&self) -> Visit {
        self.as_role("head", self.school)
    }

    /// The child's school asks for the laboratory, and the station makes the visit a part of its step.
    async fn visits(&self, (id, step): (RouteId, StepId), (from, to): (&str, &str)) -> BookingId {
        let form = BookingForm {
            resource_id: self.laboratory().await.to_string(),
            starts_at: from.into(),
            ends_at: to.into(),
            headcount: "1".into(),
            purpose: "Практикум".into(),
            ..BookingForm::default()
        };
        let booking = id_of(&exchange::book(&self.school_head(), &once(), &form).await.unwrap());
        tie(&self.station(), &once(), id, step, &VisitsForm { booking: vec![booking] }).await.unwrap();
        BookingId(booking)
    }

    async fn warned(&self, id: RouteId) -> Vec<Warning> {
        let visit = self.coordinator();
        let seen = within(&visit, id).await.unwrap();
        warnings(&visit, &seen.route, &seen.steps).await.unwrap()
    }

    /// Visits tied to the step, and the minutes that count of them.
    async fn counted(&self, id: RouteId, step: StepId) -> (i64, i64) {
        let seen = within(&self.coordinator(), id).await.unwrap();
        seen.steps.iter().find(|s| s.id == step).map(|s| (s.visits, s.minutes)).unwrap()
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn an_agreed_visit_counts_and_clashes_and_one_given_up_does_not(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.approved().await;
        assert_eq!(place.warned(id).await, []);
        // A Thursday, as the tables at the far school from 15:00 to 16:30.
        let booking = place.visits((id, steps[1]), ("2026-12-03T15:30", "2026-12-03T16:30")).await;
        assert_eq!(place.warned(id).await, [], "nobody has agreed to it yet");
        exchange::confirm(&place.station(), &once(), booking).await.unwrap();
        let found = place.warned(id).await;
        let [Warning::Clash { one, other, weekday: 4, day: Some(on), from: 930, until: 990 }] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((one.as_str(), other.as_str(), *on), ("Таблицы", "Лаборатория", day("2026-12-03")));
        let why = ReasonForm { reason: "Лаборатория закрыта".into(), ..ReasonForm::default() };
        exchange::cancel(&place.station(), &once(), booking, &why).await.unwrap();
        assert_eq!(place.warned(id).await, [], "it takes nobody's time any more");
    }

    async fn a_visit_is_its_steps_own_time_and_its_progress(db: Db) {
        let place = Place::new(db).await;
        let (id, steps) = place.approved().await;
        // A Tuesday at the hours of the practical itself.
        let booking = place.visits((id, steps[1]), ("2026-12-01T15:00", "2026-12-01T16:00")).await;
        exchange::confirm(&place.station(), &once(), booking).await.unwrap();
        assert_eq!(place.warned(id).await, [], "no burden beside its step");
        assert_eq!(place.counted(id, steps[1]).await, (1, 0), "agreed, and not held yet");
        let held = CompletionForm { headcount: "1".into(), hours: "1,5".into(), ..CompletionForm::default() };
        exchange::complete(&place.school_head(), &once(), booking, &held).await.unwrap();
        assert_eq!(place.counted(id, steps[1]).await, (1, 60), "as planned, while one side alone has stated it");
        exchange::complete(&place.station(), &once(), booking, &held).await.unwrap();
        assert_eq!(place.counted(id, steps[1]).await, (1, 90), "as both have stated it");
    }

    async fn modules_of_another_route_count_once_it_is_offered(db: Db) {
        let place = Place::new(db).await;
        let (first, _) = place.route().await;
        let visit = place.coordinator();
        let form = RouteForm {
            learner: place.child.to_string(),
            organisation: place.centre.to_string(),
            title: "Певец".into(),
            goal: "Петь".into(),
            from: "2026-11-01".into(),
            until: "2027-05-31".into(),
            ..RouteForm::default()
        };
        let id = RouteId(id_of(&add(&visit, &once(), &form).await.unwrap()));
        // A Tuesday, as the practical of the first route from 15:00 to 16:30.
        let choir = StepForm { starts: "16:00".into(), ends: "17:00".into(), ..step("Хор", None, "2") };
        add_step(&visit, &once(), id, &choir).await.unwrap();
        assert_eq!(place.warned(id).await, [], "a draft takes nobody's time");
        place.consent(None).await;
        place.deed(&visit, first, Deed::Offer).await.unwrap();
        let found = place.warned(id).await;
        let [Warning::Clash { one, other, weekday: 2, day: None, from: 960, until: 990 }] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((one.as_str(), other.as_str()), ("Практикум", "Хор"));
    }
}
