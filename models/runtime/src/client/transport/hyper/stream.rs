//! A stream of bytes to a peer, with TLS or without, as hyper wants it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::rt::{Read, ReadBufCursor, Write};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::pool::Origin;

/// How much is read at once.
const ROOM: usize = 16 * 1024;

/// A stream, and room to read into: hyper hands out memory that only unsafe code could fill directly.
pub(super) struct Stream {
    io: Io,
    room: Box<[u8]>,
}

enum Io {
    Plain(TcpStream),
    Secure(Box<TlsStream<TcpStream>>),
}

/// Does the same with either stream.
macro_rules! either {
    ($stream:expr, $io:ident => $do:expr) => {
        match &mut $stream.io {
            Io::Plain($io) => $do,
            Io::Secure($io) => $do,
        }
    };
}

impl Stream {
    /// Connects, with TLS if a configuration of it is given.
    pub(super) async fn connect(
        origin: &Origin,
        tls: Option<&Arc<ClientConfig>>,
    ) -> io::Result<Self> {
        let tcp = TcpStream::connect((origin.host(), origin.port())).await?;
        tcp.set_nodelay(true)?;
        let io = match tls {
            None => Io::Plain(tcp),
            Some(configuration) => {
                let name = ServerName::try_from(origin.host().to_owned())
                    .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
                let connector = TlsConnector::from(Arc::clone(configuration));
                Io::Secure(Box::new(connector.connect(name, tcp).await?))
            }
        };
        Ok(Self {
            io,
            room: vec![0; ROOM].into(),
        })
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let stream = &mut *self;
        let length = into.remaining().min(ROOM);
        let mut room = ReadBuf::new(&mut stream.room[..length]);
        ready!(either!(stream, io => Pin::new(io).poll_read(context, &mut room)))?;
        into.put_slice(room.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        either!(self, io => Pin::new(io).poll_write(context, bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, io => Pin::new(io).poll_flush(context))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, io => Pin::new(io).poll_shutdown(context))
    }
}
