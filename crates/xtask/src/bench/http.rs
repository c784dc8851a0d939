//! As much of an HTTP/1.1 client as a measurement needs, and one that costs little itself.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

const PATIENCE: Duration = Duration::from_secs(30);

/// A request as the bytes that go over the wire.
#[derive(Clone)]
pub struct Request {
    head: String,
    body: String,
}

impl Request {
    pub fn get(path: &str) -> Self {
        Self { head: format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"), body: String::new() }
    }

    pub fn post(path: &str, kind: &str, body: &str) -> Self {
        let head = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        let length = body.len();
        Self { head, body: body.to_owned() }
            .header("Content-Type", kind)
            .header("Content-Length", &length.to_string())
            .header("Sec-Fetch-Site", "same-origin")
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub fn cookie(self, cookies: &str) -> Self {
        self.header("Cookie", cookies)
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        format!("{}\r\n{}", self.head, self.body).into_bytes()
    }
}

pub struct Answer {
    pub status: u16,
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// `name=value` of every cookie that it sets.
    pub fn cookies(&self) -> Vec<String> {
        let set = self.headers.iter().filter_map(|line| header(line, "set-cookie"));
        set.filter_map(|value| value.split(';').next().map(|cookie| cookie.trim().to_owned())).collect()
    }
}

/// One connection, kept alive.
pub struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).context("cannot connect")?;
        stream.set_nodelay(true).context("no delay")?;
        stream.set_read_timeout(Some(PATIENCE)).context("a deadline")?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream) })
    }

    pub fn send(&mut self, request: &Request) -> Result<Answer> {
        self.exchange(&request.bytes())
    }

    fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.get_mut().write_all(request).context("sending")?;
        let status_line = self.line()?;
        let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.with_context(|| format!("no HTTP: {status_line}"))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            headers.push(line);
        }
        let find = |name| headers.iter().find_map(|line| header(line, name));
        let body = match (find("content-length"), find("transfer-encoding")) {
            (Some(length), _) => self.exactly(length.parse().context("content-length")?)?,
            (None, Some(_)) => self.chunks()?,
            (None, None) => Vec::new(),
        };
        Ok(Answer { status, headers, body })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).context("reading")? == 0 {
            bail!("the server closed the connection");
        }
        Ok(line.trim_end().to_owned())
    }

    fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).context("reading the body")?;
        Ok(body)
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.line()?;
            let length = usize::from_str_radix(line.split(';').next().unwrap_or_default(), 16).context("a chunk")?;
            body.extend(self.exactly(length)?);
            self.line()?;
            if length == 0 {
                return Ok(body);
            }
        }
    }
}

fn header<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (key, value) = line.split_once(':')?;
    key.eq_ignore_ascii_case(name).then_some(value.trim())
}

/// What many requests of one kind took.
pub struct Load {
    /// Ascending.
    times: Vec<Duration>,
    whole: Duration,
    /// Of one answer's body.
    pub bytes: usize,
}

impl Load {
    /// The same request again and again. Every connection takes the next as soon as it has its answer.
    pub fn run(address: SocketAddr, request: &Request, requests: usize, connections: usize) -> Result<Self> {
        Self::of(address, std::slice::from_ref(request), requests, connections, 200)
    }

    /// These requests in turn, from the first again after the last; each must be answered with `status`.
    pub fn of(address: SocketAddr, all: &[Request], requests: usize, connections: usize, status: u16) -> Result<Self> {
        let all: &Vec<Vec<u8>> = &all.iter().map(Request::bytes).collect();
        let taken = &AtomicUsize::new(0);
        let began = Instant::now();
        let results: Vec<Result<(Vec<Duration>, usize)>> = std::thread::scope(|scope| {
            let worker = move || -> Result<(Vec<Duration>, usize)> {
                let mut client = Client::connect(address)?;
                let (mut times, mut bytes) = (Vec::new(), 0);
                loop {
                    let turn = taken.fetch_add(1, Ordering::Relaxed);
                    let Some(request) = all.get(turn % all.len().max(1)).filter(|_| turn < requests) else { break };
                    let sent = Instant::now();
                    let answer = client.exchange(request)?;
                    times.push(sent.elapsed());
                    if answer.status != status {
                        bail!("under load it answers {}: {:.400}", answer.status, answer.text());
                    }
                    bytes = answer.body.len();
                }
                Ok((times, bytes))
            };
            let workers: Vec<_> = (0..connections.max(1)).map(|_| scope.spawn(worker)).collect();
            workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
        });
        let whole = began.elapsed();
        let (mut times, mut bytes) = (Vec::new(), 0);
        for result in results {
            let (own, last) = result?;
            times.extend(own);
            bytes = bytes.max(last);
        }
        times.sort();
        Ok(Self { times, whole, bytes })
    }

    pub fn count(&self) -> usize {
        self.times.len()
    }

    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.count() as f64 / self.whole.as_secs_f64().max(1e-9)
    }

    pub fn percentile(&self, percent: usize) -> Duration {
        let at = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        self.times.get(at).copied().unwrap_or_default()
    }
}

/// The first text field of this name, wherever in the JSON it stands. Escapes are not undone: ids,
/// tokens, addresses and passwords of the demo have none.
pub fn json_text(json: &str, name: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{name}\":"))?;
    let rest = rest.trim_start().strip_prefix('"')?;
    rest.split('"').next().map(str::to_owned)
}

/// Name and value of every hidden input of the form that asks for a password.
pub fn hidden_fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form").find(|form| form.contains("type=\"password\"")).unwrap_or_default();
    let inputs = form.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    let hidden = inputs.filter(|input| attribute(input, "type") == Some("hidden"));
    hidden
        .filter_map(|input| Some((attribute(input, "name")?.to_owned(), attribute(input, "value")?.to_owned())))
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

pub fn form(fields: &[(String, String)]) -> String {
    let pair = |(name, value): &(String, String)| format!("{}={}", encoded(name), encoded(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn reads_what_pages_and_answers_say() {
        assert_eq!(json_text(r#"{"a": 1, "token": "x-1", "b":"c"}"#, "token").as_deref(), Some("x-1"));
        let page = r#"<form><input type="hidden" name="lang" value="en"></form>
            <form><input type="hidden" name="csrf" value="k"><input type="password" name="password" value=""></form>"#;
        assert_eq!(hidden_fields(page), [("csrf".to_owned(), "k".to_owned())]);
        assert_eq!(form(&[("a".to_owned(), "б&=".to_owned())]), "a=%D0%B1%26%3D");
    }

    #[test]
    fn loads_a_server_and_counts_every_answer() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                std::thread::spawn(move || {
                    let mut stream = BufReader::new(stream);
                    let mut line = String::new();
                    while stream.read_line(&mut line).is_ok_and(|length| length > 0) {
                        if line == "\r\n" {
                            let answer = "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nTransfer-Encoding: chunked\r\n\r\n\
                                5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
                            stream.get_mut().write_all(answer.as_bytes()).unwrap();
                        }
                        line.clear();
                    }
                });
            }
        });
        let request = Request::get("/").bearer("x");
        let answer = Client::connect(address).unwrap().send(&request).unwrap();
        assert_eq!((answer.status, answer.text().as_str()), (200, "hello!"));
        assert_eq!(answer.cookies(), ["a=b"]);
        let load = Load::run(address, &request, 100, 4).unwrap();
        assert_eq!((load.count(), load.bytes), (100, 6));
        assert!(load.percentile(50) <= load.percentile(95));
    }
}
