//! Everybody at once.
use super::*;
use crate::slices::MIGRATIONS;
use kit::db::testing::both_engines;
use std::{collections::BTreeMap, sync::Arc};

/// Answers by key; every key must have been answered alike each time.
fn by_key(answers: Vec<(String, String)>) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for (key, answer) in answers {
        let first = all.entry(key.clone()).or_insert_with(|| answer.clone());
        assert_eq!(*first, answer, "{key} was answered in two ways");
    }
    all
}

both_engines! {
    migrations: MIGRATIONS;

    async fn two_hundred_for_five_places(db: Db) {
        let world = Arc::new(World::new(db).await);
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 5)).await;
        let school = world.head(world.school);
        let mut tasks = Vec::new();
        for i in 0..200 {
            // Every fifth comes twice.
            for _ in 0..1 + usize::from(i % 5 == 0) {
                let school = school.clone();
                tasks.push(tokio::spawn(async move {
                    let key = format!("key-{i}");
                    let form = asked(lab, "2026-11-25T10:00", "2026-11-25T11:00", 1);
                    let answer = loop {
                        match book(&school, &keyed(&school, &key), &form).await {
                            Ok(done) => break format!("{} {}", done.status, id(&done)),
                            Err(Fault::Conflict(conflict)) => break serde_json::to_string(&conflict).unwrap(),
                            // The pool was busy for its whole patience: whoever asked asks again with the same key.
                            Err(Fault::Unavailable(_)) => {}
                            Err(other) => panic!("{other:?}"),
                        }
                    };
                    (key, answer)
                }));
            }
        }
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        let all = by_key(answers);
        assert_eq!(all.len(), 200);
        assert_eq!(all.values().filter(|a| a.starts_with("201")).count(), 5);
        assert_eq!(all.values().filter(|a| a.contains("\"taken\"")).count(), 195);
        let held = list(&school.net, &Filter { resource: Some(lab), ..Filter::new(kit::access::Reach::Network) }, None, 200).await.unwrap();
        let mut numbers: Vec<i64> = held.items.iter().map(|b| b.number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4, 5], "one number each, in the order of taking");
    }

    async fn crossing_carts_do_not_wait_in_a_circle(db: Db) {
        let world = Arc::new(World::new(db).await);
        let person = world.person("Демонов").await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 1000)).await;
        let hall = world.resource(&world.laboratory(Sharing::ByPlace, 1000)).await;
        let teacher = world.visiting(world.lab, person).await;
        let school = world.head(world.school);
        let mut tasks = Vec::new();
        for i in 0..40 {
            let school = school.clone();
            tasks.push(tokio::spawn(async move {
                let mut order = [lab, hall, teacher];
                order.rotate_left(i % 3);
                let form = BookingForm {
                    resource_ids: order.iter().map(ToString::to_string).collect(),
                    resource_id: String::new(),
                    ..asked(lab, "2026-11-25T10:00", "2026-11-25T11:00", 2)
                };
                match ask(&school, &form).await {
                    Ok(_) => 1,
                    refused => {
                        assert_eq!(code(refused), "taken");
                        0
                    }
                }
            }));
        }
        let mut taken = 0;
        for task in tasks {
            taken += task.await.unwrap();
        }
        assert_eq!(taken, 1, "the teacher is there once");
        let held = list(&school.net, &Filter { resource: Some(lab), ..Filter::new(kit::access::Reach::Network) }, None, 200).await.unwrap();
        assert_eq!(held.items.len(), 1, "a cart that failed took nothing");
    }

    async fn two_sides_at_the_same_moment_agree(db: Db) {
        let world = Arc::new(World::new(db).await);
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 1000)).await;
        let (school, owner) = (world.head(world.school), world.head(world.lab));
        let mut tasks = Vec::new();
        for _ in 0..15 {
            let booking = id(&ask(&school, &asked(lab, "2026-11-25T10:00", "2026-11-25T11:00", 2)).await.unwrap());
            confirm(&owner, &once(&owner), booking).await.unwrap();
            for visit in [school.clone(), owner.clone()] {
                tasks.push(tokio::spawn(async move {
                    let form = CompletionForm { headcount: "2".into(), hours: "1".into(), ..CompletionForm::default() };
                    complete(&visit, &once(&visit), booking, &form).await.unwrap();
                    booking
                }));
            }
        }
        for task in tasks {
            task.await.unwrap();
        }
        let confirmed = Filter { states: vec![BookingState::Confirmed], ..Filter::new(kit::access::Reach::Network) };
        assert_eq!(list(&school.net, &confirmed, None, 200).await.unwrap().items.len(), 15);
    }
}
