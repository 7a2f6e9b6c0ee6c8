//! A peer on this machine that answers with bytes, whatever they say.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Answers connections, each on a thread of its own, until the program ends.
pub(crate) struct Peer {
    address: SocketAddr,
    served: Receiver<u64>,
}

/// What a peer does once it has sent its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    /// Closes the connection in order.
    Close,
    /// Answers the next request in the same way.
    Serve,
    /// Sends no more, and waits until the other side gives up.
    Hold,
    /// Sends these bytes until the other side gives up.
    Repeat(&'static [u8]),
    /// Leaves the request unread and closes, so that the connection is reset.
    Reset,
}

impl Peer {
    /// A peer that gives this answer to every request.
    pub(crate) fn answering(answer: impl Into<Vec<u8>>, then: Then) -> Self {
        let answer = answer.into();
        Self::serving(move |stream| serve(&stream, &answer, then))
    }

    /// A peer that does this with every connection, and counts what it sends.
    pub(crate) fn serving(serve: impl Fn(TcpStream) -> u64 + Clone + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (done, served): (Sender<u64>, _) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (serve, done) = (serve.clone(), done.clone());
                let stream = stream.expect("a connection");
                // Nobody may be left who wants to know.
                thread::spawn(move || done.send(serve(stream)).ok());
            }
        });
        Self { address, served }
    }

    /// The URI of a path of this peer.
    pub(crate) fn uri(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until a connection is closed, and tells how much was sent over it.
    pub(crate) fn closed(&self) -> u64 {
        self.served.recv().expect("the peer lives as long")
    }

    /// Whether a connection was closed by now.
    pub(crate) fn has_closed(&self) -> bool {
        self.served.try_recv().is_ok()
    }
}

/// Serves one connection, and tells how many bytes were sent.
fn serve(mut stream: &TcpStream, answer: &[u8], then: Then) -> u64 {
    let mut sent = 0;
    if matches!(then, Then::Reset) {
        stream.peek(&mut [0]).ok();
        stream.write_all(answer).ok();
        return sent;
    }
    let mut reader = BufReader::new(stream);
    while read_request(&mut reader).is_some() {
        if stream.write_all(answer).is_err() {
            break;
        }
        sent += answer.len() as u64;
        match then {
            Then::Serve => {}
            Then::Close | Then::Reset => break,
            Then::Hold => {
                reader.read_to_end(&mut Vec::new()).ok();
            }
            Then::Repeat(bytes) => {
                let bytes = bytes.repeat(4096 / bytes.len());
                while stream.write_all(&bytes).is_ok() {
                    sent += bytes.len() as u64;
                }
            }
        }
    }
    sent
}

/// The next request as text, its body included; none once the other side has closed.
pub(crate) fn read_request(reader: &mut impl BufRead) -> Option<String> {
    let mut text = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        text.push_str(&line);
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().expect("a length");
            }
            _ => {}
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    text.push_str(&String::from_utf8_lossy(&body));
    Some(text)
}
