//! How much reading and writing JSON allocates. The times of `json` are the ones to quote: here
//! every allocation is counted.

mod describe_jobs;

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}
