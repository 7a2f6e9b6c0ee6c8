//! The ways to read an answer and to make a call, ours and AWS's, behind one face: so that both are
//! measured by the same code.

pub mod calls;
pub mod decoders;
mod ours;
mod sdk;

/// A hundred jobs in the words of a made-up genomics lab, as DescribeJobs writes them.
pub const ANSWER: &[u8] = include_bytes!("../../data/describe-jobs-100.json");

/// What DescribeJobs gives in the newest revision, with serde's derive macros.
#[allow(
    missing_docs,
    clippy::pedantic,
    reason = "the build script writes them from the model, for these benchmarks alone"
)]
pub mod derived {
    include!(concat!(env!("OUT_DIR"), "/twins.rs"));
}

/// The same, with texts that stay in what is read.
#[allow(
    missing_docs,
    clippy::pedantic,
    reason = "the build script writes them from the model, for these benchmarks alone"
)]
pub mod borrowed {
    include!(concat!(env!("OUT_DIR"), "/borrowed.rs"));
}

/// One piece of work, done once each time it is called.
pub struct Way {
    /// What it is called in the tables.
    pub name: &'static str,
    /// Does it, and drops what it made.
    pub work: Box<dyn FnMut()>,
}

impl Way {
    fn new(name: &'static str, work: impl FnMut() + 'static) -> Self {
        Self {
            name,
            work: Box::new(work),
        }
    }
}
