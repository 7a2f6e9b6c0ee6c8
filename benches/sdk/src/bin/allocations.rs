//! How often each way asks the allocator for memory, and for how much. A program of its own, since
//! counting takes time.

use std::alloc::System;

use anyhow::Result;
use shapewright_benches_sdk::{Way, calls, decoders};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATIONS: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<()> {
    println!("decode\n");
    table(decoders::all()?);
    println!("\na call that is answered at once\n");
    table(calls::all()?);
    Ok(())
}

fn table(ways: Vec<Way>) {
    println!("| way | allocations | grown or shrunk | bytes |");
    println!("|---|---|---|---|");
    for mut way in ways {
        // What is made at first need is there then.
        for _ in 0..10 {
            (way.work)();
        }
        let region = Region::new(ALLOCATIONS);
        (way.work)();
        let change = region.change();
        println!(
            "| {} | {} | {} | {} |",
            way.name, change.allocations, change.reallocations, change.bytes_allocated
        );
    }
}
