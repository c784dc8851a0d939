//! The contingent out of a school's own file: the kind `contingent` of `imports`.
use super::{
    KIND,
    change::{insert, write},
    duplicates::are_near,
    model::{Attachment, Learner, LearnerForm, Sex},
    store::{self, import as sql, places},
    url,
};
use crate::{
    imports::{
        Applied, Candidate, Decision, Deed, Difference, Finding, Incoming, Issue, Order, Pending, Scope, Target,
        Undone, Verdict, plainly,
    },
    organisations::{self, OrganisationId},
    people::{self, PersonId, PersonName},
};
use chrono::NaiveDate;
use kit::{
    Fault, Lang, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    text::{Message, name_key, text_prefix},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

/// The kind `contingent`.
pub struct Contingent;

/// Reading a school's children into the network.
pub const IMPORT: Permission = Permission("imports.contingent");

impl Target for Contingent {
    fn code(&self) -> &'static str {
        "contingent"
    }

    fn permission(&self) -> Permission {
        IMPORT
    }

    fn list(&self) -> &'static str {
        super::LIST
    }

    fn url(&self, record: Uuid) -> String {
        url(PersonId(record))
    }

    // What a child does elsewhere is told by enrolments, not by a word in a list.
    fn unused_fields(&self) -> &'static [&'static str] {
        &["additional_education"]
    }

    // Last name, first name and patronymic stand in columns of their own.
    fn spread_fields(&self) -> &'static [&'static str] {
        &["full_name"]
    }

    fn shown(&self, t: Lang, field: &str, value: &Json) -> String {
        match field {
            "gender" => {
                let sex: Option<Sex> = value.as_str().and_then(|code| code.parse().ok());
                sex.map(|sex| t.say(&text_prefix!("learner-sex-", sex.code())).into_owned()).unwrap_or_default()
            }
            "birth_date" => {
                let day: Option<NaiveDate> = value.as_str().and_then(|day| day.parse().ok());
                day.map(|day| t.date(day)).unwrap_or_default()
            }
            "guardian_phone" => value.as_str().map(organisations::phone).unwrap_or_default(),
            _ => class_text(value).unwrap_or_else(|| plainly(value)),
        }
    }

    fn compare<'a>(&'a self, tx: &'a mut Tx, scope: &'a Scope, rows: &'a [Incoming]) -> Pending<'a, Vec<Finding>> {
        Box::pin(async move {
            let register = Register::read(tx, scope, rows).await?;
            let mut numbers: HashMap<&str, i64> = HashMap::new();
            let mut findings = Vec::with_capacity(rows.len());
            for row in rows {
                let repeats = row.text("snils").and_then(|number| {
                    let earlier = numbers.get(number).copied();
                    numbers.entry(number).or_insert(row.place);
                    earlier
                });
                findings.push(Finding { verdict: register.verdict(scope, row), repeats, notes: Vec::new() });
            }
            Ok(findings)
        })
    }

    fn apply<'a>(
        &'a self,
        tx: &'a mut Tx,
        visit: &'a Visit,
        scope: &'a Scope,
        order: &'a Order,
    ) -> Pending<'a, Applied> {
        Box::pin(async move {
            let Some(record) = order.into else {
                let organisation = match scope.organisation {
                    Some(id) => OrganisationId(id),
                    None => Places::read(tx)
                        .await?
                        .of(scope, &order.row)
                        .map_err(|message| Fault::field("organisation", message))?,
                };
                let draft = blank(&order.row, scope, organisation).check(&scope.area_code, scope.as_of)?;
                let id = insert(tx, visit, &draft).await?;
                return Ok(Applied { record: id.0, version: 1, before: None, changed: true });
            };
            put_into(tx, visit, scope, PersonId(record), order).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, visit: &'a Visit, deed: &'a Deed) -> Pending<'a, Undone> {
        Box::pin(async move {
            let id = PersonId(deed.record);
            let Some(before) = &deed.before else {
                if !sql::remove(tx, id, deed.version).await? {
                    return Ok(Undone::Kept);
                }
                Entry::new("undo-import", KIND, id).write(tx, visit).await?;
                return Ok(Undone::Removed);
            };
            let before: Before = serde_json::from_value(before.clone()).map_err(anyhow::Error::from)?;
            put_back(tx, visit, id, deed.version, &before).await
        })
    }
}

/// «7 Б» of what the reading gives for a class.
fn class_text(value: &Json) -> Option<String> {
    let number = value.get("number")?.as_u64()?;
    let letter = value.get("letter").and_then(Json::as_str);
    Some(letter.map_or_else(|| number.to_string(), |letter| format!("{number} {letter}")))
}

/// What the row says of the class or the group.
fn class_of(row: &Incoming) -> Option<String> {
    row.values.get("class").and_then(class_text).or_else(|| row.text("group").map(str::to_owned))
}

/// The form of a child that is not there yet.
fn blank(row: &Incoming, scope: &Scope, organisation: OrganisationId) -> LearnerForm {
    let text = |field| row.text(field).unwrap_or_default().to_owned();
    LearnerForm {
        last_name: text("last_name"),
        first_name: text("first_name"),
        patronymic: text("patronymic"),
        birth_date: text("birth_date"),
        sex: text("gender"),
        snils: text("snils"),
        guardian_phone: text("guardian_phone"),
        organisation: organisation.to_string(),
        class: class_of(row).unwrap_or_default(),
        from: scope.as_of.to_string(),
        ..LearnerForm::default()
    }
}

/// The form of a known child with what the row says over it. An empty cell erases nothing, and
/// another writing of the same name is no other name; `keeps_name`: nor is what stands in a repeated row.
fn merged(known: &LearnerForm, row: &Incoming, scope: &Scope, keeps_name: bool) -> LearnerForm {
    let new = blank(row, scope, OrganisationId(Uuid::nil()));
    let over = |old: &str, new: String| if new.is_empty() { old.to_owned() } else { new };
    let name = |f: &LearnerForm| name_key(&format!("{} {} {}", f.last_name, f.first_name, f.patronymic));
    let same_name = name(known) == name(&new);
    let stays = |old: &str| same_name || (keeps_name && !old.is_empty());
    let part = |old: &str, new: &str| if stays(old) { old.to_owned() } else { over(old, new.to_owned()) };
    LearnerForm {
        last_name: part(&known.last_name, &new.last_name),
        first_name: part(&known.first_name, &new.first_name),
        patronymic: part(&known.patronymic, &new.patronymic),
        birth_date: over(&known.birth_date, new.birth_date),
        sex: over(&known.sex, new.sex),
        snils: over(&known.snils, new.snils),
        guardian_phone: over(&known.guardian_phone, new.guardian_phone),
        class: over(&known.class, new.class),
        from: new.from,
        ..known.clone()
    }
}

fn differences(before: &LearnerForm, after: &LearnerForm) -> Vec<Difference> {
    let class = if before.class.starts_with(|c: char| c.is_ascii_digit())
        || after.class.starts_with(|c: char| c.is_ascii_digit())
    {
        "class"
    } else {
        "group"
    };
    let pairs = [
        ("last_name", &before.last_name, &after.last_name),
        ("first_name", &before.first_name, &after.first_name),
        ("patronymic", &before.patronymic, &after.patronymic),
        ("birth_date", &before.birth_date, &after.birth_date),
        ("gender", &before.sex, &after.sex),
        ("snils", &before.snils, &after.snils),
        ("guardian_phone", &before.guardian_phone, &after.guardian_phone),
        (class, &before.class, &after.class),
    ];
    let changed = pairs.into_iter().filter(|(_, old, new)| old != new);
    changed
        .map(|(field, old, new)| Difference { field: field.into(), old: old.as_str().into(), new: new.as_str().into() })
        .collect()
}

/// The organisations that rows may speak of.
struct Places {
    names: Vec<(Uuid, String)>,
}

impl Places {
    async fn read(tx: &mut Tx) -> Result<Self, Fault> {
        Ok(Self { names: organisations::short_names_in(tx).await? })
    }

    /// Whose child the row is: the file's organisation, or the row's own word when it has one.
    fn of(&self, scope: &Scope, row: &Incoming) -> Result<OrganisationId, Message> {
        let said = row.text("organisation");
        let key = said.map(name_key);
        let found = key.as_deref().and_then(|key| self.names.iter().find(|(_, name)| name_key(name) == key));
        match (scope.organisation, said, found) {
            (Some(own), None, _) => Ok(OrganisationId(own)),
            (Some(own), Some(_), Some((id, _))) if *id == own => Ok(OrganisationId(own)),
            (Some(_), Some(_), _) => Err(Message::new("learner-import-not-own")),
            (None, Some(_), Some((id, _))) => Ok(OrganisationId(*id)),
            (None, _, _) => Err(Message::new("learner-import-no-organisation")),
        }
    }
}

/// The children that a file may speak of. Those of other organisations are not among them: what
/// the preview says must not tell anybody who studies elsewhere.
struct Register {
    places: Places,
    learners: Vec<(Learner, PersonName)>,
    by_birth: HashMap<NaiveDate, Vec<usize>>,
    by_number: HashMap<String, Vec<usize>>,
    /// The organisation that each one's organisation is now a part of.
    whose: HashMap<Uuid, Uuid>,
}

impl Register {
    async fn read(tx: &mut Tx, scope: &Scope, rows: &[Incoming]) -> Result<Self, Fault> {
        let places = Places::read(tx).await?;
        let mut heads: Vec<Uuid> = rows.iter().filter_map(|row| places.of(scope, row).ok()).map(|id| id.0).collect();
        heads.sort_unstable();
        heads.dedup();
        let mut whose = HashMap::new();
        for head in &heads {
            for id in organisations::with_predecessors_in(tx, &[*head]).await? {
                whose.insert(id, *head);
            }
        }
        let mut born: Vec<NaiveDate> = rows.iter().filter_map(|row| row.text("birth_date")?.parse().ok()).collect();
        born.sort_unstable();
        born.dedup();
        let numbers: Vec<&str> = rows.iter().filter_map(|row| row.text("snils")).collect();
        let all: Vec<Uuid> = whose.keys().copied().collect();
        let found = sql::known(tx, &all, &born, &numbers).await?;
        let names = people::names_in(tx, &found.iter().map(|l| l.id).collect::<Vec<_>>()).await?;
        let mut register =
            Self { places, learners: Vec::new(), by_birth: HashMap::new(), by_number: HashMap::new(), whose };
        for learner in found {
            let Some(name) = names.get(&learner.id).cloned() else { continue };
            let at = register.learners.len();
            register.by_birth.entry(learner.birth_date).or_default().push(at);
            if let Some(number) = &learner.snils {
                register.by_number.entry(number.clone()).or_default().push(at);
            }
            register.learners.push((learner, name));
        }
        Ok(register)
    }

    fn of(&self, places: Option<&Vec<usize>>, head: OrganisationId) -> Vec<&(Learner, PersonName)> {
        let all = places.into_iter().flatten().filter_map(|at| self.learners.get(*at));
        all.filter(|(l, _)| self.whose.get(&l.organisation.0) == Some(&head.0)).collect()
    }

    fn verdict(&self, scope: &Scope, row: &Incoming) -> Verdict {
        let organisation = match self.places.of(scope, row) {
            Ok(id) => id,
            Err(message) => return Verdict::Refused(vec![Issue::rule("organisation", message)]),
        };
        let form = blank(row, scope, organisation);
        let draft = match form.check(&scope.area_code, scope.as_of) {
            Ok(draft) => draft,
            Err(fault) => return refused(&fault),
        };
        let key = name_key(&draft.name.full());
        let numbered = self.of(draft.snils.as_ref().and_then(|number| self.by_number.get(number)), organisation);
        let born = self.of(self.by_birth.get(&draft.birth_date), organisation);
        let key_of = |name: &PersonName| name_key(&name.full());
        if let [(learner, name)] = numbered.as_slice()
            && (learner.birth_date == draft.birth_date || key_of(name) == key)
        {
            return known(learner, name, row, scope);
        }
        if !numbered.is_empty() {
            return Verdict::Unclear(candidates(&numbered, "same_snils"));
        }
        let same: Vec<_> = born.iter().copied().filter(|(_, name)| key_of(name) == key).collect();
        let other_number = |l: &Learner| l.snils.is_some() && draft.snils.is_some() && l.snils != draft.snils;
        match same.as_slice() {
            [(learner, name)] if !other_number(learner) => return known(learner, name, row, scope),
            [] => {}
            several => return Verdict::Unclear(candidates(several, "same_child")),
        }
        let near: Vec<_> = born.into_iter().filter(|(_, name)| are_near(&key_of(name), &key)).collect();
        if near.is_empty() { Verdict::New } else { Verdict::Unclear(candidates(&near, "close_child")) }
    }
}

fn candidates(found: &[&(Learner, PersonName)], why: &str) -> Vec<Candidate> {
    let line = |(l, _): &&(Learner, PersonName)| Candidate {
        decision: Decision::Into(l.id.0),
        title: [Some(l.full_name.clone()), l.class_name.clone()].into_iter().flatten().collect::<Vec<_>>().join(", "),
        why: why.into(),
    };
    found.iter().map(line).collect()
}

fn known(learner: &Learner, name: &PersonName, row: &Incoming, scope: &Scope) -> Verdict {
    let before = LearnerForm::of(learner, name);
    let after = merged(&before, row, scope, false);
    if let Err(fault) = after.check(&scope.area_code, scope.as_of) {
        return refused(&fault);
    }
    let mut differences = differences(&before, &after);
    // A child who had left is there again: that is a change even where every word is the same.
    if !learner.enrolled && !differences.iter().any(|d| matches!(d.field.as_str(), "class" | "group")) {
        differences.push(Difference { field: "class".into(), old: Json::Null, new: after.class.as_str().into() });
    }
    Verdict::Known { record: learner.id.0, version: learner.version, title: learner.full_name.clone(), differences }
}

/// The form's words for what is wrong, at the file's fields.
fn refused(fault: &Fault) -> Verdict {
    let Fault::Invalid(problems) = fault else {
        return Verdict::Refused(vec![Issue::rule("last_name", fault.message())]);
    };
    let field = |name: &str| if name == "sex" { "gender".to_owned() } else { name.to_owned() };
    Verdict::Refused(problems.iter().map(|(name, message)| Issue::rule(&field(name), message.clone())).collect())
}

/// What an import found in a record, for putting it back.
#[derive(Serialize, Deserialize)]
struct Before {
    form: LearnerForm,
    attachments: Vec<Attachment>,
}

async fn put_into(tx: &mut Tx, visit: &Visit, scope: &Scope, id: PersonId, order: &Order) -> Result<Applied, Fault> {
    let learner = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let name = people::name_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let before = LearnerForm::of(&learner, &name);
    let mut after = merged(&before, &order.row, scope, order.repeats);
    // The child of an organisation that went over into this one is now this one's.
    after.organisation = scope.organisation.map_or(after.organisation, |own| own.to_string());
    let moved = after.organisation != before.organisation;
    if differences(&before, &after).is_empty() && learner.enrolled && !moved {
        return Ok(Applied { record: id.0, version: learner.version, before: None, changed: false });
    }
    let draft = after.check(&scope.area_code, scope.as_of)?;
    let attachments = places::history_in(tx, id).await?;
    if !write(tx, visit, &learner, &name, &draft, learner.version).await? {
        return Err(Fault::NotFound);
    }
    let before = serde_json::to_value(Before { form: before, attachments }).map_err(anyhow::Error::from)?;
    Ok(Applied { record: id.0, version: learner.version + 1, before: Some(before), changed: true })
}

async fn put_back(tx: &mut Tx, visit: &Visit, id: PersonId, version: i64, before: &Before) -> Result<Undone, Fault> {
    // What was stored once needs no area code any more.
    let draft = before.form.check("", visit.today)?;
    if !store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await? {
        return Ok(Undone::Kept);
    }
    people::put_name(tx, id, &draft.name, visit.now).await?;
    places::restore(tx, id, &before.attachments, visit.viewer.person, visit.now).await?;
    Entry::new("undo-import", KIND, id).write(tx, visit).await?;
    Ok(Undone::Restored { version: version + 1 })
}
