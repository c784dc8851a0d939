//! What a browser loads: embedded in the binary, addressed by content, cached for good.
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

#[derive(RustEmbed)]
#[folder = "../../assets"]
struct Files;

/// The address of a file, changing with its content.
pub fn url(path: &str) -> String {
    static KNOWN: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(url) = known.get(path) {
        return url.clone();
    }
    let version = Files::get(path)
        .map(|f| hex::encode(f.metadata.sha256_hash().get(..6).unwrap_or_default()))
        .unwrap_or_default();
    let url = format!("/assets/{path}?v={version}");
    known.insert(path.to_owned(), url.clone());
    url
}

/// Serves a file of the binary.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = Files::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash().get(..8).unwrap_or_default()));
    if headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()) == Some(tag.as_str()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (header::ETAG, tag),
    ];
    (headers, file.data).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_an_address_that_follows_its_content() {
        assert!(Files::iter().count() >= 7);
        let url = url("css/app.css");
        assert!(url.starts_with("/assets/css/app.css?v=") && url.len() > 30, "{url}");
    }

    #[test]
    fn icons_that_the_code_names_stand_in_the_sprite() {
        let sprite = Files::get("icons.svg").unwrap();
        let sprite = String::from_utf8_lossy(&sprite.data).into_owned();
        for entry in super::super::nav::MENU {
            assert!(sprite.contains(&format!("id=\"{}\"", entry.icon)), "{}", entry.icon);
        }
    }
}
