//! Common requests: all lines or none, each decided alone, and rivals in opposite order.
use super::*;
use crate::{
    exchange::common::{self, CartForm, ReplacementForm},
    slices::MIGRATIONS,
};
use kit::db::testing::both_engines;
use std::sync::Arc;

fn common_of(resources: &[ResourceId]) -> CommonForm {
    CommonForm {
        title: "Районная смена «Исследователь»".into(),
        starts_at: "2026-11-25T10:00".into(),
        ends_at: "2026-11-25T12:00".into(),
        headcount: "12".into(),
        lines: resources.iter().map(|id| LineForm { resource_id: id.to_string(), ..LineForm::default() }).collect(),
        ..CommonForm::default()
    }
}

async fn submit(visit: &Visit, form: &CommonForm) -> Result<Done, Fault> {
    submit_common(visit, &once(visit), form).await
}

fn common_id(done: &Done) -> CommonId {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

async fn lines(visit: &Visit, done: &Done) -> Vec<Booking> {
    bookings_of_common(&visit.net, common_id(done)).await.unwrap()
}

/// Two laboratories of two owners.
async fn two(world: &World) -> [ResourceId; 2] {
    let first = world.resource(&world.laboratory(Sharing::Exclusive, 30)).await;
    let draft = ResourceDraft { owner_id: world.other, ..world.laboratory(Sharing::Exclusive, 30) };
    [first, world.resource(&draft).await]
}

both_engines! {
    migrations: MIGRATIONS;

    async fn all_lines_hold_or_none(db: Db) {
        let world = World::new(db).await;
        let [lab, hall] = two(&world).await;
        let school = world.head(world.school);
        ask(&school, &asked(hall, "2026-11-25T11:00", "2026-11-25T13:00", 5)).await.unwrap();
        let Err(Fault::Conflict(conflict)) = submit(&school, &common_of(&[lab, hall])).await else { panic!() };
        assert_eq!(conflict.code, "taken");
        let named = conflict.details["lines"].as_array().unwrap();
        assert_eq!(named.len(), 1, "only the line in the way is named");
        assert_eq!(named[0]["resource_id"], serde_json::json!(hall));
        assert_eq!(named[0]["alternatives"].as_array().unwrap().len(), 3);
        assert_eq!(named[0]["other_resources"][0]["resource_id"], serde_json::json!(lab));
        ask(&school, &asked(lab, "2026-11-25T10:00", "2026-11-25T12:00", 5)).await.expect("nothing was held");
    }

    async fn each_owner_decides_its_own_line(db: Db) {
        let world = World::new(db).await;
        let [lab, hall] = two(&world).await;
        let school = world.head(world.school);
        let mut form = common_of(&[lab, hall]);
        form.lines[1].starts_at = "2026-11-25T13:00".into();
        form.lines[1].ends_at = "2026-11-25T14:00".into();
        form.lines[1].headcount = "7".into();
        let done = submit(&school, &form).await.unwrap();
        let all = lines(&school, &done).await;
        assert_eq!(all.iter().map(|b| (b.resource_id, b.headcount)).collect::<Vec<_>>(), [(lab, 12), (hall, 7)]);
        assert_eq!(all[1].span.start, resources::read_moment("2026-11-25T13:00").unwrap());
        let (owner, other) = (world.head(world.lab), world.head(world.other));
        confirm(&owner, &once(&owner), all[0].id).await.unwrap();
        assert!(matches!(confirm(&owner, &once(&owner), all[1].id).await, Err(Fault::NotFound)));
        let (_, seen) = open_common(&owner, common_id(&done)).await.unwrap();
        assert_eq!(seen.len(), 1, "an owner sees its own line");
        let stranger = world.head(OrganisationId(Uuid::from_u128(9)));
        assert!(matches!(open_common(&stranger, common_id(&done)).await, Err(Fault::NotFound)));
        assert_eq!(Progress::of(&lines(&school, &done).await), Progress::Partly);
        confirm(&other, &once(&other), all[1].id).await.unwrap();
        assert_eq!(Progress::of(&lines(&school, &done).await), Progress::Agreed);
    }

    async fn a_declined_line_is_replaced_once(db: Db) {
        let world = World::new(db).await;
        let [lab, hall] = two(&world).await;
        let school = world.head(world.school);
        let done = submit(&school, &common_of(&[lab])).await.unwrap();
        let line = lines(&school, &done).await.remove(0);
        let form = ReplacementForm { booking_id: line.id.to_string(), resource_id: hall.to_string(), ..ReplacementForm::default() };
        let id = common_id(&done);
        assert_eq!(code(common::replace(&school, &once(&school), id, &form).await), "state", "it still stands");
        let owner = world.head(world.lab);
        let reason = ReasonForm { reason: "Ремонт".into(), side: String::new() };
        decline(&owner, &once(&owner), line.id, &reason).await.unwrap();
        assert!(matches!(common::replace(&owner, &once(&owner), id, &form).await, Err(Fault::Forbidden(_))));
        let first = common::replace(&school, &keyed(&school, "k"), id, &form).await.unwrap();
        let again = common::replace(&school, &keyed(&school, "k"), id, &form).await;
        assert!(again.is_err() || again.unwrap() == first);
        assert_eq!(code(common::replace(&school, &once(&school), id, &form).await), "state", "something stands there");
        let now = lines(&school, &done).await;
        assert_eq!(now.iter().map(|b| (b.resource_id, b.state)).collect::<Vec<_>>(), [(hall, BookingState::Requested)]);
        assert_eq!(now[0].moved_from, Some(line.id));
    }

    async fn cancelled_at_one_press_and_only_by_who_asked(db: Db) {
        let world = World::new(db).await;
        let all = two(&world).await;
        let school = world.head(world.school);
        let done = submit(&school, &common_of(&all)).await.unwrap();
        let (id, owner) = (common_id(&done), world.head(world.lab));
        let reason = ReasonForm::default();
        assert!(matches!(common::cancel_all(&owner, &once(&owner), id, &reason).await, Err(Fault::Forbidden(_))));
        let key = keyed(&school, "cancel");
        let first = common::cancel_all(&school, &key, id, &reason).await.unwrap();
        assert_eq!(first.body.as_ref().unwrap()["cancelled"].as_array().unwrap().len(), 2);
        assert_eq!(common::cancel_all(&school, &key, id, &reason).await.unwrap(), first, "sent twice, done once");
        assert_eq!(code(common::cancel_all(&school, &once(&school), id, &reason).await), "state");
        submit(&school, &common_of(&all)).await.expect("the time is free again");
    }

    async fn rules_are_named_at_their_lines(db: Db) {
        let world = World::new(db).await;
        let [lab, hall] = two(&world).await;
        let school = world.head(world.school);
        let mut form = common_of(&[lab, hall, lab]);
        form.lines[1].headcount = "31".into();
        assert_eq!(fields(submit(&school, &form).await), ["lines.2.resource_id"]);
        form.lines.pop();
        assert_eq!(fields(submit(&school, &form).await), ["lines.1.headcount"]);
        form.starts_at = "2026-11-28T10:00".into();
        form.ends_at = "2026-11-28T12:00".into();
        assert_eq!(fields(submit(&school, &form).await), ["lines.0.starts_at", "lines.1.starts_at", "lines.1.headcount"]);
        assert_eq!(fields(submit(&school, &CommonForm::default()).await), ["title", "starts_at", "ends_at", "headcount", "lines"]);
    }

    async fn a_check_takes_nothing_and_finds_a_time_for_all(db: Db) {
        let world = World::new(db).await;
        let all = two(&world).await;
        let school = world.head(world.school);
        ask(&school, &asked(all[0], "2026-11-25T10:00", "2026-11-25T12:00", 5)).await.unwrap();
        ask(&school, &asked(all[1], "2026-11-25T12:00", "2026-11-25T14:00", 5)).await.unwrap();
        let checked = common::check(&school, &common_of(&all)).await.unwrap();
        assert_eq!(checked.iter().map(common::Assessed::is_free).collect::<Vec<_>>(), [false, true]);
        let times = common::common_times(&school, &checked).await.unwrap();
        assert_eq!(times[0].start, resources::read_moment("2026-11-25T08:00").unwrap());
        let mut form = common_of(&all);
        (form.starts_at, form.ends_at) = (times[0].start.to_rfc3339(), times[0].end.to_rfc3339());
        submit(&school, &form).await.expect("what is named can be had");
    }

    async fn a_draft_is_its_persons_own_and_becomes_one_request(db: Db) {
        let world = World::new(db).await;
        let [lab, hall] = two(&world).await;
        let school = world.head(world.school);
        common::add(&school, &once(&school), lab, "/resources?q=a").await.unwrap();
        common::add(&school, &once(&school), lab, "https://elsewhere").await.unwrap();
        let draft = common::basket(&school).await.unwrap().unwrap();
        assert_eq!(draft.lines.len(), 1, "twice is once");
        assert_eq!(draft.organisation_id, Some(world.school));
        let colleague = world.head(world.school);
        assert!(common::basket(&colleague).await.unwrap().is_none());
        let mut form = CartForm::of(&draft);
        assert_eq!(code(common::keep(&colleague, &once(&colleague), &form).await.map(|_| ())), "stale");
        (form.title, form.on, form.from, form.to) = ("Смена".into(), "2026-11-25".into(), "10:00".into(), "11:00".into());
        form.headcount = "12".into();
        common::keep(&school, &once(&school), &form).await.unwrap();
        let kept = CartForm::of(&common::basket(&school).await.unwrap().unwrap());
        assert_eq!((&*kept.title, &*kept.on, &*kept.to, &*kept.headcount), ("Смена", "2026-11-25", "11:00", "12"));
        common::add(&school, &once(&school), hall, "").await.unwrap();
        assert_eq!(code(submit(&school, &kept.common()).await), "stale", "the hall was not seen on this page");
        let whole = CartForm::of(&common::basket(&school).await.unwrap().unwrap());
        let done = submit(&school, &whole.common()).await.unwrap();
        assert_eq!(lines(&school, &done).await.len(), 2);
        assert!(common::basket(&school).await.unwrap().is_none());
        assert_eq!(code(submit(&school, &whole.common()).await), "taken");
    }

    async fn two_carts_want_the_same_two_in_opposite_order(db: Db) {
        let world = Arc::new(World::new(db).await);
        let pair = two(&world).await;
        let mut tasks = Vec::new();
        for i in 0..30 {
            let visit = world.head(if i % 2 == 0 { world.school } else { world.other });
            let mut order = pair;
            order.rotate_left(i % 2);
            tasks.push(tokio::spawn(async move {
                match submit(&visit, &common_of(&order)).await {
                    Ok(_) => 1,
                    Err(Fault::Conflict(conflict)) => {
                        assert_eq!(conflict.details["lines"].as_array().unwrap().len(), 2, "both lines are named");
                        0
                    }
                    Err(other) => panic!("{other:?}"),
                }
            }));
        }
        let mut won = 0;
        for task in tasks {
            won += task.await.unwrap();
        }
        assert_eq!(won, 1);
        let school = world.head(world.school);
        for lab in pair {
            let filter = Filter { resource: Some(lab), ..Filter::new(kit::access::Reach::Network) };
            assert_eq!(list(&school.net, &filter, None, 200).await.unwrap().items.len(), 1, "nobody holds a half");
        }
    }
}
