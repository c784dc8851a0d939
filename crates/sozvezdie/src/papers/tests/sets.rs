//! Putting papers together and editing them, on both engines.
use crate::{
    exchange::{
        BookingId, CommonForm, LineForm, VIEW,
        tests::{World, ask, asked, code, id, once},
    },
    papers::{PaperForm, PaperKind, SetId, assemble, assemble_common, change, open},
    resources::{Class, ResourceDraft, ResourceKind, Sharing},
    slices::MIGRATIONS,
};
use kit::{
    Fault, Visit,
    db::testing::both_engines,
    once::{Done, Once},
};

fn set(done: &Done) -> SetId {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

/// The text of one paper of a set, with plain spaces.
async fn text(visit: &Visit, id: SetId, kind: PaperKind) -> String {
    let (set, papers) = open(visit, id).await.unwrap();
    let paper = papers.into_iter().find(|p| p.kind == kind).unwrap();
    paper.paper(&set).text().replace('\u{a0}', " ")
}

async fn trip(world: &World) -> BookingId {
    let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
    let school = world.head(world.school);
    id(&ask(&school, &asked(lab, "2026-11-25T10:00", "2026-11-25T12:00", 12)).await.unwrap())
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_trip_is_put_together_once_however_often_it_is_asked_for(db: Db) {
        let world = World::new(db).await;
        let booking = trip(&world).await;
        let school = world.head(world.school);
        let first = assemble(&school, &once(&school), booking).await.unwrap();
        let again = assemble(&school, &once(&school), booking).await.unwrap();
        assert_eq!((first.status, again.status), (201, 200));
        assert_eq!(set(&first), set(&again));
        let (_, papers) = open(&school, set(&first)).await.unwrap();
        assert_eq!(papers.iter().map(|p| p.kind).collect::<Vec<_>>(), PaperKind::ALL);
        let order = text(&school, set(&first), PaperKind::Order).await;
        assert!(order.contains("12 обучающихся") && order.contains("на базе Станции юных натуралистов"), "{order}");
        // The owner sees the booking, but it is not their people who travel.
        let owner = world.head(world.lab);
        assert!(owner.viewer.may(VIEW));
        assert!(matches!(assemble(&owner, &once(&owner), booking).await, Err(Fault::Forbidden(_))));
        assert!(matches!(open(&owner, set(&first)).await, Err(Fault::NotFound)));
        let stranger = world.head(world.other);
        assert!(matches!(assemble(&stranger, &once(&stranger), booking).await, Err(Fault::NotFound)));
    }

    async fn what_a_person_writes_stands_and_the_second_of_two_is_told(db: Db) {
        let world = World::new(db).await;
        let booking = trip(&world).await;
        let school = world.head(world.school);
        let id = set(&assemble(&school, &once(&school), booking).await.unwrap());
        let (_, papers) = open(&school, id).await.unwrap();
        let order = papers.iter().find(|p| p.kind == PaperKind::Order).unwrap();
        let form = PaperForm { number: "15-д".into(), body: "Направить всех.".into(), ..PaperForm::of(order) };
        change(&school, &once(&school), id, PaperKind::Order, &form).await.unwrap();
        assert!(text(&school, id, PaperKind::Order).await.contains("Направить всех."));
        assert_eq!(code(change(&school, &once(&school), id, PaperKind::Order, &form).await), "stale");
        let stranger = world.head(world.other);
        assert!(matches!(change(&stranger, &once(&stranger), id, PaperKind::Order, &form).await, Err(Fault::NotFound)));
        // Put together again, what was written is not lost.
        assemble(&school, &once(&school), booking).await.unwrap();
        assert!(text(&school, id, PaperKind::Order).await.contains("Направить всех."));
    }

    async fn nobody_travels_for_a_loan_nor_at_a_distance(db: Db) {
        let world = World::new(db).await;
        let kit = world.resource(&ResourceDraft { loanable: true, ..world.laboratory(Sharing::ByPiece, 5) }).await;
        let school = world.head(world.school);
        let form = crate::exchange::BookingForm { loan: "true".into(), ..asked(kit, "2026-11-25T10:00", "2026-11-27T12:00", 2) };
        let loan = id(&ask(&school, &form).await.unwrap());
        assert_eq!(code(assemble(&school, &once(&school), loan).await), "no-trip");
    }

    async fn a_common_request_is_one_trip_with_its_bus(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::Exclusive, 15)).await;
        let bus = ResourceDraft {
            owner_id: world.other,
            class: Class::Technological,
            kind: ResourceKind::Transport,
            name: "Школьный автобус".into(),
            travels: true,
            ..world.laboratory(Sharing::Exclusive, 30)
        };
        let bus = world.resource(&bus).await;
        let school = world.head(world.school);
        let line = |id: crate::resources::ResourceId| LineForm { resource_id: id.to_string(), ..LineForm::default() };
        let form = CommonForm {
            title: "День исследователя".into(),
            starts_at: "2026-11-25T10:00".into(),
            ends_at: "2026-11-25T12:00".into(),
            headcount: "12".into(),
            lines: vec![line(lab), line(bus)],
            ..CommonForm::default()
        };
        let done = crate::exchange::submit_common(&school, &once(&school), &form).await.unwrap();
        let common = done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap();
        let id = set(&assemble_common(&school, &Once::new(school.actor(), None, "t", b"", school.now), common).await.unwrap());
        let request = text(&school, id, PaperKind::Transport).await;
        assert!(request.contains("«Школьный автобус»") && request.contains("Майской гимназии"), "{request}");
        let order = text(&school, id, PaperKind::Order).await;
        assert!(order.contains("Станции юных натуралистов") && !order.contains("автобус"), "the bus is no place to go to: {order}");
        let again = assemble_common(&school, &once(&school), common).await.unwrap();
        assert_eq!(set(&again), id);
    }
}
