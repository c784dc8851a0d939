//! Reminders of loans and of a month's outcomes: who, when, and when no more.
use super::*;
use crate::{notifications::Kind, slices::MIGRATIONS};
use kit::db::{args, testing::both_engines};

fn loan(of: ResourceId, from: &str, to: &str) -> BookingForm {
    BookingForm { loan: "true".into(), units: "1".into(), ..asked(of, from, to, 5) }
}

/// The program looks around at this moment.
async fn look(world: &World, local: &str) {
    let at = resources::read_moment(local).unwrap();
    let visit = world.as_role(Role::Guest, None, at);
    remind(&visit).await.unwrap();
}

/// A person with a role, who reads notifications.
async fn reader(world: &World, role: Role, of: OrganisationId) -> PersonId {
    let person = world.person("Читателев").await;
    let visit = world.program();
    let granted = visit.net.transact(async |tx: &mut Tx| people::grant(tx, &visit, person, role, Some(of.0)).await);
    granted.await.unwrap();
    person
}

/// How many open lines of a kind somebody has.
async fn open(world: &World, person: PersonId, kind: Kind) -> i64 {
    let sql = "SELECT COUNT(DISTINCT bunch) FROM notification
               WHERE network_id = $1 AND person_id = $2 AND kind = $3 AND settled_at IS NULL";
    world.program().net.opt::<(i64,)>(sql, args![person, kind]).await.unwrap().map_or(0, |(n,)| n)
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_loan_is_asked_for_the_day_before_and_when_it_is_late(db: Db) {
        let world = World::new(db).await;
        let kit = world.resource(&ResourceDraft { loanable: true, ..world.laboratory(Sharing::ByPiece, 5) }).await;
        let (school, lab) = (world.head(world.school), world.head(world.lab));
        let (borrower, owner) = (reader(&world, Role::Head, world.school).await, reader(&world, Role::Head, world.lab).await);
        let first = id(&ask(&school, &loan(kit, "2026-11-25T10:00", "2026-11-30T10:00")).await.unwrap());
        confirm(&lab, &once(&lab), first).await.unwrap();
        look(&world, "2026-11-29T12:00").await;
        assert_eq!(open(&world, borrower, Kind::LoanDue).await, 0, "it is not in their hands");
        let out = world.head_at(world.lab, "2026-11-25T11:00");
        let paper = LoanForm { responsible: "Демонов С. У.".into(), ..LoanForm::default() };
        hand_over(&out, &once(&out), first, &paper).await.unwrap();

        look(&world, "2026-11-28T12:00").await;
        assert_eq!(open(&world, borrower, Kind::LoanDue).await, 0);
        for hour in 6..20 {
            look(&world, &format!("2026-11-29T{hour:02}:00")).await;
        }
        assert_eq!((open(&world, borrower, Kind::LoanDue).await, open(&world, owner, Kind::LoanDue).await), (1, 0));
        look(&world, "2026-11-30T09:00").await;
        assert_eq!(open(&world, borrower, Kind::LoanOverdue).await, 0, "its last hour has not struck");
        for day in ["2026-11-30", "2026-12-01", "2026-12-05"] {
            look(&world, &format!("{day}T12:00")).await;
        }
        assert_eq!((open(&world, borrower, Kind::LoanOverdue).await, open(&world, owner, Kind::LoanOverdue).await), (1, 1));
        let late = world.head_at(world.lab, "2026-12-05T13:00");
        take_back(&late, &once(&late), first, &LoanForm::default()).await.unwrap();
        for kind in [Kind::LoanDue, Kind::LoanOverdue] {
            assert_eq!((open(&world, borrower, kind).await, open(&world, owner, kind).await), (0, 0), "it is back");
        }
    }

    async fn a_month_is_asked_for_on_its_day_until_both_have_spoken(db: Db) {
        let world = World::new(db).await;
        let lab_room = world.resource(&world.laboratory(Sharing::ByPlace, 30)).await;
        let (school, lab) = (world.head(world.school), world.head(world.lab));
        let (asker, owner) = (reader(&world, Role::Head, world.school).await, reader(&world, Role::Head, world.lab).await);
        let stranger = reader(&world, Role::Head, world.other).await;
        let visit = id(&ask(&school, &asked(lab_room, "2026-11-25T10:00", "2026-11-25T11:00", 5)).await.unwrap());
        confirm(&lab, &once(&lab), visit).await.unwrap();
        look(&world, "2026-12-02T12:00").await;
        assert_eq!(open(&world, asker, Kind::MonthDue).await, 0, "two days are left to do it in peace");
        look(&world, "2026-12-03T12:00").await;
        look(&world, "2026-12-04T12:00").await;
        let all = async || {
            let count = |person| open(&world, person, Kind::MonthDue);
            (count(asker).await, count(owner).await, count(stranger).await)
        };
        assert_eq!(all().await, (1, 1, 0));
        let sheet = |of: OrganisationId| MonthForm {
            organisation_id: of.to_string(),
            month: "2026-11".into(),
            with_planned: "true".into(),
            ..MonthForm::default()
        };
        let later = world.head_at(world.school, "2026-12-04T13:00");
        confirm_month(&later, &once(&later), &sheet(world.school)).await.unwrap();
        look(&world, "2026-12-04T14:00").await;
        assert_eq!(all().await, (0, 1, 0), "the owner has not spoken yet");
        let later = world.head_at(world.lab, "2026-12-04T15:00");
        confirm_month(&later, &once(&later), &sheet(world.lab)).await.unwrap();
        look(&world, "2026-12-04T16:00").await;
        assert_eq!(all().await, (0, 0, 0));
    }
}
