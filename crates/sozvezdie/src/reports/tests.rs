//! The report says the same in all its formats.
use super::{Format, bytes, centre};
use crate::{shell::AcademicYear, slices::MIGRATIONS};
use chrono::NaiveDate;
use kit::{
    Lang,
    db::{NetworkId, testing::both_engines},
};
use uuid::Uuid;

both_engines! {
    migrations: MIGRATIONS;

    async fn a_report_of_nothing_says_so_in_every_format(db: Db) {
        let net = db.network(NetworkId(Uuid::from_u128(1)));
        let report = centre(&net, Lang::Ru, AcademicYear(2015), AcademicYear(2016)).await.unwrap();
        let json = report.to_json();
        assert_eq!((json["share"].clone(), json["denominator"].as_i64()), (serde_json::Value::Null, Some(0)));
        assert_eq!((json["from"].as_str(), json["to"].as_str()), (Some("2015-2016"), Some("2016-2017")));
        let at = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_opt(9, 0, 0).unwrap();
        for (format, magic) in [(Format::Docx, &b"PK"[..]), (Format::Xlsx, b"PK"), (Format::Json, b"{")] {
            assert!(bytes(&report, format, "Кто-то", at).unwrap().starts_with(magic), "{format:?}");
        }
        assert!(centre(&net, Lang::Ru, AcademicYear(2016), AcademicYear(2015)).await.is_err());
    }
}
