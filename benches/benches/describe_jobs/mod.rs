//! Reading and writing an answer of DescribeJobs, beside its peers.

use divan::Bencher;
use divan::counter::BytesCount;
use serde::de::DeserializeOwned;
use serde::ser::Serialize;
use shapewright_benches::{ANSWER, derived};

/// A way to hold the answer; the types' own names are alike.
trait Way {
    type Value: DeserializeOwned;
}

/// The generated crate's types.
struct Generated;

impl Way for Generated {
    type Value = shapewright_batch::types::DescribeJobsResponse;
}

/// The same with serde's derive macros.
struct Derived;

impl Way for Derived {
    type Value = derived::DescribeJobsResponse;
}

/// Any JSON.
struct AnyJson;

impl Way for AnyJson {
    type Value = serde_json::Value;
}

/// Not at all: what reading past it costs.
struct Skipped;

impl Way for Skipped {
    type Value = serde::de::IgnoredAny;
}

/// From bytes to a value, and the value dropped.
#[divan::bench(types = [Generated, Derived, AnyJson, Skipped])]
fn decode<W: Way>(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_slice(ANSWER))
        .bench(|| drop(read::<W::Value>(divan::black_box(ANSWER))));
}

/// The same, but the bytes are checked to be UTF-8 at once instead of text by text: what a caller
/// can do who has the whole body.
#[divan::bench(types = [Generated, Derived])]
fn decode_text<W: Way>(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_slice(ANSWER)).bench(|| {
        let text = std::str::from_utf8(divan::black_box(ANSWER)).expect("JSON is UTF-8");
        let value: W::Value = serde_json::from_str(text).expect("the answer is JSON of the model");
        drop(value);
    });
}

/// From a value to bytes.
#[divan::bench(types = [Generated, Derived, AnyJson])]
fn encode<W: Way<Value: Serialize>>(bencher: Bencher<'_, '_>) {
    let value: W::Value = read(ANSWER);
    let size = write(&value).len();
    bencher
        .counter(BytesCount::new(size))
        .bench_local(|| write(divan::black_box(&value)));
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> T {
    serde_json::from_slice(bytes).expect("the answer is JSON of the model")
}

fn write<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("the types write JSON")
}
