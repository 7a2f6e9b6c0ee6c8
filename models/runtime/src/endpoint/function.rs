//! The functions of the rules.

use std::fmt::Write as _;

use super::label::{is_bucket_label, is_host_label};
use super::url::Url;
use super::value::Value;
use super::{Function, Partition};

/// What a function makes of its arguments. An argument that is absent or of another kind gives no
/// value, but for the two functions that ask just that.
pub(super) fn call<'a>(function: Function, arguments: &[Option<Value<'a>>]) -> Option<Value<'a>> {
    let argument = |at: usize| arguments.get(at).and_then(Option::as_ref);
    let text = |at| argument(at).and_then(Value::as_str);
    let flag = |at| match argument(at) {
        Some(Value::Flag(flag)) => Some(*flag),
        _ => None,
    };
    let index = |at| match argument(at) {
        Some(Value::Integer(index)) => usize::try_from(*index).ok(),
        _ => None,
    };
    match function {
        Function::IsSet => Some(Value::Flag(argument(0).is_some())),
        Function::Not => {
            let holds = !matches!(argument(0), None | Some(Value::Flag(false)));
            Some(Value::Flag(!holds))
        }
        Function::BooleanEquals => Some(Value::Flag(flag(0)? == flag(1)?)),
        Function::StringEquals => Some(Value::Flag(text(0)? == text(1)?)),
        Function::IsValidHostLabel => Some(Value::Flag(is_host_label(text(0)?, flag(1)?))),
        Function::IsVirtualHostableS3Bucket => {
            Some(Value::Flag(is_bucket_label(text(0)?, flag(1)?)))
        }
        Function::Substring => substring(text(0)?, index(1)?, index(2)?, flag(3)?),
        Function::UriEncode => Some(Value::from(percent_encoded(text(0)?))),
        Function::ParseUrl => parse_url(text(0)?),
        Function::ParseArn => parse_arn(text(0)?),
        Function::Partition => Some(partition(text(0)?)),
    }
}

fn substring<'a>(text: &str, start: usize, stop: usize, from_end: bool) -> Option<Value<'a>> {
    if !text.is_ascii() || start >= stop || stop > text.len() {
        return None;
    }
    let range = if from_end {
        text.len() - stop..text.len() - start
    } else {
        start..stop
    };
    Some(Value::from(text[range].to_owned()))
}

/// Every byte but those that no URL takes for anything else.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn parse_url<'a>(text: &str) -> Option<Value<'a>> {
    let url = Url::parse(text)?;
    let inner = url.path.trim_matches('/');
    let normalized = if inner.is_empty() {
        "/".to_owned()
    } else {
        format!("/{inner}/")
    };
    let own = |text: &str| Value::from(text.to_owned());
    Some(Value::Record(vec![
        ("scheme", own(url.scheme)),
        ("authority", own(url.authority)),
        ("path", own(url.path)),
        ("normalizedPath", Value::from(normalized)),
        ("isIp", Value::Flag(url.is_ip())),
    ]))
}

/// `arn:partition:service:region:account:resource`, where region and account may be empty.
fn parse_arn<'a>(text: &str) -> Option<Value<'a>> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next();
    let (head, partition, service) = (next()?, next()?, next()?);
    let (region, account, resource) = (next()?, next()?, next()?);
    if head != "arn" || [partition, service, resource].contains(&"") {
        return None;
    }
    let own = |text: &str| Value::from(text.to_owned());
    let resource = resource.split([':', '/']).map(own).collect();
    Some(Value::Record(vec![
        ("partition", own(partition)),
        ("service", own(service)),
        ("region", own(region)),
        ("accountId", own(account)),
        ("resourceId", Value::List(resource)),
    ]))
}

fn partition<'a>(region: &str) -> Value<'a> {
    let partition = Partition::of(region);
    Value::Record(vec![
        ("name", Value::from(partition.name)),
        ("dnsSuffix", Value::from(partition.dns_suffix)),
        (
            "dualStackDnsSuffix",
            Value::from(partition.dual_stack_dns_suffix),
        ),
        ("supportsFIPS", Value::Flag(partition.supports_fips)),
        (
            "supportsDualStack",
            Value::Flag(partition.supports_dual_stack),
        ),
        (
            "implicitGlobalRegion",
            Value::from(partition.implicit_global_region),
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::Step;
    use super::*;

    fn texts<'a>(function: Function, texts: &[&'a str]) -> Option<Value<'a>> {
        let arguments: Vec<_> = texts.iter().map(|text| Some(Value::from(*text))).collect();
        call(function, &arguments)
    }

    /// What lies within a value, as a text or a flag.
    fn at(value: &Value<'_>, steps: &[Step]) -> String {
        match value.at(steps) {
            Some(Value::Text(text)) => text.to_string(),
            Some(Value::Flag(flag)) => flag.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn presence_and_its_opposite_take_what_is_absent() {
        let [yes, no] = [true, false].map(|flag| Some(Value::Flag(flag)));
        assert_eq!(call(Function::IsSet, &[None]), no);
        assert_eq!(call(Function::IsSet, std::slice::from_ref(&no)), yes);
        assert_eq!(call(Function::Not, &[None]), yes);
        assert_eq!(call(Function::Not, std::slice::from_ref(&no)), yes);
        assert_eq!(call(Function::Not, std::slice::from_ref(&yes)), no);
    }

    #[test]
    fn equality_is_of_one_kind_and_of_what_is_there() {
        let equal = |function, one, other| call(function, &[one, other]);
        let [yes, no] = [true, false].map(|flag| Some(Value::Flag(flag)));
        let text = |text| Some(Value::from(text));
        assert_eq!(equal(Function::StringEquals, text("a"), text("a")), yes);
        assert_eq!(equal(Function::StringEquals, text("a"), text("A")), no);
        assert_eq!(equal(Function::StringEquals, text("a"), None), None);
        assert_eq!(equal(Function::StringEquals, text("a"), yes.clone()), None);
        assert_eq!(equal(Function::BooleanEquals, no.clone(), no.clone()), yes);
        assert_eq!(equal(Function::BooleanEquals, yes.clone(), no.clone()), no);
        assert_eq!(equal(Function::BooleanEquals, yes, text("true")), None);
    }

    #[test]
    fn a_substring_counts_from_either_end() {
        let of = |text, start, stop, from_end| {
            let numbers = [start, stop].map(|number| Some(Value::Integer(number)));
            let [start, stop] = numbers;
            let arguments = [
                Some(Value::from(text)),
                start,
                stop,
                Some(Value::Flag(from_end)),
            ];
            call(Function::Substring, &arguments)
        };
        assert_eq!(of("abcdef", 0, 2, false), Some(Value::from("ab")));
        assert_eq!(of("abcdef", 0, 2, true), Some(Value::from("ef")));
        assert_eq!(of("abcdef", 1, 6, true), Some(Value::from("abcde")));
        for (start, stop) in [(0, 7), (2, 2), (3, 2), (-1, 2), (0, i64::MAX)] {
            assert_eq!(of("abcdef", start, stop, false), None, "{start}..{stop}");
        }
        assert_eq!(of("äbc", 0, 1, false), None);
    }

    #[test]
    fn only_what_means_nothing_in_a_url_stays() {
        let encoded = texts(Function::UriEncode, &["aZ0-._~ /:%é"]);
        assert_eq!(encoded, Some(Value::from("aZ0-._~%20%2F%3A%25%C3%A9")));
    }

    #[test]
    fn a_url_is_taken_apart() {
        let url = texts(Function::ParseUrl, &["http://127.0.0.1:8000/a/b"]).expect("a URL");
        for (name, value) in [
            ("scheme", "http"),
            ("authority", "127.0.0.1:8000"),
            ("path", "/a/b"),
            ("normalizedPath", "/a/b/"),
            ("isIp", "true"),
        ] {
            assert_eq!(at(&url, &[Step::Name(name)]), value);
        }
        let url = texts(Function::ParseUrl, &["https://example.com"]).expect("a URL");
        assert_eq!(at(&url, &[Step::Name("path")]), "");
        assert_eq!(at(&url, &[Step::Name("normalizedPath")]), "/");
        assert_eq!(texts(Function::ParseUrl, &["https://example.com?a"]), None);
    }

    #[test]
    fn an_arn_is_taken_apart() {
        let arn = "arn:aws-cn:batch:cn-north-1:123456789012:job-queue/a:b";
        let arn = texts(Function::ParseArn, &[arn]).expect("an ARN");
        for (name, value) in [
            ("partition", "aws-cn"),
            ("service", "batch"),
            ("region", "cn-north-1"),
            ("accountId", "123456789012"),
        ] {
            assert_eq!(at(&arn, &[Step::Name(name)]), value);
        }
        for (index, value) in ["job-queue", "a", "b"].into_iter().enumerate() {
            let steps = [Step::Name("resourceId"), Step::Index(index)];
            assert_eq!(at(&arn, &steps), value);
        }
        assert_eq!(arn.at(&[Step::Name("resourceId"), Step::Index(3)]), None);
        assert!(texts(Function::ParseArn, &["arn:aws:s3:::bucket"]).is_some());
    }

    #[test]
    fn what_lacks_a_part_is_no_arn() {
        for text in [
            "",
            "arn",
            "arn:aws:s3::",
            "arn::s3:::a",
            "arn:aws::::a",
            "arn:aws:s3:::",
            "urn:aws:s3:::a",
        ] {
            assert_eq!(texts(Function::ParseArn, &[text]), None, "{text}");
        }
    }

    #[test]
    fn a_partition_has_its_suffixes() {
        let china = texts(Function::Partition, &["cn-north-1"]).expect("a partition");
        assert_eq!(at(&china, &[Step::Name("name")]), "aws-cn");
        assert_eq!(at(&china, &[Step::Name("dnsSuffix")]), "amazonaws.com.cn");
        assert_eq!(call(Function::Partition, &[None]), None);
    }

    #[test]
    fn labels_ask_whether_dots_may_be() {
        for (function, text, dots, holds) in [
            (Function::IsValidHostLabel, "a", false, true),
            (Function::IsValidHostLabel, "a.b", false, false),
            (Function::IsValidHostLabel, "a.b", true, true),
            (Function::IsVirtualHostableS3Bucket, "a.b", false, false),
            (Function::IsVirtualHostableS3Bucket, "a.b", true, true),
            (Function::IsVirtualHostableS3Bucket, "AB.C", true, false),
        ] {
            let arguments = [Some(Value::from(text)), Some(Value::Flag(dots))];
            let value = call(function, &arguments);
            assert_eq!(
                value,
                Some(Value::Flag(holds)),
                "{function:?} {text} {dots}"
            );
        }
    }
}
