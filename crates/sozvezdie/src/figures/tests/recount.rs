//! The second count: plain loops over all rows of a network made by chance, and that the figures say the same.
use super::{Place, asked, day};
use crate::{
    events::{EditionState, Format, Level},
    figures::{By, Counts, Selection, Side, behind, count},
    learners::{self, ClassName},
    organisations,
    results::{ResultState, State},
    slices::MIGRATIONS,
};
use kit::{
    Lang,
    access::Reach,
    db::{NetworkId, args, testing::both_engines},
};
use rand::{SeedableRng as _, rngs::StdRng};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A row as an export has it.
struct Raw {
    id: Uuid,
    edition: Uuid,
    learner: Uuid,
    team: Option<Uuid>,
    year: i64,
    counted: bool,
    class: Option<i64>,
    age: i64,
    main: Uuid,
    sending: Uuid,
    preparing: Option<Uuid>,
    member: bool,
    state: State,
    prize: bool,
    result: ResultState,
    level: Level,
    format: Format,
    subject: Option<String>,
    edition_state: EditionState,
    paid: bool,
    lists: BTreeSet<String>,
}

async fn export(place: &Place) -> Vec<Raw> {
    type First = (Uuid, Uuid, Uuid, Option<Uuid>, i64, bool, Option<i64>, i64);
    type Second = (Uuid, Uuid, Option<Uuid>, bool, State, bool, ResultState);
    type About = (Uuid, Level, Format, Option<String>, EditionState, bool);
    let net = place.db.network(NetworkId(Uuid::from_u128(1)));
    let first: Vec<First> = net
        .all("SELECT id, edition_id, learner_id, team_id, academic_year, counted, class_number, age FROM participation WHERE network_id = $1 ORDER BY id", args![])
        .await
        .unwrap();
    let second: Vec<Second> = net
        .all("SELECT organisation_id, sending_id, preparing_id, centre_member, state, prize, result_state FROM participation WHERE network_id = $1 ORDER BY id", args![])
        .await
        .unwrap();
    let editions: Vec<About> = net
        .all("SELECT e.id, e.level, e.format, e.subject, e.state, v.paid FROM event_edition e JOIN event v ON v.network_id = e.network_id AND v.id = e.event_id WHERE e.network_id = $1", args![])
        .await
        .unwrap();
    let editions: BTreeMap<Uuid, About> = editions.into_iter().map(|e| (e.0, e)).collect();
    let listings: Vec<(Uuid, String)> = net
        .all("SELECT g.edition_id, l.kind FROM event_listing g JOIN event_list_entry n ON n.network_id = g.network_id AND n.id = g.entry_id JOIN event_list l ON l.network_id = g.network_id AND l.id = n.list_id WHERE g.network_id = $1", args![])
        .await
        .unwrap();
    let raw = first.into_iter().zip(second).map(|(a, b)| {
        let e = &editions[&a.1];
        Raw {
            id: a.0,
            edition: a.1,
            learner: a.2,
            team: a.3,
            year: a.4,
            counted: a.5,
            class: a.6,
            age: a.7,
            main: b.0,
            sending: b.1,
            preparing: b.2,
            member: b.3,
            state: b.4,
            prize: b.5,
            result: b.6,
            level: e.1,
            format: e.2,
            subject: e.3.clone(),
            edition_state: e.4,
            paid: e.5,
            lists: listings.iter().filter(|(id, _)| *id == a.1).map(|(_, kind)| kind.clone()).collect(),
        }
    });
    raw.collect()
}

impl Raw {
    fn took_part(&self) -> bool {
        self.counted && matches!(self.state, State::TookPart | State::Disqualified)
    }

    fn is_settled(&self) -> bool {
        self.edition_state == EditionState::Published
            && (self.state == State::Disqualified
                || matches!(self.result, ResultState::Confirmed | ResultState::Approved))
    }

    /// The lines of a breakdown that the row belongs to.
    fn keys(&self, by: Option<By>, s: &Selection) -> Vec<Option<String>> {
        let number = |n: Option<i64>| vec![n.map(|n| n.to_string())];
        match by {
            None => vec![None],
            Some(By::Year) => number(Some(self.year)),
            Some(By::Level) => vec![Some(self.level.code().into())],
            Some(By::Format) => vec![Some(self.format.code().into())],
            Some(By::Subject) => vec![self.subject.clone()],
            Some(By::Class) => number(self.class),
            Some(By::Age) => number(Some(self.age)),
            Some(By::Organisation) => vec![match s.side {
                Side::Main => Some(self.main.to_string()),
                Side::Sending => Some(self.sending.to_string()),
                Side::Preparing => self.preparing.map(|id| id.to_string()),
            }],
            Some(By::List) if self.lists.is_empty() => vec![None],
            Some(By::List) => self.lists.iter().cloned().map(Some).collect(),
        }
    }
}

/// The second count: what the rules of `domain.md` §5 say, word by word.
fn recount(rows: &[&Raw]) -> Counts {
    let mut c = Counts::default();
    let (mut all, mut settled, mut prized) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut children, mut prize_children, mut places) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for r in rows {
        all.insert(r.edition);
        if !r.is_settled() {
            c.pending += 1;
            continue;
        }
        settled.insert(r.edition);
        c.participations += 1;
        children.insert(r.learner);
        if r.prize {
            c.prize_participations += 1;
            prized.insert(r.edition);
            prize_children.insert(r.learner);
            places.insert(r.team.unwrap_or(r.id));
        }
    }
    let n = |set: &BTreeSet<Uuid>| i64::try_from(set.len()).unwrap();
    (c.editions, c.prize_editions, c.children, c.prize_children, c.prize_places) =
        (n(&settled), n(&prized), n(&children), n(&prize_children), n(&places));
    c.pending_editions = n(&all) - n(&settled);
    c
}

async fn compare(place: &Place, rows: &[Raw], pairs: &[(&str, &str)], keep: impl Fn(&Raw) -> bool, by: Option<By>) {
    let mut pairs: Vec<(&str, String)> = pairs.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
    if let Some(by) = by {
        pairs.push(("by", by.code().to_owned()));
    }
    let s = asked(&pairs);
    let net = place.db.network(NetworkId(Uuid::from_u128(1)));
    let found = count(&net, Lang::Ru, &s, &Reach::Network).await.unwrap();
    let years: Vec<i64> = s.years().map(|y| y.0).collect();
    let meant: Vec<&Raw> = rows.iter().filter(|r| years.contains(&r.year) && r.took_part() && keep(r)).collect();
    assert_eq!(found.total, recount(&meant), "{pairs:?}");
    let mut lines: BTreeMap<Option<String>, Vec<&Raw>> = BTreeMap::new();
    for r in by.map(|_| meant).unwrap_or_default() {
        for key in r.keys(by, &s) {
            lines.entry(key).or_default().push(r);
        }
    }
    let expected: BTreeMap<_, _> = lines.into_iter().map(|(key, rows)| (key, recount(&rows))).collect();
    let got: BTreeMap<_, _> = found.lines.into_iter().map(|(l, _)| (l.key.0, l.counts)).collect();
    assert_eq!(got, expected, "{pairs:?}");
}

type Among = fn(&Raw, &[Uuid]) -> bool;

both_engines! {
    migrations: MIGRATIONS;

    async fn every_figure_agrees_with_a_plain_count_of_all_rows(db: Db) {
        let place = Place::new(db).await;
        place.fill(&mut StdRng::seed_from_u64(11)).await;
        let before = export(&place).await;
        assert!(before.iter().any(|r| r.prize && r.team.is_some()) && before.iter().any(|r| r.state == State::Disqualified));
        // What comes later rewrites nothing: a new name, a new school, a membership.
        let visit = place.by("department_specialist", None);
        let mut tx = visit.net.begin().await.unwrap();
        organisations::note_name(&mut tx, place.schools[0], day("2020-01-01"), "Гимназия", "Гимназия", None).await.unwrap();
        learners::place(&mut tx, &visit, place.children[0], place.schools[2], ClassName::read("9 Б").as_ref(), day("2018-09-01"), None).await.unwrap();
        place.member(&mut tx, &visit, place.children[3], "2014-01-01", None).await;
        tx.commit().await.unwrap();
        let rows = export(&place).await;
        assert!(rows.iter().zip(&before).all(|(a, b)| (a.main, a.class, a.member) == (b.main, b.class, b.member)));
        let all = [("from", "2014-2015"), ("to", "2018-2019")];
        let member = |r: &Raw| r.member;
        for by in std::iter::once(None).chain(By::ALL.iter().copied().map(Some)) {
            compare(&place, &rows, &all, member, by).await;
            compare(&place, &rows, &[("from", "2015-2016"), ("to", "2016-2017")], member, by).await;
            compare(&place, &rows, &[("from", "2015-2016"), ("whose", "all")], |_| true, by).await;
        }
        for side in ["sending", "preparing"] {
            compare(&place, &rows, &[all[0], all[1], ("side", side)], member, Some(By::Organisation)).await;
        }
        compare(&place, &rows, &[all[0], all[1], ("paid", "no")], |r| r.member && !(r.paid && r.lists.is_empty()), Some(By::List)).await;
        compare(&place, &rows, &[all[0], all[1], ("list", "none")], |r| r.member && r.lists.is_empty(), Some(By::Level)).await;
        compare(&place, &rows, &[all[0], all[1], ("list", "federal")], |r| r.member && r.lists.contains("federal"), Some(By::Year)).await;
        compare(&place, &rows, &[all[0], all[1], ("subject", "Химия"), ("class", "7")], |r| r.member && r.subject.as_deref() == Some("Химия") && r.class == Some(7), Some(By::Age)).await;
        compare(&place, &rows, &[all[0], all[1], ("subject", "none")], |r| r.member && r.subject.is_none(), None).await;
        let school = place.schools[1].to_string();
        compare(&place, &rows, &[all[0], all[1], ("organisation", &school)], |r| r.member && r.main == place.schools[1].0, Some(By::Class)).await;
        // Several values of one attribute: everybody once, and not the sum of the lines.
        let two = [place.schools[0], place.schools[1]];
        let among: [(String, Among); 6] = [
            (format!("organisation:{}|{}", two[0], two[1]), |r, two| two.contains(&r.main)),
            ("level:school|regional".into(), |r, _| matches!(r.level, Level::School | Level::Regional)),
            ("class:6|7".into(), |r, _| matches!(r.class, Some(6 | 7))),
            ("year:2015|2017".into(), |r, _| matches!(r.year, 2015 | 2017)),
            ("list:federal|rsosh".into(), |r, _| r.lists.contains("federal") || r.lists.contains("rsosh")),
            ("subject:Химия".into(), |r, _| r.subject.as_deref() == Some("Химия")),
        ];
        for (among, keep) in &among {
            compare(&place, &rows, &[all[0], all[1], ("among", among)], |r| r.member && keep(r, &two.map(|o| o.0)), Some(By::Level)).await;
        }
    }

    async fn a_figure_opens_exactly_its_rows(db: Db) {
        let place = Place::new(db).await;
        place.fill(&mut StdRng::seed_from_u64(5)).await;
        let rows = export(&place).await;
        let department = place.by("department_specialist", None);
        for (of, keep) in [("counted", None), ("prizes", Some(true)), ("pending", Some(false))] {
            let s = asked(&[("from", "2015-2016".into()), ("to", "2016-2017".into()), ("of", of.into())]);
            let slice = behind(&department, &s, None, 1000).await.unwrap();
            let got: BTreeSet<Uuid> = slice.items.iter().map(|r| r.id.0).collect();
            let meant = rows.iter().filter(|r| (2015..=2016).contains(&r.year) && r.member && r.took_part());
            let meant: BTreeSet<Uuid> = meant
                .filter(|r| match keep {
                    None => r.is_settled(),
                    Some(true) => r.is_settled() && r.prize,
                    Some(false) => !r.is_settled(),
                })
                .map(|r| r.id)
                .collect();
            assert_eq!((slice.total, got), (i64::try_from(meant.len()).unwrap(), meant), "{of}");
            assert!(slice.items.iter().all(|r| r.learner.is_none() && r.learner_id.is_none()), "the department sees no names");
        }
        // Page by page comes the same as at once.
        let s = asked(&[("from", "2014-2015".into()), ("to", "2018-2019".into()), ("whose", "all".into())]);
        let whole: Vec<_> = behind(&department, &s, None, 1000).await.unwrap().items.iter().map(|r| r.id).collect();
        let (mut paged, mut cursor) = (Vec::new(), None);
        loop {
            let slice = behind(&department, &s, cursor.as_ref(), 7).await.unwrap();
            paged.extend(slice.items.iter().map(|r| r.id));
            cursor = slice.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(paged, whole);
        // A head sees what the own school sent, prepared or taught, with the names of its own children alone.
        let head = place.by("head", Some(place.schools[0]));
        let own = behind(&head, &s, None, 1000).await.unwrap();
        let near = |r: &Raw| r.main == place.schools[0].0 || r.sending == place.schools[0].0 || r.preparing == Some(place.schools[0].0);
        let meant = rows.iter().filter(|r| r.took_part() && r.is_settled() && near(r)).count();
        assert_eq!(own.items.len(), meant);
        assert!(own.items.iter().all(|r| r.learner.is_some() == (r.organisation_id == place.schools[0])));
        assert!(own.items.iter().any(|r| r.learner.is_some()) && own.items.iter().any(|r| r.learner.is_none()));
    }
}
