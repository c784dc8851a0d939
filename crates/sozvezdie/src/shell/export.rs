//! What leaves the program as a file: tables for Excel, typed and safe, who made them, and what files are called.
use super::store;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDateTime, Utc};
use documents::write::Table;
use kit::{
    Fault, Lang, Visit,
    text::{text_prefix, url_part},
};

/// Who makes a file: «Макетов Павел Макетович, методист, Дубовская СОШ»; without a post, by the role.
///
/// # Errors
/// The database's.
pub async fn maker(visit: &Visit, t: Lang) -> Result<String, Fault> {
    let Some(person) = visit.viewer.person else { return Ok(t.say("role-guest").into_owned()) };
    let Some(found) = store::maker(&visit.net, person, visit.today).await? else {
        return Ok(visit.viewer.name.clone());
    };
    let place = match found.post {
        Some(post) => [Some(post), found.organisation].into_iter().flatten().collect::<Vec<_>>().join(", "),
        None => {
            let role = visit.viewer.grants.iter().find(|g| g.role != "guest");
            role.map(|g| t.say(&text_prefix!("role-", g.role)).into_owned()).unwrap_or_default()
        }
    };
    let name = [Some(found.last), Some(found.first), found.patronymic];
    let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(if place.is_empty() { name } else { format!("{name}, {place}") })
}

/// «Выгрузил(а): …, 24 ноября 2026 года, вт, 14:00»: a file is read in other years too.
///
/// # Errors
/// The database's.
pub async fn made(visit: &Visit, t: Lang) -> Result<String, Fault> {
    Ok(made_by(t, maker(visit, t).await?, visit.now))
}

/// The same for whoever is no person of the network: the program itself.
pub fn made_by(t: Lang, who: String, at: DateTime<Utc>) -> String {
    const NO_YEAR: i32 = 0;
    t.say_with("export-made", &[("who", who.into()), ("when", t.moment(at, NO_YEAR).into())]).into_owned()
}

/// `Content-Disposition` of a file made here: what it holds and when it was made, in any letters, and a Latin
/// name for programs that read no others.
pub fn disposition(visit: &Visit, title: &str, latin: &str, extension: &str) -> String {
    let at = visit.now.with_timezone(&kit::clock::LOCAL).naive_local();
    let (name, latin) = names(title, latin, extension, at);
    format!("attachment; filename=\"{latin}\"; filename*=UTF-8''{}", url_part(&name))
}

/// Letters of a title at most: with the time and Cyrillic bytes any file system takes the name.
const LONGEST: usize = 90;

fn names(title: &str, latin: &str, extension: &str, at: NaiveDateTime) -> (String, String) {
    let at = at.format("%Y-%m-%d %H-%M").to_string();
    let plain = |c: char| if c.is_control() || "/\\<>:\"|?*".contains(c) { ' ' } else { c };
    let clean: String = title.chars().map(plain).collect();
    let clean: String = clean.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
    let clean = clean.trim_matches(['.', ',', ' ']);
    let clean = if clean.is_empty() { latin } else { clean };
    (format!("{clean} {at}.{extension}"), format!("{latin}-{}.{extension}", at.replace(' ', "-")))
}

/// The table with a foot that says who made it and when.
async fn signed(visit: &Visit, mut table: Table) -> Result<Table, Fault> {
    table.footer.push(made(visit, visit.lang).await?);
    table.made = Some(visit.now.with_timezone(&kit::clock::LOCAL).naive_local());
    Ok(table)
}

fn file(bytes: Vec<u8>, kind: &'static str, name: String) -> Response {
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

/// A workbook to save; `latin` is its name for programs without other letters.
///
/// # Errors
/// A defect in the table, which the log gets; the database's.
pub async fn xlsx(visit: &Visit, table: Table, latin: &str) -> Result<Response, Fault> {
    let name = disposition(visit, &table.title, latin, "xlsx");
    let bytes = documents::write::xlsx(&signed(visit, table).await?).map_err(anyhow::Error::from)?;
    Ok(file(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name))
}

/// A delimited text to save; `latin` as for [`xlsx`].
///
/// # Errors
/// The database's.
pub async fn csv(visit: &Visit, table: Table, latin: &str) -> Result<Response, Fault> {
    let name = disposition(visit, &table.title, latin, "csv");
    Ok(file(documents::write::csv(&signed(visit, table).await?), "text/csv; charset=utf-8", name))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, names};

    #[test]
    fn a_file_tells_what_and_when() {
        let at = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_opt(14, 5, 59).unwrap();
        let (name, latin) = names("Отчёт: «Дубовская СОШ», 2025/26", "report", "pdf", at);
        assert_eq!(name, "Отчёт «Дубовская СОШ», 2025 26 2026-11-24 14-05.pdf");
        assert_eq!(latin, "report-2026-11-24-14-05.pdf");
        let later = at + chrono::Duration::minutes(1);
        assert_ne!(names("Отчёт", "report", "pdf", at), names("Отчёт", "report", "pdf", later));
        // Nothing that leads elsewhere, ends a header or fits no file system.
        assert_eq!(names("../\r\n\"x\"", "list", "csv", at).0, "x 2026-11-24 14-05.csv");
        assert_eq!(names(" / ", "list", "csv", at).0, "list 2026-11-24 14-05.csv");
        assert!(names(&"ж".repeat(500), "list", "csv", at).0.chars().count() < LONGEST + 30);
    }
}
