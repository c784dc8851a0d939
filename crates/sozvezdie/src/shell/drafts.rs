//! Nothing typed is ever lost: what stands in a form is kept per person and form until it is
//! saved or the person signs out.
use super::store;
use axum::{body::Bytes, http::StatusCode};
use kit::{Fault, Visit, db::Tx, http::Path, text::Message};
use uuid::Uuid;

/// Longest draft kept, in bytes.
const LIMIT: usize = 64 * 1024;
/// Secrets that a form may hold and a draft must not.
const SECRET: &[&str] = &["key", "csrf", "password", "session_password", "code", "new_password", "secret", "seal"];

/// Keeps the draft of a form: the body of the form as it would be sent.
pub async fn save(visit: Visit, Path(form): Path<String>, body: Bytes) -> Result<StatusCode, Fault> {
    if body.len() > LIMIT {
        return Err(Fault::TooLarge { limit: LIMIT });
    }
    let known = form.len() <= 120 && form.chars().all(|c| c.is_ascii_alphanumeric() || "-./".contains(c));
    let pairs: Vec<(String, String)> =
        serde_html_form::from_bytes(&body).map_err(|_| Fault::field("body", Message::new("form-bad-draft")))?;
    if !known {
        return Err(Fault::NotFound);
    }
    let kept: Vec<_> = pairs.into_iter().filter(|(name, _)| !SECRET.contains(&name.as_str())).collect();
    let text = serde_html_form::to_string(&kept).map_err(anyhow::Error::from)?;
    visit.net.transact(async |tx: &mut Tx| store::put_draft(tx, visit.actor(), &form, &text, visit.now).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was typed into a form and not saved, as the form's type.
pub async fn find<T: serde::de::DeserializeOwned>(visit: &Visit, form: &str) -> Result<Option<T>, Fault> {
    let Some(person) = visit.viewer.person else { return Ok(None) };
    let body = store::draft(&visit.net, person, form).await?;
    // A draft of an older form of the page is dropped rather than shown half.
    Ok(body.and_then(|text| serde_html_form::from_str(&text).ok()))
}

/// Drops the draft: the form was saved.
pub async fn drop(tx: &mut Tx, person: Uuid, form: &str) -> Result<(), Fault> {
    store::drop_drafts(tx, person, Some(form)).await
}

/// Drops all drafts of a person: they signed out.
pub async fn drop_all(tx: &mut Tx, person: Uuid) -> Result<(), Fault> {
    store::drop_drafts(tx, person, None).await
}

/// Drops what anybody was typing about a record: it is destroyed.
pub async fn drop_of_record(tx: &mut Tx, form: &str) -> Result<(), Fault> {
    store::drop_drafts_of_form(tx, form).await
}
