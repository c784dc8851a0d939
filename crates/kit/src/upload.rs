//! A form with files (`multipart/form-data`): fields as any form's, files streamed to the disk.
use crate::{
    Fault, Visit,
    files::{Failure, Files, LIMIT, Received},
    form::Problems,
    once::Once,
    text::Message,
};
use axum::extract::{FromRef, FromRequest, Request};
use bytes::Bytes;
use multer::{Constraints, Field, Multipart, SizeLimit};
use serde::de::DeserializeOwned;
use std::time::Duration;
use uuid::Uuid;

/// Files in one form at most.
pub const FILES: usize = 5;
/// Fields in one form, and bytes in one of them, at most.
const FIELDS: usize = 200;
const FIELD_LIMIT: usize = 64 * 1024;
/// A sender that is silent for so long has gone.
const SILENCE: Duration = Duration::from_secs(60);

/// What was sent. A file that is not one we take stands in `problems` under its field's name, so
/// that the form can be shown again with all that was typed.
#[derive(Debug)]
pub struct Upload<T> {
    pub data: T,
    /// Each with the name of its field.
    pub files: Vec<(String, Received)>,
    pub problems: Problems,
    key: Option<String>,
    fingerprint: Vec<u8>,
}

impl<T> Upload<T> {
    /// The attempt to carry out `what` with these fields and these bytes, once.
    pub fn once(&self, visit: &Visit, what: &str) -> Once {
        Once::new(visit.actor(), self.key.as_deref(), what, &self.fingerprint, visit.now)
    }

    /// The one file that was sent.
    ///
    /// # Errors
    /// [`Fault::Invalid`] at `file`: what is wrong with it, or that there is none.
    pub fn one(&mut self) -> Result<Received, Fault> {
        if !self.problems.is_empty() {
            return Err(Fault::Invalid(std::mem::take(&mut self.problems)));
        }
        let first = self.files.pop().map(|(_, file)| file);
        first.ok_or_else(|| Fault::field("file", Message::new("file-choose")))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Upload<T>
where
    Files: FromRef<S>,
{
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let visit =
            Visit::of(&request).cloned().ok_or_else(|| Fault::Internal(anyhow::anyhow!("a route outside the door")))?;
        let key = text(&request, "idempotency-key");
        let kind = text(&request, "content-type").unwrap_or_default();
        let boundary = multer::parse_boundary(kind).map_err(|e| unreadable(&e))?;
        let all = FILES as u64 * LIMIT + 1024 * 1024;
        let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(all));
        let stream = request.into_body().into_data_stream();
        let form = Multipart::with_constraints(stream, boundary, limits);
        Reader {
            files: Files::from_ref(state),
            visit,
            form,
            pairs: Vec::new(),
            received: Vec::new(),
            problems: Problems::default(),
        }
        .read(key)
        .await
    }
}

fn text(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

fn unreadable(error: &multer::Error) -> Fault {
    match error {
        multer::Error::StreamSizeExceeded { limit } | multer::Error::FieldSizeExceeded { limit, .. } => {
            Fault::TooLarge { limit: usize::try_from(*limit).unwrap_or(usize::MAX) }
        }
        other => Fault::field("body", Message::new("fault-unreadable").with("detail", other)),
    }
}

fn silent() -> Fault {
    Fault::field("body", Message::new("file-interrupted"))
}

struct Reader {
    files: Files,
    visit: Visit,
    form: Multipart<'static>,
    pairs: Vec<(String, String)>,
    received: Vec<(String, Received)>,
    problems: Problems,
}

impl Reader {
    async fn read<T: DeserializeOwned>(mut self, mut key: Option<String>) -> Result<Upload<T>, Fault> {
        loop {
            let next = tokio::time::timeout(SILENCE, self.form.next_field()).await.map_err(|_| silent())?;
            let Some(field) = next.map_err(|e| unreadable(&e))? else { break };
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file_name) => self.file(name, &file_name, field).await?,
                None => self.field(name, field).await?,
            }
        }
        let (hidden, pairs): (Vec<_>, Vec<_>) = self.pairs.into_iter().partition(|(name, _)| name == "key");
        key = key.or_else(|| hidden.into_iter().next().map(|(_, value)| value));
        let fields = serde_html_form::to_string(&pairs).map_err(anyhow::Error::from)?;
        let mut fingerprint = fields.clone().into_bytes();
        for (field, file) in &self.received {
            fingerprint.push(0);
            fingerprint.extend_from_slice(field.as_bytes());
            fingerprint.extend_from_slice(&file.sha256);
            fingerprint.extend_from_slice(file.name.as_bytes());
        }
        let data = serde_html_form::from_str(&fields)
            .map_err(|e| Fault::field("body", Message::new("fault-unreadable").with("detail", e)))?;
        Ok(Upload { data, files: self.received, problems: self.problems, key, fingerprint })
    }

    async fn field(&mut self, name: String, mut field: Field<'static>) -> Result<(), Fault> {
        let mut bytes = Vec::new();
        while let Some(piece) = piece(&mut field).await? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > FIELD_LIMIT {
                return Err(Fault::TooLarge { limit: FIELD_LIMIT });
            }
        }
        if self.pairs.len() >= FIELDS {
            return Err(Fault::TooLarge { limit: FIELDS * FIELD_LIMIT });
        }
        self.pairs.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        Ok(())
    }

    async fn file(&mut self, name: String, file_name: &str, mut field: Field<'static>) -> Result<(), Fault> {
        let Some(first) = piece(&mut field).await? else {
            // An empty choice of a browser is no file; an empty file is one to speak of.
            if !file_name.is_empty() {
                self.problems.add(name, crate::files::Refused::Empty.message());
            }
            return Ok(());
        };
        if self.received.len() >= FILES {
            self.problems.add(name, Message::new("file-too-many").with("limit", FILES));
            return Ok(());
        }
        match take(&self.files, self.visit.new_id(), first, file_name, field).await {
            Ok(file) => self.received.push((name, file)),
            // The rest of it is skipped, the form goes on.
            Err(Failure::Refused(refused)) => self.problems.add(name, refused.message()),
            Err(Failure::Fault(fault)) => return Err(fault),
        }
        Ok(())
    }
}

async fn take(
    files: &Files,
    id: Uuid,
    first: Bytes,
    file_name: &str,
    mut field: Field<'static>,
) -> Result<Received, Failure> {
    let mut incoming = files.begin(id).await?;
    incoming.write(&first).await?;
    while let Some(piece) = piece(&mut field).await? {
        incoming.write(&piece).await?;
    }
    incoming.finish(file_name).await
}

/// The next bytes of a field; none at its end.
async fn piece(field: &mut Field<'static>) -> Result<Option<Bytes>, Fault> {
    loop {
        let next = tokio::time::timeout(SILENCE, field.chunk()).await.map_err(|_| silent())?;
        match next.map_err(|e| unreadable(&e))? {
            Some(piece) if piece.is_empty() => {}
            piece => return Ok(piece),
        }
    }
}
