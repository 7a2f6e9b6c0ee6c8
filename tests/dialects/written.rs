//! A model that is written as C2J is what was read.

use std::fs;

use shapewright_model::c2j::{self, FileKind};
use shapewright_tests::models;

#[test]
fn every_stored_revision_is_written_as_it_was_read() {
    let revisions = models::batch_revisions();
    assert!(revisions.len() > 50, "{} revisions", revisions.len());
    for revision in revisions {
        let folder = models::batch(&revision);
        let written = c2j::write(&models::model(&folder));
        let has = |kind: &FileKind| models::root().join(&folder).join(kind.file_name()).exists();
        let stored: Vec<FileKind> = FileKind::ALL.into_iter().filter(has).collect();
        let kinds: Vec<FileKind> = written.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, stored, "{revision}");
        for (kind, canonical) in written {
            let path = models::root().join(&folder).join(kind.file_name());
            let stored = fs::read_to_string(&path).expect("a stored file");
            assert!(canonical.json == stored, "{}", path.display());
        }
    }
}
