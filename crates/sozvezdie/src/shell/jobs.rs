//! The program's own jobs: letters, and tidying up once a day.
use crate::app::App;
use chrono::Duration;
use kit::{
    Fault,
    job::{self, Doing, Handler, Work},
    mail::{self, Letter},
    once, session,
};

/// Sends what [`Letter::order`] wrote down.
pub const MAIL: Handler<App> = Handler::new(mail::JOB, |app, work| Box::pin(send(app, work)) as Doing);

/// Takes away what has had its time.
pub const HOUSEKEEPING: Handler<App> =
    Handler::every("housekeeping", Duration::days(1), |app, work| Box::pin(tidy_up(app, work)) as Doing);

/// Answers are kept so long for those who send a thing again.
const ANSWERS: Duration = Duration::days(14);
/// Jobs that were given up wait so long for a person to look.
const FAILED_JOBS: Duration = Duration::days(30);

async fn send(app: App, work: Work) -> Result<(), Fault> {
    let letter: Letter = work.read()?;
    app.options.mail.send(work.id, work.now, &letter).await
}

async fn tidy_up(app: App, work: Work) -> Result<(), Fault> {
    once::sweep(&work.net, work.now - ANSWERS).await?;
    job::sweep(&work.net, work.now - FAILED_JOBS).await?;
    session::sweep(&app.db.directory(), work.net.id().0, work.now).await?;
    app.options.files.sweep(&work.net, work.now).await?;
    Ok(())
}
