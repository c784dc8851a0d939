//! Portfolios on both engines: together they hold exactly the rows that the figures count, and nobody
//! sees one who may not.
use super::{Counts, Period, of_child, of_pedagogue, paper, to_print, view};
use crate::{
    consents::{self, Purpose, tests::let_in},
    figures::{self, Asked, By, Selection, tests::Place},
    learners::{self, GroundKind},
    people::{self, PersonDraft, PersonId, PersonName},
    results::{self, ParticipationId},
    roles,
    shell::AcademicYear,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Clock, Fault, Lang, Visit,
    access::{Grant, Reach, Viewer},
    db::{NetworkId, args, testing::both_engines},
};
use rand::{SeedableRng as _, rngs::StdRng};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn all_years(more: &[(&str, &str)]) -> Selection {
    let pairs = [("from", "2014-2015"), ("to", "2018-2019"), ("whose", "all")];
    let object = pairs.iter().chain(more).map(|(k, v)| ((*k).to_owned(), serde_json::json!(v))).collect();
    let asked: Asked = serde_json::from_value(serde_json::Value::Object(object)).unwrap();
    asked.check(AcademicYear(2026)).unwrap()
}

/// Three pedagogues; who prepared each participation, alone or by parts of a hundred.
async fn mentored(place: &Place) -> Vec<PersonId> {
    let visit = place.by("department_specialist", None);
    let mut tx = visit.net.begin().await.unwrap();
    let mut people = Vec::new();
    for last in ["Первов", "Вторых", "Третьяк"] {
        let name = PersonName { last: last.into(), first: "Имя".into(), patronymic: None };
        people.push(people::add(&mut tx, &visit, &PersonDraft { name, email: None, phone: None }).await.unwrap());
    }
    let ids: Vec<(ParticipationId,)> =
        tx.all("SELECT id FROM participation WHERE network_id = $1 ORDER BY id", args![]).await.unwrap();
    for (n, (id,)) in ids.iter().enumerate() {
        let parts: &[(usize, i64)] = [&[(0, 100)][..], &[(0, 50), (1, 50)], &[(1, 30), (2, 69), (0, 1)]][n % 3];
        for (who, share) in parts {
            results::put_mentor(&mut tx, *id, people[*who], *share).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    people
}

/// Somebody with one role, who is this person.
fn person(place: &Place, id: PersonId, role: &str) -> Visit {
    let net = place.db.network(NetworkId(Uuid::from_u128(1)));
    let grants = vec![Grant { role: role.into(), organisation: Some(place.schools[0].0) }];
    let viewer = Viewer::person(id.0, Uuid::from_u128(8), "Кто-то".into(), "a@b.ru".into(), grants, roles::policy);
    let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
    Visit::by_program(net, place.db.directory(), viewer, &clock, place.chance.clone())
}

both_engines! {
    migrations: MIGRATIONS;

    async fn portfolios_hold_together_exactly_what_the_figures_count(db: Db) {
        let place = Place::new(db).await;
        place.fill(&mut StdRng::seed_from_u64(23)).await;
        let pedagogues = mentored(&place).await;
        let department = place.by("department_specialist", None);
        let whole = figures::count(&department.net, Lang::Ru, &all_years(&[("by", "level")]), &Reach::Network).await.unwrap();
        let rows = |of: &str| { let s = all_years(&[("of", of)]); let visit = &department; async move {
            figures::behind(visit, &s, None, 5000).await.unwrap().items.iter().map(|r| r.id).collect::<BTreeSet<_>>()
        } };
        let (counted, prizes) = (rows("counted").await, rows("prizes").await);
        assert!(prizes.len() > 3 && counted.len() > prizes.len());

        let (mut sum, mut pending, mut children, mut prized) = (Counts::default(), 0, 0, 0);
        let (mut seen, mut seen_prizes, mut official) = (BTreeSet::new(), BTreeSet::new(), 0);
        let mut by_level: BTreeMap<&'static str, i64> = BTreeMap::new();
        for (n, child) in place.children.iter().enumerate() {
            let head = place.by("head", Some(place.schools[n % 3]));
            let p = of_child(&head, *child, &Period::default()).await.unwrap();
            let c = Counts::of(p.achievements.iter());
            sum.participations += c.participations;
            sum.prize_participations += c.prize_participations;
            (children, prized) = (children + c.children, prized + c.prize_children);
            pending += p.pending;
            for a in &p.achievements {
                assert!(seen.insert(a.id) && a.learner == *child && a.share == 100);
                if a.is_prize { seen_prizes.insert(a.id); }
                official += i64::from(a.is_official());
                *by_level.entry(a.level.code()).or_default() += 1;
            }
            let year = AcademicYear(2016);
            let one = of_child(&head, *child, &Period { from: Some(year), to: Some(year) }).await.unwrap();
            assert_eq!(one.achievements.len(), p.achievements.iter().filter(|a| a.year == year).count());
        }
        let total = whole.total;
        assert_eq!((seen, seen_prizes), (counted.clone(), prizes.clone()));
        assert_eq!((sum.participations, sum.prize_participations), (total.participations, total.prize_participations));
        assert_eq!((children, prized, pending), (total.children, total.prize_children, total.pending));
        let listed = figures::count(&department.net, Lang::Ru, &all_years(&[("list", "any")]), &Reach::Network).await.unwrap();
        assert_eq!(official, listed.total.participations);
        for (line, _) in &whole.lines {
            let level = line.key.0.clone().unwrap();
            assert_eq!(by_level.get(level.as_str()).copied().unwrap_or_default(), line.counts.participations, "{level}");
        }
        assert_eq!(all_years(&[("by", "level")]).by, Some(By::Level));

        // The parts of all who prepared make one: the sums of pedagogues never multiply.
        let (mut shares, mut prize_shares, mut seen) = (0, 0, BTreeSet::new());
        for id in &pedagogues {
            let own = person(&place, *id, "pedagogue");
            let p = of_pedagogue(&own, *id, &Period::default()).await.unwrap();
            let rows: Vec<_> = p.achievements.iter().collect();
            let years = view::by_year(&rows);
            assert!(years.windows(2).all(|pair| pair[0].0 > pair[1].0), "the latest year first");
            assert_eq!(years.iter().map(|(_, of_year)| of_year.len()).sum::<usize>(), rows.len(), "no row is lost");
            let c = Counts::of(p.achievements.iter());
            (shares, prize_shares) = (shares + c.shares, prize_shares + c.prize_shares);
            seen.extend(p.achievements.iter().map(|a| a.id));
            assert!(p.achievements.iter().all(|a| a.name.is_none()), "no pupil is given to this pedagogue");
        }
        assert_eq!(seen, counted);
        assert_eq!((shares, prize_shares), (100 * total.participations, 100 * total.prize_participations));
    }

    async fn a_portfolio_is_seen_by_few_and_names_pupils_by_consent(db: Db) {
        let place = Place::new(db).await;
        place.fill(&mut StdRng::seed_from_u64(4)).await;
        let pedagogues = mentored(&place).await;
        let (child, pedagogue) = (place.children[0], pedagogues[0]);
        let period = Period::default();
        let own_head = place.by("head", Some(place.schools[0]));
        let other_head = place.by("head", Some(place.schools[1]));
        let missing = |found: Result<(), Fault>| assert!(matches!(found, Err(Fault::NotFound)));
        missing(of_child(&other_head, child, &period).await.map(drop));
        missing(of_child(&place.by("department_specialist", None), child, &period).await.map(drop));
        missing(of_child(&own_head, PersonId(Uuid::from_u128(404)), &period).await.map(drop));
        let looks = "SELECT COUNT(*) FROM audit_subject WHERE network_id = $1 AND person_id = $2";
        let count = async || own_head.net.scalar::<i64>(looks, args![child]).await.unwrap();
        let before = count().await;
        of_child(&own_head, child, &period).await.unwrap();
        assert_eq!(count().await, before + 1, "a look is noted");

        // A pedagogue of no school here is nobody's but their own and the Centre's.
        missing(of_pedagogue(&own_head, pedagogue, &period).await.map(drop));
        let mut tx = own_head.net.begin().await.unwrap();
        people::grant(&mut tx, &own_head, pedagogue, roles::Role::Pedagogue, Some(place.schools[0].0)).await.unwrap();
        tx.commit().await.unwrap();
        let seen = of_pedagogue(&own_head, pedagogue, &period).await.unwrap();
        assert!(seen.achievements.iter().any(|a| a.name.is_some()) && seen.achievements.iter().any(|a| a.name.is_none()));
        missing(of_pedagogue(&other_head, pedagogue, &period).await.map(drop));
        of_pedagogue(&place.by("centre_coordinator", Some(place.schools[2])), pedagogue, &period).await.unwrap();

        // On paper a name needs a consent, and a consent alone is enough.
        let own = person(&place, pedagogue, "pedagogue");
        let printed = to_print(&own_head, pedagogue, &period).await.unwrap();
        assert!(printed.achievements.iter().all(|a| a.name.is_none()), "nobody agreed");
        let named = printed.achievements[0].learner;
        let mut tx = own_head.net.begin().await.unwrap();
        let consent = consents::Granting::paper(named, Purpose::Publication, own_head.today);
        consents::grant(&mut tx, &own_head, &consent).await.unwrap();
        tx.commit().await.unwrap();
        let printed = to_print(&own, pedagogue, &period).await.unwrap();
        assert!(printed.achievements.iter().all(|a| a.name.is_some() == (a.learner == named)));
        let text = paper::of_pedagogue(&printed, own.today).text();
        let name = printed.achievements.iter().find_map(|a| a.name.clone()).unwrap();
        assert!(text.contains(&name) && text.contains("с учётом доли в подготовке"), "{text}");

        // Who receives a child for an event has its name on a list, and no portfolio.
        let_in(&own_head, child, GroundKind::Participation, place.schools[1]).await;
        assert!(learners::may_see(&other_head, child).await.unwrap());
        missing(of_child(&other_head, child, &period).await.map(drop));
    }
}
