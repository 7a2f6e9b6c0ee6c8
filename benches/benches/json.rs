//! How fast JSON is read and written; `allocations` tells how much it allocates.

mod describe_jobs;

fn main() {
    divan::main();
}
