//! Diplomas and certificates: a number for each confirmed result of a stage, the sheets as PDF, and
//! the public page that vouches for a number. What a sheet says is read from the result each time; a
//! result that is disputed is not vouched for.
use super::{
    EDIT,
    model::{Award, ParticipationId, State},
    store::{
        self, Numbered,
        list::{Entry, Progress},
    },
    url, web,
};
use crate::{
    consents::{self, Category},
    events::{self, Edition, Stage, StageId},
    learners,
    papers::{InCase, Words},
};
use kit::{
    Fault, Lang, Visit,
    audit::Entry as Line,
    db::Tx,
    once::{Done, Once},
    text::{Message, text_prefix},
};
use qrcode::{QrCode, render::svg};
use serde::Serialize;

/// The address of the page that checks a number.
pub const CHECK: &str = "/certificates";

/// The address of the sheets of a stage.
pub fn file_url(stage: StageId) -> String {
    format!("{}/certificates.pdf", url(stage))
}

impl Entry {
    /// Whether it has earned a sheet that is still to be numbered.
    pub fn is_unnumbered(&self) -> bool {
        self.certificate.is_none()
            && self.result.counts()
            && self.state == State::TookPart
            && (self.award.is_some() || self.degree.is_some())
    }
}

/// Gives every confirmed result of a stage its number.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `state` when all have theirs.
pub async fn issue(visit: &Visit, once: &Once, stage: StageId) -> Result<Done, Fault> {
    let opened = web::open(visit, stage).await?;
    visit.viewer.demand(EDIT, opened.edition.owner())?;
    let waiting: Vec<ParticipationId> = opened.entries.iter().filter(|e| e.is_unnumbered()).map(|e| e.id).collect();
    once.run(&visit.net, async |tx: &mut Tx| {
        let mut given = 0;
        for id in &waiting {
            given += i64::from(store::put_certificate(tx, *id, &fresh(), visit.today).await?);
        }
        if given == 0 {
            return Err(Fault::conflict("state", Message::new("certificates-none-left")));
        }
        Line::new("certificates", super::KIND, stage).write(tx, visit).await?;
        Ok(Done::changed(url(stage), serde_json::json!({ "stage": stage, "numbered": given })))
    })
    .await
}

/// A number that nobody guesses, in two halves that are easy to read out.
fn fresh() -> String {
    let half = || loop {
        // A secret of forty letters holds six of the alphabet all but always.
        if let Some(letters) = events::code(&kit::chance::secret()) {
            return letters;
        }
    };
    format!("{}-{}", half(), half())
}

/// One sheet, for the template.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    pub issuer: String,
    /// «ДИПЛОМ», «СЕРТИФИКАТ».
    pub kind: String,
    pub rank: String,
    pub given: String,
    pub name: String,
    pub school: String,
    pub team: String,
    pub event: String,
    pub line: String,
    pub details: String,
    pub post: String,
    pub notes: Vec<String>,
    /// The picture of a QR code, as SVG.
    pub code: String,
}

/// The sheets of a stage whose children the viewer sees, or the one of a number; the export is noted as a
/// look at each child.
///
/// # Errors
/// [`Fault::NotFound`] where there are none; [`Fault::Unavailable`] when it cannot be noted.
pub async fn sheets(
    visit: &Visit,
    stage: StageId,
    only: Option<&str>,
    address: Option<&str>,
) -> Result<Vec<Sheet>, Fault> {
    let o = web::open(visit, stage).await?;
    let words = Words::load(&visit.net).await?;
    let mut found = Vec::new();
    let mut children = Vec::new();
    for e in &o.entries {
        let (Some(number), Some(name), Some(learner), true) =
            (e.certificate.as_deref(), e.name.as_deref(), e.learner, e.result.counts())
        else {
            continue;
        };
        if only.is_some_and(|only| only != number) {
            continue;
        }
        found.push(sheet(&o.edition, &o.stage, &o.progress, e, (number, name), &words, address)?);
        children.push(learner);
    }
    if found.is_empty() {
        return Err(Fault::NotFound);
    }
    learners::note_export(visit, "certificate", &children).await?;
    Ok(found)
}

const T: Lang = Lang::Ru;

fn sheet(
    edition: &Edition,
    stage: &Stage,
    p: &Progress,
    e: &Entry,
    (number, name): (&str, &str),
    words: &Words,
    address: Option<&str>,
) -> Result<Sheet, Fault> {
    let is_certificate = e.degree.is_none() && e.award == Some(Award::Participant);
    let kind = T.say(if is_certificate { "certificate-kind-participant" } else { "certificate-kind-diploma" });
    let class = e.class.map(|class| T.say_with("certificate-class", &[("class", class.into())]).into_owned());
    let level = T.say(&text_prefix!("event-level-", stage.level.unwrap_or(edition.level).code())).into_owned();
    let line = [
        T.say_with("certificate-level", &[("level", level.into())]).into_owned(),
        stage.title.clone(),
        T.say_with("certificate-year", &[("year", p.year.to_string().into())]).into_owned(),
    ];
    let address = address.map(|base| format!("{}{CHECK}?number={number}", base.trim_end_matches('/')));
    let text = address.clone().unwrap_or_else(|| format!("sozvezdie:certificate:{number}"));
    let code = QrCode::new(text).map_err(anyhow::Error::from)?;
    let check = match &address {
        Some(_) => T.say("certificate-check-code"),
        None => T.say("certificate-check-page"),
    };
    let day = e.certificate_on.map(|day| T.date(day)).unwrap_or_default();
    let mut notes = vec![
        T.say_with("certificate-number", &[("number", number.to_owned().into()), ("day", day.into())]).into_owned(),
    ];
    notes.extend(
        e.ground.as_ref().map(|g| T.say_with("certificate-ground", &[("ground", g.clone().into())]).into_owned()),
    );
    notes.push(check.into_owned());
    Ok(Sheet {
        issuer: edition.organiser.clone().unwrap_or_else(|| T.say("certificate-issuer").into_owned()),
        kind: kind.to_uppercase(),
        rank: rank(T, e.award, e.degree),
        given: T.say("certificate-given").into_owned(),
        name: words.person(name, InCase::Dative),
        school: [Some(e.organisation.clone()), class].into_iter().flatten().collect::<Vec<_>>().join(", "),
        team: e
            .team
            .as_ref()
            .map(|team| T.say_with("certificate-team", &[("team", team.clone().into())]).into_owned())
            .unwrap_or_default(),
        event: edition.title.clone(),
        line: line.join(" · "),
        details: edition.subject.clone().unwrap_or_default(),
        post: T.say("certificate-signer").into_owned(),
        notes,
        code: code.render::<svg::Color<'_>>().min_dimensions(120, 120).quiet_zone(false).build(),
    })
}

/// «победителя», «призёра, II степени».
pub fn rank(t: Lang, award: Option<Award>, degree: Option<i64>) -> String {
    let award = award.map(|award| t.say(&text_prefix!("certificate-of-", award.code())).into_owned());
    let degree = degree.map(|degree| {
        let roman = "I".repeat(usize::try_from(degree.clamp(1, 3)).unwrap_or(1));
        t.say_with("certificate-degree", &[("degree", roman.into())]).into_owned()
    });
    award.into_iter().chain(degree).collect::<Vec<_>>().join(", ")
}

/// A number as it was typed: spaces and the case of letters do not matter, nor does a Cyrillic letter
/// that looks like a Latin one.
pub fn read(number: &str) -> String {
    let plain: String = number
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(40)
        .flat_map(char::to_uppercase)
        .map(|c| match c {
            'А' => 'A',
            'В' => 'B',
            'С' => 'C',
            'Е' => 'E',
            'Н' => 'H',
            'К' => 'K',
            'М' => 'M',
            'Р' => 'P',
            'Т' => 'T',
            'Х' => 'X',
            'У' => 'Y',
            c => c,
        })
        .collect();
    match plain.split_at_checked(6) {
        Some((head, tail)) if !tail.is_empty() => format!("{head}-{tail}"),
        _ => plain,
    }
}

/// Looks a number up, for anybody. The name is told only where the family agreed that name and
/// results be published.
///
/// # Errors
/// The database's.
pub async fn vouch(visit: &Visit, number: &str) -> Result<Option<Numbered>, Fault> {
    let number = read(number);
    visit
        .net
        .transact(async |tx: &mut Tx| {
            let Some(mut found) = store::numbered(tx, &number).await? else { return Ok(None) };
            let shown = [Category::Name, Category::Results];
            if !consents::may_be_shown(tx, found.learner, &shown, visit.today).await? {
                found.name = None;
            }
            Ok(Some(found))
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for typed in ["K7M42X-Q9TRAB", "k7m42x q9trab", " К7М42Х-Q9ТRАВ", "K7M42XQ9TRAB"] {
            assert_eq!(read(typed), "K7M42X-Q9TRAB", "{typed}");
        }
        assert_eq!(read(""), "");
        assert_eq!(read("%"), "");
        let number = fresh();
        assert_eq!((number.len(), read(&number)), (13, number.clone()));
    }
}
