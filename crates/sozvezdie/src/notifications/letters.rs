//! Letters: once a day, to who has news that they want to read of by mail. A letter says of what
//! kind the news are, how many and what to do: it names nobody, for it travels through the mail
//! servers of others and lies in a box at home.
use super::{
    LIST, SETTINGS, kinds,
    model::{Choice, Kind},
    store::letters as store,
};
use crate::app::App;
use chrono::{DateTime, Duration, Timelike as _, Utc};
use kit::{
    Fault, Lang, Visit,
    audit::Entry,
    chance::secret,
    clock::LOCAL,
    db::{Net, Tx},
    form::Problems,
    job::{Doing, Handler, Work},
    mail::{Letter, Mail},
    once::{Done, Once},
    text::{Message, text_prefix},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Before this hour nobody is written to.
const MORNING: u32 = 7;
/// Older news are no news: nobody gets a year of them when letters are switched on.
const FRESH: Duration = Duration::days(14);
/// The link in a letter stops letters for so long.
const KEYS: Duration = Duration::days(400);

/// Looks every half hour who is to be written to.
pub const JOB: Handler<App> =
    Handler::every("letters", Duration::minutes(30), |app, work| Box::pin(run(app, work)) as Doing);

/// Where a letter's secret leads.
pub const STOP: &str = "/letters";

async fn run(app: App, work: Work) -> Result<(), Fault> {
    if matches!(app.options.mail, Mail::Off) || work.now.with_timezone(&LOCAL).hour() < MORNING {
        return Ok(());
    }
    write_all(&app, &work.net, work.now).await.map(drop)
}

/// Writes to everybody who has news; gives how many letters there are.
pub(super) async fn write_all(app: &App, net: &Net, now: DateTime<Utc>) -> Result<usize, Fault> {
    let today = kit::clock::local_date(now);
    let readers = store::waiting(net, now - FRESH, today).await?;
    let addresses = store::addresses(&app.db.directory(), net.id(), &readers).await?;
    let (visit, home) = (app.visit(net), app.address());
    let mut written = 0;
    for person in readers {
        let Some(address) = addresses.get(&person) else { continue };
        let secret = secret();
        let is_written = net
            .transact(async |tx: &mut Tx| {
                if !store::take_turn(tx, person, today).await? {
                    return Ok(false);
                }
                let lines = store::take(tx, person, now - FRESH, now).await?;
                if lines.is_empty() {
                    return Ok(false);
                }
                store::put_key(tx, &secret, person, now).await?;
                // By the key the letter is found when its reader's data are to be destroyed.
                let order =
                    letter(&home, address, &lines, &secret).order()?.once_per(format!("letter:{person}:{today}"));
                order.enqueue(tx, &visit).await?;
                Ok::<_, Fault>(true)
            })
            .await?;
        written += usize::from(is_written);
    }
    net.transact(async |tx: &mut Tx| store::sweep(tx, now - KEYS).await).await?;
    Ok(written)
}

fn letter(home: &str, address: &str, lines: &[store::Lines], secret: &str) -> Letter {
    let t = Lang::default();
    let count: i64 = lines.iter().map(|l| l.count).sum();
    let mut paragraphs = vec![t.say("letter-hello").into_owned()];
    paragraphs.extend(lines.iter().map(|l| {
        let words = t.say_with(&text_prefix!("letter-line-", l.kind.code()), &[("count", l.count.into())]);
        format!("— {words}")
    }));
    paragraphs.push(t.say_with("letter-why", &[("address", format!("{home}{SETTINGS}").into())]).into_owned());
    Letter {
        lang: t,
        to: address.to_owned(),
        subject: t.say_with("letter-subject", &[("count", count.into())]).into_owned(),
        paragraphs,
        link: Some((t.say("letter-open").into_owned(), format!("{home}{LIST}?state=new"))),
        stop: Some((t.say("letter-stop").into_owned(), format!("{home}{STOP}/{secret}"))),
    }
}

/// What a person has chosen, kind by kind, and whether they want letters.
pub struct Choices {
    pub letters: bool,
    pub kinds: Vec<Choice>,
}

/// The viewer's own choices.
///
/// # Errors
/// The database's.
pub async fn choices(visit: &Visit) -> Result<Choices, Fault> {
    let chosen = store::choices(&visit.net, visit.actor()).await?;
    let of = |kind: Kind| chosen.iter().find(|c| c.kind == kind).copied().unwrap_or_else(|| Choice::usual(kind));
    Ok(Choices { letters: store::wants(&visit.net, visit.actor()).await?, kinds: kinds(visit).map(of).collect() })
}

/// What is sent with the choices: the kinds to read in the program, and those to read in letters.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ChoicesForm {
    /// `true`: letters come at all.
    pub letters: String,
    pub app: Vec<String>,
    pub mail: Vec<String>,
}

/// Keeps the viewer's choices.
///
/// # Errors
/// [`Fault::Invalid`] for a kind that is none.
pub async fn choose(visit: &Visit, once: &Once, form: &ChoicesForm) -> Result<Done, Fault> {
    let person = visit.viewer.person.ok_or(Fault::SignIn)?;
    let mut problems = Problems::default();
    for (field, codes) in [("app", &form.app), ("mail", &form.mail)] {
        if codes.iter().any(|code| code.parse::<Kind>().is_err()) {
            problems.add(field, Message::new("form-choose"));
        }
    }
    problems.into_result(())?;
    let has = |codes: &[String], kind: Kind| codes.iter().any(|code| code == kind.code());
    // What was not on the page is as it was.
    let kinds: Vec<Choice> = kinds(visit)
        .map(|kind| Choice { kind, in_app: has(&form.app, kind), by_mail: has(&form.mail, kind) })
        .collect();
    let letters = form.letters == "true";
    once.run(&visit.net, async |tx: &mut Tx| {
        store::choose(tx, person, &kinds).await?;
        store::want(tx, person, letters).await?;
        Ok(Done::changed(SETTINGS.into(), serde_json::json!({ "letters": letters })))
    })
    .await
}

/// Whether letters come to whom this secret was written to, and the network they belong to.
///
/// # Errors
/// [`Fault::NotFound`] for a secret of no letter.
pub async fn stopping(app: &App, visit: &Visit, secret: &str) -> Result<(Net, Uuid, bool), Fault> {
    let (network, person) = store::key(&visit.directory, secret).await?.ok_or(Fault::NotFound)?;
    let net = app.db.network(network.into());
    let wants = store::wants(&net, person).await?;
    Ok((net, person, wants))
}

/// No letters any more for whom this secret was written to. Pressed twice, it is done once.
///
/// # Errors
/// [`Fault::NotFound`] for a secret of no letter.
pub async fn stop(app: &App, visit: &Visit, secret: &str) -> Result<(), Fault> {
    let (net, person, wants) = stopping(app, visit, secret).await?;
    if !wants {
        return Ok(());
    }
    let own = app.visit(&net);
    net.transact(async |tx: &mut Tx| {
        store::want(tx, person, false).await?;
        Entry::new("stop_letters", "person", person).write(tx, &own).await
    })
    .await
}
