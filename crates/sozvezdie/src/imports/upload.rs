//! A file, or a table pasted from Excel, as the form of the first step sends it.
use super::prepare::Upload;
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use kit::{Fault, Visit, once::Once, text::Message};
use sha2::{Digest as _, Sha256};

/// Largest upload, in bytes.
pub const LIMIT: usize = 20 * 1024 * 1024;

/// The fields as they were typed, to be shown again.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub kind: String,
    pub organisation: String,
    pub area_code: String,
    pub as_of: String,
    /// Lines copied from a spreadsheet.
    pub table: String,
}

/// What was sent.
pub struct Posted {
    typed: Typed,
    file_name: String,
    content: Vec<u8>,
    key: Option<String>,
}

impl Posted {
    /// The attempt to take this file in, once.
    pub fn once(&self, visit: &Visit) -> Once {
        let t = &self.typed;
        let mut hash = Sha256::new();
        for part in [&t.kind, &t.organisation, &t.area_code, &t.as_of, &t.table, &self.file_name] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.update(&self.content);
        Once::new(visit.actor(), self.key.as_deref(), "imports.begin", &hash.finalize(), visit.now)
    }

    pub fn into_parts(self) -> (Typed, Upload) {
        let pasted = self.content.is_empty();
        let t = self.typed.clone();
        let upload = Upload {
            kind: t.kind,
            organisation: t.organisation,
            area_code: t.area_code,
            as_of: t.as_of,
            file_name: if pasted { String::new() } else { self.file_name },
            content: if pasted { t.table.trim().as_bytes().to_vec() } else { self.content },
        };
        (self.typed, upload)
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
        let mut form = Multipart::from_request(request, state)
            .await
            .map_err(|e| Fault::field("body", Message::new("fault-unreadable").with("detail", e.body_text())))?;
        let mut posted = Self { typed: Typed::default(), file_name: String::new(), content: Vec::new(), key };
        while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|e| unreadable(&e))?;
            if name == "file" {
                (posted.file_name, posted.content) = (file_name.unwrap_or_default(), bytes.to_vec());
                continue;
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            match name.as_str() {
                "kind" => posted.typed.kind = text,
                "organisation" => posted.typed.organisation = text,
                "area_code" => posted.typed.area_code = text,
                "as_of" => posted.typed.as_of = text,
                "table" => posted.typed.table = text,
                "key" => posted.key = posted.key.or(Some(text)),
                _ => {}
            }
        }
        Ok(posted)
    }
}
