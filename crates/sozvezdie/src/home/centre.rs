//! What waits in the Centre for this person: counts only, each the way to what it counts.
use crate::{centre, gifted, losses, plans};
use kit::{Fault, Visit, html as piece, text::text_key};
use maud::{Markup, html};

/// A line: where to, which picture, the text, how many.
pub type Line = (String, &'static str, &'static str, i64);

/// The lines that are not empty.
///
/// # Errors
/// The database's.
pub async fn lines(visit: &Visit) -> Result<Vec<Line>, Fault> {
    if visit.viewer.is_guest() {
        return Ok(Vec::new());
    }
    let register = |filter: &str| format!("{}{filter}", gifted::LIST);
    let ways = |filter: gifted::Filter| async move { gifted::count(visit, &filter).await };
    let mut all = Vec::new();
    if visit.viewer.may(gifted::DECIDE) {
        let waiting = ways(gifted::Filter { waiting: true, ..Default::default() }).await?;
        all.push(("/centre/sittings/new".into(), "scale", text_key("home-centre-waiting"), waiting));
        all.push((
            gifted::SITTINGS.into(),
            "file-text",
            text_key("home-centre-order"),
            gifted::without_order(visit).await?,
        ));
    }
    if visit.viewer.may(plans::EDIT) {
        let year = Some(plans::academic_year(visit.today));
        let no_mentor = plans::Filter { year, no_mentor: true, ..Default::default() };
        let overdue = plans::Filter { year, overdue: true, ..Default::default() };
        all.push((
            "/centre/plans?show=no_mentor".into(),
            "user-round",
            text_key("home-centre-no-mentor"),
            plans::count(visit, &no_mentor).await?,
        ));
        all.push((
            "/centre/plans?show=overdue".into(),
            "clock",
            text_key("home-centre-overdue"),
            plans::count(visit, &overdue).await?,
        ));
        all.push((
            "/centre/plans/new".into(),
            "clipboard-list",
            text_key("home-centre-no-plan"),
            plans::members_without(visit).await?,
        ));
    }
    if visit.viewer.may(gifted::DIAGNOSE) {
        let asked = Some((visit.actor(), visit.today));
        let waiting = ways(gifted::Filter { to_diagnose: asked, ..Default::default() }).await?;
        all.push((register("?asked=me"), "message-square", text_key("home-centre-diagnose"), waiting));
    }
    if visit.viewer.may(gifted::LEAD) {
        let waiting = ways(gifted::Filter { unsigned: true, ..Default::default() }).await?;
        all.push((register("?state=proposed"), "pencil", text_key("home-centre-apply"), waiting));
    }
    if visit.viewer.may(gifted::SAY) {
        let asked = gifted::asked_of(&visit.net, visit.actor()).await?;
        let waiting = asked.iter().filter(|c| c.said.is_none()).count();
        all.push((
            gifted::ASKED.into(),
            "message-square",
            text_key("home-centre-asked"),
            i64::try_from(waiting).unwrap_or(i64::MAX),
        ));
    }
    all.push((losses::LIST.into(), "hourglass", text_key("home-centre-losses"), losses::count(visit).await?));
    all.retain(|(.., n)| *n > 0);
    Ok(all)
}

/// The panel; nothing where nothing waits.
pub fn panel(visit: &Visit, lines: &[Line]) -> Markup {
    let t = visit.lang;
    html! { @if !lines.is_empty() {
        (piece::panel(&t.say("home-centre"), html! { a.more href=(centre::PAGE) { (t.say("nav-centre")) } }, html! { ul.queue { @for (href, icon, key, n) in lines {
            li { (piece::icon(icon)) div { a.t href=(href) { (t.say_with(key, &[("count", (*n).into())])) } } }
        } } }))
    } }
}
