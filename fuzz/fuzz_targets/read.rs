//! Any bytes are a model or problems, each of which has its place in the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shapewright_fuzz::is_clean;
use shapewright_model::c2j::{FileKind, Prose, Source, merge_extras};
use shapewright_model::{Path, Reach, locate, read, stored};
use shapewright_report::problem::render;

fuzz_target!(|bytes: &[u8]| {
    // The first byte says which of a service's files it is.
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let kind = FileKind::ALL[usize::from(*first) % 4];
    let source = |kind| Source { kind, name: "file", bytes };
    for prose in [Prose::Skip, Prose::Keep] {
        let problems = match read(&[source(kind)], prose) {
            Ok(reading) => {
                let _ = Reach::of(&reading.model);
                reading.warnings
            }
            Err(problems) => problems,
        };
        for problem in &problems {
            if let Some(place) = &problem.place {
                assert!(place.bytes.start <= place.bytes.end && place.bytes.end <= bytes.len());
                assert!(place.line > 0 && place.column > 0);
            }
            assert!(is_clean(&render(problem, bytes, false)), "{problem}");
            assert!(is_clean(&problem.path.to_string()));
        }
    }
    // What is stored reads again, as what it was.
    if let Ok(stored) = stored(&[source(FileKind::Service)]) {
        let (kind, canonical) = &stored.files[0];
        let again = Source { kind: *kind, name: "stored", bytes: canonical.json.as_bytes() };
        let again = shapewright_model::c2j::canonical(&again).expect("what is stored is readable");
        assert_eq!(again.digest, canonical.digest);
        assert_eq!(again.json, canonical.json);
    }
    let _ = merge_extras(&source(kind), &source(kind));
    let _ = locate(bytes, &[Path::of(["shapes", "A"]), Path::root()]);
});
