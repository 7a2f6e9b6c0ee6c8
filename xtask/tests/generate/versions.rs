//! The version of each crate: given once, kept, told.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::text;

/// A folder with models of a service that has one operation.
struct World(TempDir);

impl World {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
        command.arg("--spec").arg(self.path("spec")).args(arguments);
        command.output().unwrap()
    }

    fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{output:?}");
        text(&output.stdout).to_owned()
    }

    /// Fails as an input error does, and gives what it says.
    fn fail(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        text(&output.stderr).to_owned()
    }

    /// Writes the model that a release has, its operation sending these members; gives the words that
    /// import it.
    fn release(&self, release: &str, day: &str, members: &[&str]) -> Vec<String> {
        let members = members
            .iter()
            .map(|name| format!(r#""{name}": {{"shape": "Text"}}"#));
        let members = members.collect::<Vec<_>>().join(",");
        let model = format!(
            r#"{{"version": "2.0",
                "metadata": {{"apiVersion": "2020-02-02", "endpointPrefix": "shop", "protocol": "json",
                    "jsonVersion": "1.1", "serviceFullName": "Shop", "serviceId": "Shop",
                    "signatureVersion": "v4", "targetPrefix": "Shop"}},
                "operations": {{"Buy": {{"name": "Buy", "http": {{"method": "POST", "requestUri": "/"}},
                    "input": {{"shape": "BuyRequest"}}}}}},
                "shapes": {{"Text": {{"type": "string"}},
                    "BuyRequest": {{"type": "structure", "members": {{{members}}}}}}}}}"#
        );
        let file = self.path("service-2.json");
        fs::write(&file, model).unwrap();
        let file = file.to_str().unwrap();
        let words = [
            "import",
            file,
            "--service",
            "shop",
            "--release",
            release,
            "--date",
            day,
        ];
        words.map(str::to_owned).into()
    }

    fn import(&self, release: &str, day: &str, members: &[&str]) {
        let words = self.release(release, day, members);
        self.succeed(&words.iter().map(String::as_str).collect::<Vec<_>>());
    }

    fn versions(&self) -> Vec<String> {
        let ledger = self.read("spec/shop/ledger.toml");
        let lines = ledger
            .lines()
            .filter_map(|line| line.strip_prefix("version = \""));
        lines
            .map(|line| line.trim_end_matches('"').to_owned())
            .collect()
    }
}

#[test]
fn each_revision_gets_the_version_that_what_it_changed_asks_for() {
    let world = World::new();
    world.import("1.0.0", "2020-01-01", &["what"]);
    assert_eq!(world.versions(), [""; 0], "an import gives none");
    let told = world.succeed(&["generate"]);
    assert!(told.contains("version 1.0.0+2020-01-01"), "{told}");
    world.import("1.1.0", "2020-02-02", &["what", "where"]);
    world.import("1.2.0", "2020-03-03", &["where"]);
    world.succeed(&["generate"]);
    let versions = ["1.0.0+2020-01-01", "1.1.0+2020-02-02", "2.0.0+2020-03-03"];
    assert_eq!(world.versions(), versions);
    let manifest = world.read("models/shop/Cargo.toml");
    assert!(
        manifest.contains("\nversion = \"2.0.0+2020-03-03\"\n"),
        "{manifest}"
    );
    let changelog = world.read("models/shop/CHANGELOG.md");
    for words in [
        "## 2.0.0+2020-03-03\n\nRevision `2020-03-03` of `botocore 1.2.0`. For a Rust program: major.",
        "### Removed\n\n- `types::BuyRequest::what: Option<String>`\n",
        "### Added\n\n- `types::BuyRequest::r#where: Option<String>`\n",
        "## 1.0.0+2020-01-01\n",
    ] {
        assert!(changelog.contains(words), "{words} in {changelog}");
    }
    let log = world.succeed(&["log", "shop"]);
    assert!(
        log.starts_with("2020-03-03  botocore 1.2.0  2.0.0  risk  "),
        "{log}"
    );
    let json = world.succeed(&[
        "diff",
        "shop",
        "2020-01-01",
        "2020-02-02",
        "--format",
        "json",
    ]);
    let version =
        "\"version\": {\n    \"from\": \"1.0.0+2020-01-01\",\n    \"to\": \"1.1.0+2020-02-02\"";
    assert!(json.contains(version), "{json}");
    // Nothing is to be done a second time.
    world.succeed(&["generate", "--check"]);
}

#[test]
fn a_revision_found_late_is_refused_until_all_are_numbered_anew() {
    let world = World::new();
    world.import("1.0.0", "2020-01-01", &["what"]);
    world.import("1.2.0", "2020-03-03", &["where"]);
    world.succeed(&["generate"]);
    assert_eq!(world.versions(), ["1.0.0+2020-01-01", "2.0.0+2020-03-03"]);
    let before = (world.versions(), world.read("spec/shop/history.toml"));

    let words = world.release("1.1.0", "2020-02-02", &["what", "where"]);
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    let told = world.fail(&words);
    for part in ["2020-02-02", "2020-03-03", "--renumber"] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(
        (world.versions(), world.read("spec/shop/history.toml")),
        before
    );

    words.push("--renumber");
    world.succeed(&words);
    world.succeed(&["generate"]);
    let versions = ["1.0.0+2020-01-01", "1.1.0+2020-02-02", "2.0.0+2020-03-03"];
    assert_eq!(world.versions(), versions);
}

#[test]
fn a_version_whose_crate_nobody_knows_any_more_is_refused() {
    let world = World::new();
    world.import("1.0.0", "2020-01-01", &["what"]);
    world.succeed(&["generate"]);
    let ledger = world.path("spec/shop/ledger.toml");
    let text = fs::read_to_string(&ledger).unwrap();
    let (before, rest) = text.split_once("\nsurface = \"").unwrap();
    let other = format!("{before}\nsurface = \"0000000000000000{}", &rest[16..]);
    fs::write(&ledger, &other).unwrap();
    let told = world.fail(&["generate"]);
    assert!(
        told.contains("restore") && told.contains("surface.txt"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(&ledger).unwrap(), other);
    world.succeed(&["generate", "--renumber"]);
    assert_eq!(fs::read_to_string(&ledger).unwrap(), text);
}

#[test]
fn an_older_revision_has_the_version_and_the_changelog_of_its_time() {
    let world = World::new();
    world.import("1.0.0", "2020-01-01", &["what"]);
    world.import("1.1.0", "2020-02-02", &["what", "where"]);
    world.import("1.2.0", "2020-03-03", &["where"]);
    let out = world.path("old");
    let out = out.to_str().unwrap();
    let old = [
        "generate",
        "--service",
        "shop",
        "--revision",
        "2020-02-02",
        "--out",
        out,
    ];
    let named = [&old[..], &["--name", "shop-of-old"]].concat();
    let told = world.succeed(&named);
    assert!(told.contains("version 1.1.0+2020-02-02"), "{told}");
    assert_eq!(
        world.versions(),
        [""; 0],
        "an older revision alone writes none"
    );
    assert!(
        world
            .read("old/Cargo.toml")
            .contains("\nname = \"shop-of-old\"\n")
    );
    let changelog = world.read("old/CHANGELOG.md");
    assert!(
        changelog.contains("\n## 1.1.0+") && !changelog.contains("\n## 2.0.0"),
        "{changelog}"
    );
    for name in ["1st", "", "a b", "a/b"] {
        let told = world.fail(&[&old[..], &["--name", name]].concat());
        assert!(told.contains("no name of a crate"), "{told}");
    }
}

#[test]
fn all_revisions_become_the_crates_of_one_workspace() {
    let world = World::new();
    world.import("1.0.0", "2020-01-01", &["what"]);
    world.import("1.1.0", "2020-02-02", &["what", "where"]);
    let out = world.path("all");
    let out = out.to_str().unwrap();
    let all = [
        "generate",
        "--service",
        "shop",
        "--all-revisions",
        "--out",
        out,
    ];
    world.succeed(&all);
    let manifest = world.read("all/Cargo.toml");
    assert!(
        manifest.contains("    \"2020-01-01\",\n    \"2020-02-02\",\n"),
        "{manifest}"
    );
    for (revision, version) in [("2020-01-01", "1.0.0"), ("2020-02-02", "1.1.0")] {
        let manifest = world.read(&format!("all/{revision}/Cargo.toml"));
        let package = format!(
            "\nname = \"shapewright-shop-{revision}\"\ndescription = \"Types and operations of Shop\"\n\
             version = \"{version}+{revision}\"\n"
        );
        assert!(manifest.contains(&package), "{manifest}");
    }
    world.succeed(&[&all[..], &["--check"]].concat());
}
