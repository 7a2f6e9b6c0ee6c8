//! A call that is dropped: nothing of it goes on.

use std::future::{pending, poll_fn, ready};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use shapewright_batch::Client;
use shapewright_batch::runtime::client::Retries;
use shapewright_batch::runtime::client::transport::{
    HyperTransport, Limits, Transport, TransportError, within,
};

use crate::clients::{builder, question, runtime};
use crate::timeouts::silent;

/// A transport to a service that is down, over which waits never end.
#[derive(Default)]
struct Down {
    sent: AtomicUsize,
}

impl Transport for &'static Down {
    fn send(
        &self,
        _: Request<Bytes>,
        _: &Limits,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        self.sent.fetch_add(1, Ordering::SeqCst);
        let mut answer = Response::new(Bytes::new());
        *answer.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        ready(Ok(answer))
    }

    fn sleep(&self, _: Duration) -> impl Future<Output = ()> + Send {
        pending()
    }
}

#[test]
fn a_call_that_is_dropped_between_attempts_makes_no_other() {
    static DOWN: Down = Down {
        sent: AtomicUsize::new(0),
    };
    let builder = builder("http://localhost")
        .retries(Retries::default())
        .limits(Limits::default().with_attempt(None));
    let client = Client::new(builder, &DOWN).expect("a client");
    let question = question();
    {
        let mut call = pin!(client.describe_jobs(&question));
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..3 {
            assert!(call.as_mut().poll(&mut context).is_pending());
        }
    }
    assert_eq!(DOWN.sent.load(Ordering::SeqCst), 1);
}

#[test]
fn a_call_that_is_dropped_while_it_waits_for_its_answer_closes_the_connection() {
    let (peer, read) = silent();
    let builder = builder(peer.uri("")).retries(Retries::default());
    let client = Client::new(builder, HyperTransport::new()).expect("a client");
    runtime().block_on(async {
        let question = question();
        let heard = async {
            while read.load(Ordering::SeqCst) == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let ended = within(client.describe_jobs(&question), heard).await;
        assert!(ended.is_none(), "nobody answers");
        // Whatever else this thread does, nothing of the call is left to go on.
        let mut turns = 0;
        poll_fn(|context| {
            turns += 1;
            context.waker().wake_by_ref();
            if turns < 100 {
                std::task::Poll::Pending
            } else {
                std::task::Poll::Ready(())
            }
        })
        .await;
    });
    peer.closed();
    assert_eq!(read.load(Ordering::SeqCst), 1);
}
