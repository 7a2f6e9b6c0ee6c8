//! The default chain, on variables that are given and a client that is just enough for this machine.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use shapewright_runtime::credentials::{DefaultChain, FetchError, ProvideCredentials, Variables};

const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn find(variables: &Value) -> Result<Value, Box<dyn Error>> {
    let variables = variables.as_object().ok_or("the line is no object")?;
    let texts = variables
        .iter()
        .filter_map(|(name, value)| Some((name, value.as_str()?)));
    let variables: Variables = texts.collect();
    let fetch = |request: Request<Bytes>| fetch(&request);
    let chain = DefaultChain::new(variables, Arc::new(fetch));
    let credentials = wait_for(chain.provide())?;
    let expiry = credentials.expiry();
    let expiry = expiry.and_then(|expiry| expiry.duration_since(SystemTime::UNIX_EPOCH).ok());
    Ok(json!({
        "access_key_id": credentials.access_key_id(),
        "secret_access_key": credentials.secret_access_key(),
        "session_token": credentials.session_token(),
        "expiry": expiry.map(|since| since.as_secs()),
    }))
}

/// Waits without a runtime.
fn wait_for<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

/// Sends a request by HTTP/1.0, in which the answer ends with the connection.
fn fetch(request: &Request<Bytes>) -> Result<Response<Bytes>, FetchError> {
    let uri = request.uri();
    let host = uri.host().ok_or("the URI has no host")?;
    let mut stream = TcpStream::connect((host, uri.port_u16().unwrap_or(80)))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut text = format!("{} {path} HTTP/1.0\r\n", request.method()).into_bytes();
    for (name, value) in request.headers() {
        text.extend_from_slice(name.as_str().as_bytes());
        text.extend_from_slice(b": ");
        text.extend_from_slice(value.as_bytes());
        text.extend_from_slice(b"\r\n");
    }
    let length = request.body().len();
    text.extend_from_slice(format!("content-length: {length}\r\n\r\n").as_bytes());
    text.extend_from_slice(request.body());
    stream.write_all(&text)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8(answer)?;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .ok_or("the answer has no head")?;
    let status = head.split(' ').nth(1).ok_or("the answer has no status")?;
    Ok(Response::builder()
        .status(status)
        .body(Bytes::from(body.to_owned()))?)
}
