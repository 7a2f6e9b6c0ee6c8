//! What the benchmarks share: the models, an answer of DescribeJobs, and the twins against which
//! the generated types are measured.

pub mod spec;
pub mod twins;

/// A hundred jobs in the words of a made-up genomics lab, as DescribeJobs writes them.
pub const ANSWER: &[u8] = include_bytes!("../data/describe-jobs-100.json");

/// What DescribeJobs gives in the newest revision, with serde's derive macros.
#[allow(
    missing_docs,
    clippy::pedantic,
    reason = "the build script writes them from the model, for these benchmarks alone"
)]
pub mod derived {
    include!(concat!(env!("OUT_DIR"), "/twins.rs"));
}
