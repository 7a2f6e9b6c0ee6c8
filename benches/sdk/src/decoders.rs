//! From the bytes of an answer of DescribeJobs to its value, and the value dropped.

use std::hint::black_box;

use crate::{ANSWER, Way, borrowed, derived, ours, sdk};
use anyhow::Result;
use serde::de::IgnoredAny;

/// All of them; each reads once to see that it can.
pub fn all() -> Result<Vec<Way>> {
    Ok(vec![
        ours::decoder()?,
        sdk::decoder()?,
        Way::new("derived twins, `from_slice`", || {
            drop(serde_json::from_slice::<derived::DescribeJobsResponse>(
                black_box(ANSWER),
            ));
        }),
        Way::new("derived twins, UTF-8 at once", || {
            let text = std::str::from_utf8(black_box(ANSWER)).unwrap_or_default();
            drop(serde_json::from_str::<derived::DescribeJobsResponse>(text));
        }),
        Way::new("derived twins with `Cow`, UTF-8 at once", || {
            let text = std::str::from_utf8(black_box(ANSWER)).unwrap_or_default();
            drop(serde_json::from_str::<borrowed::DescribeJobsResponse<'_>>(
                text,
            ));
        }),
        Way::new("skipped, UTF-8 at once", || {
            let text = std::str::from_utf8(black_box(ANSWER)).unwrap_or_default();
            drop(serde_json::from_str::<IgnoredAny>(text));
        }),
    ])
}
