//! The reader beside serde_json: it accepts the same texts, and reads the same from them.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::read;
use crate::form::{self, Dense, Float, Format, Members, Plain, Structure};

fn ours<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, String> {
    read(text, PhantomData)
}

/// Both read it, and the same; or neither does, whether it is read or skipped.
fn agree(text: &str) {
    match (ours::<Value>(text), serde_json::from_str::<Value>(text)) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(ours, theirs, "{text}");
            assert_eq!(ours.to_string(), theirs.to_string(), "{text}");
        }
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{text:?}: {ours:?}, {theirs:?}"),
    }
    let skipped = ours::<IgnoredAny>(text);
    let theirs = serde_json::from_str::<IgnoredAny>(text);
    assert_eq!(skipped.is_ok(), theirs.is_ok(), "{text:?}: {skipped:?}");
}

/// A structure of each kind of member, and its twin.
#[derive(Debug, Default, PartialEq)]
struct Thing {
    name: Option<String>,
    count: Option<i32>,
    size: Option<i64>,
    weight: Option<f64>,
    is_old: Option<bool>,
    parts: Option<Vec<Thing>>,
    tags: Option<BTreeMap<String, String>>,
}

impl Structure for Thing {
    const NAME: &'static str = "Thing";
    const MEMBERS: &'static [&'static str] =
        &["name", "count", "size", "weight", "isOld", "parts", "tags"];

    fn read_member<'de, A: serde::de::MapAccess<'de>>(
        &mut self,
        member: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match member {
            0 => form::read(map, &mut self.name, Plain),
            1 => form::read(map, &mut self.count, Plain),
            2 => form::read(map, &mut self.size, Plain),
            3 => form::read(map, &mut self.weight, Float),
            4 => form::read(map, &mut self.is_old, Plain),
            5 => form::read(map, &mut self.parts, Dense(Members)),
            6 => form::read(map, &mut self.tags, Dense(Plain)),
            _ => form::skip(map),
        }
    }

    fn write_members<M: serde::ser::SerializeMap>(&self, _: &mut form::Writer<'_, M>) {}
}

impl<'de> Deserialize<'de> for Thing {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        form::read_structure(deserializer)
    }
}

fn agree_on_things(text: &str) {
    match (ours::<Thing>(text), serde_json::from_str::<Thing>(text)) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{text}"),
        (Err(_), Err(_)) => {}
        // An integer that is written as a float.
        (Ok(_), Err(error)) if error.to_string().contains("floating point") => {}
        (ours, theirs) => panic!("{text:?}: {ours:?}, {theirs:?}"),
    }
}

#[test]
fn texts_are_read_as_serde_json_reads_them() {
    let long = "plain ".repeat(20);
    for inner in [
        "",
        "a",
        "1234567",
        "12345678",
        "123456789",
        &long,
        "ä",
        "日本語 and more",
        "\u{7f}",
        "𝄞",
        r#"\""#,
        r"\\",
        r"\/",
        r"\b\f\n\r\t",
        r"\u0041",
        r"\u00e4b",
        r"\uD834\uDD1E",
        r"\ud834",
        r"\ud834x",
        r"\ud834\n",
        r"\ud834\u0041",
        r"\ud834\ud834",
        r"\udd1e",
        r"\u12",
        r"\u12G4",
        r"\u+123",
        r"\u12ä",
        r"\x",
        r"\",
        "\n",
        "\0",
        "\u{1f}",
        "12345678\u{1f}",
        "\u{20}",
        r"before \u0041 and \n after, with more than eight bytes",
    ] {
        agree(&format!("\"{inner}\""));
        agree(&format!("\"{inner}"));
        agree(&format!("{{\"{inner}\": \"{inner}\"}}"));
    }
}

#[test]
fn numbers_are_read_as_serde_json_reads_them() {
    for number in [
        "0",
        "-0",
        "-0.0",
        "0.0",
        "1",
        "-1",
        "01",
        "-01",
        "00",
        "+1",
        "-",
        "--1",
        ".5",
        "5.",
        "1.5",
        "1e",
        "1e+",
        "1e5",
        "1E-5",
        "1.e5",
        "0e1",
        "1e400",
        "-1e400",
        "1e-400",
        "1_000",
        "0x10",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "123456789.12345679",
        "5e-324",
        "NaN",
        "Infinity",
        "2.2250738585072011e-308",
        "9007199254740993",
        "1e23",
        "1 2",
        "1a",
    ] {
        agree(number);
        agree(&format!("[{number}]"));
        agree(&format!("{{\"a\": {number} }}"));
    }
    agree(&"9".repeat(1_000));
    agree(&format!("0.{}", "3".repeat(1_000)));
}

#[test]
fn structure_is_read_as_serde_json_reads_it() {
    for text in [
        "",
        " ",
        "null",
        "nul",
        "nulls",
        "true",
        "tru",
        "false",
        "fals",
        " \t\r\n1 ",
        "1 1",
        "\u{a0}1",
        "{",
        "}",
        "[",
        "]",
        "{}",
        "[]",
        "{ }",
        "[ ]",
        "[,]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1,,2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\" : 1 , \"b\" : 2}",
        "{a:1}",
        "{1:1}",
        "{\"a\"1}",
        "{\"a\":1 \"b\":2}",
        "[1}",
        "{\"a\":1]",
        "[[1]",
        "[1]]",
        "{\"a\":[1}",
        "{\"a\":1,\"a\":2}",
        "\u{feff}1",
        "/**/1",
        "'a'",
    ] {
        agree(text);
        agree_on_things(text);
    }
}

#[test]
fn members_come_in_any_order_unknown_twice_and_as_escapes() {
    for text in [
        r#"{"tags":{"a":"b"},"name":"x","count":1}"#,
        r#"{"name":"x","names":"y","nam":"z","":1,"name":"w"}"#,
        r#"{"na\u006de":"x","other":{"a":[{"b":[]}]},"count" :2, "size": null}"#,
        r#"{"parts":[{"parts":[]},null,{"isOld":true,"weight":"NaN?"}]}"#,
        r#"{"parts":[{"parts":[]},null,{"isOld":true,"weight":-1.5}]}"#,
        r#"{"name":1}"#,
        r#"{"name":[]}"#,
        r#"{"count":"1"}"#,
        r#"{"count":2147483648}"#,
        r#"{"count":1.5}"#,
        r#"{"count":{}}"#,
        r#"{"isOld":1}"#,
        r#"{"isOld":"true"}"#,
        r#"{"parts":{}}"#,
        r#"{"tags":[]}"#,
        r#"{"tags":{"a":1}}"#,
        r#"{"tags":{"a":null}}"#,
        r#"["x",1]"#,
        r#"{"name"}"#,
        r#"{"name" "x"}"#,
        r#"{"name":"x""#,
        r#"{"name"#,
    ] {
        agree_on_things(text);
    }
}

#[test]
fn a_name_that_json_escapes_is_a_name_all_the_same() {
    #[derive(Debug, Default, PartialEq)]
    struct Odd(Option<i32>, Option<i32>);
    impl Structure for Odd {
        const NAME: &'static str = "Odd";
        const MEMBERS: &'static [&'static str] = &["a\"", "a\\n"];

        fn read_member<'de, A: serde::de::MapAccess<'de>>(
            &mut self,
            member: usize,
            map: &mut A,
        ) -> Result<(), A::Error> {
            match member {
                0 => form::read(map, &mut self.0, Plain),
                _ => form::read(map, &mut self.1, Plain),
            }
        }

        fn write_members<M: serde::ser::SerializeMap>(&self, _: &mut form::Writer<'_, M>) {}
    }
    impl<'de> Deserialize<'de> for Odd {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            form::read_structure(deserializer)
        }
    }
    let read = ours(r#"{"a\"": 1, "a\\n": 2, "a\n": 3}"#);
    assert_eq!(read, Ok(Odd(Some(1), Some(2))));
    assert!(ours::<Odd>(r#"{"a"": 1}"#).is_err());
}

#[test]
fn what_is_read_has_a_limit_of_depth_and_what_is_skipped_has_none() {
    for depth in [126, 127, 128, 10_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            agree(&format!("{}1{}", open.repeat(depth), close.repeat(depth)));
            agree(&open.repeat(depth));
        }
        agree_on_things(&format!(
            "{}{}",
            "{\"parts\":[".repeat(depth),
            "]}".repeat(depth)
        ));
    }
}

#[test]
fn integers_may_be_written_as_floats() {
    for (text, value) in [
        ("1.0", 1),
        ("-1.0", -1),
        ("1e3", 1_000),
        ("1.5e1", 15),
        ("100e-2", 1),
        ("-0", 0),
        ("0.0", 0),
        ("-0.0e7", 0),
        ("12.5000E+1", 125),
        ("1E18", 1_000_000_000_000_000_000),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("922337203685477580.7e1", i64::MAX),
        ("-9223372036854775808.0", i64::MIN),
        ("2.0e0", 2),
    ] {
        assert_eq!(ours(text), Ok(value), "{text}");
        assert_eq!(ours::<i32>(text).ok(), i32::try_from(value).ok(), "{text}");
    }
    for text in [
        "1.5",
        "1e-1",
        "0.1",
        "9223372036854775808.0",
        "1e19",
        "1e400",
        "1e99999999999999999999",
    ] {
        assert!(ours::<i64>(text).is_err(), "{text}");
        assert!(ours::<i32>(text).is_err(), "{text}");
    }
    // Where no integer is asked for, they stay what they are.
    assert_eq!(ours("1.0"), Ok(serde_json::json!(1.0)));
}

#[test]
fn an_error_says_what_is_wrong_and_where() {
    for (text, error) in [
        (
            "{\"name\":\n  \"a\",\n  \"count\": \"1\"}",
            "invalid type: \"1\", expected i32 at line 3 column 15",
        ),
        (
            "{\"count\": 1.5}",
            "invalid type: floating point `1.5`, expected i32 at line 1 column 14",
        ),
        (
            "[1]",
            "invalid type: sequence, expected structure Thing at line 1 column 1",
        ),
        ("{\"name\": \"a", "it ends too early at line 1 column 12"),
        (
            "{\"name\": \"a\"} x",
            "more stands behind the value at line 1 column 15",
        ),
        ("{\"name\" 1}", "a colon is missing at line 1 column 9"),
        ("<html>", "a value or a digit is missing at line 1 column 1"),
    ] {
        assert_eq!(ours::<Thing>(text).unwrap_err(), error, "{text}");
    }
}

#[test]
fn a_text_without_escapes_is_borrowed() {
    let text: &str = ours("\"plain\"").unwrap();
    assert_eq!(text, "plain");
    assert!(ours::<&str>(r#""\n""#).is_err());
}

fn json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 6, |part| {
        let key = prop_oneof![
            proptest::sample::select(Thing::MEMBERS).prop_map(str::to_owned),
            any::<String>()
        ];
        prop_oneof![
            prop::collection::vec(part.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, part, 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_serde_json_writes_is_read_as_it_was(value in json(), is_pretty: bool) {
        let text = if is_pretty { format!("{value:#}") } else { value.to_string() };
        prop_assert_eq!(ours::<Value>(&text), Ok(value));
        agree_on_things(&text);
    }

    #[test]
    fn what_is_damaged_is_read_or_refused_as_by_serde_json(
        value in json(),
        at: prop::sample::Index,
        by in prop_oneof![Just(""), Just("\\"), Just("\""), Just(","), Just("}"), Just("0"), Just("\u{1}"), Just("ä")],
        length in 0..3_usize,
    ) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        let start = at.index(text.len());
        let end = text.len().min(start + length);
        text.splice(start..end, by.chars());
        let text: String = text.into_iter().collect();
        agree(&text);
    }

    #[test]
    fn any_text_is_read_or_refused_as_by_serde_json(text in r#"[ \[\]{}:,"\\0-9eE+.a\-truflsn\n]{0,12}"#) {
        agree(&text);
        agree_on_things(&text);
    }

    #[test]
    fn every_finite_float_is_read_to_its_last_bit(bits: u64) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        let read: f64 = read(&format!("{value:?}"), FloatSeed).unwrap();
        prop_assert_eq!(read.to_bits(), bits);
    }
}

struct FloatSeed;

impl<'de> serde::de::DeserializeSeed<'de> for FloatSeed {
    type Value = f64;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<f64, D::Error> {
        Float::read(deserializer)
    }
}
