//! What is refused, each with a reason and with nothing written.

use std::fs;

use super::support::{Scratch, gzip, model, wheel};

fn toy(version: &str) -> super::support::Wheel {
    wheel(version, (2020, 1, 1)).toy("service-2.json", &model(&["a"], ""))
}

/// A scratch folder into which a first release was imported.
fn begun() -> Scratch {
    let scratch = Scratch::new();
    toy("1.0.0").save(&scratch);
    scratch.import("--service toy 1.0.0.whl");
    scratch
}

#[test]
fn a_truncated_wheel() {
    let scratch = begun();
    let bytes = toy("1.1.0").bytes();
    scratch.write("1.1.0.whl", &bytes[..bytes.len() / 2]);
    let why = scratch.refuse("1.1.0.whl");
    assert!(why.contains("no whole zip archive"), "{why}");
}

#[test]
fn a_wheel_with_a_flipped_byte() {
    let scratch = begun();
    let mut bytes = toy("1.1.0").bytes();
    let name = b"service-2.json";
    let at = bytes
        .windows(name.len())
        .position(|window| window == name)
        .unwrap();
    bytes[at + name.len() + 40] ^= 0xff;
    scratch.write("1.1.0.whl", bytes);
    let why = scratch.refuse("1.1.0.whl");
    assert!(why.contains("cannot be unpacked"), "{why}");
}

#[test]
fn a_gzip_entry_that_is_cut_off() {
    let scratch = begun();
    let packed = gzip(model(&["a"], "").as_bytes());
    wheel("1.1.0", (2020, 1, 2))
        .entry(
            "botocore/data/toy/2016-08-10/service-2.json.gz",
            &packed[..packed.len() - 12],
        )
        .save(&scratch);
    let why = scratch.refuse("1.1.0.whl");
    assert!(why.contains("no whole gzip file"), "{why}");
}

#[test]
fn an_entry_whose_path_leaves_the_archive() {
    for name in [
        "../../evil",
        "/etc/evil",
        "botocore/data/../../../evil",
        "..\\evil",
        "C:/evil",
    ] {
        let scratch = begun();
        toy("1.1.0").entry(name, "x").save(&scratch);
        let why = scratch.refuse("1.1.0.whl");
        assert!(why.contains("leads out of the archive"), "{name}: {why}");
    }
}

#[test]
fn an_archive_that_unpacks_without_end() {
    const SIZE: usize = 65 << 20;
    let scratch = begun();
    let zeros = vec![b' '; SIZE];
    wheel("1.1.0", (2020, 1, 2))
        .entry("botocore/data/toy/2016-08-10/service-2.json", zeros.clone())
        .save(&scratch);
    let why = scratch.refuse("1.1.0.whl");
    assert!(why.contains("unpacks to more than 64 MiB"), "{why}");

    wheel("1.2.0", (2020, 1, 2))
        .entry(
            "botocore/data/toy/2016-08-10/service-2.json.gz",
            gzip(&zeros),
        )
        .save(&scratch);
    let why = scratch.refuse("1.2.0.whl");
    assert!(why.contains("unpacks to more than 64 MiB"), "{why}");

    scratch.write("model.json.gz", gzip(&zeros));
    let why = scratch.refuse("model.json.gz --service toy --release 1.3.0 --date 2020-01-03");
    assert!(why.contains("unpacks to more than 64 MiB"), "{why}");
}

#[test]
fn a_wheel_without_a_version() {
    let scratch = begun();
    let mut bytes = toy("1.1.0").bytes();
    // The same length, so that the archive's own tables still hold.
    for at in 0..bytes.len() - 8 {
        if &bytes[at..at + 8] == b"METADATA" {
            bytes[at..at + 8].copy_from_slice(b"METADATB");
        }
    }
    scratch.write("1.1.0.whl", bytes);
    let why = scratch.refuse("1.1.0.whl");
    assert!(why.contains("is it a wheel?"), "{why}");
}

#[test]
fn a_service_that_the_source_lacks_with_names_near_to_it() {
    let scratch = Scratch::new();
    toy("1.0.0").save(&scratch);
    let why = scratch.refuse("--service tyo 1.0.0.whl");
    assert!(
        why.contains("1.0.0.whl has no service `tyo`; near to it are toy"),
        "{why}"
    );
}

#[test]
fn no_service_where_none_was_imported_before() {
    let scratch = Scratch::new();
    toy("1.0.0").save(&scratch);
    let why = scratch.refuse("1.0.0.whl");
    assert!(why.contains("--service"), "{why}");
    assert!(!scratch.path("spec").exists());
}

#[test]
fn the_same_release_with_other_bytes() {
    let scratch = begun();
    wheel("1.0.0", (2020, 1, 1))
        .toy("service-2.json", &model(&["a"], "Other."))
        .save(&scratch);
    let why = scratch.refuse("1.0.0.whl");
    assert!(
        why.contains("toy 1.0.0: service-2.json has other bytes"),
        "{why}"
    );
}

#[test]
fn the_same_release_with_another_day() {
    let scratch = begun();
    let why = scratch.refuse("1.0.0.whl --date 2020-01-02");
    assert!(
        why.contains("was imported as published on 2020-01-01, not 2020-01-02"),
        "{why}"
    );
}

#[test]
fn a_day_that_contradicts_the_versions() {
    let scratch = begun();
    wheel("0.9.0", (2020, 1, 2))
        .toy("service-2.json", &model(&["z"], ""))
        .save(&scratch);
    let why = scratch.refuse("0.9.0.whl");
    assert!(why.contains("one of the days is wrong"), "{why}");
}

#[test]
fn one_bad_source_among_good_ones() {
    let scratch = begun();
    wheel("1.1.0", (2020, 1, 2))
        .toy("service-2.json", &model(&["b"], ""))
        .save(&scratch);
    wheel("1.2.0", (2020, 1, 3))
        .toy("service-2.json", "{")
        .save(&scratch);
    let why = scratch.refuse("1.1.0.whl 1.2.0.whl");
    assert!(why.contains("error[json-syntax]"), "{why}");
    assert!(why.contains("1.2.0.whl is refused"), "{why}");
}

#[test]
fn a_folder_where_a_file_is_expected() {
    let scratch = begun();
    for name in ["model.json", "1.1.0.whl"] {
        fs::create_dir(scratch.path(name)).unwrap();
        let why = scratch.refuse(&format!("{name} --release 1.1.0 --date 2020-01-02"));
        assert!(
            why.contains("error[unreadable-file]: this is a folder"),
            "{why}"
        );
    }
}

#[test]
fn a_source_that_is_none() {
    let scratch = begun();
    scratch.write("notes.txt", "x");
    for source in ["notes.txt", "missing.whl", "pypi:requests==1.0"] {
        let why = scratch.refuse(source);
        assert!(why.contains("pypi:botocore==VERSION"), "{why}");
    }
}

#[test]
fn a_day_or_release_for_several_sources() {
    let scratch = begun();
    let why = scratch.refuse("1.0.0.whl 1.0.0.whl --date 2020-01-01");
    assert!(why.contains("by a call of its own"), "{why}");
}

#[test]
fn an_index_that_was_edited_into_nonsense() {
    let scratch = begun();
    let index = scratch
        .text("toy/history.toml")
        .replace("name = \"2020-01-01\"", "name = \"../up\"");
    scratch.write("spec/toy/history.toml", index);
    let why = scratch.refuse("1.0.0.whl");
    assert!(why.contains("is no name of a revision"), "{why}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_spec_folder() {
    let scratch = begun();
    fs::create_dir(scratch.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(
        scratch.path("elsewhere"),
        scratch.path("spec/toy/2020-01-02"),
    )
    .unwrap();
    wheel("1.1.0", (2020, 1, 2))
        .toy("service-2.json", &model(&["b"], ""))
        .save(&scratch);
    let why = scratch.refuse("1.1.0.whl");
    assert!(why.contains("is a link"), "{why}");
    assert!(
        fs::read_dir(scratch.path("elsewhere"))
            .unwrap()
            .next()
            .is_none()
    );
}
