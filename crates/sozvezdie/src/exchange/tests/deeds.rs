//! What the sides do with bookings, step by step.
use super::*;
use crate::{
    shell::list::{Chosen, Outcome},
    slices::MIGRATIONS,
};
use kit::{access::Reach, db::testing::both_engines};

fn stated(headcount: &str, hours: &str) -> CompletionForm {
    CompletionForm { headcount: headcount.into(), hours: hours.into(), ..CompletionForm::default() }
}

fn because(reason: &str) -> ReasonForm {
    ReasonForm { reason: reason.into(), ..ReasonForm::default() }
}

fn at_time(from: &str, to: &str) -> TimeForm {
    TimeForm { starts_at: from.into(), ends_at: to.into(), ..TimeForm::default() }
}

const FROM: &str = "2026-11-25T10:00";
const TO: &str = "2026-11-25T12:00";
const LATER: &str = "2026-11-25T18:00";

both_engines! {
    migrations: MIGRATIONS;

    async fn asked_agreed_stated_alike_and_counted(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        let done = ask(&school, &asked(lab, FROM, TO, 12)).await.unwrap();
        assert_eq!((done.status, state(&done).as_str()), (201, "requested"));
        let booking = id(&done);
        assert!(matches!(confirm(&school, &once(&school), booking).await, Err(Fault::Forbidden(DECIDE))), "the asker does not decide");
        assert_eq!(code(complete(&owner, &once(&owner), booking, &stated("12", "2")).await), "state");
        assert_eq!(state(&confirm(&owner, &once(&owner), booking).await.unwrap()), "planned");
        assert_eq!(code(confirm(&owner, &once(&owner), booking).await), "state");
        assert_eq!(state(&complete(&school, &once(&school), booking, &stated("11", "1,5")).await.unwrap()), "took_place");
        assert_eq!(balance(&owner, 2026, None).await.unwrap().minutes, 0, "one side alone counts nothing");
        assert_eq!(state(&complete(&owner, &once(&owner), booking, &stated("12", "2")).await.unwrap()), "disputed");
        assert_eq!(balance(&owner, 2026, None).await.unwrap().minutes, 0, "a dispute counts nothing");
        assert_eq!(state(&complete(&owner, &once(&owner), booking, &stated("11", "1.5")).await.unwrap()), "confirmed");
        assert_eq!(balance(&owner, 2026, None).await.unwrap().minutes, 90);
        assert_eq!(code(complete(&school, &once(&school), booking, &stated("11", "1")).await), "state");
        let quality = QualityForm { quality: "partly".into(), ..QualityForm::default() };
        answer_quality(&school, &once(&school), booking, &quality).await.unwrap();
        let now = open(&owner, booking).await.unwrap();
        assert_eq!((now.asker_review.quality, now.owner_review.quality), (Some(Quality::Partly), None));
        let trail = kit::audit::history(&school.net, KIND, booking.0, 50).await.unwrap();
        let mut actions: Vec<_> = trail.iter().map(|l| l.action.as_str()).collect();
        // All in one moment of a clock that stands still.
        actions.sort_unstable();
        assert_eq!(actions, ["complete", "complete", "complete", "confirm", "create", "review"]);
    }

    async fn declining_and_cancelling_free_the_time(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, other, owner) = (world.head(world.school), world.head(world.other), world.head(world.lab));
        let form = asked(lab, FROM, TO, 12);
        let first = id(&ask(&school, &form).await.unwrap());
        assert_eq!(code(ask(&other, &form).await), "taken");
        assert_eq!(fields(decline(&owner, &once(&owner), first, &ReasonForm::default()).await), ["reason"]);
        decline(&owner, &once(&owner), first, &because("Идёт ремонт")).await.unwrap();
        let second = id(&ask(&other, &form).await.unwrap());
        confirm(&owner, &once(&owner), second).await.unwrap();
        assert_eq!(fields(cancel(&owner, &once(&owner), second, &ReasonForm::default()).await), ["reason"], "the owner says why");
        cancel(&other, &once(&other), second, &ReasonForm::default()).await.unwrap();
        let third = id(&ask(&school, &form).await.unwrap());
        confirm(&owner, &once(&owner), third).await.unwrap();
        let later = world.head_at(world.school, LATER);
        assert_eq!(code(cancel(&later, &once(&later), third, &ReasonForm::default()).await), "begun");
    }

    async fn strangers_know_of_nothing(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let school = world.head(world.school);
        let booking = id(&ask(&school, &asked(lab, FROM, TO, 12)).await.unwrap());
        let stranger = world.head(world.other);
        for visit in [&stranger, &world.guest()] {
            assert!(matches!(open(visit, booking).await, Err(Fault::NotFound)));
            assert!(matches!(confirm(visit, &once(visit), booking).await, Err(Fault::NotFound)));
            assert!(matches!(complete(visit, &once(visit), booking, &stated("1", "1")).await, Err(Fault::NotFound)));
            let seen = list(&visit.net, &Filter::new(visit.viewer.reach(VIEW)), None, 50).await.unwrap();
            assert!(seen.items.is_empty());
        }
        let for_another = BookingForm { organisation_id: world.school.to_string(), ..asked(lab, FROM, TO, 1) };
        assert!(matches!(ask(&stranger, &for_another).await, Err(Fault::Forbidden(REQUEST))));
        let teacher = world.as_role(Role::ClassTeacher, Some(world.school), now());
        assert!(open(&teacher, booking).await.is_ok(), "one's own organisation may look");
        assert!(matches!(cancel(&teacher, &once(&teacher), booking, &ReasonForm::default()).await, Err(Fault::Forbidden(REQUEST))));
        let other_network = world.db.network(NetworkId(Uuid::from_u128(9)));
        let elsewhere = Visit::by_program(other_network, world.db.directory(), school.viewer.clone(), &Clock::fixed(now()), Chance::seeded(3));
        assert!(matches!(open(&elsewhere, booking).await, Err(Fault::NotFound)), "another network knows nothing");
    }

    async fn dates_of_a_series_are_agreed_and_given_up_together(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, other, owner) = (world.head(world.school), world.head(world.other), world.head(world.lab));
        let weekly = BookingForm { until: "2026-12-16".into(), ..asked(lab, FROM, TO, 12) };
        let first = id(&ask(&school, &weekly).await.unwrap());
        let of_series = open(&school, first).await.unwrap();
        let all = async || {
            let dates = together(&school.net, &of_series).await.unwrap();
            dates.into_iter().map(|b| (b.id, b.state)).collect::<Vec<_>>()
        };
        let dates = all().await;
        let chosen = |deed: &str, of: &[(BookingId, BookingState)]| {
            let ids = of.iter().map(|(id, _)| id.to_string()).collect();
            Chosen { deed: deed.into(), ids, ..Chosen::default() }
        };
        let told = |done: Done| {
            let outcome = Outcome::of(&done).unwrap();
            (outcome.done, outcome.refused.len())
        };
        let three = chosen("confirmation", &dates[..3]);
        assert_eq!(told(bulk::agree(&school, &once(&school), &three).await.unwrap()), (0, 3), "not the owner");
        assert_eq!(told(bulk::agree(&other, &once(&other), &three).await.unwrap()), (0, 0), "not even told of");
        assert_eq!(told(bulk::agree(&owner, &keyed(&owner, "k"), &three).await.unwrap()), (3, 0));
        assert_eq!(told(bulk::agree(&owner, &keyed(&owner, "k"), &three).await.unwrap()), (3, 0), "the same answer");
        assert_eq!(told(bulk::agree(&owner, &once(&owner), &three).await.unwrap()), (0, 3), "agreed to before");
        let two = chosen("cancellation", &dates[2..]);
        assert_eq!(told(bulk::give_up(&owner, &once(&owner), &two).await.unwrap()), (0, 2), "the owner says why, singly");
        assert_eq!(told(bulk::give_up(&school, &once(&school), &two).await.unwrap()), (2, 0));
        assert_eq!(fields(bulk::give_up(&school, &once(&school), &Chosen::default()).await), ["ids"]);
        let states: Vec<_> = all().await.into_iter().map(|(_, state)| state).collect();
        use BookingState::{Cancelled, Planned};
        assert_eq!(states, [Planned, Planned, Cancelled, Cancelled]);
    }

    async fn a_counter_offer_is_held_until_it_is_answered(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, other, owner) = (world.head(world.school), world.head(world.other), world.head(world.lab));
        let booking = id(&ask(&school, &asked(lab, FROM, TO, 12)).await.unwrap());
        let offer = at_time("2026-11-25T11:00", "2026-11-25T13:00");
        assert_eq!(state(&counter(&owner, &once(&owner), booking, &offer).await.unwrap()), "countered");
        assert_eq!(code(confirm(&owner, &once(&owner), booking).await), "state", "the owner cannot agree for the asker");
        assert_eq!(code(ask(&other, &asked(lab, "2026-11-25T12:00", "2026-11-25T13:00", 1)).await), "taken", "the offer is held");
        let early = id(&ask(&other, &asked(lab, FROM, "2026-11-25T11:00", 1)).await.unwrap());
        assert_eq!(code(counter(&owner, &once(&owner), booking, &at_time(FROM, TO)).await), "taken");
        let shown = open(&school, booking).await.unwrap();
        assert_eq!((shown.state, shown.span.start), (BookingState::Countered, resources::read_moment("2026-11-25T11:00").unwrap()), "a refusal changes nothing");
        assert_eq!(shown.asked.unwrap().span.start, resources::read_moment(FROM).unwrap());
        assert_eq!(state(&accept_offer(&school, &once(&school), booking).await.unwrap()), "planned");
        cancel(&other, &once(&other), early, &ReasonForm::default()).await.unwrap();
        let second = id(&ask(&other, &asked(lab, "2026-11-26T10:00", "2026-11-26T11:00", 1)).await.unwrap());
        counter(&owner, &once(&owner), second, &at_time("2026-11-27T10:00", "2026-11-27T11:00")).await.unwrap();
        refuse_offer(&other, &once(&other), second, &ReasonForm::default()).await.unwrap();
        ask(&school, &asked(lab, "2026-11-27T10:00", "2026-11-27T11:00", 1)).await.unwrap();
    }

    async fn moving_is_all_or_nothing(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, other, owner) = (world.head(world.school), world.head(world.other), world.head(world.lab));
        let booking = id(&ask(&school, &asked(lab, FROM, TO, 12)).await.unwrap());
        confirm(&owner, &once(&owner), booking).await.unwrap();
        ask(&other, &asked(lab, "2026-11-25T14:00", "2026-11-25T15:00", 1)).await.unwrap();
        assert_eq!(code(move_booking(&owner, &once(&owner), booking, &at_time("2026-11-25T13:30", "2026-11-25T14:30")).await), "taken");
        assert_eq!(open(&school, booking).await.unwrap().state, BookingState::Planned);
        assert_eq!(code(ask(&other, &asked(lab, FROM, TO, 1)).await), "taken", "the old time is still held");
        let moved = move_booking(&owner, &once(&owner), booking, &at_time("2026-11-25T11:00", "2026-11-25T13:00")).await.unwrap();
        assert_eq!(state(&moved), "planned", "moved by the owner it stays agreed");
        let old = open(&school, booking).await.unwrap();
        assert_eq!((old.state, old.moved_to), (BookingState::Moved, Some(id(&moved))));
        ask(&other, &asked(lab, FROM, "2026-11-25T11:00", 1)).await.unwrap();
        let again = move_booking(&school, &once(&school), id(&moved), &at_time("2026-11-26T11:00", "2026-11-26T13:00")).await.unwrap();
        assert_eq!(state(&again), "requested", "moved by the asker it waits again");
        assert_eq!(code(move_booking(&owner, &once(&owner), booking, &at_time(FROM, TO)).await), "state");
    }

    async fn several_dates_are_all_or_chosen(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, other) = (world.head(world.school), world.head(world.other));
        ask(&other, &asked(lab, "2026-12-02T11:00", "2026-12-02T13:00", 1)).await.unwrap();
        let weekly = BookingForm { until: "2026-12-16".into(), ..asked(lab, FROM, TO, 12) };
        let Err(Fault::Conflict(conflict)) = ask(&school, &weekly).await else { panic!("one date is taken") };
        assert_eq!(conflict.details["refused"][0]["starts_at"], "2026-12-02T07:00:00Z");
        assert_eq!(list(&school.net, &Filter { organisation: Some(world.school), ..Filter::new(Reach::Network) }, None, 50).await.unwrap().items.len(), 0);
        let partly = BookingForm { partly: "true".into(), ..weekly };
        let body = ask(&school, &partly).await.unwrap().body.unwrap();
        assert_eq!(body["items"].as_array().unwrap().len(), 3);
        assert_eq!(body["refused"].as_array().unwrap().len(), 1);
        let all = list(&school.net, &Filter { organisation: Some(world.school), ..Filter::new(Reach::Network) }, None, 50).await.unwrap().items;
        assert!(all.iter().all(|b| b.series_id.is_some() && b.series_id == all[0].series_id));
        assert_eq!(together(&school.net, &all[0]).await.unwrap().len(), 3);
    }

    async fn a_refusal_is_kept_under_its_key(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let (school, other) = (world.head(world.school), world.head(world.other));
        let form = asked(lab, FROM, TO, 12);
        let first = ask(&other, &form).await.unwrap();
        let refused = format!("{:?}", book(&school, &keyed(&school, "one"), &form).await.unwrap_err());
        cancel(&other, &once(&other), id(&first), &ReasonForm::default()).await.unwrap();
        assert_eq!(format!("{:?}", book(&school, &keyed(&school, "one"), &form).await.unwrap_err()), refused);
        let made = book(&school, &keyed(&school, "two"), &form).await.unwrap();
        assert_eq!(book(&school, &keyed(&school, "two"), &form).await.unwrap(), made);
    }

    async fn what_did_not_take_place_may_be_disputed_and_settled(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let booking = id(&ask(&world.head(world.school), &asked(lab, FROM, TO, 12)).await.unwrap());
        let owner = world.head(world.lab);
        confirm(&owner, &once(&owner), booking).await.unwrap();
        assert_eq!(code(did_not_take_place(&owner, &once(&owner), booking, &because("Карантин")).await), "not-begun");
        let (owner, school) = (world.head_at(world.lab, LATER), world.head_at(world.school, LATER));
        assert_eq!(state(&did_not_take_place(&owner, &once(&owner), booking, &because("Карантин")).await.unwrap()), "did_not_take_place");
        assert_eq!(state(&complete(&school, &once(&school), booking, &stated("12", "2")).await.unwrap()), "disputed");
        assert_eq!(state(&did_not_take_place(&school, &once(&school), booking, &because("Да, карантин")).await.unwrap()), "did_not_take_place");
        assert_eq!(balance(&owner, 2026, None).await.unwrap().bookings, 0);
    }

    async fn a_month_is_agreed_at_once(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 100)).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        let mut all = Vec::new();
        for day in ["2026-11-25", "2026-11-26", "2026-11-27", "2026-12-01"] {
            let booking = id(&ask(&school, &asked(lab, &format!("{day}T10:00"), &format!("{day}T11:30"), 12)).await.unwrap());
            confirm(&owner, &once(&owner), booking).await.unwrap();
            all.push(booking);
        }
        let (owner, school) = (world.head_at(world.lab, "2026-12-03T10:00"), world.head_at(world.school, "2026-12-03T10:00"));
        complete(&owner, &once(&owner), all[0], &stated("11", "2")).await.unwrap();
        complete(&owner, &once(&owner), all[3], &stated("11", "2")).await.unwrap();
        let form = MonthForm { organisation_id: world.school.to_string(), month: "2026-11".into(), ..MonthForm::default() };
        assert!(matches!(confirm_month(&owner, &once(&owner), &form).await, Err(Fault::Forbidden(_))));
        let body = confirm_month(&school, &once(&school), &form).await.unwrap().body.unwrap();
        assert_eq!((&body["confirmed"], &body["stated"]), (&1.into(), &0.into()), "December waits, and what nobody stated");
        let form = MonthForm { with_planned: "true".into(), ..form };
        let body = confirm_month(&school, &once(&school), &form).await.unwrap().body.unwrap();
        assert_eq!((&body["confirmed"], &body["stated"]), (&0.into(), &2.into()));
        let form = MonthForm { organisation_id: world.lab.to_string(), ids: vec![all[1].to_string()], ..form };
        let body = confirm_month(&owner, &once(&owner), &form).await.unwrap().body.unwrap();
        assert_eq!((&body["confirmed"], &body["stated"]), (&1.into(), &0.into()));
        assert_eq!(balance(&owner, 2026, None).await.unwrap().minutes, 120 + 90);
    }

    async fn a_day_goes_to_distance_and_frees_the_way(db: Db) {
        let world = World::new(db).await;
        let person = world.person("Демонов").await;
        let teacher = world.visiting(world.lab, person).await;
        let (school, other, owner) = (world.head(world.school), world.head(world.other), world.head(world.lab));
        let first = id(&ask(&school, &asked(teacher, FROM, TO, 12)).await.unwrap());
        let next = asked(teacher, "2026-11-25T12:10", "2026-11-25T13:00", 5);
        assert_eq!(code(ask(&other, &next).await), "taken", "ten minutes are no way to another school");
        let form = DistanceForm { on: "2026-11-25".into(), place_id: world.other.to_string() };
        assert_eq!(switch_to_distance(&owner, &once(&owner), &form).await.unwrap().body.unwrap()["switched"], 0, "nothing happens there");
        let form = DistanceForm { place_id: world.school.to_string(), ..form };
        assert_eq!(switch_to_distance(&other, &once(&other), &form).await.unwrap().body.unwrap()["switched"], 0, "not theirs");
        assert_eq!(switch_to_distance(&owner, &once(&owner), &form).await.unwrap().body.unwrap()["switched"], 1);
        assert_eq!(open(&school, first).await.unwrap().mode, Mode::Distance);
        ask(&other, &next).await.unwrap();
    }

    async fn a_loan_goes_out_and_comes_back_in_days(db: Db) {
        let world = World::new(db).await;
        let kit = world.resource(&ResourceDraft { loanable: true, ..world.laboratory(Sharing::ByPiece, 5) }).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        let form = BookingForm { loan: "true".into(), units: "2".into(), ..asked(kit, "2026-11-25T10:00", "2026-12-04T10:00", 25) };
        let booking = id(&ask(&school, &form).await.unwrap());
        confirm(&owner, &once(&owner), booking).await.unwrap();
        let paper = LoanForm { responsible: "Демонов С. У.".into(), inventory_number: "410124".into(), ..LoanForm::default() };
        assert_eq!(code(take_back(&owner, &once(&owner), booking, &paper).await), "state");
        let then = world.head_at(world.lab, "2026-11-25T10:05");
        hand_over(&then, &once(&then), booking, &paper).await.unwrap();
        let back = world.head_at(world.lab, "2026-12-02T15:00");
        assert_eq!(state(&take_back(&back, &once(&back), booking, &paper).await.unwrap()), "took_place");
        let borrower = world.head_at(world.school, "2026-12-02T16:00");
        let days = CompletionForm { headcount: "25".into(), days: "7".into(), ..CompletionForm::default() };
        assert_eq!(state(&complete(&borrower, &once(&borrower), booking, &days).await.unwrap()), "confirmed");
        let sum = balance(&owner, 2026, None).await.unwrap();
        assert_eq!((sum.minutes, sum.days), (0, 7), "loans are counted apart in days");
        let all = BookingForm { units: "5".into(), ..asked(kit, "2026-12-03T10:00", "2026-12-03T11:00", 25) };
        ask(&borrower, &all).await.unwrap();
    }

    async fn a_loan_handed_over_early_is_no_longer_called_off(db: Db) {
        let world = World::new(db).await;
        let kit = world.resource(&ResourceDraft { loanable: true, ..world.laboratory(Sharing::ByPiece, 5) }).await;
        let (borrower, owner) = (world.head(world.school), world.head(world.lab));
        let form = BookingForm { loan: "true".into(), units: "1".into(), ..asked(kit, "2026-11-26T10:00", "2026-12-02T10:00", 25) };
        let booking = id(&ask(&borrower, &form).await.unwrap());
        confirm(&owner, &once(&owner), booking).await.unwrap();
        let paper = LoanForm { responsible: "А. И. Примерова".into(), headcount: "25".into(), ..LoanForm::default() };
        hand_over(&owner, &once(&owner), booking, &paper).await.unwrap();
        assert_eq!(code(cancel(&borrower, &once(&borrower), booking, &because("передумали")).await), "begun");
        let later = at_time("2026-11-27T10:00", "2026-12-03T10:00");
        assert_eq!(code(move_booking(&borrower, &once(&borrower), booking, &later).await), "state");
        take_back(&owner, &once(&owner), booking, &paper).await.unwrap();
        let now = open(&borrower, booking).await.unwrap();
        assert!(Can::of(&borrower, &now).complete, "back before its day: the borrower agrees at once");
    }

    async fn a_need_is_answered_and_met(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 30)).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        let form = NeedForm {
            title: "Опыты по химии для 8 класса".into(), starts_at: FROM.into(), ends_at: TO.into(), headcount: "24".into(), ..NeedForm::default()
        };
        let done = submit_need(&school, &once(&school), &form).await.unwrap();
        let need: NeedId = done.body.unwrap()["id"].as_str().unwrap().parse().unwrap();
        let answer = ResponseForm { resource_id: lab.to_string(), ..ResponseForm::default() };
        assert!(matches!(respond(&school, &once(&school), need, &answer).await, Err(Fault::Forbidden(DECIDE))), "only with one's own");
        let offer = id(&respond(&owner, &once(&owner), need, &answer).await.unwrap());
        assert_eq!(open_need(&school, need).await.unwrap().state, NeedState::Answered);
        refuse_offer(&school, &once(&school), offer, &ReasonForm::default()).await.unwrap();
        assert_eq!(open_need(&school, need).await.unwrap().state, NeedState::Submitted, "it waits again");
        let offer = id(&respond(&owner, &once(&owner), need, &answer).await.unwrap());
        assert_eq!(state(&accept_offer(&school, &once(&school), offer).await.unwrap()), "planned");
        assert_eq!(open_need(&owner, need).await.unwrap().state, NeedState::Fulfilled);
        assert_eq!(code(respond(&owner, &once(&owner), need, &answer).await), "state");
        assert!(matches!(open_need(&world.guest(), need).await, Err(Fault::NotFound)));
    }

    async fn home_shows_what_waits_for_each_side(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 100)).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        let tasks = async |visit: &Visit| -> Vec<Task> { waiting(visit).await.unwrap().into_iter().map(|w| w.task).collect() };
        let booking = id(&ask(&school, &asked(lab, FROM, TO, 12)).await.unwrap());
        assert_eq!((tasks(&owner).await, tasks(&school).await), (vec![Task::Decide], vec![]));
        counter(&owner, &once(&owner), booking, &at_time("2026-11-25T11:00", "2026-11-25T13:00")).await.unwrap();
        assert_eq!((tasks(&owner).await, tasks(&school).await), (vec![], vec![Task::AnswerOffer]));
        accept_offer(&school, &once(&school), booking).await.unwrap();
        assert_eq!((tasks(&owner).await, tasks(&school).await), (vec![], vec![]));
        let (owner, school) = (world.head_at(world.lab, LATER), world.head_at(world.school, LATER));
        assert_eq!((tasks(&owner).await, tasks(&school).await), (vec![Task::StateOutcome], vec![Task::StateOutcome]));
        complete(&owner, &once(&owner), booking, &stated("12", "2")).await.unwrap();
        assert_eq!((tasks(&owner).await, tasks(&school).await), (vec![], vec![Task::ConfirmOutcome]));
        complete(&school, &once(&school), booking, &stated("10", "2")).await.unwrap();
        assert_eq!((tasks(&owner).await, tasks(&school).await), (vec![Task::Settle], vec![Task::Settle]));
        assert!(tasks(&world.as_role(Role::DepartmentSpecialist, None, now())).await.is_empty());
        assert!(tasks(&world.guest()).await.is_empty());
        let monday = "2026-11-23".parse().unwrap();
        assert_eq!(week(&school, Whose::Resource(lab), monday).await.unwrap().len(), 1);
        assert!(week(&world.head(world.other), Whose::Resource(lab), monday).await.unwrap().is_empty());
    }
}
