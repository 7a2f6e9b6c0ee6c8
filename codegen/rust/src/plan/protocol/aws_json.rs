//! awsJson: every member in the body, and there is always a body.

use crate::plan::items::{Body, Travel};

pub(super) fn travel() -> Travel {
    Travel {
        members: Vec::new(),
        body: Body::Members {
            without: Vec::new(),
        },
    }
}
