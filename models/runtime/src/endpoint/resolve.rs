//! Follows the rules to an endpoint.

use super::scope::Scope;
use super::value::documents;
use super::{Endpoint, EndpointError, Parameters, Rule, RuleSet};

impl RuleSet<'_> {
    /// The endpoint for these parameters.
    pub fn resolve(&self, parameters: &Parameters) -> Result<Endpoint, EndpointError> {
        let found =
            Scope::new(self, parameters).and_then(|mut scope| first(self.rules, &mut scope));
        let none = || Err(EndpointError::new("the service's rules know no endpoint"));
        found
            .and_then(|found| found.map_or_else(none, Ok))
            .map_err(|error| error.with_parameters(parameters))
    }
}

/// What the first rule makes whose conditions hold. A rule is within others as deep as the data
/// that was generated, which is bounded.
fn first<'a>(rules: &[Rule<'a>], scope: &mut Scope<'a>) -> Result<Option<Endpoint>, EndpointError> {
    for rule in rules {
        if let Some(found) = scope.within(|scope| follow(rule, scope))? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn follow<'a>(rule: &Rule<'a>, scope: &mut Scope<'a>) -> Result<Option<Endpoint>, EndpointError> {
    let (Rule::Tree(conditions, _) | Rule::Error(conditions, _) | Rule::Endpoint(conditions, ..)) =
        rule;
    if !scope.hold(conditions) {
        return Ok(None);
    }
    match rule {
        Rule::Tree(_, rules) => first(rules, scope),
        Rule::Error(_, message) => {
            let message = scope.value(message);
            let text = message.as_ref().and_then(|message| message.as_str());
            let text = text.unwrap_or("the service's rules know no endpoint");
            Err(EndpointError::new(text))
        }
        Rule::Endpoint(_, url, properties, headers) => {
            let absent = || EndpointError::new("the service's rules use what is not set");
            let url = scope.value(url).ok_or_else(absent)?;
            let mut endpoint = Endpoint::new(url.as_str().ok_or_else(absent)?)?;
            endpoint.set_properties(documents(scope.record(properties).ok_or_else(absent)?));
            for (name, values) in scope.record(headers).ok_or_else(absent)? {
                endpoint.add_header(name, &values)?;
            }
            Ok(Some(endpoint))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Condition, Expression, Function, Kind, Parameter, ParameterValue, Step};
    use super::*;

    use Expression::{Attribute, Call, Flag, List, Record, Reference, Template, Text};

    const fn text(name: &str) -> Parameter<'_> {
        Parameter {
            name,
            kind: Kind::Text,
            required: false,
            default: None,
        }
    }

    /// A service of buckets, made up: an override, an ARN, a zone by itself.
    static RULES: RuleSet = RuleSet {
        parameters: &[
            text("Region"),
            text("Endpoint"),
            text("Resource"),
            Parameter {
                name: "Fast",
                kind: Kind::Flag,
                required: true,
                default: Some(Flag(false)),
            },
            Parameter {
                name: "Names",
                kind: Kind::Texts,
                required: false,
                default: None,
            },
        ],
        rules: &[
            Rule::Endpoint(
                &[Condition::If(Call(
                    Function::IsSet,
                    &[Reference("Endpoint")],
                ))],
                Reference("Endpoint"),
                &[],
                &[],
            ),
            Rule::Tree(
                &[
                    Condition::If(Call(Function::IsSet, &[Reference("Resource")])),
                    Condition::Let("arn", Call(Function::ParseArn, &[Reference("Resource")])),
                ],
                &[
                    Rule::Error(
                        &[Condition::If(Call(
                            Function::StringEquals,
                            &[
                                Attribute(&Reference("arn"), &[Step::Name("partition")]),
                                Text("aws-cn"),
                            ],
                        ))],
                        Template(&[
                            Text("not in "),
                            Attribute(&Reference("arn"), &[Step::Name("region")]),
                        ]),
                    ),
                    Rule::Endpoint(
                        &[Condition::If(Call(
                            Function::BooleanEquals,
                            &[Reference("Fast"), Flag(true)],
                        ))],
                        Template(&[
                            Text("https://"),
                            Attribute(
                                &Reference("arn"),
                                &[Step::Name("resourceId"), Step::Index(0)],
                            ),
                            Text(".example"),
                        ]),
                        &[(
                            "authSchemes",
                            List(&[Record(&[
                                ("name", Text("sigv4")),
                                ("signingName", Text("things")),
                                (
                                    "signingRegion",
                                    Attribute(&Reference("arn"), &[Step::Name("region")]),
                                ),
                                ("disableDoubleEncoding", Flag(true)),
                            ])]),
                        )],
                        &[("x-thing", List(&[Text("a"), Reference("Resource")]))],
                    ),
                ],
            ),
            Rule::Endpoint(
                &[
                    Condition::If(Call(
                        Function::Not,
                        &[Call(Function::IsSet, &[Reference("arn")])],
                    )),
                    Condition::Let("first", Attribute(&Reference("Names"), &[Step::Index(0)])),
                ],
                Template(&[Text("https://"), Reference("first"), Text(".example/base")]),
                &[],
                &[],
            ),
            Rule::Endpoint(
                &[Condition::If(Call(Function::IsSet, &[Reference("Region")]))],
                Template(&[Text("https://"), Reference("Region"), Text(".example")]),
                &[],
                &[],
            ),
        ],
    };

    fn url(parameters: &Parameters) -> String {
        match RULES.resolve(parameters) {
            Ok(endpoint) => endpoint.url(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_first_rule_whose_conditions_hold_counts() {
        let region = Parameters::new().with_region("moon-1");
        assert_eq!(url(&region), "https://moon-1.example");
        let both = region.with_endpoint("http://localhost:1/x");
        assert_eq!(url(&both), "http://localhost:1/x");
    }

    #[test]
    fn a_tree_without_a_rule_that_holds_leaves_no_name_behind() {
        let parameters = Parameters::new()
            .with("Resource", "arn:aws:thing:moon-1::a")
            .with("Names", vec!["one".to_owned()]);
        // `Fast` is false by default, and `arn` has a meaning in the tree alone.
        assert_eq!(url(&parameters), "https://one.example/base");
    }

    #[test]
    fn an_endpoint_has_properties_and_headers() {
        let parameters = Parameters::new()
            .with("Resource", "arn:aws:thing:moon-1::a")
            .with("Fast", true);
        let endpoint = RULES.resolve(&parameters).expect("an endpoint");
        assert_eq!(endpoint.url(), "https://a.example");
        let [scheme] = endpoint.auth_schemes() else {
            panic!("{endpoint:?}");
        };
        assert_eq!(scheme.name, "sigv4");
        assert_eq!(scheme.signing_name.as_deref(), Some("things"));
        assert_eq!(scheme.signing_region.as_deref(), Some("moon-1"));
        assert!(scheme.disable_double_encoding);
        let values: Vec<_> = endpoint.headers().get_all("x-thing").iter().collect();
        assert_eq!(values, ["a", "arn:aws:thing:moon-1::a"]);
    }

    #[test]
    fn an_error_says_what_and_for_which_parameters() {
        let parameters = Parameters::new().with("Resource", "arn:aws-cn:thing:cn-north-1::a");
        let error = RULES.resolve(&parameters).expect_err("an error");
        assert_eq!(error.message(), "not in cn-north-1");
        assert_eq!(
            error.to_string(),
            "not in cn-north-1 (with Resource \"arn:aws-cn:thing:cn-north-1::a\")"
        );
        assert_eq!(error.parameters(), &parameters);
    }

    #[test]
    fn where_no_rule_holds_there_is_no_endpoint() {
        assert_eq!(
            url(&Parameters::new()),
            "the service's rules know no endpoint"
        );
    }

    #[test]
    fn a_parameter_of_another_kind_is_refused() {
        let cases: [(&str, ParameterValue); 3] = [
            ("Region", true.into()),
            ("Fast", "true".into()),
            ("Names", "one".into()),
        ];
        for (name, value) in cases {
            let parameters = Parameters::new().with(name, value);
            let error = RULES.resolve(&parameters).expect_err(name);
            assert!(error.message().contains("must be"), "{error}");
        }
    }

    #[test]
    fn a_region_leads_to_no_other_host() {
        for region in ["x.evil/", "evil..example", "a@b", "", "a b", "a:1", "ä"] {
            assert!(
                url(&Parameters::new().with_region(region)).contains("region must be"),
                "{region}"
            );
        }
    }

    #[test]
    fn a_required_parameter_without_a_default_is_missed() {
        static NEEDY: RuleSet = RuleSet {
            parameters: &[Parameter {
                required: true,
                ..text("Region")
            }],
            rules: &[],
        };
        let error = NEEDY.resolve(&Parameters::new()).expect_err("no region");
        assert_eq!(error.message(), "the parameter Region is required");
    }
}
