//! Letters to people. They are sent by a job, after the deed; a mail server that is away delays
//! nobody's work.
//!
//! A subject says what kind of thing happened and nothing about whom: it shows on locked screens.
use crate::{Fault, Lang, job::Order};
use anyhow::{Context as _, bail};
use chrono::{DateTime, Utc};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use maud::{DOCTYPE, html};
use serde::{Deserialize, Serialize};
use std::{path::PathBuf, time::Duration};
use uuid::Uuid;

/// The kind of the job that sends a [`Letter`].
pub const JOB: &str = "mail";

/// How letters leave.
#[derive(Clone, Default)]
pub enum Mail {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>, Mailbox),
    /// Into files `*.eml`: for the demo, for tests, for looking before switching on.
    Folder(PathBuf, Mailbox),
    #[default]
    Off,
}

impl std::fmt::Debug for Mail {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Smtp(..) => "Smtp",
            Self::Folder(..) => "Folder",
            Self::Off => "Off",
        })
    }
}

/// A letter as the outbox keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub lang: Lang,
    /// The address alone.
    pub to: String,
    pub subject: String,
    pub paragraphs: Vec<String>,
    /// Where to go on: words and an absolute address.
    pub link: Option<(String, String)>,
    /// Where letters of this kind are stopped: words and an absolute address that a POST without
    /// anything more stops them by (RFC 8058). Mail programs make a button of it.
    #[serde(default)]
    pub stop: Option<(String, String)>,
}

/// The addresses by which a mail program stops such letters for its owner.
#[derive(Clone)]
struct Unsubscribe(String);

impl Header for Unsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.trim_matches(['<', '>']).to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), format!("<{}>", self.0))
    }
}

/// That one press is enough.
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".into())
    }
}

impl Letter {
    /// The job that sends it.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn order(&self) -> Result<Order, Fault> {
        Order::new(JOB, self)
    }

    fn text(&self) -> String {
        let mut text = self.paragraphs.join("\n\n");
        for (words, address) in self.link.iter().chain(&self.stop) {
            text.push_str(&format!("\n\n{words}: {address}"));
        }
        text.push('\n');
        text
    }

    fn html(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang=(self.lang.code()) {
                head { meta charset="utf-8"; title { (self.subject) } }
                body {
                    @for paragraph in &self.paragraphs { p { (paragraph) } }
                    @for (words, address) in self.link.iter().chain(&self.stop) { p { a href=(address) { (words) } } }
                }
            }
        };
        page.into_string()
    }
}

impl Mail {
    /// `smtps://user:password@host`, `smtp://host?tls=required`, `folder:PATH`. Without TLS only
    /// on this machine.
    ///
    /// # Errors
    /// Says what is wrong, without the password.
    pub fn new(url: &str, from: &str) -> anyhow::Result<Self> {
        let from: Mailbox = from.parse().context("the sender's address")?;
        if let Some(folder) = url.strip_prefix("folder:") {
            return Ok(Self::Folder(folder.into(), from));
        }
        let Some((scheme, rest)) = url.split_once("://") else {
            bail!("the mail server: smtps://…, smtp://… or folder:PATH")
        };
        let host = rest.rsplit('@').next().unwrap_or_default();
        let host = host.split(['/', '?']).next().unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']);
        let is_here = name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let is_protected = scheme == "smtps" || rest.contains("tls=required");
        if !is_here && !is_protected {
            bail!("letters must not travel open: smtps://… or smtp://…?tls=required");
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| anyhow::anyhow!("the address of the mail server is not one"))?
            .timeout(Some(Duration::from_secs(30)))
            .build();
        Ok(Self::Smtp(Box::new(transport), from))
    }

    /// Sends one letter. `id` names it, so that a letter sent twice can be told.
    ///
    /// # Errors
    /// What keeps it from leaving, without the address it goes to.
    pub async fn send(&self, id: Uuid, at: DateTime<Utc>, letter: &Letter) -> Result<(), Fault> {
        match self {
            Self::Off => Ok(()),
            Self::Smtp(transport, from) => match transport.send(compose(id, at, letter, from)?).await {
                Ok(_) => Ok(()),
                // The server's words may quote the address; its number says enough.
                Err(e) => {
                    let code = e.status().map_or_else(|| "no answer".to_owned(), |code| code.to_string());
                    Err(Fault::Unavailable(format!("the mail server: {code}")))
                }
            },
            Self::Folder(folder, from) => {
                let bytes = compose(id, at, letter, from)?.formatted();
                tokio::fs::create_dir_all(folder).await.map_err(anyhow::Error::from)?;
                tokio::fs::write(folder.join(format!("{id}.eml")), bytes).await.map_err(anyhow::Error::from)?;
                Ok(())
            }
        }
    }
}

fn compose(id: Uuid, at: DateTime<Utc>, letter: &Letter, from: &Mailbox) -> Result<Message, Fault> {
    let to: Mailbox = letter.to.parse().map_err(|_| Fault::Internal(anyhow::anyhow!("a letter to no address")))?;
    let mut message = Message::builder()
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .date(at.into())
        .from(from.clone())
        .to(to)
        .subject(&letter.subject);
    if let Some((_, address)) = &letter.stop {
        message = message.header(Unsubscribe(address.clone())).header(OneClick);
    }
    let message = message.multipart(MultiPart::alternative_plain_html(letter.text(), letter.html()));
    message.map_err(|e| Fault::Internal(e.into()))
}
