//! The SQL of documents.
use super::words::{Correction, InCase};
use kit::{
    Fault, Visit,
    db::{Net, Tx, args},
};

/// More corrections than a network of seventy organisations ever makes.
const MOST: i64 = 5000;

pub async fn corrections(net: &Net) -> Result<Vec<Correction>, Fault> {
    let sql = "SELECT phrase, in_case, form, updated_at, updated_by FROM paper_word WHERE network_id = $1 ORDER BY phrase, in_case LIMIT $2";
    Ok(net.all(sql, args![MOST]).await?)
}

pub async fn put_correction(tx: &mut Tx, phrase: &str, case: InCase, form: &str, visit: &Visit) -> Result<(), Fault> {
    let sql = "INSERT INTO paper_word (network_id, phrase, in_case, form, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (network_id, phrase, in_case) DO UPDATE SET form = excluded.form, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    tx.run(sql, args![phrase, case, form, visit.now, visit.viewer.person]).await?;
    Ok(())
}
