//! A stack of signed forms by its scan: the codes are read, a person looks at what was recognised and confirms
//! it. Nothing is registered by a picture alone, and no picture is kept.
use super::{
    COLLECT,
    collect::reach,
    model::Purpose,
    store::{
        self,
        list::{Child, Out},
    },
};
use crate::{
    learners::{self, How, Scope},
    people::PersonId,
};
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use documents::scan::{self, Page, Trouble};
use kit::{Fault, Visit, text::Message};
use std::collections::BTreeSet;
use tokio::sync::Semaphore;

/// Largest scan with all its files, in bytes.
pub const LIMIT: usize = 40 * 1024 * 1024;
/// Files of one scan at most.
const FILES: usize = 20;

/// One scan is taken apart at a time: a page is tens of millions of pixels.
static READING: Semaphore = Semaphore::const_new(1);

/// A form that is still out, with the child it is of.
#[derive(Clone, Debug)]
pub struct Recognised {
    pub number: i64,
    pub purpose: Purpose,
    pub child: Child,
}

/// Why a page is to be entered by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No code was read.
    NoCode,
    /// The picture cannot be taken apart.
    Broken,
    /// A code, but none of our forms.
    Foreign,
    /// No form with this number is out, or not for this viewer.
    Strange(i64),
    /// The whole file.
    File(Trouble),
}

/// A page that was not recognised.
#[derive(Clone, Debug)]
pub struct Left {
    pub file: String,
    /// Of the file, from 1 on.
    pub page: usize,
    pub why: Why,
}

/// What was read of a scan.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    pub found: Vec<Recognised>,
    pub left: Vec<Left>,
}

/// The files as they were sent.
pub struct Posted(pub(super) Vec<(String, Vec<u8>)>);

fn unreadable(error: &MultipartError) -> Fault {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge { limit: LIMIT },
        _ => Fault::field("body", Message::new("fault-unreadable").with("detail", error.body_text())),
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let mut form = Multipart::from_request(request, state)
            .await
            .map_err(|e| Fault::field("body", Message::new("fault-unreadable").with("detail", e.body_text())))?;
        let mut files = Vec::new();
        while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
            let name = (field.name() == Some("file")).then(|| field.file_name().unwrap_or_default().to_owned());
            let bytes = field.bytes().await.map_err(|e| unreadable(&e))?;
            if let Some(name) = name.filter(|_| !bytes.is_empty()) {
                files.push((name.chars().take(100).collect(), bytes.to_vec()));
            }
        }
        Ok(Self(files))
    }
}

/// Reads a scan. The look at the children who are named is noted.
///
/// # Errors
/// [`Fault::Forbidden`]; [`Fault::Invalid`] at `file` without a file, or when not one page was read out of
/// any; [`Fault::Unavailable`].
pub async fn look(visit: &Visit, posted: Posted) -> Result<Stack, Fault> {
    let bad = |key: Message| Fault::field("file", key);
    if posted.0.is_empty() {
        return Err(bad(Message::new("file-choose")));
    }
    if posted.0.len() > FILES {
        return Err(bad(Message::new("consent-scan-many").with("most", FILES)));
    }
    let alone = posted.0.len() == 1;
    let permit = READING.acquire().await.map_err(anyhow::Error::from)?;
    // Seconds of a processor: not on the threads that serve requests.
    let read = move || posted.0.into_iter().map(|(name, bytes)| (name, scan::read(&bytes))).collect::<Vec<_>>();
    let files = tokio::task::spawn_blocking(read).await.map_err(anyhow::Error::from)?;
    drop(permit);
    if let ([(_, Err(trouble))], true) = (files.as_slice(), alone) {
        return Err(bad(trouble_words(*trouble)));
    }
    let (read, mut left) = sorted(files);
    let numbers: BTreeSet<i64> = read.iter().map(|(_, _, number)| *number).collect();
    let found = recognised(visit, &numbers.into_iter().collect::<Vec<_>>()).await?;
    let strange = read.into_iter().filter(|(_, _, number)| found.iter().all(|f| f.number != *number));
    left.extend(strange.map(|(file, page, number)| Left { file, page, why: Why::Strange(number) }));
    left.sort_by(|a, b| (&a.file, a.page).cmp(&(&b.file, b.page)));
    Ok(Stack { found, left })
}

/// The words of a [`Trouble`].
pub fn trouble_words(trouble: Trouble) -> Message {
    match trouble {
        Trouble::Unknown => Message::new("consent-scan-unknown"),
        Trouble::NoPictures => Message::new("consent-scan-no-pictures"),
        Trouble::TooMuch => Message::new("consent-scan-too-much").with("most", scan::PAGES),
    }
}

/// File, page and the number that was read there; and the pages without one.
fn sorted(files: Vec<(String, Result<Vec<Page>, Trouble>)>) -> (Vec<(String, usize, i64)>, Vec<Left>) {
    let (mut read, mut left) = (Vec::new(), Vec::new());
    for (file, pages) in files {
        let pages = match pages {
            Ok(pages) => pages,
            Err(trouble) => {
                left.push(Left { file, page: 1, why: Why::File(trouble) });
                continue;
            }
        };
        for (page, said) in (1..).zip(pages) {
            let why = match said {
                Page::Unreadable => Why::Broken,
                Page::Read(texts) if texts.is_empty() => Why::NoCode,
                Page::Read(texts) => {
                    let numbers: Vec<i64> = texts.iter().filter_map(|text| number_of(text)).collect();
                    read.extend(numbers.iter().map(|number| (file.clone(), page, *number)));
                    if !numbers.is_empty() {
                        continue;
                    }
                    Why::Foreign
                }
            };
            left.push(Left { file: file.clone(), page, why });
        }
    }
    (read, left)
}

/// The number on a form by what its code says: see `sheet`. Under which address the program was reached when
/// the form was printed does not matter: whose form it is says a person.
fn number_of(text: &str) -> Option<i64> {
    let digits = text
        .strip_prefix("sozvezdie:consent:")
        .or_else(|| text.split_once("://")?.1.split_once("/consents/number/").map(|(_, rest)| rest))?;
    let plain = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten().filter(|number| *number > 0)
}

/// The forms with these numbers that are out and that the viewer collects; the look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn recognised(visit: &Visit, numbers: &[i64]) -> Result<Vec<Recognised>, Fault> {
    let (forms, children) = out(visit, numbers).await?;
    learners::note_read(visit, How::Elsewhere, &children.iter().map(|c| c.id).collect::<Vec<_>>()).await?;
    let found = forms.into_iter().filter_map(|f| {
        let child = children.iter().find(|child| child.id == f.learner)?.clone();
        Some(Recognised { number: f.number, purpose: f.purpose, child })
    });
    let mut found: Vec<Recognised> = found.collect();
    found.sort_by(|a, b| (&a.child.full_name, a.number).cmp(&(&b.child.full_name, b.number)));
    Ok(found)
}

/// The forms with these numbers that are out and that the viewer collects, with their children.
///
/// # Errors
/// The database's.
pub(super) async fn out(visit: &Visit, numbers: &[i64]) -> Result<(Vec<Out>, Vec<Child>), Fault> {
    let mut forms = Vec::new();
    for some in numbers.chunks(500) {
        forms.extend(store::list::by_numbers(&visit.net, some).await?);
    }
    let ids: Vec<PersonId> = forms.iter().map(|f| f.learner).collect::<BTreeSet<_>>().into_iter().collect();
    let own = reach(visit, COLLECT).await?;
    let children = store::list::among(&visit.net, &Scope::of(visit).await?, &own, &ids).await?;
    forms.retain(|f| children.iter().any(|child| child.id == f.learner));
    Ok((forms, children))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_gives_the_number_of_its_form() {
        for text in
            ["sozvezdie:consent:1017", "https://set.example.ru/consents/number/1017", "http://a/b/consents/number/1017"]
        {
            assert_eq!(number_of(text), Some(1_017), "{text}");
        }
        for text in [
            "",
            "1017",
            "sozvezdie:consent:",
            "sozvezdie:consent:0",
            "sozvezdie:consent:-4",
            "sozvezdie:consent:1017 ",
            "sozvezdie:consent:99999999999999999999",
            "https://a/consents/number/17/edit",
            "/consents/number/17",
        ] {
            assert_eq!(number_of(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_not_read_is_told_page_by_page() {
        let read = |text: &str| Page::Read(vec![text.to_owned()]);
        let pages =
            vec![read("sozvezdie:consent:7"), Page::Read(Vec::new()), Page::Unreadable, read("https://other.ru")];
        let (read, left) = sorted(vec![("a.pdf".into(), Ok(pages)), ("b.doc".into(), Err(Trouble::Unknown))]);
        assert_eq!(read, [("a.pdf".to_owned(), 1, 7)]);
        let left: Vec<_> = left.iter().map(|l| (l.file.as_str(), l.page, l.why)).collect();
        let file = Why::File(Trouble::Unknown);
        assert_eq!(
            left,
            [("a.pdf", 2, Why::NoCode), ("a.pdf", 3, Why::Broken), ("a.pdf", 4, Why::Foreign), ("b.doc", 1, file)]
        );
    }
}
