//! Children in the search of the whole: found within the viewer's scope by their own table, never
//! by the words that all records share.
use super::{How, access, store::Filter, url};
use crate::shell::search::Hit;
use kit::{Fault, Visit, form::tidy};

/// The children whom these words find, for whoever may see them.
pub async fn hits(visit: &Visit, q: &str, limit: i64) -> Result<Vec<Hit>, Fault> {
    // A single letter finds everybody and says nothing.
    let Some(q) = tidy(q).filter(|q| q.chars().filter(|c| c.is_alphanumeric()).count() > 1) else {
        return Ok(Vec::new());
    };
    let filter = Filter { q: Some(q), left: true, ..Filter::default() };
    let found = access::list(visit, How::Search, &filter, None, limit.clamp(1, 20)).await?;
    let line = |l: super::Listed| Hit {
        id: l.id.0,
        href: url(l.id),
        note: [Some(l.organisation_name), l.class_name].into_iter().flatten().collect::<Vec<_>>().join(", "),
        title: l.full_name,
    };
    Ok(found.items.into_iter().map(line).collect())
}
