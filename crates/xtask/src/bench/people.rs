//! Whoever asks: signed in by page and by API.

use anyhow::{Context, Result, bail};

use super::http::{self, Client, Request};
use super::process::{Account, Program};

/// Who asks.
#[derive(Clone, Copy)]
pub enum As {
    /// `Authorization: Bearer`
    Token,
    /// A session cookie
    Session,
}

/// One person, with what stands in for `{…}` in addresses.
pub struct People {
    token: String,
    cookie: String,
    /// The ids of the first organisation and the first resource of their lists.
    pub organisation: String,
    pub resource: String,
}

impl People {
    pub fn sign_in(program: &Program, account: &Account) -> Result<Self> {
        let mut client = Client::connect(program.address)?;
        let body = format!(r#"{{"email":"{}","password":"{}"}}"#, account.email, account.password);
        let request = Request::post("/api/v1/tokens", "application/json", &body);
        let answer = client.send(&request).context("signing in by API")?;
        let token = http::json_text(&answer.text(), "token").context("no token in the answer")?;
        let mut first = |list: &str| -> Result<String> {
            let list = client.send(&Request::get(&format!("{list}?page_size=1")).bearer(&token))?;
            Ok(http::json_text(&list.text(), "id").unwrap_or_default())
        };
        let (organisation, resource) = (first("/api/v1/organisations")?, first("/api/v1/resources")?);
        let cookie = by_page(program, account).context("signing in by page")?;
        Ok(Self { token, cookie, organisation, resource })
    }

    /// The address with the ids put in.
    pub fn path(&self, path: &str) -> String {
        path.replace("{organisation}", &self.organisation).replace("{resource}", &self.resource)
    }

    pub fn asking(&self, request: Request, by: As) -> Request {
        match by {
            As::Token => request.bearer(&self.token),
            As::Session => request.cookie(&self.cookie),
        }
    }
}

/// Puts a password of the person's own in place of an issued one, which is good for nothing else.
pub fn own_password(program: &Program, account: Account) -> Result<Account> {
    let cookie = by_page(program, &account)?;
    let own = "звёзды-над-измерением-7351";
    let fields = [("password", account.password.as_str()), ("new_password", own)];
    let fields: Vec<(String, String)> = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let body = http::form(&fields);
    let request = Request::post("/account/password", "application/x-www-form-urlencoded", &body).cookie(&cookie);
    let answer = Client::connect(program.address)?.send(&request)?;
    match answer.status {
        303 => Ok(Account { password: own.to_owned(), ..account }),
        status => bail!("changing the password was answered with {status}"),
    }
}

/// Fills in the form of the sign-in page as it stands there, hidden fields included.
fn by_page(program: &Program, account: &Account) -> Result<String> {
    let mut client = Client::connect(program.address)?;
    let page = client.send(&Request::get("/sign-in"))?;
    let mut cookies = page.cookies();
    let mut fields = http::hidden_fields(&page.text());
    fields.push(("email".to_owned(), account.email.clone()));
    fields.push(("password".to_owned(), account.password.clone()));
    let body = http::form(&fields);
    let request = Request::post("/sign-in", "application/x-www-form-urlencoded", &body).cookie(&cookies.join("; "));
    let answer = client.send(&request)?;
    if answer.status != 303 {
        bail!("the sign-in form was answered with {}", answer.status);
    }
    cookies.extend(answer.cookies());
    // The newest of each name.
    let mut kept: Vec<String> = Vec::new();
    for cookie in cookies.into_iter().rev() {
        let name = cookie.split('=').next().unwrap_or_default();
        if !kept.iter().any(|known| known.split('=').next() == Some(name)) {
            kept.push(cookie);
        }
    }
    Ok(kept.join("; "))
}
