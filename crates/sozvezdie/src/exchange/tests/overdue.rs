//! A loan that is not back holds what it took, however long ago it should have been.
use super::*;
use crate::{exchange::count_waiting, slices::MIGRATIONS};
use kit::db::{Engine, bare::heard, testing::both_engines};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

fn paper() -> LoanForm {
    LoanForm { responsible: "Демонов С. У.".into(), ..LoanForm::default() }
}

fn loan(of: ResourceId, from: &str, to: &str, units: i64) -> BookingForm {
    BookingForm { loan: "true".into(), units: units.to_string(), ..asked(of, from, to, 5) }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn what_waits_is_counted_by_the_indices_of_both_sides(db: Db) {
        let world = World::new(db).await;
        let kit = world.resource(&ResourceDraft { loanable: true, ..world.laboratory(Sharing::ByPiece, 5) }).await;
        let (school, lab) = (world.head(world.school), world.head(world.lab));
        ask(&school, &loan(kit, "2026-11-25T10:00", "2026-11-30T10:00", 3)).await.unwrap();
        assert_eq!(count_waiting(&school).await.unwrap(), 0);
        let (count, statements) = heard(count_waiting(&lab)).await;
        assert_eq!(count.unwrap(), 1);
        if lab.net.engine() == Engine::Sqlite {
            let asked = statements.iter().find(|s| s.sql().contains("b.form = 'loan'")).unwrap();
            let sql = format!("EXPLAIN QUERY PLAN {}", asked.sql());
            let plan: Vec<(i64, i64, i64, String)> = lab.net.all(sql, asked.args()[1..].to_vec()).await.unwrap();
            let plan: String = plan.into_iter().map(|(.., step)| step + "\n").collect();
            for step in ["SEARCH b USING INDEX sqlite_autoindex_booking_1", "booking_waiting_owner", "booking_waiting_asker"] {
                assert!(plan.contains(step), "{step}: {plan}");
            }
        }
    }

    async fn what_is_not_back_is_not_lent_again(db: Db) {
        let world = World::new(db).await;
        let kit = world.resource(&ResourceDraft { loanable: true, ..world.laboratory(Sharing::ByPiece, 5) }).await;
        let (school, lab) = (world.head(world.school), world.head(world.lab));
        let first = id(&ask(&school, &loan(kit, "2026-11-25T10:00", "2026-11-30T10:00", 3)).await.unwrap());
        confirm(&lab, &once(&lab), first).await.unwrap();
        let out = world.head_at(world.lab, "2026-11-25T11:00");
        hand_over(&out, &once(&out), first, &paper()).await.unwrap();

        // Before its end nobody expects the worst.
        let early = world.head_at(world.school, "2026-11-26T10:00");
        let next = asked(kit, "2026-12-03T10:00", "2026-12-03T11:00", 1);
        let probe = BookingForm { units: "5".into(), ..next.clone() };
        let taken = id(&ask(&early, &probe).await.unwrap());
        cancel(&early, &once(&early), taken, &ReasonForm::default()).await.unwrap();

        let late = world.head_at(world.school, "2026-12-01T10:00");
        assert_eq!(code(ask(&late, &probe).await), "taken", "three of five are still away");
        let fits = BookingForm { units: "2".into(), ..next };
        ask(&late, &fits).await.unwrap();
        let late_lab = world.head_at(world.lab, "2026-12-01T12:00");
        take_back(&late_lab, &once(&late_lab), first, &LoanForm::default()).await.unwrap();
        ask(&world.head_at(world.school, "2026-12-01T13:00"), &BookingForm { units: "3".into(), ..probe }).await.unwrap();
    }

    /// Against a plain count of pieces that are out.
    async fn pieces_that_are_out_are_never_promised(db: Db) {
        const CAPACITY: i64 = 6;
        let world = World::new(db).await;
        let kit = world.resource(&ResourceDraft { loanable: true, ..world.laboratory(Sharing::ByPiece, CAPACITY) }).await;
        let mut random = StdRng::seed_from_u64(20_261_201);
        let (mut out, mut yes, mut no) = (Vec::new(), 0, 0);
        // A day a turn: every loan is due the same evening, so whatever is out in the morning is overdue.
        for day in 1..=28 {
            let date = chrono::NaiveDate::from_ymd_opt(2027, 4, day).unwrap();
            if chrono::Datelike::weekday(&date).number_from_monday() > 5 {
                continue;
            }
            let at = |hour: u32| format!("{date}T{hour:02}:00");
            let (school, lab) = (world.head_at(world.school, &at(8)), world.head_at(world.lab, &at(8)));
            if !out.is_empty() && random.random_range(0..3) == 0 {
                let (id, _) = out.swap_remove(random.random_range(0..out.len()));
                take_back(&lab, &once(&lab), id, &LoanForm::default()).await.unwrap();
            }
            let units = random.random_range(1..=CAPACITY);
            let away: i64 = out.iter().map(|(_, units)| units).sum();
            match ask(&school, &loan(kit, &at(9), &at(12), units)).await {
                Ok(done) => {
                    assert!(away + units <= CAPACITY, "{units} promised while {away} of {CAPACITY} are out");
                    confirm(&lab, &once(&lab), id(&done)).await.unwrap();
                    let noon = world.head_at(world.lab, &at(10));
                    hand_over(&noon, &once(&noon), id(&done), &paper()).await.unwrap();
                    out.push((id(&done), units));
                    yes += 1;
                }
                refused => {
                    assert_eq!(code(refused), "taken");
                    assert!(away + units > CAPACITY, "{units} refused while {away} of {CAPACITY} are out");
                    no += 1;
                }
            }
        }
        assert!(yes > 3 && no > 3, "{yes} {no}: nothing was tried");
    }
}
