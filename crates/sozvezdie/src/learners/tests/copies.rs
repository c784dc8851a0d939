//! Where else a child's data come to lie.
use super::Place;
use crate::people::PersonId;
use kit::{
    Visit,
    db::{Tx, args},
};

/// Copies of a child's and a mother's data where one does not look at first: an answer kept for
/// repetition, what a teacher was typing, a letter on its way, notifications, a calendar's link.
pub async fn put(place: &Place, visit: &Visit, child: PersonId, mother: PersonId) {
    let typed = format!("last_name={}&first_name={}", kit::text::url_part("Канарейкин"), kit::text::url_part("Лев"));
    let (teacher, now, id) = (place.person("Учителева").await, visit.now, visit.new_id());
    let sent = format!("{{\"to\":\"{mother}@example.invalid\"}}");
    let answer = "{\"Done\":{\"status\":200,\"body\":{\"name\":\"Канарейкин Лев\"}}}";
    let about = format!(
        "{{\"Done\":{{\"status\":200,\"location\":\"/learners/{child}\",\"body\":{{\"phone\":\"Канарейкин 112-233-445\"}}}}}}"
    );
    visit
        .net
        .transact(async |tx: &mut Tx| {
            let draft = "INSERT INTO draft (network_id, person_id, form, body, saved_at) VALUES ($1, $2, $3, $4, $5)";
            tx.run(draft, args![teacher, "learner-new", &typed, now]).await?;
            tx.run(draft, args![teacher, "own-work", "last_name=own-work", now]).await?;
            let kept = "INSERT INTO idempotency (network_id, actor, key, fingerprint, answer, at) VALUES ($1, $2, $3, $4, $5, $6)";
            for (key, answer) in [("by-name", answer), ("by-id", about.as_str())] {
                tx.run(kept, args![teacher, key, vec![1_u8], answer, now]).await?;
            }
            let job = "INSERT INTO job (network_id, id, kind, key, payload, state, run_at, attempts, locked_until, again, made_at)
                       VALUES ($1, $2, 'mail', $3, $4, 'waiting', $5, 0, 0, FALSE, $5)";
            tx.run(job, args![id, format!("letter:{mother}:2026-11-24"), &sent, now]).await?;
            let told = "INSERT INTO notification (network_id, id, person_id, kind, bunch, record_id, link, subject, needs_deed, at)
                        VALUES ($1, $2, $3, 'role', 'role', $4, '/', 'Канарейкин', FALSE, $5)";
            tx.run(told, args![id, mother, mother, now]).await?;
            let choice = "INSERT INTO notification_choice (network_id, person_id, kind, in_app, by_mail) VALUES ($1, $2, 'role', TRUE, TRUE)";
            tx.run(choice, args![mother]).await?;
            let letters = "INSERT INTO notification_letters (network_id, person_id, wanted) VALUES ($1, $2, TRUE)";
            tx.run(letters, args![mother]).await?;
            let feed = "INSERT INTO calendar_feed (network_id, id, person_id, scope, created_at) VALUES ($1, $2, $3, 'person', $4)";
            tx.run(feed, args![id, mother, now]).await
        })
        .await
        .unwrap();
}

/// Nothing is left of what was the mother's own.
pub async fn are_gone(visit: &Visit, mother: PersonId) {
    for table in ["notification", "notification_choice", "notification_letters", "calendar_feed"] {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE network_id = $1 AND person_id = $2");
        let left: Option<(i64,)> = visit.net.opt(sql, args![mother]).await.unwrap();
        assert_eq!(left, Some((0,)), "{table} of the mother");
    }
}
