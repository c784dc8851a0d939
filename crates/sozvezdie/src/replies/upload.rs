//! A blank with the words of the request, as the form of the list sends it.
use super::Request as Asked;
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use kit::{Fault, Visit, once::Once, text::Message};
use sha2::{Digest as _, Sha256};

/// Largest blank, in bytes.
#[expect(clippy::cast_possible_truncation, reason = "ten megabytes")]
pub const LIMIT: usize = documents::blank::LIMIT as usize;

/// What was sent.
#[derive(Default)]
pub struct Posted {
    pub request: Asked,
    key: Option<String>,
}

impl Posted {
    /// The attempt to take this blank in, once.
    pub fn once(&self, visit: &Visit) -> Once {
        let mut hash = Sha256::new();
        for part in [&self.request.title, &self.request.file_name] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(&self.request.content);
        Once::new(visit.actor(), self.key.as_deref(), "replies.begin", &hash.finalize(), visit.now)
    }
}

fn unreadable(error: &MultipartError) -> Fault {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge { limit: LIMIT },
        _ => Fault::field("body", Message::new("fault-unreadable").with("detail", error.body_text())),
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let key = request.headers().get("idempotency-key").and_then(|v| v.to_str().ok()).map(str::to_owned);
        let mut sent = Multipart::from_request(request, state)
            .await
            .map_err(|e| Fault::field("body", Message::new("fault-unreadable").with("detail", e.body_text())))?;
        let mut posted = Self { key, ..Self::default() };
        while let Some(field) = sent.next_field().await.map_err(|e| unreadable(&e))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|e| unreadable(&e))?;
            match name.as_str() {
                "file" => {
                    posted.request.file_name = file_name.unwrap_or_default();
                    posted.request.content = bytes.to_vec();
                }
                "title" => posted.request.title = String::from_utf8_lossy(&bytes).into_owned(),
                "key" => posted.key = posted.key.or(Some(String::from_utf8_lossy(&bytes).into_owned())),
                _ => {}
            }
        }
        Ok(posted)
    }
}
