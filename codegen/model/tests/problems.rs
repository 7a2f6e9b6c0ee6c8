//! What reading tells of bad files: every problem of a file at once, each with its place.

use shapewright_model::c2j::{self, FileKind, Prose, Reading, Source};
use shapewright_model::{Code, Problem, TraitName, Value};
use shapewright_report::problem::render;

const FILE: &str = "toy/service-2.json";

fn read(bytes: &[u8]) -> Result<Reading, Vec<Problem>> {
    let source = Source {
        kind: FileKind::Service,
        name: FILE,
        bytes,
    };
    c2j::read(&[source], Prose::Skip)
}

/// The problems of a file that cannot be read.
fn problems(bytes: impl AsRef<[u8]>) -> Vec<Problem> {
    read(bytes.as_ref()).expect_err("the file should not be readable")
}

/// A problem as `code line:column path`.
fn brief(problem: &Problem) -> String {
    let place = problem.place.as_ref();
    let place = place.map_or("-".to_owned(), |place| {
        format!("{}:{}", place.line, place.column)
    });
    format!("{} {place} {}", problem.code, problem.path)
        .trim_end()
        .to_owned()
}

fn briefs(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(brief).collect()
}

fn rendered(bytes: impl AsRef<[u8]>) -> String {
    let shown = problems(&bytes);
    shown
        .iter()
        .map(|problem| render(problem, bytes.as_ref(), false) + "\n")
        .collect()
}

/// A model with these shapes, which begin on line 4.
fn model(shapes: &str) -> String {
    format!("{{\n\"metadata\": {{}},\n\"operations\": {{}}, \"shapes\": {{\n{shapes}\n}}}}\n")
}

#[test]
fn truncated_json_is_one_problem_at_its_end() {
    let file = "{\n  \"metadata\": {},\n  \"operations\": {\"A\": ";
    assert_eq!(briefs(&problems(file)), ["json-syntax 3:22"]);
    insta::assert_snapshot!(rendered(file));
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_what_is_expected() {
    let file = model("\"A\": {\"type\": \"string\", \"max\": \"many\", \"sensitive\": 1}");
    assert_eq!(
        briefs(&problems(&file)),
        [
            "wrong-type 4:32 shapes.A.max",
            "wrong-type 4:53 shapes.A.sensitive"
        ]
    );
    insta::assert_snapshot!(rendered(&file));
}

#[test]
fn problems_of_one_shape_hide_none_of_another() {
    let file = model(
        "\"A\": {\"type\": \"list\", \"member\": {\"shape\": \"Gone\"}},
\"B\": {\"type\": \"structure\", \"required\": [\"x\", \"y\"], \"members\": {
  \"x\": {\"shape\": \"a\"},
  \"z\": {\"shape\": \"A\"}, \"z\": {\"shape\": \"A\"}
}},
\"C\": {\"type\": \"strung\"},
\"D\": {\"type\": \"string\", \"sparkle\": true}",
    );
    assert_eq!(
        briefs(&problems(&file)),
        [
            "dangling-reference 4:43 shapes.A.member.shape",
            "required-unknown-member 5:46 shapes.B.required[1]",
            "dangling-reference 6:18 shapes.B.members.x.shape",
            "duplicate-key 7:24 shapes.B.members.z",
            "unknown-shape-type 9:15 shapes.C.type",
            "unknown-key 10:25 shapes.D.sparkle",
        ]
    );
    insta::assert_snapshot!(rendered(&file));
}

#[test]
fn required_that_names_no_member_is_an_error() {
    let file =
        model("\"A\": {\"type\": \"structure\", \"members\": {}, \"required\": [\"ghost\"]}");
    assert_eq!(
        briefs(&problems(file)),
        ["required-unknown-member 4:56 shapes.A.required[0]"]
    );
}

#[test]
fn an_unknown_type_of_shape_is_an_error_that_lists_the_known() {
    let shown = problems(model("\"A\": {\"type\": \"tuple\"}"));
    assert_eq!(briefs(&shown), ["unknown-shape-type 4:15 shapes.A.type"]);
    assert!(shown[0].help.contains("structure"), "{}", shown[0].help);
}

#[test]
fn of_a_duplicate_key_the_last_counts_and_it_is_warned_of_at_every_depth() {
    let file = "{\"metadata\": {\"auth\": [\"a\"], \"auth\": [\"b\"]},
\"shapes\": {\"A\": {\"type\": \"string\"}, \"A\": {\"type\": \"blob\"}, \"B\": {\"type\": \"long\"}},
\"operations\": {},
\"operations\": {}}";
    let once = "{\"metadata\": {\"auth\": [\"b\"]}, \"operations\": {},
\"shapes\": {\"A\": {\"type\": \"blob\"}, \"B\": {\"type\": \"long\"}}}";
    let reading = read(file.as_bytes()).expect("warnings alone");
    assert_eq!(
        briefs(&reading.warnings),
        [
            "duplicate-key 1:30 metadata.auth",
            "duplicate-key 2:37 shapes.A",
            "duplicate-key 4:1 operations"
        ]
    );
    assert_eq!(reading.model.counts(), (0, 2, 0));
    let [twice, once] = [file, once].map(|file| {
        let source = Source {
            kind: FileKind::Service,
            name: FILE,
            bytes: file.as_bytes(),
        };
        c2j::canonical(&source).expect("no error")
    });
    assert_eq!(twice.json, once.json);
    assert_eq!(twice.digest, once.digest);
}

#[test]
fn bytes_that_are_not_utf8_are_told_with_their_offset() {
    let file = b"{\n\"metadata\": \"\xff\"}";
    assert_eq!(briefs(&problems(file)), ["not-utf8 2:14"]);
    insta::assert_snapshot!(rendered(file));
}

#[test]
fn a_byte_order_mark_is_read_past_with_a_warning() {
    let file = format!("\u{feff}{}", model("\"A\": {\"type\": \"string\"}"));
    let reading = read(file.as_bytes()).unwrap();
    assert_eq!(briefs(&reading.warnings), ["byte-order-mark 1:1"]);
    assert!(reading.model.shape_id("A").is_some());
    // What follows it has its right place.
    let bad = "\u{feff}{\"metadata\": 1, \"operations\": {}, \"shapes\": {}}";
    assert_eq!(
        briefs(&problems(bad)),
        ["byte-order-mark 1:1", "wrong-type 1:15 metadata"]
    );
}

#[test]
fn an_empty_file_is_a_problem_without_a_place() {
    for file in ["", " \n\t\n", "\u{feff}"] {
        let shown = problems(file);
        let empty = shown
            .iter()
            .find(|problem| problem.code == Code::EmptyFile)
            .unwrap();
        assert_eq!(empty.place, None, "{file:?}");
    }
    insta::assert_snapshot!(rendered(""));
}

#[test]
fn ten_thousand_levels_are_a_problem_and_no_crash() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let file = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        let shown = problems(&file);
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].code, Code::TooDeep);
        assert_eq!(shown[0].place.as_ref().unwrap().line, 1);
    }
}

#[test]
fn an_unknown_key_is_a_warning_and_stays_a_fact() {
    let file = model("\"A\": {\"type\": \"string\", \"sparkle\": {\"b\": 1}}");
    let reading = read(file.as_bytes()).unwrap();
    assert_eq!(
        briefs(&reading.warnings),
        ["unknown-key 4:25 shapes.A.sparkle"]
    );
    let shape = reading.model.shape(reading.model.shape_id("A").unwrap());
    let value = shape
        .traits
        .get(&TraitName::Unknown("sparkle".into()))
        .unwrap();
    assert_eq!(value.get("b"), Some(&Value::from(1)));
}

#[test]
fn a_missing_key_is_told_where_it_is_missing() {
    let file = "{\"metadata\": {}, \"operations\": {\"A\": {\"name\": \"A\"}}}";
    assert_eq!(
        briefs(&problems(file)),
        ["missing-key 1:1", "missing-key 1:38 operations.A"]
    );
}

#[test]
fn a_structure_without_members_is_told_and_taken_for_an_empty_one() {
    let file = |members: &str| {
        let shape = format!("{{\"A\": {{\"type\": \"structure\"{members}, \"exception\": true}}}}");
        format!("{{\"metadata\": {{}}, \"operations\": {{}}, \"shapes\": {shape}}}")
    };
    let (without, with) = (file(""), file(", \"members\": {}"));
    let source = |text| Source {
        kind: FileKind::Service,
        name: "service-2.json",
        bytes: text,
    };
    let [without, with] = [&without, &with].map(|text| source(text.as_bytes()));
    let read = |file| c2j::read(&[file], Prose::Skip).unwrap();
    let reading = read(without);
    assert_eq!(briefs(&reading.warnings), ["missing-members 1:52 shapes.A"]);
    assert_eq!(reading.model, read(with).model);
    let [without, with] = [without, with].map(|file| c2j::canonical(&file).unwrap());
    assert_eq!([without.json, without.digest], [with.json, with.digest]);
}

#[test]
fn problems_of_all_files_of_a_service_are_told() {
    let service = "{\"metadata\": {}, \"operations\": {}}";
    let paginators = "{\"pagination\": []}";
    let waiters = "{\"waiters\": {\"W\": {\"operation\": \"Gone\", \"delay\": 1, \"maxAttempts\": 1, \"acceptors\": []}}}";
    let source = |kind: FileKind, text: &'static str| Source {
        kind,
        name: kind.file_name(),
        bytes: text.as_bytes(),
    };
    let files = [
        source(FileKind::Waiters, waiters),
        source(FileKind::Paginators, paginators),
        source(FileKind::Service, service),
    ];
    let shown = c2j::read(&files, Prose::Skip).unwrap_err();
    let told: Vec<_> = shown
        .iter()
        .map(|problem| (problem.file.as_str(), brief(problem)))
        .collect();
    assert_eq!(
        told,
        [
            ("service-2.json", "missing-key 1:1".to_owned()),
            ("paginators-1.json", "wrong-type 1:16 pagination".to_owned()),
            (
                "waiters-2.json",
                "unknown-operation 1:20 waiters.W.operation".to_owned()
            ),
        ]
    );
}
