//! What the spec folder holds: facts, and none of upstream's words.

use crate::{files, none};

#[test]
fn the_spec_folder_holds_no_prose() {
    const PROSE: [&str; 3] = ["documentation", "documentationUrl", "deprecatedMessage"];
    let mut breaches = Vec::new();
    for file in files("api-spec") {
        for key in PROSE {
            // A text: a member may bear the name, too, and is an object then.
            breaches.extend(file.places_of(&format!("\"{key}\": \"")));
        }
    }
    none(&breaches, "the import drops upstream's words");
}
