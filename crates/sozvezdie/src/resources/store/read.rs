//! The same reads through a connection of their own or through the transaction at hand.
use kit::{
    Fault,
    db::{Net, Row, Tx, Val},
};

/// Where to read. Inside a transaction what it has locked is seen as it stands; outside nobody
/// waits.
pub enum Read<'a> {
    Net(&'a Net),
    Tx(&'a mut Tx),
}

impl Read<'_> {
    pub(super) async fn all<T: Row>(&mut self, sql: String, args: Vec<Val>) -> Result<Vec<T>, Fault> {
        Ok(match self {
            Self::Net(net) => net.all(sql, args).await?,
            Self::Tx(tx) => tx.all(sql, args).await?,
        })
    }
}
