//! TLS to the server, by what the URL says.
//!
//! `sslmode=disable` is plain text. `require`, `verify-ca` and `verify-full` all check the
//! certificate and the name (encryption to whoever answers is no protection), against the public
//! roots or, with `sslrootcert=FILE`, against that authority alone. Without `sslmode` the
//! connection is plain, as an address on the same machine or in a closed network is the usual case.

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres::{Config, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::super::{Error, Result};

/// The driver's configuration of a URL, and how to encrypt if it asks for that.
pub(super) fn parse(url: &str) -> Result<(Config, Option<MakeRustlsConnect>)> {
    let (url, roots) = take_root_certificate(url);
    let url = url.replace("sslmode=verify-full", "sslmode=require").replace("sslmode=verify-ca", "sslmode=require");
    let mut config: Config = url.parse().map_err(|e| Error::Other(format!("the database URL: {e}")))?;
    let tls = match config.get_ssl_mode() {
        SslMode::Require => Some(connector(roots.as_deref())?),
        _ => {
            config.ssl_mode(SslMode::Disable);
            None
        }
    };
    Ok((config, tls))
}

/// The driver does not know `sslrootcert`, so it is taken out of the URL's query.
fn take_root_certificate(url: &str) -> (String, Option<String>) {
    let Some((base, query)) = url.split_once('?') else {
        return (url.to_owned(), None);
    };
    let (mut kept, mut roots) = (Vec::new(), None);
    for pair in query.split('&') {
        match pair.strip_prefix("sslrootcert=") {
            Some(path) => {
                let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
                roots = Some(path.into_owned());
            }
            None => kept.push(pair),
        }
    }
    (format!("{base}?{}", kept.join("&")), roots)
}

fn connector(roots: Option<&str>) -> Result<MakeRustlsConnect> {
    let fault = |text: String| Error::Other(format!("TLS to the database: {text}"));
    let mut store = RootCertStore::empty();
    match roots {
        Some(path) => {
            let certificates = CertificateDer::pem_file_iter(path).map_err(|e| fault(format!("{path}: {e}")))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|e| fault(format!("{path}: {e}")))?;
                store.add(certificate).map_err(|e| fault(format!("{path}: {e}")))?;
            }
        }
        None => store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| fault(e.to_string()))?
        .with_root_certificates(store)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_url_that_asks_for_it_is_encrypted() {
        for (url, encrypted) in [
            ("postgres://u@h/db", false),
            ("postgres://u@h/db?sslmode=disable", false),
            ("postgres://u@h/db?sslmode=require", true),
            ("postgres://u@h/db?sslmode=verify-full&connect_timeout=3", true),
        ] {
            assert_eq!(parse(url).unwrap().1.is_some(), encrypted, "{url}");
        }
    }

    #[test]
    fn a_missing_authority_is_named() {
        let Err(error) = parse("postgres://u@h/db?sslmode=require&sslrootcert=/nowhere/ca%2Epem") else {
            panic!("accepted");
        };
        assert!(error.to_string().contains("TLS to the database: /nowhere/ca.pem"), "{error}");
    }
}
