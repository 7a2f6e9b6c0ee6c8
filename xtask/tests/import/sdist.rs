//! Source distributions, made on the spot, and the extras that upstream's loader merges.

use super::support::{Scratch, gzip, model, paginators, wheel};

/// Noon of 2020-01-01, as seconds.
const NOON: u64 = 1_577_880_000;

/// The bytes of a tar archive of these files.
fn tar(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        // Past the checks of `set_path`: hostile archives are written without them.
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(NOON);
        header.set_cksum();
        archive.append(&header, content.as_bytes()).unwrap();
    }
    archive.into_inner().unwrap()
}

const INFO: (&str, &str) = (
    "botocore-1.0.0/PKG-INFO",
    "Metadata-Version: 2.1\nVersion: 1.0.0\n\nVersion: 2\n",
);
const MODEL: &str = "botocore-1.0.0/botocore/data/toy/2016-08-10/service-2.json";

#[test]
fn a_source_distribution_gives_what_the_wheel_gives() {
    let model = model(&["a"], "Words.");
    let from_wheel = Scratch::new();
    wheel("1.0.0", (2020, 1, 1))
        .toy("service-2.json.gz", &model)
        .toy("paginators-1.json", &paginators("n"))
        .save(&from_wheel);
    from_wheel.import("--service toy 1.0.0.whl");
    let scratch = Scratch::new();
    let archive = tar(&[
        ("botocore-1.0.0/README.rst", "Words."),
        (MODEL, &model),
        (
            "botocore-1.0.0/botocore/data/toy/2016-08-10/paginators-1.json",
            &paginators("n"),
        ),
        (
            "botocore-1.0.0/tests/data/toy/2018-08-10/service-2.json",
            "no model",
        ),
        ("botocore-1.0.0/botocore.egg-info/PKG-INFO", "Version: 3\n"),
        INFO,
    ]);
    scratch.write("botocore-1.0.0.tar.gz", gzip(&archive));
    scratch.import("--service toy botocore-1.0.0.tar.gz");
    assert_eq!(scratch.spec(), from_wheel.spec());
    let why = scratch.refuse("--service to botocore-1.0.0.tar.gz");
    assert!(why.contains("near to it are toy"), "{why}");
}

#[test]
fn a_source_distribution_that_cannot_be_trusted_is_refused() {
    let model = model(&["a"], "");
    let whole = gzip(&tar(&[INFO, (MODEL, &model)]));
    let cases: [(&str, Vec<u8>, &str); 5] = [
        (
            "cut",
            whole[..whole.len() / 2].to_vec(),
            "no whole tar.gz archive",
        ),
        (
            "plain",
            tar(&[INFO, (MODEL, &model)]),
            "no whole tar.gz archive",
        ),
        ("unversioned", gzip(&tar(&[(MODEL, &model)])), "no PKG-INFO"),
        (
            "twice",
            gzip(&tar(&[INFO, (MODEL, &model), (MODEL, &model)])),
            "twice under this name",
        ),
        (
            "leaving",
            gzip(&tar(&[
                INFO,
                ("../botocore/data/toy/2016-08-10/service-2.json", ""),
            ])),
            "leads out of the archive",
        ),
    ];
    for (name, bytes, reason) in cases {
        let scratch = Scratch::new();
        scratch.write(&format!("{name}.tar.gz"), bytes);
        let why = scratch.refuse(&format!("--service toy {name}.tar.gz"));
        assert!(why.contains(reason), "{name}: {why}");
    }
}

#[test]
fn what_the_loader_merges_is_in_what_is_stored_and_in_the_digest() {
    const EXTRAS: &str = r#"{"version":1.0,"merge":{"metadata":{"serviceId":"Other"}}}"#;
    let with = |extras: &str| {
        let scratch = Scratch::new();
        wheel("1.0.0", (2020, 1, 1))
            .toy("service-2.json", &model(&["a"], "Words."))
            .toy("service-2.sdk-extras.json", extras)
            .save(&scratch);
        scratch
    };
    let scratch = with(EXTRAS);
    scratch.import("--service toy --keep-docs 1.0.0.whl");
    let stored = scratch.text("toy/2020-01-01/service-2.json");
    assert!(stored.contains(r#""serviceId": "Other""#), "{stored}");
    let index = scratch.text("toy/history.toml");
    // The originals are kept as they came, and known again.
    let kept = scratch.text(".docs/toy/2020-01-01/service-2.sdk-extras.json");
    assert_eq!(kept, EXTRAS);
    let before = scratch.spec();
    scratch.import("--service toy --keep-docs 1.0.0.whl");
    assert_eq!(scratch.spec(), before);

    let spaced = with(&format!("{EXTRAS} "));
    spaced.import("--service toy 1.0.0.whl");
    assert_eq!(spaced.text("toy/2020-01-01/service-2.json"), stored);
    assert_ne!(spaced.text("toy/history.toml"), index);

    let why = with(r#"{"merge":[]}"#).refuse("--service toy 1.0.0.whl");
    assert!(why.contains("expected an object, found an array"), "{why}");
}
