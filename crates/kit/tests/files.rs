//! Files: what comes in, what is refused, what stays and what goes.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]
mod support;

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{Request, StatusCode},
    response::{IntoResponse as _, Response},
    routing::post,
};
use chrono::Duration;
use kit::{
    Fault, Visit,
    db::{Net, Tx, args, testing::both_engines},
    files::{self, Failure, FileId, Files, LIMIT, Media, Received, Refused, Settled},
    http::Upload,
    once::Done,
};
use std::{io::Write as _, path::Path};
use support::{Hands, STEPS, net, visit};
use tower::ServiceExt as _;
use uuid::Uuid;

const RECORD: Uuid = Uuid::from_u128(99);
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

fn folder() -> (tempfile::TempDir, Files) {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(folder.path()).unwrap();
    (folder, files)
}

/// Every file below a folder, its path within it.
fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().display().to_string());
            }
        }
    }
    found.sort();
    found
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let packed =
            if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        zip.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(packed)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")];
    parts.extend_from_slice(more);
    archive(&parts)
}

async fn look(files: &Files, name: &str, bytes: &[u8]) -> Result<(Media, String), Refused> {
    match files.take(Uuid::from_u128(1), name, bytes).await {
        Ok(received) => Ok((received.media, received.name.clone())),
        Err(Failure::Refused(refused)) => Err(refused),
        Err(Failure::Fault(fault)) => panic!("{fault:?}"),
    }
}

#[test]
fn content_decides_what_a_file_is() {
    kit::db::testing::block_on(async {
        let (_keep, files) = folder();
        let media = async |name: &str, bytes: &[u8]| look(&files, name, bytes).await;
        assert_eq!(media("Приказ.exe", PDF).await, Ok((Media::Pdf, "Приказ.exe.pdf".into())));
        assert_eq!(media("a.zip", &docx(&[])).await, Ok((Media::Docx, "a.zip.docx".into())));
        let xlsx = archive(&[("xl/workbook.xml", b"<w/>"), ("[Content_Types].xml", b"<Types/>")]);
        assert_eq!(media("a.xlsx", &xlsx).await.map(|m| m.0), Ok(Media::Xlsx));
        let odt = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<o/>")]);
        assert_eq!(media("a.odt", &odt).await.map(|m| m.0), Ok(Media::Odt));
        let ods = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<o/>")]);
        assert_eq!(media("a.odt", &ods).await.map(|m| m.0), Ok(Media::Ods));
        assert_eq!(media("список.csv", "a;b".as_bytes()).await.map(|m| m.0), Ok(Media::Csv));
        assert_eq!(media("список.xls", "a;b".as_bytes()).await, Ok((Media::Txt, "список.xls.txt".into())));

        assert_eq!(media("a.docx", &archive(&[("a.txt", b"x")])).await, Err(Refused::UnknownKind));
        assert_eq!(media("a.docx", &docx(&[("word/vbaProject.bin", b"x")])).await, Err(Refused::Macros));
        let ods = archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", b"<o/>"),
            ("Basic/x.xml", b"x"),
        ]);
        assert_eq!(media("a.ods", &ods).await, Err(Refused::Macros));
        let slides = archive(&[("mimetype", b"application/vnd.oasis.opendocument.textual"), ("content.xml", b"<o/>")]);
        assert_eq!(media("a.odt", &slides).await, Err(Refused::UnknownKind));
        assert_eq!(media("a.docx", &docx(&[])[..100]).await, Err(Refused::Damaged));
        assert_eq!(media("a.docx", &docx(&[("word/media/a", &vec![0; 80 << 20])])).await, Err(Refused::Bomb));
        let names: Vec<String> = (0..5000).map(|n| format!("word/{n}")).collect();
        let many: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), b"".as_slice())).collect();
        assert_eq!(media("a.docx", &docx(&many)).await, Err(Refused::Bomb));
        assert_eq!(media("a.pdf", b"MZ\x90\x00").await, Err(Refused::UnknownKind));
        assert_eq!(media("a.pdf", b"").await, Err(Refused::Empty));
    });
}

#[test]
fn what_is_refused_or_too_large_leaves_nothing_behind() {
    kit::db::testing::block_on(async {
        let (keep, files) = folder();
        let mut incoming = files.begin(Uuid::from_u128(1)).await.unwrap();
        incoming.write(PDF).await.unwrap();
        let piece = vec![b' '; 1 << 20];
        let mut written = PDF.len() as u64;
        let refused = loop {
            match incoming.write(&piece).await {
                Ok(()) => written += piece.len() as u64,
                Err(failure) => break failure,
            }
        };
        assert!(matches!(refused, Failure::Refused(Refused::TooLarge)), "{refused:?}");
        assert!(written <= LIMIT && written > LIMIT - (1 << 20));
        drop(incoming);
        assert_eq!(look(&files, "a.pdf", b"MZ\x90\x00").await, Err(Refused::UnknownKind));
        assert_eq!(look(&files, "a.zip", &archive(&[("a", b"x")])).await, Err(Refused::UnknownKind));
        drop(files);
        // The half-written file goes in the background.
        while !tree(keep.path()).is_empty() {
            tokio::task::yield_now().await;
        }
    });
}

async fn settled(files: &Files, net: &Net, visit: &Visit, name: &str, bytes: &[u8]) -> Settled {
    let received = files.take(visit.new_id(), name, bytes).await.unwrap();
    files.settle(net, received, visit.now).await.unwrap()
}

async fn attach(net: &Net, visit: &Visit, file: &Settled, record: Uuid) -> Result<FileId, Fault> {
    net.transact(async |tx: &mut Tx| files::attach(tx, visit, file, "act", record).await).await
}

async fn text_of(response: Response) -> Vec<u8> {
    axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

/// The record's handler of these tests: takes one file, once.
async fn create(visit: Visit, State(files): State<Files>, mut upload: Upload<Form>) -> Result<Response, Fault> {
    let once = upload.once(&visit, "create");
    let received: Received = upload.one()?;
    let file = files.settle(&visit.net, received, visit.now).await?;
    let title = upload.data.title.clone();
    let done = once
        .run(&visit.net, async |tx: &mut Tx| {
            let id = files::attach(tx, &visit, &file, "act", RECORD).await?;
            Ok(Done::created(format!("/{id}"), serde_json::json!({ "id": id, "title": title, "name": file.name })))
        })
        .await?;
    Ok(kit::http::answer(done))
}

#[derive(serde::Deserialize)]
struct Form {
    title: String,
}

fn form(parts: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let file = file.map(|f| format!("; filename=\"{f}\"")).unwrap_or_default();
        write!(body, "--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").unwrap();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    body
}

async fn send(app: &Router, visit: &Visit, body: Vec<u8>) -> (StatusCode, Vec<u8>) {
    let mut request =
        Request::post("/").header("content-type", "multipart/form-data; boundary=x").body(Body::from(body)).unwrap();
    request.extensions_mut().insert(visit.clone());
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let problems = response.extensions().get::<std::sync::Arc<Fault>>().map(|f| match &**f {
        Fault::Invalid(problems) => {
            problems.iter().map(|(field, m)| format!("{field}: {}", m.key)).collect::<Vec<_>>().join(", ")
        }
        other => other.code().to_owned(),
    });
    (
        status,
        match problems {
            Some(text) => text.into_bytes(),
            None => text_of(response).await,
        },
    )
}

both_engines! {
    migrations: STEPS;

    async fn a_file_comes_in_is_found_and_goes_a_day_after_its_record_let_go(db: Db) {
        let (keep, files) = folder();
        let (hands, net) = (Hands::new(), net(&db, 1));
        let who = visit(&db, &net, &hands.clock());
        let file = settled(&files, &net, &who, "Приказ.pdf", PDF).await;
        let place = tree(keep.path());
        let hex = place[0].rsplit('/').next().unwrap().to_owned();
        assert_eq!(place, [format!("{}/{}/{hex}", net.id().0, &hex[..2])]);
        let id = attach(&net, &who, &file, RECORD).await.unwrap();

        assert!(files::find(&net, "person", id).await.unwrap().is_none());
        let stored = files::find(&net, "act", id).await.unwrap().unwrap();
        assert_eq!((stored.name.as_str(), stored.size, stored.record_id), ("Приказ.pdf", PDF.len() as u64, RECORD));
        assert_eq!(stored.uploaded_by, who.viewer.person);
        assert_eq!(files.bytes(&net, &stored).await.unwrap(), PDF);
        assert!(matches!(attach(&net, &who, &file, RECORD).await, Err(Fault::Invalid(_))), "the same bytes once per record");

        // Years later it is still there; a day after the record let go it is not.
        hands.forward(Duration::days(700));
        assert_eq!(files.sweep(&net, hands.now()).await.unwrap(), 0);
        let later = visit(&db, &net, &hands.clock());
        let of_another = net.transact(async |tx: &mut Tx| files::detach(tx, &later, "act", Uuid::from_u128(98), id).await).await.unwrap();
        assert!(!of_another);
        let taken = net.transact(async |tx: &mut Tx| files::detach(tx, &later, "act", RECORD, id).await).await.unwrap();
        assert!(taken);
        hands.forward(Duration::hours(23));
        assert_eq!(files.sweep(&net, hands.now()).await.unwrap(), 0);
        hands.forward(Duration::hours(2));
        assert_eq!(files.sweep(&net, hands.now()).await.unwrap(), 1);
        assert!(tree(keep.path()).is_empty());
        let rows: i64 = net.scalar("SELECT COUNT(*) FROM file_content WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(rows, 0);
    }

    async fn shared_bytes_stay_while_anybody_has_them(db: Db) {
        let (keep, files) = folder();
        let (hands, net) = (Hands::new(), net(&db, 1));
        let who = visit(&db, &net, &hands.clock());
        let file = settled(&files, &net, &who, "a.pdf", PDF).await;
        let first = attach(&net, &who, &file, RECORD).await.unwrap();
        let again = settled(&files, &net, &who, "b.pdf", PDF).await;
        let second = attach(&net, &who, &again, Uuid::from_u128(100)).await.unwrap();
        assert_eq!(tree(keep.path()).len(), 1);
        net.transact(async |tx: &mut Tx| files::detach(tx, &who, "act", RECORD, first).await).await.unwrap();
        hands.forward(Duration::days(3));
        assert_eq!(files.sweep(&net, hands.now()).await.unwrap(), 0);
        let stored = files::find(&net, "act", second).await.unwrap().unwrap();
        assert_eq!(files.bytes(&net, &stored).await.unwrap(), PDF);
    }

    async fn what_the_deed_never_named_is_swept(db: Db) {
        let (keep, files) = folder();
        let (hands, net) = (Hands::new(), net(&db, 1));
        let who = visit(&db, &net, &hands.clock());
        settled(&files, &net, &who, "a.pdf", PDF).await;
        hands.forward(Duration::hours(25));
        // Somebody brings the same bytes just before the sweep: they stay.
        let fresh = visit(&db, &net, &hands.clock());
        let file = settled(&files, &net, &fresh, "a.pdf", PDF).await;
        assert_eq!(files.sweep(&net, hands.now()).await.unwrap(), 0);
        attach(&net, &fresh, &file, RECORD).await.unwrap();
        // The sweep died after it had marked another content.
        let other = settled(&files, &net, &fresh, "b.pdf", b"%PDF-2").await;
        let sql = "UPDATE file_content SET going = $3 WHERE network_id = $1 AND sha256 = $2";
        net.transact(async |tx: &mut Tx| tx.run(sql, args![other.sha256, true]).await).await.unwrap();
        let received = files.take(fresh.new_id(), "b.pdf", b"%PDF-2").await.unwrap();
        assert!(matches!(files.settle(&net, received, fresh.now).await, Err(Fault::Unavailable(_))));
        assert_eq!(files.sweep(&net, hands.now()).await.unwrap(), 1);
        settled(&files, &net, &fresh, "b.pdf", b"%PDF-2").await;
        assert_eq!(tree(keep.path()).len(), 2);
    }

    async fn networks_do_not_share_files(db: Db) {
        let (keep, files) = folder();
        let (hands, one, two) = (Hands::new(), net(&db, 1), net(&db, 2));
        let who = visit(&db, &one, &hands.clock());
        let file = settled(&files, &one, &who, "a.pdf", PDF).await;
        let id = attach(&one, &who, &file, RECORD).await.unwrap();
        assert!(files::find(&two, "act", id).await.unwrap().is_none());
        settled(&files, &two, &who, "a.pdf", PDF).await;
        assert_eq!(tree(keep.path()).len(), 2);
    }

    async fn served_files_cannot_run(db: Db) {
        let (_keep, files) = folder();
        let (hands, net) = (Hands::new(), net(&db, 1));
        let who = visit(&db, &net, &hands.clock());
        for (name, bytes, shown) in [("Приказ.pdf", PDF, true), ("a.csv", b"=1+1;x".as_slice(), false)] {
            let file = settled(&files, &net, &who, name, bytes).await;
            let id = attach(&net, &who, &file, RECORD).await.unwrap();
            let stored = files::find(&net, "act", id).await.unwrap().unwrap();
            let response = files.serve(&net, &stored, true).await.unwrap().into_response();
            let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap().to_owned();
            assert_eq!(header("content-disposition").starts_with("inline"), shown);
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert!(header("content-security-policy").contains("default-src 'none'"));
            assert_eq!(header("content-length"), bytes.len().to_string());
            assert_eq!(text_of(response).await, bytes);
            let saved = files.serve(&net, &stored, false).await.unwrap();
            assert!(saved.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
        }
    }

    async fn an_upload_is_carried_out_once(db: Db) {
        let (keep, files) = folder();
        let (hands, net) = (Hands::new(), net(&db, 1));
        let who = visit(&db, &net, &hands.clock());
        let app = Router::new().route("/", post(create)).with_state(files);
        let parts = |title: &'static str, bytes: &'static [u8]| {
            form(&[("key", None, b"k1"), ("title", None, title.as_bytes()), ("file", Some("Приказ.pdf"), bytes)])
        };
        let (status, first) = send(&app, &who, parts("Т", PDF)).await;
        assert_eq!(status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&first));
        let (_, second) = send(&app, &who, parts("Т", PDF)).await;
        assert_eq!(first, second);
        assert_eq!(files::of(&net, "act", RECORD).await.unwrap().len(), 1);
        let (status, _) = send(&app, &who, parts("Т", b"%PDF-1.3 other")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the same key with other bytes");
        let (status, _) = send(&app, &who, parts("другой", PDF)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the same key with another field");
        assert!(tree(keep.path()).iter().all(|path| !path.starts_with("incoming")));
    }

    async fn a_bad_upload_says_what_is_wrong(db: Db) {
        let (_keep, files) = folder();
        let (hands, net) = (Hands::new(), net(&db, 1));
        let who = visit(&db, &net, &hands.clock());
        let app = Router::new().route("/", post(create)).with_state(files);
        let says = async |parts: &[(&str, Option<&str>, &[u8])]| {
            let (status, text) = send(&app, &who, form(parts)).await;
            (status.as_u16(), String::from_utf8(text).unwrap())
        };
        let title: (&str, Option<&str>, &[u8]) = ("title", None, b"t");
        assert_eq!(says(&[title]).await, (422, "file: file-choose".into()));
        assert_eq!(says(&[title, ("file", Some(""), b"")]).await, (422, "file: file-choose".into()));
        assert_eq!(says(&[title, ("file", Some("a.pdf"), b"")]).await, (422, "file: file-empty".into()));
        assert_eq!(says(&[title, ("file", Some("a.pdf"), b"MZ\x00")]).await, (422, "file: file-unknown-kind".into()));
        let large = vec![b'a'; usize::try_from(LIMIT).unwrap() + 1];
        assert_eq!(says(&[("file", Some("a.txt"), &large), title]).await, (422, "file: file-too-large".into()));
        let long = vec![b'a'; 70 * 1024];
        assert_eq!(says(&[("title", None, &long)]).await.0, 413);
        let (status, text) = send(&app, &who, b"--x\r\nnonsense".to_vec()).await;
        assert_eq!((status.as_u16(), text.starts_with(b"body: ")), (422, true));
    }
}
