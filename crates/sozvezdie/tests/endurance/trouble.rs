//! No space, no right to write, no database: a clear answer, and on without a restart.
use crate::{
    cluster::{Cluster, is_root},
    program::{Answer, Client, Place},
};
use serde_json::{Value, json};
use std::{io::Write as _, path::Path, process::Command, time::Duration};

fn act(about: &str, note: &str) -> Value {
    json!({ "kind": "order", "number": "7", "issued_on": "2026-09-01", "issuer": "Школа", "title": about, "note": note })
}

fn acts(client: &Client) -> i64 {
    client.get("/api/v1/acts?page_size=1").json()["total"].as_i64().unwrap()
}

/// Waits until something holds; the program tries again by itself.
fn comes_true(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..600 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{what} did not come true");
}

fn is_clear(answer: &Answer, statuses: &[u16]) {
    assert!(statuses.contains(&answer.status), "{answer:?}");
    assert!(answer.head.contains("application/problem+json"), "{answer:?}");
    assert!(answer.json()["title"].as_str().unwrap().chars().any(|c| matches!(c, 'а'..='я')), "{answer:?}");
}

/// Writes until it is refused; what was acknowledged is there, what was refused is not.
fn fills_up(writer: &Client, statuses: &[u16]) -> (i64, Answer) {
    let (before, note) = (acts(writer), "я".repeat(2000));
    for done in 0..4000 {
        let answer = writer.post("/api/v1/acts", &format!("полно {done}"), &act(&format!("Полно {done}"), &note));
        if answer.status != 201 {
            is_clear(&answer, statuses);
            assert_eq!(acts(writer), before + done, "half of a deed stayed");
            return (before + done, answer);
        }
    }
    panic!("nothing was ever full");
}

/// While nothing can be written: pages open, sign-in of those inside goes on, a page says what is the matter.
fn reading_goes_on(place: &Place, reader: &Client) {
    assert_eq!(reader.get("/api/v1/organisations?page_size=1").status, 200);
    let guest = Client::guest(place);
    assert_eq!(guest.get("/organisations").status, 200);
    assert_eq!((guest.get("/healthz").status, guest.get("/readyz").status), (200, 200));
}

fn mounted(folder: &Path, size: &str) -> bool {
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(folder);
    mount.status().is_ok_and(|status| status.success())
}

struct Mounted<'p>(&'p Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["--lazy"]).arg(self.0).status();
    }
}

/// Takes all that the disk has but so many bytes.
fn leave_free(ballast: &Path, bytes: u64) {
    let mut file = std::fs::File::create(ballast).unwrap();
    let chunk = vec![7; 64 << 10];
    while file.write_all(&chunk).is_ok() {}
    let taken = file.metadata().unwrap().len();
    file.set_len(taken.saturating_sub(bytes)).unwrap();
}

/// On a file system of its own where that may be made, else by a limit on the size of files: both are
/// a disk that takes no more.
#[test]
fn a_full_disk_is_told_and_passes() {
    let keep = tempfile::tempdir().unwrap();
    let folder = keep.path().join("small");
    std::fs::create_dir(&folder).unwrap();
    if is_root() && mounted(&folder, "64m") {
        let _mounted = Mounted(&folder);
        let place = Place::demo_in(folder.clone(), None, None);
        let ballast = folder.join("ballast");
        let program = place.serve();
        let writer = place.client("department");
        leave_free(&ballast, 2 << 20);
        let (there, _) = fills_up(&writer, &[507]);
        reading_goes_on(&place, &writer);
        std::fs::remove_file(&ballast).unwrap();
        goes_on(&writer, there);
        drop(program);
        assert_eq!(place.once("check", &[]).0, 0);
    }
    let place = Place::demo(None);
    let program = place.serve_small();
    let writer = place.client("department");
    let size = std::fs::metadata(place.folder.join("data/sozvezdie.sqlite")).unwrap().len();
    limit(program.id(), &(size + (1 << 20)).to_string());
    let (there, _) = fills_up(&writer, &[503, 507]);
    reading_goes_on(&place, &writer);
    limit(program.id(), "unlimited");
    goes_on(&writer, there);
    drop(program);
    assert_eq!(place.once("check", &[]).0, 0);
}

fn limit(process: u32, size: &str) {
    let mut limit = Command::new("prlimit");
    limit.args(["--pid", &process.to_string(), &format!("--fsize={size}:unlimited")]);
    assert!(limit.status().expect("prlimit, of util-linux").success());
}

/// The same key, refused for want of space, is done now, and once.
fn goes_on(writer: &Client, there: i64) {
    let body = act("После", "");
    comes_true("writing", || writer.post("/api/v1/acts", "после", &body).status == 201);
    assert_eq!(writer.post("/api/v1/acts", "после", &body).status, 201);
    assert_eq!(acts(writer), there + 1);
}

/// Files that are open stay writable, so what can be met is a start in a folder where nothing may be
/// changed: for root by a mount, for others by its rights.
#[test]
fn a_read_only_folder_is_told_and_passes() {
    let keep = tempfile::tempdir().unwrap();
    let folder = keep.path().join("small");
    std::fs::create_dir(&folder).unwrap();
    let _mounted = is_root().then(|| {
        assert!(mounted(&folder, "64m"), "root may mount");
        Mounted(&folder)
    });
    let place = Place::demo_in(folder.clone(), None, None);
    let before = place.serve();
    let writer = place.client("department");
    let there = acts(&writer);
    drop(before);
    seal(&folder, true);
    let program = place.serve();
    is_clear(&writer.post("/api/v1/acts", "после", &act("После", "")), &[507]);
    assert_eq!(acts(&writer), there);
    reading_goes_on(&place, &writer);
    seal(&folder, false);
    goes_on(&writer, there);
    drop(program);
    assert_eq!(place.once("check", &[]).0, 0);
}

fn seal(folder: &Path, shut: bool) {
    let mut command = Command::new(if is_root() { "mount" } else { "chmod" });
    match (is_root(), shut) {
        (true, true) => command.args(["-o", "remount,bind,ro"]),
        (true, false) => command.args(["-o", "remount,bind,rw"]),
        (false, true) => command.args(["-R", "a-w"]),
        (false, false) => command.args(["-R", "u+w"]),
    };
    assert!(command.arg(folder).status().unwrap().success());
}

#[test]
fn a_database_that_is_away_is_told_and_comes_back() {
    let cluster = Cluster::start();
    let place = Place::demo(Some(cluster.url()));
    let program = place.serve();
    let (writer, guest) = (place.client("department"), Client::guest(&place));
    let there = acts(&writer);
    assert_eq!(guest.get("/readyz").status, 200);
    cluster.down();
    let refused = writer.post("/api/v1/acts", "после", &act("После", ""));
    is_clear(&refused, &[503]);
    assert!(refused.head.contains("retry-after"), "{refused:?}");
    let page = guest.get("/organisations");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("<h1") && page.body.contains("lang=\"ru\""), "{page:?}");
    assert_eq!((guest.get("/healthz").status, guest.get("/readyz").status), (200, 503));
    cluster.up();
    comes_true("ready again", || guest.get("/readyz").status == 200);
    goes_on(&writer, there);
    drop(program);
}
