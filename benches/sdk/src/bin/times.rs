//! CPU time of the thread, in rounds that take each way in turn: what else the machine does then
//! befalls all alike.

use anyhow::Result;
use nix::time::{ClockId, clock_gettime};
use shapewright_benches_sdk::{ANSWER, Way, calls, decoders};

fn main() -> Result<()> {
    println!("decode, {} bytes\n", ANSWER.len());
    table(decoders::all()?, 200, 5)?;
    println!("\na call that is answered at once\n");
    table(calls::all()?, 200, 500)
}

/// So many rounds, in each of which every way is done so many times in a row. The first of them
/// warms up.
fn table(mut ways: Vec<Way>, rounds: usize, times: u32) -> Result<()> {
    let mut figures = vec![Vec::new(); ways.len()];
    for round in 0..=rounds {
        for (way, figures) in ways.iter_mut().zip(&mut figures) {
            let before = now()?;
            for _ in 0..times {
                (way.work)();
            }
            if round > 0 {
                figures.push((now()? - before) / f64::from(times));
            }
        }
    }
    println!("| way | fastest, µs | median, µs | ratio of medians to the first |");
    println!("|---|---|---|---|");
    for figures in &mut figures {
        figures.sort_by(f64::total_cmp);
    }
    let first = figures[0][rounds / 2];
    for (way, figures) in ways.iter().zip(&figures) {
        let median = figures[rounds / 2];
        println!(
            "| {} | {:.2} | {median:.2} | {:.2} |",
            way.name,
            figures[0],
            median / first
        );
    }
    Ok(())
}

/// Microseconds that this thread has run.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn now() -> Result<f64> {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)?;
    Ok(time.tv_sec() as f64 * 1e6 + time.tv_nsec() as f64 / 1e3)
}
