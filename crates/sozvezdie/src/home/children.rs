//! What of the own children waits for somebody who works with them: counts only, so that home is no
//! look at a record.
use crate::{cases, consents, shell::Todo};
use kit::{Fault, Visit};

/// Families that wait for an answer; for who collects and does not answer them, a class's missing forms.
///
/// # Errors
/// The database's.
pub async fn todos(visit: &Visit) -> Result<Vec<Todo>, Fault> {
    let t = visit.lang;
    let mut all = Vec::new();
    let families = cases::count_waiting(visit).await?;
    if families > 0 {
        all.push(Todo {
            icon: "scale",
            href: cases::LIST.to_owned(),
            title: t.say("cases-title").into_owned(),
            why: t.say_with("cases-tie", &[("count", families.into())]).into_owned(),
            act: t.say("home-look").into_owned(),
        });
    }
    if !visit.viewer.may(cases::DECIDE) {
        let missing = consents::count_missing(visit).await?;
        if missing > 0 {
            all.push(Todo {
                icon: "file-text",
                href: format!("{}?shown=missing", consents::LIST),
                title: t.say("home-consents").into_owned(),
                why: t.say_with("home-consents-why", &[("count", missing.into())]).into_owned(),
                act: t.say("home-look").into_owned(),
            });
        }
    }
    Ok(all)
}
