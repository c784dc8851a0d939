//! One-time codes of an authenticator application (RFC 6238).
use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};

/// A new secret in base32, as applications take it.
pub fn new_secret() -> String {
    use rand::Rng as _;
    let mut bytes = [0u8; 20];
    rand::rng().fill_bytes(&mut bytes);
    Secret::from(bytes).to_base32()
}

fn totp(secret: &str, account: &str) -> anyhow::Result<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(|e| anyhow::anyhow!("totp: {e}"))?;
    // A colon would end the account's name in the address of the code.
    let account = account.replace(':', "");
    let builder = Builder::new().with_secret(secret).with_account_name(account).with_issuer(Some("Sozvezdie"));
    builder.build().map_err(|e| anyhow::anyhow!("totp: {e}"))
}

/// The step of a right code, to be used once; codes of the neighbouring half minutes are taken too.
///
/// # Errors
/// When the stored secret is none.
pub fn step(secret: &str, code: &str, now: DateTime<Utc>) -> anyhow::Result<Option<i64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Ok(totp(secret, "account")?.check(&code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// How many recovery codes are given at once.
const RECOVERY: usize = 10;

/// New recovery codes: 120 bits each, so that a plain digest of them may be stored.
pub fn recovery_codes() -> Vec<String> {
    use rand::Rng as _;
    // Without letters and digits that look alike: 32 signs, 5 bits each.
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let one = || {
        let mut bytes = [0u8; 24];
        rand::rng().fill_bytes(&mut bytes);
        let signs: Vec<char> =
            bytes.iter().filter_map(|b| SIGNS.get(usize::from(b % 32)).map(|s| char::from(*s))).collect();
        signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    };
    (0..RECOVERY).map(|_| one()).collect()
}

/// A recovery code as it is compared: without hyphens and spaces, in lower case.
pub fn bare(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).take(64).collect()
}

/// Whether this is longer than any one-time code: then it is a recovery code.
pub fn is_recovery(code: &str) -> bool {
    bare(code).len() > 8
}

/// The picture that an application scans, as SVG.
///
/// # Errors
/// When the secret is none.
pub fn picture(secret: &str, account: &str) -> anyhow::Result<String> {
    let url = totp(secret, account)?.to_url().map_err(|e| anyhow::anyhow!("totp: {e}"))?;
    let code = qrcode::QrCode::new(url)?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(200, 200).build();
    // Without the XML declaration it can stand in the page.
    Ok(svg.find("<svg").and_then(|at| svg.get(at..)).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_long_and_differ_and_are_known_however_they_are_typed() {
        let codes = recovery_codes();
        assert_eq!(codes.iter().collect::<std::collections::HashSet<_>>().len(), 10);
        for code in &codes {
            assert_eq!((code.len(), bare(code).len()), (29, 24), "{code}");
            assert_eq!(bare(&code.to_uppercase().replace('-', " ")), bare(code));
            assert!(is_recovery(code));
        }
        assert!(!is_recovery("123 456"));
    }

    #[test]
    fn a_right_code_names_its_step_and_a_wrong_one_none() {
        let secret = new_secret();
        let now = DateTime::from_timestamp(1_700_000_010, 0).unwrap();
        let code = totp(&secret, "a").unwrap().generate(1_700_000_010).to_string();
        let found = step(&secret, &code, now).unwrap().unwrap();
        assert_eq!(found, 1_700_000_010 / 30);
        assert_eq!(step(&secret, &code, now + chrono::Duration::minutes(10)).unwrap(), None);
        assert_eq!(step(&secret, "abc", now).unwrap(), None);
        assert!(picture(&secret, "a@example.invalid").unwrap().starts_with("<svg"));
    }
}
