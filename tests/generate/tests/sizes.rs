//! Models made to take long, fill the memory or overflow the stack: what they cost stays in
//! proportion to their bytes. Each would run for hours, or crash, if it did not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use shapewright_model::c2j::{self, FileKind, Prose, Source};
use shapewright_model::{Code, Model, Problem};
use shapewright_rust::Runtime;
use shapewright_tests::crates;

fn try_read(bytes: &[u8]) -> Result<Model, Vec<Problem>> {
    let source = Source {
        kind: FileKind::Service,
        name: "service-2.json",
        bytes,
    };
    Ok(c2j::read(&[source], Prose::Keep)?.model)
}

/// The text of a service whose one operation sends and receives `S0`.
fn service(shapes: impl IntoIterator<Item = String>) -> String {
    let mut text = r#"{"metadata": {}, "operations": {"Do": {"name": "Do",
        "http": {"method": "POST", "requestUri": "/"},
        "input": {"shape": "S0"}, "output": {"shape": "S0"}}}, "shapes": {"#
        .to_owned();
    for (at, shape) in shapes.into_iter().enumerate() {
        let gap = if at > 0 { "," } else { "" };
        let _ = write!(text, "{gap}{shape}");
    }
    text + "}}"
}

fn structure(name: &str, members: impl IntoIterator<Item = (String, String)>) -> String {
    let members = members.into_iter();
    let members = members.map(|(name, shape)| format!(r#""{name}":{{"shape":"{shape}"}}"#));
    let members: Vec<String> = members.collect();
    format!(
        r#""{name}":{{"type":"structure","members":{{{}}}}}"#,
        members.join(",")
    )
}

/// The files of the crate, after what else is done with a model: it is compared with itself.
fn generate(text: &str) -> BTreeMap<String, String> {
    let model = try_read(text.as_bytes()).unwrap_or_else(|problems| panic!("{}", problems[0]));
    assert!(shapewright_diff::compare(&model, &model).is_empty());
    crates::generate(&model, "large", Runtime::Version)
}

fn size(files: &BTreeMap<String, String>) -> usize {
    files.values().map(String::len).sum()
}

#[test]
fn a_chain_of_structures_whose_end_is_constrained() {
    let links = (0..5_000).map(|at| {
        structure(
            &format!("S{at}"),
            [("next".to_owned(), format!("S{}", at + 1))],
        )
    });
    let end = r#""S5000":{"type":"structure","required":["a"],"members":{"a":{"shape":"S0"}}}"#;
    // With it the chain is a ring, which one pointer cuts.
    let files = generate(&service(links.chain([end.to_owned()])));
    let types = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/types/"));
    let boxed = types.filter(|(_, text)| text.contains(": Option<Box<"));
    assert_eq!(boxed.count(), 1);
}

#[test]
fn a_tangle_of_many_edges_is_cut_until_no_type_holds_itself() {
    const MANY: usize = 150;
    let links = (0..MANY).map(|at| {
        let members = (0..MANY).map(|to| (format!("m{to}"), format!("S{to}")));
        structure(&format!("S{at}"), members)
    });
    let files = generate(&service(links));
    let mut holds: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..MANY {
        let text = &files[&format!("src/types/s{at}.rs")];
        let fields = text.lines().filter_map(|line| {
            let of = line
                .trim()
                .strip_prefix("pub m")?
                .split_once(": Option<S")?
                .1;
            of.strip_suffix(">,")?.parse().ok()
        });
        holds.insert(at, fields.collect());
    }
    let edges: usize = holds.values().map(Vec::len).sum();
    // As many as a graph without a cycle can have: none is cut that need not be.
    assert_eq!(edges, MANY * (MANY - 1) / 2);
    while let Some(end) = holds.iter().find(|(_, held)| held.is_empty()) {
        let end = *end.0;
        holds.remove(&end);
        for held in holds.values_mut() {
            held.retain(|one| *one != end);
        }
    }
    assert!(holds.is_empty(), "{} hold themselves", holds.len());
}

#[test]
fn a_list_of_lists_of_lists_is_a_document_inside() {
    let lists = (1..50_000).map(|at| {
        format!(
            r#""S{at}":{{"type":"list","min":1,"member":{{"shape":"S{}"}}}}"#,
            at + 1
        )
    });
    let first = structure("S0", [("a".to_owned(), "S1".to_owned())]);
    let last = r#""S50000":{"type":"string"}"#.to_owned();
    let files = generate(&service([first].into_iter().chain(lists).chain([last])));
    let text = &files["src/types/s0.rs"];
    assert!(
        text.contains("Vec<Vec<") && text.contains("crate::runtime::Document"),
        "{text}"
    );
}

#[test]
fn a_hundred_thousand_values_that_are_one_name() {
    // All symbols, which no name has: seventeen of two kinds tell a hundred thousand apart.
    let value = |at: usize| {
        format!("\"a{at:017b}\"")
            .replace('0', "-")
            .replace('1', "+")
    };
    let values: Vec<String> = (1..100_000).map(value).collect();
    let shapes = [
        structure("S0", [("a".to_owned(), "E".to_owned())]),
        format!(r#""E":{{"type":"string","enum":[{}]}}"#, values.join(",")),
    ];
    let files = generate(&service(shapes));
    assert!(files["src/types/e.rs"].contains(" A99999,"));
}

#[test]
fn members_that_are_all_required_and_have_one_name_on_the_wire() {
    let members = (0..20_000).map(|at| format!(r#""m{at}":{{"shape":"T","locationName":"same"}}"#));
    let members: Vec<String> = members.collect();
    let required: Vec<String> = (0..20_000).map(|at| format!("\"m{at}\"")).collect();
    let text = service([
        r#""T":{"type":"string"}"#.to_owned(),
        format!(
            r#""S0":{{"type":"structure","required":[{}],"members":{{{}}}}}"#,
            required.join(","),
            members.join(",")
        ),
    ]);
    assert!(size(&generate(&text)) < 60 * text.len());
}

#[test]
fn problems_by_the_hundred_thousand_in_one_line() {
    let members = (0..200_000).map(|at| (format!("m{at}"), format!("gone{at}")));
    let problems = try_read(service([structure("S0", members)]).as_bytes()).unwrap_err();
    assert!(problems.len() < 20_100);
    let last = problems.iter().find(|one| one.code == Code::MoreProblems);
    assert!(
        last.expect("it tells that there are more")
            .message
            .contains("190000")
    );
    let places = problems
        .iter()
        .filter_map(|one| Some(one.place.as_ref()?.column));
    assert!(places.is_sorted());
}

#[test]
fn a_name_of_a_megabyte_is_a_problem_whatever_stands_below_it() {
    let name = "N".repeat(1 << 20);
    let members = (0..2_000).map(|at| (format!("m{at}"), "gone".to_owned()));
    let problems = try_read(service([structure(&name, members)]).as_bytes()).unwrap_err();
    assert!(problems.iter().any(|one| one.code == Code::TooLarge));
    let told: usize = problems.iter().map(|one| one.message.len()).sum();
    assert!(problems.len() < 200 && told < 1 << 20, "{}", problems.len());
}

#[test]
fn more_operations_than_can_each_reach_all() {
    let operation = |at: usize| {
        format!(
            r#""O{at}":{{"name":"O","http":{{"method":"POST","requestUri":"/"}},"input":{{"shape":"S0"}}}}"#
        )
    };
    let operations: Vec<String> = (0..11_000).map(operation).collect();
    let shapes = (0..5_000).map(|at| {
        structure(
            &format!("S{at}"),
            [("next".to_owned(), format!("S{}", (at + 1) % 5_000))],
        )
    });
    let shapes: Vec<String> = shapes.collect();
    let text = format!(
        r#"{{"metadata": {{}}, "operations": {{{}}}, "shapes": {{{}}}}}"#,
        operations.join(","),
        shapes.join(",")
    );
    let problems = try_read(text.as_bytes()).unwrap_err();
    assert_eq!(problems[0].code, Code::TooLarge);
}

#[test]
fn an_operation_sends_and_fails_with_structures_alone() {
    let text = service([r#""S0":{"type":"list","member":{"shape":"S0"}}"#.to_owned()]);
    let problems = try_read(text.as_bytes()).unwrap_err();
    let codes: Vec<Code> = problems.iter().map(|one| one.code).collect();
    assert_eq!(codes, [Code::WrongTarget, Code::WrongTarget]);
}

#[test]
fn texts_that_are_no_model_are_told_as_such() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let digits = format!(r#"{{"metadata": {}}}"#, "9".repeat(1 << 20));
    let surrogate = r#"{"metadata": "\ud800"}"#;
    for text in [deep.as_str(), &digits, surrogate, "\0", "{\"a\": \"\0\"}"] {
        let problems = try_read(text.as_bytes()).unwrap_err();
        assert!(problems.len() < 5, "{problems:?}");
    }
}
