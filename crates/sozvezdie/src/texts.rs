//! The texts of the program, embedded: `locales/ru/*.ftl` and `locales/en/*.ftl`.
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Locales;

/// Reads the texts. Called once, at start.
///
/// # Errors
/// Names the message that cannot be read.
pub fn install() -> anyhow::Result<()> {
    let sources = |lang: &str| -> Vec<String> {
        Locales::iter()
            .filter(|path| path.starts_with(lang))
            .filter_map(|path| Locales::get(&path))
            .map(|file| String::from_utf8_lossy(&file.data).into_owned())
            .collect()
    };
    kit::text::install(&sources("ru/"), &sources("en/")).map_err(|e| anyhow::anyhow!("texts: {e}"))
}
