//! The settings with which rules are followed, and whether these are all that can make a difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use shapewright_model::endpoint::{EndpointParameter, EndpointRules, Expression, Kind};
use shapewright_runtime::endpoint::{ParameterValue, Parameters, Partition};

use super::callers::Caller;
use super::uses::{Use, Uses};

/// The parameter that decides about the partition.
pub(super) const REGION: &str = "Region";
/// The parameter that is a URL.
const ENDPOINT: &str = "Endpoint";
/// The most that following the rules of a side may take: settings times the cost of following once.
const MOST_COST: usize = 1_000_000;

/// Which settings there are for a caller: for each parameter what it may be, the plainest first.
pub(super) struct Settings<'c> {
    caller: &'c Caller,
    parameters: Vec<(String, Vec<Option<ParameterValue>>)>,
    /// How many settings may be followed; of hostile rules none.
    most: usize,
    /// Whether the values stand for all that a parameter may be.
    stand_for_all: bool,
}

/// A value for each parameter, by its index.
pub(super) struct Setting<'s> {
    of: &'s Settings<'s>,
    chosen: Vec<usize>,
}

impl<'c> Settings<'c> {
    /// The settings for rules of two sides. What neither asks for, or what a caller always tells, is
    /// none. `share` callers together take no more than a bounded time to follow.
    pub(super) fn of(
        sides: [&EndpointRules; 2],
        uses: &Uses<'_>,
        caller: &'c Caller,
        share: usize,
    ) -> Self {
        let mut kinds: BTreeMap<&str, Vec<&EndpointParameter>> = BTreeMap::new();
        for parameter in sides.iter().flat_map(|side| &side.parameters) {
            kinds.entry(&parameter.name).or_default().push(parameter);
        }
        kinds.retain(|name, _| caller.tells.iter().any(|tells| tells.is_given(name)));
        // What is required is missed, even if no rule looks at it.
        kinds.retain(|name, sides| {
            uses.by_name.contains_key(*name) || sides.iter().any(|one| one.is_needed())
        });
        let none = Use::default();
        let stand_for_all = kinds.iter().all(|(name, sides)| {
            let uses = uses.by_name.get(*name).unwrap_or(&none);
            !uses.is_open || sides.iter().all(|one| one.kind == Kind::Flag)
        });
        let cost = uses.cost().saturating_add(kinds.len());
        let parameters = kinds.into_iter().enumerate().map(|(at, (name, sides))| {
            let uses = uses.by_name.get(name).unwrap_or(&none);
            let any = format!("any-{at}");
            (name.to_owned(), values(name, &sides, uses, &any))
        });
        Self {
            caller,
            parameters: parameters.collect(),
            most: MOST_COST / cost / share.max(1),
            stand_for_all,
        }
    }

    /// Whether nothing else can make a difference.
    pub(super) fn are_all(&self) -> bool {
        self.stand_for_all && self.is_product()
    }

    fn is_product(&self) -> bool {
        let counts = self.parameters.iter().map(|(_, values)| values.len());
        let product = counts.fold(1_usize, usize::saturating_mul);
        product <= self.most
    }

    /// Each setting, the plainest first: all, or, if these are too many, those in which one parameter
    /// or two are not as plain as they can be.
    pub(super) fn each(&self) -> impl Iterator<Item = Setting<'_>> {
        let found = if self.is_product() {
            self.product()
        } else {
            self.pairs()
        };
        found.into_iter().map(|chosen| Setting { of: self, chosen })
    }

    fn product(&self) -> Vec<Vec<usize>> {
        let mut found = vec![Vec::new()];
        for (_, values) in &self.parameters {
            let longer = found.iter().flat_map(|chosen: &Vec<usize>| {
                (0..values.len()).map(|value| [chosen.as_slice(), &[value]].concat())
            });
            found = longer.collect();
        }
        found.sort_by_key(|chosen| chosen.iter().filter(|value| **value > 0).count());
        found
    }

    fn pairs(&self) -> Vec<Vec<usize>> {
        let plain = vec![0; self.parameters.len()];
        let others = || {
            let parameters = self.parameters.iter().enumerate();
            parameters.flat_map(|(at, (_, values))| (1..values.len()).map(move |value| (at, value)))
        };
        let with = |chosen: &[usize], (at, value): (usize, usize)| {
            let mut chosen = chosen.to_vec();
            chosen[at] = value;
            chosen
        };
        let one = others().map(|other| with(&plain, other));
        let two = others().flat_map(|first| {
            let later = others().filter(move |second| second.0 > first.0);
            let plain = &plain;
            later.map(move |second| with(&with(plain, first), second))
        });
        let all = std::iter::once(plain.clone()).chain(one).chain(two);
        all.take(self.most).collect()
    }
}

/// What a parameter may be: one value for each way in which rules tell values apart.
/// `any` is a text that no rule knows.
fn values(
    name: &str,
    sides: &[&EndpointParameter],
    uses: &Use,
    any: &str,
) -> Vec<Option<ParameterValue>> {
    let mut values = Vec::new();
    let unset = None;
    let defaults = sides.iter().map(|one| one.default.as_ref());
    let is_optional = defaults
        .clone()
        .any(|one| one.is_none() || one != sides[0].default.as_ref());
    let is_of = |kind| sides.iter().any(|one| one.kind == kind);
    if name == REGION && is_of(Kind::Text) {
        values.extend(regions(&uses.literals).map(Some));
    } else if is_optional {
        values.push(unset.clone());
    }
    if is_of(Kind::Flag) {
        values.extend([false, true].map(|flag| Some(flag.into())));
    }
    if is_of(Kind::Texts) {
        let texts = [vec![], vec![any.to_owned()]];
        values.extend(texts.map(|texts| Some(texts.into())));
    }
    if is_of(Kind::Text) {
        let literals = uses.literals.iter();
        values.extend(literals.map(|literal| Some(literal.as_str().into())));
        let defaults = defaults.filter_map(|default| match default {
            Some(Expression::Text(text)) => Some(Some(text.as_str().into())),
            _ => None,
        });
        values.extend(defaults);
        let samples = samples(name, uses, any).into_iter();
        values.extend(samples.map(|text| Some(text.into())));
    }
    if name == REGION && is_optional {
        values.push(unset);
    }
    values
}

/// Texts that stand for all but the literals. `any` is one that no rule knows.
fn samples(name: &str, uses: &Use, any: &str) -> Vec<String> {
    let mut samples = match name {
        // Those of each partition stand for all.
        REGION => vec![],
        ENDPOINT => vec![format!("https://{any}.example")],
        _ => vec![any.to_owned()],
    };
    if uses.is_label {
        samples.push(format!("{any}.example"));
    }
    match name {
        REGION => {}
        ENDPOINT => samples.extend(
            uses.is_open
                .then(|| "http://127.0.0.1:8000/base".to_owned()),
        ),
        _ => {
            samples.extend(uses.is_label.then(|| format!("{any} is none")));
            let arn = || format!("arn:aws:{any}:us-east-2:012345678901:{any}/{any}");
            samples.extend(uses.is_open.then(arn));
        }
    }
    samples
}

/// A region of each partition, known to no rule by its name: two partitions differ in more than names,
/// two such regions of one do not.
fn regions(known: &BTreeSet<String>) -> impl Iterator<Item = ParameterValue> {
    Partition::all().iter().filter_map(|partition| {
        let first = partition.implicit_global_region;
        let place = first.trim_end_matches(|last: char| last.is_ascii_digit());
        let mut regions = (1..).map(|number| format!("{place}{number}"));
        let region = regions.find(|region| region != first && !known.contains(region))?;
        Some(region.into())
    })
}

impl Setting<'_> {
    fn values(&self) -> impl Iterator<Item = (&str, usize, Option<&ParameterValue>)> {
        let parameters = self.of.parameters.iter().zip(&self.chosen);
        parameters.map(|((name, values), at)| (name.as_str(), *at, values[*at].as_ref()))
    }

    /// The parameters that the caller then gives on a side.
    pub(super) fn parameters(&self, side: usize) -> Parameters {
        let tells = &self.of.caller.tells[side];
        let given = self
            .values()
            .filter_map(|(name, _, value)| Some((name, value?)));
        let given = given.filter(|(name, _)| tells.is_given(name));
        let mut parameters = Parameters::new();
        for (name, value) in given.chain(tells.fixed()) {
            parameters.set(name.to_owned(), value.clone());
        }
        parameters
    }

    pub(super) fn region(&self) -> Option<&str> {
        let mut values = self.values();
        values.find_map(|(name, _, value)| match value {
            Some(ParameterValue::Text(region)) if name == REGION => Some(region.as_str()),
            _ => None,
        })
    }
}

impl fmt::Display for Setting<'_> {
    /// The operation, if it matters; the region; then what else is not as plain as it can be.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut gap = "";
        if let Some(operation) = &self.of.caller.operation {
            f.write_str(operation)?;
            gap = ", ";
        }
        if let Some(region) = self.region() {
            write!(f, "{gap}{region}")?;
            gap = ", ";
        }
        let set = self.values().filter(|(name, at, value)| {
            let is_told = *name == REGION && value.is_some();
            *at > 0 && !is_told
        });
        for (name, _, value) in set {
            match value {
                None => write!(f, "{gap}no {name}")?,
                Some(ParameterValue::Flag(true)) => write!(f, "{gap}{name}")?,
                Some(value) => write!(f, "{gap}{name} {value}")?,
            }
            gap = ", ";
        }
        if gap.is_empty() {
            f.write_str("always")?;
        }
        Ok(())
    }
}
