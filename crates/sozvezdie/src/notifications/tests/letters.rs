//! Letters: who gets one, how often, what it says, and how it is stopped.
use super::super::{
    letters::{ChoicesForm, choices, choose, stop, stopping, write_all},
    *,
};
use super::{World, ask, asked, holder, id, lines, now, once};
use crate::{
    app::{App, Options},
    exchange::{BookingForm, remind},
    people::{self, NetworkDraft},
    resources::Sharing,
    roles::Role,
};
use chrono::Duration;
use kit::{
    Clock,
    access::Viewer,
    db::{args, testing::both_engines},
    mail::Letter,
    session::{NewLogin, add_login},
};

/// The program over the world, with a public address.
fn program(world: &World, at: DateTime<Utc>) -> App {
    let options = Options { public_url: Some("https://set.example.invalid/".into()), ..Options::default() };
    App::new(world.db.clone(), Clock::fixed(at), world.chance.clone(), world.net, &[], options)
}

/// An account, so that there is an address.
async fn account(world: &World, visit: &Visit, email: &str) {
    if people::networks(&visit.directory).await.unwrap().is_empty() {
        let network = NetworkDraft {
            name: "Сеть".into(),
            territory: "Район".into(),
            founder: None,
            area_code: "4722".into(),
            is_demo: false,
        };
        people::add_network(visit, &network).await.unwrap();
    }
    let new = NewLogin {
        id: world.chance.id(now()),
        network: world.net.0,
        person: visit.actor(),
        email,
        name: "Демонова Анна",
        password: "x",
        password_until: None,
    };
    assert!(add_login(&visit.directory, &new, now()).await.unwrap());
}

/// The letters that wait to be sent.
async fn letters(world: &World) -> Vec<Letter> {
    let rows: Vec<(String,)> = world
        .program()
        .net
        .all("SELECT payload FROM job WHERE network_id = $1 AND kind = 'mail' ORDER BY id", args![])
        .await
        .unwrap();
    rows.iter().map(|(json,)| serde_json::from_str(json).unwrap()).collect()
}

async fn write(world: &World, at: DateTime<Utc>) -> usize {
    let app = program(world, at);
    write_all(&app, &app.db.network(world.net), at).await.unwrap()
}

both_engines! {
    migrations: crate::slices::MIGRATIONS;

    async fn a_letter_says_how_much_and_names_nobody(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let head = holder(&world, "Директоров", Role::Head, world.lab).await;
        let deputy = holder(&world, "Завучев", Role::DeputyHead, world.lab).await;
        account(&world, &head, "head@example.invalid").await;
        let asker = holder(&world, "Просителев", Role::Head, world.school).await;
        let weekly = BookingForm {
            until: "2026-12-16".into(),
            purpose: "Занятие с Ваней Ивановым".into(),
            ..asked(lab, "2026-11-25T10:00", "2026-11-25T11:00", 5)
        };
        ask(&asker, &weekly).await.unwrap();
        ask(&asker, &asked(lab, "2026-11-26T10:00", "2026-11-26T11:00", 5)).await.unwrap();

        assert_eq!(write(&world, now()).await, 1, "the deputy has no account");
        let written = letters(&world).await;
        let letter = &written[0];
        assert_eq!((written.len(), letter.to.as_str()), (1, "head@example.invalid"));
        assert_eq!(letter.subject, "Созвездие: 2 новости для вас");
        let text = format!("{} {}", letter.subject, letter.paragraphs.join("\n"));
        assert!(text.contains("2 заявки ждут вашего ответа."), "{text}");
        for word in ["Ваней", "Просителев", "лаборатория", "Дубовская", "Директоров"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        assert_eq!(letter.link.as_ref().unwrap().1, "https://set.example.invalid/notifications?state=new");
        assert!(letter.stop.as_ref().unwrap().1.starts_with("https://set.example.invalid/letters/"));

        // Once a day, and of one thing once.
        ask(&asker, &asked(lab, "2026-11-27T10:00", "2026-11-27T11:00", 5)).await.unwrap();
        assert_eq!(write(&world, now() + Duration::hours(2)).await, 0);
        assert_eq!(write(&world, now() + Duration::days(1)).await, 1);
        assert!(letters(&world).await[1].paragraphs.iter().any(|p| p.contains("1 заявка ждёт")), "only what is new");
        assert_eq!(write(&world, now() + Duration::days(2)).await, 0, "no news, no letter");

        // What a colleague has answered or one has read is no news.
        account(&world, &deputy, "deputy@example.invalid").await;
        mark_all(&deputy, &once(&deputy), &ReadForm::default()).await.unwrap();
        assert_eq!(write(&world, now() + Duration::days(3)).await, 0);
    }

    async fn two_programs_write_one_letter(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let head = holder(&world, "Директоров", Role::Head, world.lab).await;
        account(&world, &head, "head@example.invalid").await;
        let asker = holder(&world, "Просителев", Role::Head, world.school).await;
        ask(&asker, &asked(lab, "2026-11-26T10:00", "2026-11-26T11:00", 5)).await.unwrap();
        let (one, other) = tokio::join!(write(&world, now()), write(&world, now()));
        assert_eq!((one + other, letters(&world).await.len()), (1, 1));
    }

    async fn each_chooses_what_is_told_where(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let head = holder(&world, "Директоров", Role::Head, world.lab).await;
        let deputy = holder(&world, "Завучев", Role::DeputyHead, world.lab).await;
        account(&world, &head, "head@example.invalid").await;
        account(&world, &deputy, "deputy@example.invalid").await;
        // The head: requests in the program only. The deputy: in letters only.
        let form = ChoicesForm { letters: "true".into(), app: vec!["requested".into()], mail: Vec::new() };
        choose(&head, &once(&head), &form).await.unwrap();
        let form = ChoicesForm { letters: "true".into(), app: Vec::new(), mail: vec!["requested".into()] };
        choose(&deputy, &once(&deputy), &form).await.unwrap();
        let asker = holder(&world, "Просителев", Role::Head, world.school).await;
        ask(&asker, &asked(lab, "2026-11-26T10:00", "2026-11-26T11:00", 5)).await.unwrap();

        assert_eq!((count_new(&head).await.unwrap(), lines(&head).await.len()), (1, 1));
        assert_eq!((count_new(&deputy).await.unwrap(), lines(&deputy).await.len()), (0, 0));
        assert_eq!(write(&world, now()).await, 1);
        assert_eq!(letters(&world).await[0].to, "deputy@example.invalid");
        let kept = choices(&deputy).await.unwrap();
        assert!(kept.letters && kept.kinds.iter().all(|c| !c.in_app && c.by_mail == (c.kind == Kind::Requested)));
        let wrong = ChoicesForm { mail: vec!["gossip".into()], ..ChoicesForm::default() };
        assert!(matches!(choose(&head, &once(&head), &wrong).await, Err(Fault::Invalid(_))));
    }

    async fn the_link_in_a_letter_stops_letters_and_nothing_else(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let head = holder(&world, "Директоров", Role::Head, world.lab).await;
        account(&world, &head, "head@example.invalid").await;
        let asker = holder(&world, "Просителев", Role::Head, world.school).await;
        ask(&asker, &asked(lab, "2026-11-26T10:00", "2026-11-26T11:00", 5)).await.unwrap();
        write(&world, now()).await;
        let address = letters(&world).await[0].stop.clone().unwrap().1;
        let secret = address.rsplit('/').next().unwrap();
        let (app, guest) = (program(&world, now()), world.guest());
        assert!(stopping(&app, &guest, secret).await.unwrap().2, "looking stops nothing");
        assert!(matches!(stopping(&app, &guest, "guess").await, Err(Fault::NotFound)));
        assert!(matches!(stop(&app, &guest, "guess").await, Err(Fault::NotFound)));
        stop(&app, &guest, secret).await.unwrap();
        stop(&app, &guest, secret).await.unwrap();
        assert!(!choices(&head).await.unwrap().letters);

        ask(&asker, &asked(lab, "2026-11-27T10:00", "2026-11-27T11:00", 5)).await.unwrap();
        assert_eq!(write(&world, now() + Duration::days(1)).await, 0);
        assert_eq!(count_new(&head).await.unwrap(), 2, "the program tells as before");
        // A letter's secret is worth nothing when its year is over.
        write(&world, now() + Duration::days(401)).await;
        assert!(matches!(stopping(&app, &guest, secret).await, Err(Fault::NotFound)));
    }

    async fn a_reminder_read_is_not_new_again(db: Db) {
        let world = World::new(db).await;
        let lab = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let head = holder(&world, "Директоров", Role::Head, world.lab).await;
        let asker = holder(&world, "Просителев", Role::Head, world.school).await;
        let done = ask(&asker, &asked(lab, "2026-12-10T10:00", "2026-12-10T11:00", 5)).await.unwrap();
        let unanswered = async || {
            let all = lines(&head).await;
            all.into_iter().find(|b| b.first.kind == Kind::Unanswered)
        };
        let later = |days: i64| {
            let clock = Clock::fixed(now() + Duration::days(days));
            let viewer = Viewer::guest(roles::policy);
            Visit::by_program(world.program().net.clone(), world.program().directory.clone(), viewer, &clock, world.chance.clone())
        };
        remind(&later(2)).await.unwrap();
        assert!(unanswered().await.is_none(), "two days are no delay");
        remind(&later(3)).await.unwrap();
        assert!(unanswered().await.unwrap().is_new);
        mark_all(&later_viewer(&head, 3), &once(&head), &ReadForm::default()).await.unwrap();
        for day in 4..7 {
            remind(&later(day)).await.unwrap();
        }
        assert!(!unanswered().await.unwrap().is_new, "of one thing once");
        crate::exchange::confirm(&head, &once(&head), id(&done)).await.unwrap();
        assert!(unanswered().await.unwrap().is_settled);
    }
}

/// The same person some days later.
fn later_viewer(visit: &Visit, days: i64) -> Visit {
    let clock = Clock::fixed(now() + Duration::days(days));
    let chance = kit::Chance::seeded(9);
    Visit::by_program(visit.net.clone(), visit.directory.clone(), visit.viewer.clone(), &clock, chance)
}
