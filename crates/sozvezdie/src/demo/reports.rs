//! Reports of the demo: the Centre's of 2015-2017, closed long ago with the 30 % of the source text, and
//! those of last year's call: some handed in, one returned, most owed.
use super::network::Placed;
use crate::{
    organisations::{self, OrganisationId},
    people::PersonId,
    reports::{self, Kind, NewCall, Period, ReportId, State, Subject},
    roles,
    shell::AcademicYear,
};
use chrono::{Days, NaiveDate};
use kit::{Chance, Clock, Fault, Lang, Visit, access::Viewer, db::Tx};

/// Schools that have handed in; the last one is still to be decided.
const HANDED_IN: [&str; 6] = [
    "Станция юных натуралистов",
    "Беловская СОШ",
    "Северная СОШ №\u{a0}1",
    "Тавровская СОШ",
    "Пушкарская СОШ",
    "Дубовская СОШ",
];
/// Those whose report was accepted.
const ACCEPTED: usize = 3;
const RETURNED: &str = "Разуменская СОШ №\u{a0}2";
const REASON: &str = "Добавьте абзац о том, как школа готовит детей к муниципальному этапу, и проверьте, все ли протоколы осени подтверждены.";

/// Who signs in, as [`super::staff::people`] gives them.
type Logins = [(PersonId, String, String)];

/// A visit of somebody of the demo on a day.
fn as_person(visit: &Visit, logins: &Logins, email: &str, day: NaiveDate, seed: u64) -> Visit {
    let clock = Clock::on(day.min(visit.today));
    let viewer = logins.iter().find(|(_, _, known)| known.starts_with(email)).map_or_else(
        || Viewer::guest(roles::policy),
        |(id, name, email)| Viewer::person(id.0, id.0, name.clone(), email.clone(), Vec::new(), roles::policy),
    );
    Visit::by_program(visit.net.clone(), visit.directory.clone(), viewer, &clock, Chance::seeded(seed))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Writes the reports. The results must be there already, since what is handed in is counted from them.
pub async fn build(visit: &Visit, organisations: &[Placed], logins: &Logins) -> Result<(), Fault> {
    let find = |name: &str| organisations.iter().find(|o| o.short_name == name).map(|o| o.id);
    if let Some(home) = find("Майская гимназия") {
        centre(visit, logins, home).await?;
    }
    let last = AcademicYear(AcademicYear::of(visit.today).0 - 1);
    let period = Period { from: last, to: last };
    let begun = visit.today - Days::new(12);
    let department = as_person(visit, logins, "department@", begun, 8_100);
    let call = NewCall {
        period,
        due_on: visit.today + Days::new(8),
        note: Some("Главное — как школы и организации дополнительного образования готовят детей вместе.".into()),
        kinds: organisations::Kind::ALL.to_vec(),
    };
    visit.net.transact(async |tx: &mut Tx| reports::add_call(tx, &department, &call).await.map(drop)).await?;
    for (n, name) in (0_u64..).zip(HANDED_IN) {
        let Some(organisation) = find(name) else { continue };
        let author = as_person(visit, logins, author_of(name), begun + Days::new(3), 8_200 + n);
        let id = hand_in(&author, (Kind::Organisation, Some(organisation)), period).await?;
        if usize::try_from(n).unwrap_or(0) < ACCEPTED {
            decide(
                &as_person(visit, logins, "department@", begun + Days::new(6), 8_300 + n),
                id,
                State::Accepted,
                None,
            )
            .await?;
        }
    }
    if let Some(organisation) = find(RETURNED) {
        let author = as_person(visit, logins, author_of(RETURNED), begun + Days::new(2), 8_400);
        let id = hand_in(&author, (Kind::Organisation, Some(organisation)), period).await?;
        decide(
            &as_person(visit, logins, "department@", begun + Days::new(5), 8_401),
            id,
            State::Returned,
            Some(REASON),
        )
        .await?;
    }
    Ok(())
}

/// Who of those that sign in writes the report of an organisation; elsewhere nobody in particular.
fn author_of(name: &str) -> &'static str {
    match name {
        "Станция юных натуралистов" => "naturalists@",
        "Дубовская СОШ" => "deputy2@",
        RETURNED => "deputy1@",
        _ => "nobody@",
    }
}

/// The Centre's report of the years that the source text tells of: closed.
async fn centre(visit: &Visit, logins: &Logins, home: OrganisationId) -> Result<(), Fault> {
    let period = Period { from: AcademicYear(2015), to: AcademicYear(2016) };
    let author = as_person(visit, logins, "coordinator@", day(2017, 6, 20), 8_000);
    let id = hand_in(&author, (Kind::Centre, Some(home)), period).await?;
    decide(&as_person(visit, logins, "department@", day(2017, 6, 27), 8_001), id, State::Accepted, None).await?;
    decide(&as_person(visit, logins, "department@", day(2017, 8, 31), 8_002), id, State::Closed, None).await
}

/// Begins a report with the usual text and hands it in.
async fn hand_in(
    visit: &Visit,
    (kind, organisation): (Kind, Option<OrganisationId>),
    period: Period,
) -> Result<ReportId, Fault> {
    let of = organisation.filter(|_| kind == Kind::Organisation);
    let subject = Subject::of(&visit.net, &visit.directory, kind, of).await?;
    let counted = subject.count(&visit.net, Lang::Ru, period).await?;
    visit
        .net
        .transact(async |tx: &mut Tx| {
            let body = reports::usual_text(kind);
            let Some(id) = reports::insert(tx, visit, (kind, organisation), period, body).await? else {
                return Err(Fault::NotFound);
            };
            reports::hand_in_as(tx, visit, id, &counted).await?;
            Ok(id)
        })
        .await
}

async fn decide(visit: &Visit, id: ReportId, next: State, reason: Option<&str>) -> Result<(), Fault> {
    visit.net.transact(async |tx: &mut Tx| reports::settle_as(tx, visit, id, next, reason).await).await
}

#[cfg(test)]
mod tests {
    use crate::{
        demo,
        reports::{self, Kind, Period},
        roles,
        shell::AcademicYear,
        slices::MIGRATIONS,
    };
    use kit::{
        Chance, Clock, Lang, Visit,
        access::Viewer,
        db::{NetworkId, args, testing::both_engines},
        files::Files,
    };
    use uuid::Uuid;

    both_engines! {
        migrations: MIGRATIONS;

        /// The closed report of the Centre says 30,0 %; of last year's call some are handed in and most are owed.
        async fn the_demos_reports_stand_where_they_should(db: Db) {
            let clock = Clock::on(chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
            let net = db.network(NetworkId(Uuid::from_u128(0xA)));
            let visit = Visit::by_program(net, db.directory(), Viewer::guest(roles::policy), &clock, Chance::seeded(1));
            let folder = tempfile::tempdir().unwrap();
            let files = Files::open(folder.path()).unwrap();
            demo::build(&visit, &demo::staff::accounts(1), &files).await.unwrap();

            let sql = "SELECT c.figures, r.state FROM report r JOIN report_copy c ON c.network_id = $1 AND c.report_id = r.id
                       WHERE r.network_id = $1 AND r.kind = 'centre'";
            let (figures, state): (String, String) = visit.net.one(sql, args![]).await.unwrap();
            let kept: reports::Counted = serde_json::from_str(&figures).unwrap();
            assert_eq!((kept.total.k1().numerator, kept.total.k1().denominator, state.as_str()), (12, 40, "closed"));
            assert_eq!(kept.total.k1().percents(), Some(30.0));
            let period = Period { from: AcademicYear(2015), to: AcademicYear(2016) };
            let now = reports::count(&visit.net, &visit.directory, Lang::Ru, Kind::Centre, period).await.unwrap();
            assert_eq!(now, kept, "read back as it was written");
            let sql = "SELECT state, COUNT(*) FROM report WHERE network_id = $1 AND kind = 'organisation' GROUP BY state ORDER BY state";
            let states: Vec<(String, i64)> = visit.net.all(sql, args![]).await.unwrap();
            assert_eq!(states, [("accepted".into(), 3), ("returned".into(), 1), ("submitted".into(), 3)]);
            let asked: (i64, i64) = reports::progress(&visit.net, AcademicYear(2025)).await.unwrap().unwrap();
            assert_eq!(asked, (6, 70));
        }
    }
}
