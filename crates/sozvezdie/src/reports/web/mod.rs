//! Pages and files of reports: extract, call, answer.
pub mod calls;
pub mod figures;

use super::{
    Format, HAND_IN, KIND, LIST, Sight,
    calls::{owed, own_names},
    count_report,
    counted::Counted,
    create as begin, decide,
    model::{Copy, MoveForm, NewForm, Period, Report, ReportId, State, TextForm},
    open,
    paper::{self, Around},
    signer, store, submit as hand_in, title, to_write, url,
    view::{self, Called},
    write as put, writes,
};
use crate::{
    people,
    shell::{AcademicYear, drafts, export, search::Hit},
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Lang, Visit,
    access::Reach,
    audit::{self, Entry},
    cursor::Cursor,
    db::Tx,
    form::Problems,
    http::{Path, Query, Sent, go},
    text::Message,
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// Reports of a page.
const PAGE: i64 = 50;

pub async fn list(visit: Visit, Query(asked): Query<view::Asked>) -> Result<Markup, Fault> {
    let filter = store::Filter {
        state: asked.state.parse().ok(),
        kind: asked.kind.parse().ok(),
        year: asked.year.parse::<AcademicYear>().ok(),
    };
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let found = store::list(&visit.net, &Sight::of(&visit).await?, &filter, cursor.as_ref(), PAGE).await?;
    Ok(view::list(&visit, &asked, &called(&visit).await?, &found))
}

/// The calls that are not over: all for the department, for others those that they owe.
async fn called(visit: &Visit) -> Result<Vec<Called>, Fault> {
    let mut all = Vec::new();
    if visit.viewer.reach(super::DECIDE) == Reach::Network {
        for call in store::calls::open(&visit.net).await? {
            let progress = Some(store::calls::progress(&visit.net, &call).await?);
            all.push(Called { call, progress, owing: Vec::new() });
        }
        return Ok(all);
    }
    for (call, asked) in owed(visit).await? {
        all.push(Called { call, progress: None, owing: asked.into_iter().map(|a| a.name).collect() });
    }
    Ok(all)
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn new(visit: Visit, Query(asked): Query<NewForm>) -> Result<Markup, Fault> {
    let last = AcademicYear(AcademicYear::of(visit.today).0 - 1).to_string();
    let or_last = |text: String| if text.is_empty() { last.clone() } else { text };
    let form = NewForm { from: or_last(asked.from), to: or_last(asked.to), ..asked };
    begin_form(&visit, &form, &Problems::default()).await
}

async fn begin_form(visit: &Visit, form: &NewForm, problems: &Problems) -> Result<Markup, Fault> {
    if view::may_begin(visit).is_empty() {
        return Err(Fault::Forbidden(HAND_IN));
    }
    Ok(view::form::begin(visit, form, &own_names(visit).await?, problems))
}

pub async fn create(visit: Visit, sent: Sent<NewForm>) -> Result<Response, Fault> {
    match begin(&visit, &sent.once(&visit, "reports.create"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-report-begun")),
        Err(Fault::Invalid(problems)) => Ok(mend(begin_form(&visit, &sent.data, &problems).await?)),
        Err(Fault::Conflict(conflict)) if conflict.code == "report" => {
            // There is one already: that is where they wanted to go.
            let there = conflict.details.get("id").and_then(serde_json::Value::as_str).map(str::to_owned);
            let done = kit::once::Done::changed(
                there.map_or_else(|| LIST.to_owned(), |id| format!("{LIST}/{id}")),
                serde_json::Value::Null,
            );
            Ok(go(&done, "done-report-there"))
        }
        Err(fault) => Err(fault),
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    tab: String,
    /// The number of a copy.
    copy: String,
    format: String,
    /// What a file is for. A link that does not ask gets the usual purpose.
    why: Option<String>,
}

pub async fn show(visit: Visit, Path(id): Path<ReportId>, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    record(&visit, id, &asked, &MoveForm::default(), &Problems::default()).await
}

/// The copy that is asked for; without a number the one that was handed in, unless it is being mended.
async fn copy_of(visit: &Visit, r: &Report, asked: &str) -> Result<Option<(Copy, Counted)>, Fault> {
    let number = match asked.trim() {
        "" => r.copy.filter(|_| !r.state.is_open()),
        text => Some(text.parse::<i64>().map_err(|_| Fault::NotFound)?),
    };
    let Some(number) = number else { return Ok(None) };
    let copy = store::copy(&visit.net, r.id, number).await?.ok_or(Fault::NotFound)?;
    let counted = serde_json::from_str(&copy.figures).map_err(anyhow::Error::from)?;
    Ok(Some((copy, counted)))
}

async fn record(
    visit: &Visit,
    id: ReportId,
    asked: &Asked,
    typed: &MoveForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let report = open(visit, id).await?;
    let found = copy_of(visit, &report, &asked.copy).await?;
    let (copy, then) = found.as_ref().map_or((None, None), |(copy, then)| (Some(copy), Some(then)));
    let copies = store::copies(&visit.net, id).await?;
    let mut people: Vec<Uuid> = copies.iter().filter_map(|c| c.made_by).collect();
    let (under, whose) = match asked.tab.as_str() {
        "history" => {
            let lines = audit::history(&visit.net, KIND, id.0, 100).await?;
            people.extend(lines.iter().filter_map(|l| l.actor));
            (view::record::Under::History { lines }, None)
        }
        "today" => (view::record::Under::Today { now: count_report(visit, &report).await? }, None),
        _ => {
            let (whose, now) = match then {
                // The copy says all but what the sums are today.
                Some(then) => (then.clone(), total_today(visit, &report).await?),
                None => {
                    let now = count_report(visit, &report).await?;
                    let total = now.total;
                    (now, total)
                }
            };
            let body = copy.map_or(report.body.as_str(), |copy| copy.body.as_str());
            let paper = paper::of_text(&whose, body, &around(visit, &report, copy));
            (view::record::Under::Document { paper, now }, Some(whose))
        }
    };
    let names = people::names(&visit.net, &people).await?;
    let shown = view::record::Shown {
        report: &report,
        copy,
        then,
        copies: &copies,
        names: &names,
        writes: writes(visit, &report),
        under,
        typed,
        problems,
        whose: whose.as_ref(),
    };
    Ok(view::record::page(visit, &shown))
}

/// The sums of today alone: what a page shows beside the copy.
async fn total_today(visit: &Visit, r: &Report) -> Result<crate::figures::Counts, Fault> {
    let organisation = r.organisation.filter(|_| r.kind == super::Kind::Organisation);
    let subject = super::Subject::of(&visit.net, &visit.directory, r.kind, organisation).await?;
    subject.total(&visit.net, r.period()).await
}

/// The day of the document and the department's mark on it.
fn around(visit: &Visit, r: &Report, copy: Option<&Copy>) -> Around {
    let day = copy.map_or(visit.today, |copy| kit::clock::local_date(copy.made_at));
    let accepted = matches!(r.state, State::Accepted | State::Closed) && copy.is_some_and(|c| Some(c.number) == r.copy);
    let mark = accepted.then(|| Lang::Ru.say("report-mark-accepted").into_owned());
    Around { day, mark, ..Around::default() }
}

pub async fn edit(visit: Visit, Path(id): Path<ReportId>) -> Result<Markup, Fault> {
    let report = to_edit(&visit, id).await?;
    let draft: Option<TextForm> = drafts::find(&visit, &format!("report-{id}")).await?;
    let form = draft.unwrap_or_else(|| of(&report));
    Ok(view::form::write(&visit, &report, &form, &Problems::default(), None))
}

/// A report that is handed in is not written on.
async fn to_edit(visit: &Visit, id: ReportId) -> Result<Report, Fault> {
    let report = to_write(visit, id).await?;
    if report.state.is_open() {
        Ok(report)
    } else {
        Err(Fault::conflict("state", Message::new("report-handed-in-already")))
    }
}

/// The form of a report as it stands.
pub fn of(r: &Report) -> TextForm {
    TextForm { text: r.body.clone(), version: r.version.to_string() }
}

pub async fn write(visit: Visit, Path(id): Path<ReportId>, sent: Sent<TextForm>) -> Result<Response, Fault> {
    match put(&visit, &sent.once(&visit, &format!("reports.write {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-report-written")),
        Err(Fault::Invalid(problems)) => {
            let report = to_edit(&visit, id).await?;
            Ok(mend(view::form::write(&visit, &report, &sent.data, &problems, None)))
        }
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            let report = to_edit(&visit, id).await?;
            let theirs = Some((report.body.as_str(), &conflict.message));
            let page = view::form::write(&visit, &report, &sent.data, &Problems::default(), theirs);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub async fn submit(visit: Visit, Path(id): Path<ReportId>, sent: Sent<MoveForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("reports.submit {id}"));
    Ok(go(&hand_in(&visit, &once, id, &sent.data).await?, "done-report-submitted"))
}

async fn settle(visit: &Visit, id: ReportId, sent: &Sent<MoveForm>, next: State) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("reports.{} {id}", next.code()));
    let flash = match next {
        State::Returned => "done-report-returned",
        State::Accepted => "done-report-accepted",
        _ => "done-report-closed",
    };
    match decide(visit, &once, id, next, &sent.data).await {
        Ok(done) => Ok(go(&done, flash)),
        Err(Fault::Invalid(problems)) => Ok(mend(record(visit, id, &Asked::default(), &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn send_back(visit: Visit, Path(id): Path<ReportId>, sent: Sent<MoveForm>) -> Result<Response, Fault> {
    settle(&visit, id, &sent, State::Returned).await
}

pub async fn accept(visit: Visit, Path(id): Path<ReportId>, sent: Sent<MoveForm>) -> Result<Response, Fault> {
    settle(&visit, id, &sent, State::Accepted).await
}

pub async fn close(visit: Visit, Path(id): Path<ReportId>, sent: Sent<MoveForm>) -> Result<Response, Fault> {
    settle(&visit, id, &sent, State::Closed).await
}

/// What a file is for: the usual where nothing was asked; an emptied field is no purpose.
fn purpose(asked: Option<&str>) -> Result<String, Fault> {
    let Some(asked) = asked else { return Ok(Lang::Ru.say("report-why-usual").into_owned()) };
    let words = kit::form::tidy(asked).unwrap_or_default();
    let words: String = words.chars().filter(|c| !c.is_control()).take(200).collect();
    if words.is_empty() { Err(Fault::field("why", Message::new("report-why-missing"))) } else { Ok(words) }
}

/// Who made a file, when, and what for.
async fn made(visit: &Visit, why: &str) -> Result<String, Fault> {
    let t = Lang::Ru;
    let made = export::made(visit, t).await?;
    Ok(format!("{made} {}", t.say_with("report-made-why", &[("why", why.into())])))
}

/// A file to take along; that it was taken, and what for, stands in the trail.
async fn taken(
    visit: &Visit,
    (counted, body): (Counted, String),
    (format, why): (&str, &str),
    around: Around,
    (object, name): (Option<Uuid>, String),
) -> Result<Response, Fault> {
    let format: Format = match format.trim() {
        "" => Format::Pdf,
        code => {
            code.parse().map_err(|_| Fault::field("format", Message::new("form-unknown-code").with("code", code)))?
        }
    };
    let fields = format!("{name}.{}, «{why}»", format.code());
    let entry = Entry { action: "export", kind: KIND, object, fields, subjects: Vec::new() };
    visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, visit).await).await?;
    let called = export::disposition(visit, &paper::title(&counted), &name, format.code());
    let at = visit.now.with_timezone(&kit::clock::LOCAL).naive_local();
    let file = tokio::task::spawn_blocking(move || super::bytes(&counted, &body, format, &around, at))
        .await
        .map_err(anyhow::Error::from)??;
    let headers = [(header::CONTENT_TYPE, format.media().to_owned()), (header::CONTENT_DISPOSITION, called)];
    Ok((headers, file).into_response())
}

fn years(period: Period) -> String {
    if period.from == period.to { period.from.to_string() } else { format!("{}-{}", period.from, period.to) }
}

pub async fn file(visit: Visit, Path(id): Path<ReportId>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let report = open(&visit, id).await?;
    let why = match purpose(asked.why.as_deref()) {
        Ok(why) => why,
        Err(Fault::Invalid(problems)) => {
            return Ok(mend(record(&visit, id, &asked, &MoveForm::default(), &problems).await?));
        }
        Err(fault) => return Err(fault),
    };
    let found = copy_of(&visit, &report, &asked.copy).await?;
    let around = Around {
        made: made(&visit, &why).await?,
        signer: signer(&visit.net, report.kind, report.organisation).await?,
        ..around(&visit, &report, found.as_ref().map(|(copy, _)| copy))
    };
    let what = match found {
        Some((copy, counted)) => (counted, copy.body),
        None => (count_report(&visit, &report).await?, report.body.clone()),
    };
    // Reports of two organisations differ in Latin letters too.
    let tail = id.0.simple().to_string().split_off(26);
    let name = format!("report-{}-{}-{tail}", report.kind.code(), years(report.period()));
    taken(&visit, what, (&asked.format, &why), around, (Some(id.0), name)).await
}

/// Found reports as lines of the search, what the viewer may not see left out.
pub async fn hits(visit: &Visit, ids: Vec<Uuid>) -> Result<Vec<Hit>, Fault> {
    let t = visit.lang;
    let found = store::some(&visit.net, &Sight::of(visit).await?, &ids).await?;
    let note = |r: &Report| t.say(&kit::text::text_prefix!("report-state-", r.state.code())).into_owned();
    Ok(found.iter().map(|r| Hit { id: r.id.0, title: title(t, r), note: note(r), href: url(r.id) }).collect())
}

#[cfg(test)]
mod tests {
    use super::purpose;
    use kit::Fault;

    #[test]
    fn a_file_says_what_it_is_for() {
        assert!(matches!(purpose(Some(" \u{a0}\n")), Err(Fault::Invalid(problems)) if problems.at("why").is_some()));
        assert_eq!(purpose(Some(" совет\u{7} директоров ")).unwrap(), "совет директоров");
        assert_eq!(purpose(Some(&"я".repeat(500))).unwrap().chars().count(), 200);
        assert!(!purpose(None).unwrap().is_empty(), "a link that does not ask");
    }
}
