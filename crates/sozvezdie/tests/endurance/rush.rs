//! Everybody at once over HTTP: as many as there are places, one answer per key.
use crate::{
    cluster::Cluster,
    program::{Answer, Client, Place, amount},
};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    time::Instant,
};

const CLIENTS: usize = 32;

fn resource(owner: &Client, name: &str, sharing: &str, capacity: usize) -> String {
    let hours = vec!["8:00–20:00"; 7];
    let body = json!({ "owner_id": owner.organisation("Станция юных натуралистов"), "class": "technological", "name": name,
        "sharing": sharing, "capacity": capacity.to_string(), "hours": hours });
    let made = owner.post("/api/v1/resources", name, &body);
    assert_eq!(made.status, 201, "{made:?}");
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(
        owner.post(&format!("/api/v1/resources/{id}/publication"), &format!("{name} +"), &json!({})).status,
        200
    );
    id
}

/// How many got a place; each key must have got one answer, however often it came.
fn rush(asker: &Client, resource: &str, requests: usize) -> usize {
    let school = asker.organisation("Разуменская СОШ №\u{a0}2");
    let body = json!({ "resource_id": resource, "organisation_id": school, "starts_at": "2027-03-10T10:00",
        "ends_at": "2027-03-10T11:00", "headcount": 1, "purpose": "все сразу" });
    let next = AtomicUsize::new(0);
    let answers: Vec<(String, Answer)> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(|| {
                    let mut answers = Vec::new();
                    loop {
                        let n = next.fetch_add(1, SeqCst);
                        if n >= requests + requests / 5 {
                            return answers;
                        }
                        // Every sixth is the second sending of one shortly before.
                        let key = if n % 6 == 5 { n - 3 } else { n };
                        let key = format!("{resource} {key}");
                        let answer = loop {
                            let answer = asker.send("POST", "/api/v1/bookings", Some(&key), Some(&body));
                            match answer {
                                Ok(answer) if answer.status < 500 => break answer,
                                _ => std::thread::sleep(std::time::Duration::from_millis(20)),
                            }
                        };
                        answers.push((key, answer));
                    }
                })
            })
            .collect();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    let mut by_key: HashMap<String, Answer> = HashMap::new();
    for (key, answer) in answers {
        let first = by_key.entry(key).or_insert_with(|| answer.clone());
        assert_eq!((first.status, &first.body), (answer.status, &answer.body), "one key, two answers");
    }
    assert!(by_key.values().all(|answer| matches!(answer.status, 201 | 409)));
    by_key.values().filter(|answer| answer.status == 201).count()
}

fn never_more_than_there_are(place: &Place) {
    let program = place.serve();
    let (owner, asker) = (place.client("naturalists"), place.client("deputy1"));
    let requests = amount("SOZVEZDIE_RUSH", 800);
    for (name, sharing, capacity, wanted) in [("500 мест", "by_place", 500, 500), ("одно время", "exclusive", 15, 1)]
    {
        let began = Instant::now();
        let resource = resource(&owner, name, sharing, capacity);
        assert_eq!(rush(&asker, &resource, requests), wanted.min(requests), "{name}");
        println!("{requests} requests for {wanted}: {:?}", began.elapsed());
        // The program's own count agrees.
        let all = asker.get(&format!("/api/v1/bookings?resource={resource}&page_size=1")).json();
        assert_eq!(all["total"], wanted.min(requests));
        if wanted == 1 {
            continue;
        }
        // The control: places that nobody holds are given.
        let before = asker.get(&format!("/api/v1/bookings?resource={resource}&page_size=1")).json();
        let id = before["items"][0]["id"].as_str().unwrap().to_owned();
        let freed =
            asker.post(&format!("/api/v1/bookings/{id}/cancellation"), "освободили", &json!({ "reason": "да" }));
        assert_eq!(freed.status, 200, "{freed:?}");
        let school = asker.organisation("Разуменская СОШ №\u{a0}2");
        let body = json!({ "resource_id": resource, "organisation_id": school, "starts_at": "2027-03-10T10:00",
            "ends_at": "2027-03-10T11:00", "headcount": 1, "purpose": "после" });
        assert_eq!(asker.post("/api/v1/bookings", "после 1", &body).status, 201);
        assert_eq!(asker.post("/api/v1/bookings", "после 2", &body).status, 409);
    }
    drop(program);
}

#[test]
fn a_rush_on_sqlite_gets_what_there_is() {
    never_more_than_there_are(&Place::demo(None));
}

#[test]
fn a_rush_on_postgres_gets_what_there_is() {
    let cluster = Cluster::start();
    never_more_than_there_are(&Place::demo(Some(cluster.url())));
}
