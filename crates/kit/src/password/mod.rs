//! Passwords: how they are kept, and which are not taken.
mod common;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use std::sync::LazyLock;

/// OWASP's floor for argon2id: 19 MiB, two passes, one lane. About 20 ms of one core.
static HASHER: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or_default())
});

/// A password that somebody else has issued opens so long, and must be changed at the first sign-in.
pub const ISSUED: chrono::Duration = chrono::Duration::days(7);

/// Shortest password taken. Fifteen are recommended; no rules on what stands in it.
pub const SHORTEST: usize = 12;
/// Longest password taken, in characters: hashing time must not depend on an attacker's patience.
pub const LONGEST: usize = 200;

/// What to store.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn hash(password: &str) -> anyhow::Result<String> {
    Ok(HASHER.hash_password(password.as_bytes()).map_err(|e| anyhow::anyhow!("argon2: {e}"))?.to_string())
}

/// Whether the password is the stored one. Pass `None` for an unknown account; it takes as long,
/// and so does an account that has no password yet.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());
    let own = stored.filter(|text| !text.is_empty());
    let right = PasswordHash::new(own.unwrap_or(&NOBODY))
        .is_ok_and(|hash| HASHER.verify_password(password.as_bytes(), &hash).is_ok());
    right && own.is_some()
}

/// A password to issue: sixteen letters and digits, about 95 bits.
pub fn issue() -> String {
    let mut text = String::new();
    while text.len() < 16 {
        text.extend(crate::chance::secret().chars().filter(char::is_ascii_alphanumeric).take(16 - text.len()));
    }
    text
}

/// Why a new password is not taken, as a text key.
pub fn weakness(password: &str, email: &str) -> Option<&'static str> {
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let name = email.split('@').next().unwrap_or_default().to_lowercase();
    if length < SHORTEST {
        Some("password-too-short")
    } else if length > LONGEST {
        Some("password-too-long")
    } else if common::is_common(&lower) || (name.chars().count() > 3 && lower.contains(&name)) {
        Some("password-common")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other_is() {
        let stored = hash("Семь звёзд над школой").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("Семь звёзд над школой", Some(&stored)));
        assert!(!verify("Семь звезд над школой", Some(&stored)));
        assert!(!verify("nobody has this password", None));
        assert!(!verify("nobody has this password", Some("")));
    }

    #[test]
    fn weak_passwords_are_named() {
        assert_eq!(weakness("короткий", "a@b.ru"), Some("password-too-short"));
        assert_eq!(weakness("aaaaaaaaaaaaaa", "a@b.ru"), Some("password-common"));
        assert_eq!(weakness("password1234", "a@b.ru"), Some("password-common"));
        assert_eq!(weakness("korneeva-2026-осень", "korneeva@b.ru"), Some("password-common"));
        assert_eq!(issue().chars().count(), 16);
        assert_eq!(weakness(&issue(), "a@b.ru"), None);
        assert_eq!(weakness("три лисы и самовар", "a@b.ru"), None);
    }
}
