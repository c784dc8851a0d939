//! Collecting: the list of a class, what came back, taken back again.
use super::{
    COLLECT, KIND, LIST, VIEW, deeds,
    model::{Category, Granting, Purpose},
    scan,
    store::{
        self,
        list::{Child, Shown, Which},
    },
};
use crate::{
    learners::{self, How, Scope},
    organisations::{self, OrganisationId},
    people::PersonId,
};
use chrono::NaiveDate;
use kit::{
    Fault, Lang, Visit,
    access::{Permission, Reach},
    audit::Entry,
    cursor::{Cursor, Slice},
    db::Tx,
    form::{Check, Problems, tidy},
    once::{Done, Once},
    text::{Message, url_part},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Rows of a page of the list.
const PAGE: i64 = 100;
/// Ticks of one post; a class has fewer.
const MOST: usize = 2_000;

/// The list's address as data: the URL is the state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub organisation: String,
    pub class: String,
    pub purpose: String,
    pub shown: String,
    pub after: String,
    /// The post that has just been made, to be taken back.
    pub batch: String,
}

impl Asked {
    pub fn pairs(&self) -> [(&'static str, &str); 5] {
        [
            ("q", &self.q),
            ("organisation", &self.organisation),
            ("class", &self.class),
            ("purpose", &self.purpose),
            ("shown", &self.shown),
        ]
    }

    /// The same list with one thing changed, from its beginning.
    pub fn at(&self, name: &str, value: &str) -> String {
        let rest = self.pairs().into_iter().filter(|(n, _)| *n != name).chain([(name, value)]);
        let query: Vec<String> =
            rest.filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url_part(v))).collect();
        if query.is_empty() { LIST.to_owned() } else { format!("{LIST}?{}", query.join("&")) }
    }

    /// The same tab without the filters.
    pub fn bare(&self) -> String {
        let bare = Self { organisation: self.organisation.clone(), shown: self.shown.clone(), ..Self::default() };
        bare.at("", "")
    }

    pub fn is_filtered(&self) -> bool {
        [&self.q, &self.class, &self.purpose].iter().any(|v| !v.trim().is_empty())
    }

    pub fn shown(&self) -> Shown {
        self.shown.parse().unwrap_or(Shown::All)
    }
}

/// The organisations where the viewer holds a permission, with those that went over into them.
///
/// # Errors
/// The database's.
pub async fn reach(visit: &Visit, permission: Permission) -> Result<Vec<Uuid>, Fault> {
    match visit.viewer.reach(permission) {
        Reach::Organisations(own) => organisations::with_predecessors(&visit.net, &own).await,
        // No role holds it in a whole network: that width would mean a slip in the table.
        Reach::Nowhere | Reach::Network => Ok(Vec::new()),
    }
}

/// What an organisation collects of all its children.
///
/// # Errors
/// The database's.
pub async fn collected(visit: &Visit, organisation: OrganisationId) -> Result<Vec<Purpose>, Fault> {
    let said = store::list::needs(&visit.net, organisation).await?;
    let is_collected = |purpose: Purpose| {
        said.iter().find(|(of, _)| *of == purpose).map_or(purpose.is_usual(), |(_, collected)| *collected)
    };
    Ok(Purpose::ALL.iter().copied().filter(|purpose| is_collected(*purpose)).collect())
}

/// What the list's page shows.
pub struct Desk {
    pub slice: Slice<Child>,
    /// The organisations to choose from.
    pub organisations: Vec<(OrganisationId, String)>,
    pub organisation: Option<OrganisationId>,
    pub classes: Vec<(String, i64)>,
    /// The columns.
    pub purposes: Vec<Purpose>,
    /// What of these children is a form or signed.
    pub consents: Vec<super::Consent>,
    /// Of the post that has just been made: how many it signed.
    pub taken: i64,
    /// Beyond this the list was not counted.
    pub counted: i64,
}

/// The list. The look at its children is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`] when the look cannot be noted.
pub async fn desk(visit: &Visit, asked: &Asked) -> Result<Desk, Fault> {
    let scope = Scope::of(visit).await?;
    let (own, which) = which(visit, asked, scope.clone(), VIEW).await?;
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let slice = store::list::page(&visit.net, &which, cursor.as_ref(), PAGE).await?;
    let ids: Vec<PersonId> = slice.items.iter().map(|c| c.id).collect();
    learners::note_read(visit, How::Elsewhere, &ids).await?;
    Ok(Desk {
        consents: store::of_learners(&visit.net, &ids).await?,
        classes: learners::classes(&visit.net, &scope, which.filter.organisation).await?,
        taken: match asked.batch.parse() {
            Ok(batch) => store::list::of_batch(&visit.net, batch).await?,
            Err(_) => 0,
        },
        counted: which.counted(),
        organisation: which.filter.organisation,
        purposes: which.purposes,
        organisations: own,
        slice,
    })
}

/// How many children of those whose forms this viewer collects lack a consent that is collected; names
/// nobody, so it is no look at a record.
///
/// # Errors
/// The database's.
pub async fn count_missing(visit: &Visit) -> Result<i64, Fault> {
    if !visit.viewer.may(COLLECT) {
        return Ok(0);
    }
    let asked = Asked { shown: Shown::Missing.code().into(), ..Asked::default() };
    let (_, which) = which(visit, &asked, Scope::of(visit).await?, COLLECT).await?;
    Ok(store::list::page(&visit.net, &which, None, 0).await?.total.min(which.counted()))
}

/// The children that an address asks for, within a permission. One organisation at a time.
pub(super) async fn which(
    visit: &Visit,
    asked: &Asked,
    scope: Scope,
    permission: Permission,
) -> Result<(Vec<(OrganisationId, String)>, Which), Fault> {
    let reach = reach(visit, permission).await?;
    let own: Vec<(OrganisationId, String)> =
        organisations::listed(&visit.net, &reach).await?.into_iter().map(|o| (o.id, o.short_name)).collect();
    let named = asked.organisation.parse().ok();
    let organisation =
        own.iter().map(|(id, _)| *id).find(|id| Some(*id) == named).or_else(|| own.first().map(|(id, _)| *id));
    let purposes = match (asked.purpose.parse(), organisation) {
        (Ok(purpose), _) => vec![purpose],
        (Err(_), Some(id)) => collected(visit, id).await?,
        (Err(_), None) => Vec::new(),
    };
    let filter = learners::Filter {
        q: tidy(&asked.q.chars().take(200).collect::<String>()),
        organisation,
        class: tidy(&asked.class),
        left: false,
    };
    let which = Which { scope, filter, organisations: reach, shown: asked.shown(), purposes, today: visit.today };
    Ok((own, which))
}

/// What came back: `back` holds «child:purpose».
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct TickForm {
    pub back: Vec<String>,
    pub signed_on: String,
    /// Of publication and images: what the forms permit.
    pub categories: Vec<String>,
    pub asked: String,
}

/// What a form of receipt says besides the ticks.
struct Receipt {
    signed_on: NaiveDate,
    categories: Vec<Category>,
}

impl Receipt {
    fn of(
        visit: &Visit,
        signed_on: &str,
        categories: &[String],
        purposes: &BTreeSet<Purpose>,
        problems: &mut Problems,
    ) -> Self {
        let mut check = Check { problems };
        let typed = check.date("signed_on", signed_on);
        let on = typed.unwrap_or(visit.today);
        if on > visit.today {
            problems.add("signed_on", Message::new("form-not-after").with("date", Lang::Ru.date(visit.today)));
        }
        let categories: Vec<Category> = categories.iter().filter_map(|code| code.parse().ok()).collect();
        // Silence is no consent: what is permitted must be said for each of these forms.
        let silent = |p: &&Purpose| p.has_categories() && !p.categories().iter().any(|c| categories.contains(c));
        if purposes.iter().any(|purpose| silent(&purpose)) {
            problems.add("categories", Message::new("consent-categories-needed"));
        }
        Self { signed_on: on, categories }
    }

    fn granting(&self, learner: PersonId, purpose: Purpose) -> Granting {
        let permitted = purpose.categories().iter().copied().filter(|c| self.categories.contains(c)).collect();
        Granting { categories: permitted, ..Granting::paper(learner, purpose, self.signed_on) }
    }
}

fn ticks(back: &[String]) -> Option<Vec<(PersonId, Purpose)>> {
    let one = |text: &String| {
        let (child, purpose) = text.split_once(':')?;
        Some((child.parse().ok()?, purpose.parse().ok()?))
    };
    back.iter().map(one).collect()
}

/// Enters what came back, all in one post or nothing.
///
/// # Errors
/// [`Fault::Invalid`]; [`Fault::NotFound`] for a child out of reach.
pub async fn tick(visit: &Visit, once: &Once, form: &TickForm) -> Result<Done, Fault> {
    let mut problems = Problems::default();
    let ticked = ticks(&form.back).unwrap_or_default();
    if ticked.is_empty() || ticked.len() > MOST {
        problems.add("back", Message::new("consent-tick-some"));
    }
    let purposes: BTreeSet<Purpose> = ticked.iter().map(|(_, purpose)| *purpose).collect();
    let receipt = Receipt::of(visit, &form.signed_on, &form.categories, &purposes, &mut problems);
    problems.into_result(())?;
    let ids: BTreeSet<PersonId> = ticked.iter().map(|(child, _)| *child).collect();
    all_in_reach(visit, &ids.into_iter().collect::<Vec<_>>()).await?;
    let batch = visit.new_id();
    let asked: Asked = serde_html_form::from_str(&form.asked).unwrap_or_default();
    once.run(&visit.net, async |tx: &mut Tx| {
        for (child, purpose) in &ticked {
            deeds::grant_of_batch(tx, visit, &receipt.granting(*child, *purpose), Some(batch)).await?;
        }
        Ok(Done::changed(
            asked.at("batch", &batch.to_string()),
            serde_json::json!({ "batch": batch, "signed": ticked.len() }),
        ))
    })
    .await
}

/// # Errors
/// [`Fault::NotFound`] unless the viewer may collect from every one of them.
pub(super) async fn all_in_reach(visit: &Visit, ids: &[PersonId]) -> Result<Vec<Child>, Fault> {
    let own = reach(visit, COLLECT).await?;
    let found = store::list::among(&visit.net, &Scope::of(visit).await?, &own, ids).await?;
    if found.len() == ids.len() { Ok(found) } else { Err(Fault::NotFound) }
}

/// Takes a post back: what it signed is a form again, and what it opened is closed.
///
/// # Errors
/// [`Fault::NotFound`] when there is nothing of it left in the viewer's reach.
pub async fn take_back(visit: &Visit, once: &Once, batch: Uuid) -> Result<Done, Fault> {
    let own = reach(visit, COLLECT).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let taken = store::list::unsign(tx, visit, batch, &own).await?;
        if taken.is_empty() {
            return Err(Fault::NotFound);
        }
        for (id, _) in &taken {
            learners::close_consent(tx, *id, visit.today).await?;
        }
        let lines = taken.iter().map(|(id, _)| Entry::new("unsign", KIND, *id)).collect();
        Entry::write_all(lines, tx, visit).await?;
        Ok(Done::changed(LIST.into(), serde_json::json!({ "taken_back": taken.len() })))
    })
    .await
}

/// What the form of a stack says: numbers, one after the other, ranges too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct StackForm {
    pub numbers: String,
    /// Numbers that a scan gave and a person confirmed.
    pub forms: Vec<String>,
    pub signed_on: String,
    pub categories: Vec<String>,
}

impl StackForm {
    /// All numbers, ticked and typed.
    fn all(&self) -> Option<Vec<i64>> {
        let ticked = self.ticked();
        if tidy(&self.numbers).is_none() && !ticked.is_empty() {
            return Some(ticked);
        }
        let typed = read_numbers(&self.numbers)?;
        Some(ticked.into_iter().chain(typed).collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// What a scan gave.
    pub fn ticked(&self) -> Vec<i64> {
        let read = self.forms.iter().take(MOST).filter_map(|number| number.parse().ok());
        read.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// «12, 15 17-20» as numbers; `None` for anything else.
pub fn read_numbers(text: &str) -> Option<Vec<i64>> {
    let mut all = BTreeSet::new();
    let text = text.replace(['–', '—'], "-").replace(['№', '\u{a0}', ',', ';'], " ");
    for part in text.split_whitespace() {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (i64, i64) = (first.parse().ok()?, last.parse().ok()?);
        if first < 1 || last < first || last - first > 1_000 {
            return None;
        }
        all.extend(first..=last);
        if all.len() > MOST {
            return None;
        }
    }
    (!all.is_empty()).then(|| all.into_iter().collect())
}

/// Enters a stack of signed forms by their numbers, all or none.
///
/// # Errors
/// [`Fault::Invalid`] with the numbers that are no forms still out.
pub async fn register(visit: &Visit, once: &Once, form: &StackForm) -> Result<Done, Fault> {
    let Some(numbers) = form.all() else {
        return Err(Fault::field("numbers", Message::new("consent-bad-numbers")));
    };
    let (forms, _) = scan::out(visit, &numbers).await?;
    let known: BTreeSet<i64> = forms.iter().map(|f| f.number).collect();
    let strange: Vec<String> =
        numbers.iter().filter(|n| !known.contains(n)).take(20).map(ToString::to_string).collect();
    let mut problems = Problems::default();
    if !strange.is_empty() {
        problems.add("numbers", Message::new("consent-strange-numbers").with("numbers", strange.join(", ")));
    }
    let purposes: BTreeSet<Purpose> = forms.iter().map(|f| f.purpose).collect();
    let receipt = Receipt::of(visit, &form.signed_on, &form.categories, &purposes, &mut problems);
    problems.into_result(())?;
    let batch = visit.new_id();
    once.run(&visit.net, async |tx: &mut Tx| {
        for f in &forms {
            let given = Granting { recipient: f.recipient, ..receipt.granting(f.learner, f.purpose) };
            deeds::grant_of_batch(tx, visit, &given, Some(batch)).await?;
        }
        let url = Asked::default().at("batch", &batch.to_string());
        Ok(Done::changed(url, serde_json::json!({ "batch": batch, "signed": forms.len() })))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(read_numbers("12, 15; 17–19 №\u{a0}12"), Some(vec![12, 15, 17, 18, 19]));
        for bad in ["", "  ", "а12", "5-3", "-", "1-99999", "0", "12.5", "99999999999999999999"] {
            assert_eq!(read_numbers(bad), None, "{bad}");
        }
    }
}
