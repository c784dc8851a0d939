//! What can go wrong, said once.
//!
//! - A rule of a slice returns its own small enum or a [`Fault`]; nobody builds error pages by hand.
//! - A fault says what and how to mend in the reader's language; internals go to the log with the
//!   request id and never to the page.
//! - The response carries the fault along; the outermost layer (the product's shell) draws it as a
//!   page, a fragment or `application/problem+json`, whichever was asked for.
use crate::{Lang, access::Permission, db, form::Problems, text::Message, visit::Duty};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Why a request was not carried out.
#[derive(Debug)]
pub enum Fault {
    /// Unknown, or not for this viewer to know of: both look the same.
    NotFound,
    /// The role lacks the permission; the page says who grants it.
    Forbidden(Permission),
    /// Nobody is signed in, or the session is over.
    SignIn,
    /// Fields to mend.
    Invalid(Problems),
    /// A rule, or somebody else's change, stands in the way.
    Conflict(Box<Conflict>),
    /// The same idempotency key came with another body.
    KeyReused,
    /// Too many tries: come back after so many seconds.
    TooMany { seconds: u64 },
    /// More at once than the program takes on: come back in a moment.
    Busy,
    /// The person must do this first: their own password, the second factor.
    Duty(Duty),
    /// The request came from another site, or its form is too old.
    Forged,
    /// More than the route takes, in bytes.
    TooLarge { limit: usize },
    /// The database is busy or away. Nothing was written; trying again is safe.
    Unavailable(String),
    /// The disk is full or read-only. Nothing was written.
    Full(String),
    /// The connection was lost at the last moment: the same key tells whether it was done.
    Unknown(String),
    /// A defect of ours.
    Internal(anyhow::Error),
}

/// What stands in the way, for people (`message`) and for programs (`code`, `details`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    pub code: std::borrow::Cow<'static, str>,
    pub message: Message,
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub details: serde_json::Map<String, serde_json::Value>,
}

impl Fault {
    /// A conflict without details.
    pub fn conflict(code: &'static str, message: Message) -> Self {
        Self::Conflict(Box::new(Conflict { code: code.into(), message, details: serde_json::Map::new() }))
    }

    /// One field to mend.
    pub fn field(name: &'static str, message: Message) -> Self {
        Self::Invalid(Problems::one(name, message))
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) | Self::Forged | Self::Duty(_) => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Invalid(_) | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable(_) | Self::Unknown(_) | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code of `problem+json` and of the page's text (`fault-…`).
    pub fn code(&self) -> &str {
        match self {
            Self::NotFound => "not-found",
            Self::Forbidden(_) => "forbidden",
            Self::SignIn => "sign-in",
            Self::Invalid(_) => "invalid",
            Self::Conflict(c) => &c.code,
            Self::KeyReused => "key-reused",
            Self::TooMany { .. } => "too-many",
            Self::Busy => "busy",
            Self::Duty(Duty::Password) => "password-issued",
            Self::Duty(Duty::SecondFactor) => "second-factor-due",
            Self::Forged => "forged",
            Self::TooLarge { .. } => "too-large",
            Self::Unavailable(_) => "unavailable",
            Self::Full(_) => "full",
            Self::Unknown(_) => "unknown",
            Self::Internal(_) => "internal",
        }
    }

    /// The sentence for the reader.
    pub fn message(&self) -> Message {
        match self {
            Self::NotFound => Message::new("fault-not-found"),
            Self::Forbidden(_) => Message::new("fault-forbidden"),
            Self::SignIn => Message::new("fault-sign-in"),
            Self::Invalid(_) => Message::new("fault-invalid"),
            Self::Conflict(c) => c.message.clone(),
            Self::KeyReused => Message::new("fault-key-reused"),
            Self::TooMany { seconds } => Message::new("fault-too-many").with("seconds", seconds),
            Self::Busy => Message::new("fault-busy"),
            Self::Duty(Duty::Password) => Message::new("fault-password-issued"),
            Self::Duty(Duty::SecondFactor) => Message::new("fault-second-factor-due"),
            Self::Forged => Message::new("fault-forged"),
            Self::TooLarge { limit } => Message::new("fault-too-large").with("limit", limit / (1024 * 1024)),
            Self::Unavailable(_) => Message::new("fault-unavailable"),
            Self::Full(_) => Message::new("fault-full"),
            Self::Unknown(_) => Message::new("fault-unknown"),
            Self::Internal(_) => Message::new("fault-internal"),
        }
    }

    /// What the log gets and the page does not.
    pub fn internals(&self) -> Option<String> {
        match self {
            Self::Internal(e) => Some(format!("{e:#}")),
            Self::Unavailable(e) | Self::Full(e) | Self::Unknown(e) => Some(e.clone()),
            _ => None,
        }
    }
}

/// For the command line and the log, where internals may be read; a page uses [`Fault::message`].
impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(internals) = self.internals() {
            return f.write_str(&internals);
        }
        f.write_str(&self.message().say(Lang::En))?;
        if let Self::Invalid(problems) = self {
            for (field, message) in problems.iter() {
                write!(f, "; {field}: {}", message.say(Lang::En))?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<db::Error> for Fault {
    fn from(e: db::Error) -> Self {
        match e {
            db::Error::NotFound => Self::NotFound,
            db::Error::Retry(e) | db::Error::Gone(e) => Self::Unavailable(e),
            db::Error::Full(e) | db::Error::ReadOnly(e) => Self::Full(e),
            db::Error::Unknown(e) => Self::Unknown(e),
            e => Self::Internal(e.into()),
        }
    }
}

impl From<anyhow::Error> for Fault {
    fn from(e: anyhow::Error) -> Self {
        Self::Internal(e)
    }
}

impl db::Retryable for Fault {
    fn retryable(&self) -> bool {
        // Only a database error that says «again» becomes Unavailable inside a transaction.
        matches!(self, Self::Unavailable(_))
    }
}
