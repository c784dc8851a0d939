//! One search for both engines: a table of words with a b-tree.
//!
//! Every record keeps its words as written (for beginnings of words) and their Russian stems
//! (for other cases and numbers). Beginnings are never looked up among stems: «шк» must not
//! depend on how a stemmer cuts.
use crate::{
    Fault,
    db::{Net, Tx, args, row},
    text::name_key,
};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeMap;
use uuid::Uuid;

thread_local! {
    static STEMMER: Stemmer = Stemmer::create(Algorithm::Russian);
}

/// Stems are kept apart from words as written by this first letter.
const STEM: char = '~';
/// Sorts after every letter.
const LAST: char = '\u{10FFFF}';
/// Words of a query that are looked at.
const WORDS: usize = 6;

fn words(text: &str) -> impl Iterator<Item = String> {
    let key = name_key(text);
    key.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

fn stem(word: &str) -> String {
    format!("{STEM}{}", STEMMER.with(|s| s.stem(word).into_owned()))
}

/// A record's texts with their weights: a word of the name counts more than one of the remarks.
pub type Texts<'a> = Vec<(&'a str, i64)>;

/// Puts a record's texts in. What stood there before goes.
///
/// # Errors
/// The database's.
pub async fn index(tx: &mut Tx, kind: &'static str, record: Uuid, texts: &[(&str, i64)]) -> Result<(), Fault> {
    tx.run("DELETE FROM search_term WHERE network_id = $1 AND kind = $2 AND record_id = $3", args![kind, record])
        .await?;
    put(tx, kind, [(record, texts)]).await
}

/// Puts the texts of new records in.
///
/// # Errors
/// The database's.
pub async fn index_new(tx: &mut Tx, kind: &'static str, records: &[(Uuid, Texts<'_>)]) -> Result<(), Fault> {
    put(tx, kind, records.iter().map(|(record, texts)| (*record, texts.as_slice()))).await
}

async fn put<'a>(
    tx: &mut Tx,
    kind: &'static str,
    records: impl IntoIterator<Item = (Uuid, &'a [(&'a str, i64)])>,
) -> Result<(), Fault> {
    let row = |record, (term, weight): (String, i64)| args![term, kind, record, weight];
    let of = |(record, texts)| terms(texts).into_iter().map(move |term| row(record, term));
    let rows = records.into_iter().flat_map(of).collect();
    Ok(tx.insert("search_term (network_id, term, kind, record_id, weight)", rows).await?)
}

fn terms(texts: &[(&str, i64)]) -> BTreeMap<String, i64> {
    let mut terms: BTreeMap<String, i64> = BTreeMap::new();
    for (text, weight) in texts {
        for word in words(text) {
            let root = terms.entry(stem(&word)).or_default();
            *root = (*root).max(*weight);
            let exact = terms.entry(word).or_default();
            *exact = (*exact).max(*weight + 1);
        }
    }
    terms
}

/// A record that was found.
pub struct Found {
    pub kind: String,
    pub record_id: Uuid,
    pub weight: i64,
}
row!(Found { kind, record_id, weight });

/// Records of these kinds that hold every word of the query, best first, ties by id.
/// A query that finds nothing is tried in the other keyboard layout («ghbrfp» is «приказ»).
///
/// # Errors
/// The database's.
pub async fn find(net: &Net, query: &str, kinds: &[&'static str], limit: i64) -> Result<Vec<Found>, Fault> {
    let found = find_as_typed(net, query, kinds, limit).await?;
    if found.is_empty() && query.chars().any(|c| c.is_ascii_alphabetic()) {
        return find_as_typed(net, &other_layout(query), kinds, limit).await;
    }
    Ok(found)
}

async fn find_as_typed(net: &Net, query: &str, kinds: &[&'static str], limit: i64) -> Result<Vec<Found>, Fault> {
    let asked: Vec<String> = words(query).take(WORDS).collect();
    if asked.is_empty() || kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut args = args![];
    let mut place = |value: String| {
        args.push(value.into());
        format!("${}", args.len() + 1)
    };
    let kinds: Vec<String> = kinds.iter().map(|k| place((*k).to_owned())).collect();
    let kinds = kinds.join(", ");
    let mut parts = Vec::new();
    for (i, word) in asked.iter().enumerate() {
        let root = place(stem(word));
        let mut condition = format!("term = {root}");
        // The last word may still be on its way; a single letter would touch half the table.
        if i + 1 == asked.len() && word.chars().count() > 1 {
            let (from, to) = (place(word.clone()), place(format!("{word}{LAST}")));
            condition = format!("({condition} OR (term >= {from} AND term < {to}))");
        } else {
            let exact = place(word.clone());
            condition = format!("({condition} OR term = {exact})");
        }
        parts.push(format!(
            "SELECT kind, record_id, MAX(weight) AS weight FROM search_term
             WHERE network_id = $1 AND kind IN ({kinds}) AND {condition} GROUP BY kind, record_id"
        ));
    }
    let (count, limit_at) = (asked.len(), args.len() + 2);
    let sql = format!(
        "SELECT kind, record_id, CAST(SUM(weight) AS BIGINT) AS total FROM ({}) AS words
         GROUP BY kind, record_id HAVING COUNT(*) = {count} ORDER BY total DESC, record_id LIMIT ${limit_at}",
        parts.join(" UNION ALL ")
    );
    args.push(limit.into());
    Ok(net.all(sql, args).await?)
}

/// How many records of a kind no word leads to.
///
/// # Errors
/// The database's.
pub async fn lost(net: &Net, kind: &'static str, table: &'static str) -> Result<i64, Fault> {
    let sql = format!(
        "SELECT COUNT(*) FROM {table} AS r WHERE r.network_id = $1 AND NOT EXISTS (
           SELECT 1 FROM search_term s WHERE s.network_id = $1 AND s.kind = $2 AND s.record_id = r.id)"
    );
    Ok(net.opt::<(i64,)>(sql, args![kind]).await?.map_or(0, |(lost,)| lost))
}

/// What would have been typed with the Russian layout on.
pub fn other_layout(text: &str) -> String {
    const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
    const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";
    text.to_lowercase()
        .chars()
        .map(|c| LATIN.chars().position(|l| l == c).and_then(|i| RUSSIAN.chars().nth(i)).unwrap_or(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_layout_is_understood() {
        assert_eq!(other_layout("ghbrfp"), "приказ");
        assert_eq!(other_layout("Vfqcrfz"), "майская");
    }

    #[test]
    fn cases_and_numbers_share_a_stem() {
        assert_eq!(stem("гимназии"), stem("гимназия"));
        assert_eq!(words("МОУ «Журавлёвская СОШ» №2").collect::<Vec<_>>(), ["моу", "журавлевская", "сош", "2"]);
    }
}
