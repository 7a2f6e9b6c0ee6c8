//! Checking a request before it is sent: every missing member and every broken bound at once.

use std::collections::BTreeMap;
use std::fmt;

/// Everything that a request breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    violations: Vec<Violation>,
}

impl Invalid {
    #[cfg(feature = "json")]
    pub(crate) const fn new(violations: Vec<Violation>) -> Self {
        Self { violations }
    }

    /// What is broken, in the order of the members; at least one.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for violation in &self.violations {
            write!(f, "{separator}{violation}")?;
            separator = "; ";
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// One thing that a request breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where, by wire names: `containerOverrides.environment[2].name`.
    pub path: String,
    /// What.
    pub kind: ViolationKind,
}

/// How a request can be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// A required member is absent.
    Missing,
    /// A label of the path is an empty text.
    Empty,
    /// A text, blob, list or map is too short or too long: the length and its bounds.
    Length(usize, Bounds),
    /// A number is too small or too large; the number as text, and its bounds.
    Range(String, Bounds),
}

/// The bounds of a length or number as the model gives them, both inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// The least.
    pub min: Option<String>,
    /// The most.
    pub max: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.path)?;
        match &self.kind {
            ViolationKind::Missing => f.write_str("is required"),
            ViolationKind::Empty => f.write_str("is empty, which a path cannot hold"),
            ViolationKind::Length(length, bounds) => write!(f, "has length {length}, not {bounds}"),
            ViolationKind::Range(number, bounds) => write!(f, "is {number}, not {bounds}"),
        }
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.min, &self.max) {
            (Some(min), Some(max)) => write!(f, "{min} to {max}"),
            (Some(min), None) => write!(f, "at least {min}"),
            (None, Some(max)) => write!(f, "at most {max}"),
            (None, None) => f.write_str("any"),
        }
    }
}

/// For generated code: what knows its own constraints.
#[doc(hidden)]
pub trait Validate {
    /// Reports what is broken.
    fn check(&self, checker: &mut Checker);
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, checker: &mut Checker) {
        (**self).check(checker);
    }
}

/// For generated code: checks a whole request.
#[doc(hidden)]
pub fn validate(value: &impl Validate) -> Result<(), Invalid> {
    match violations(value, false) {
        violations if violations.is_empty() => Ok(()),
        violations => Err(Invalid { violations }),
    }
}

/// The required members that are missing: all that is checked before a request is sent.
#[cfg(feature = "json")]
pub(crate) fn missing(value: &impl Validate) -> Vec<Violation> {
    violations(value, true)
}

fn violations(value: &impl Validate, only_missing: bool) -> Vec<Violation> {
    let mut checker = Checker {
        path: String::new(),
        only_missing,
        violations: Vec::new(),
    };
    value.check(&mut checker);
    checker.violations
}

/// For generated code: collects violations, with the path at which the walk stands.
#[doc(hidden)]
pub struct Checker {
    path: String,
    only_missing: bool,
    violations: Vec<Violation>,
}

impl Checker {
    /// Something one step further down.
    fn below(&mut self, step: &str, inner: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 && !step.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(step);
        inner(self);
        self.path.truncate(length);
    }

    fn report(&mut self, kind: ViolationKind) {
        if self.only_missing && kind != ViolationKind::Missing {
            return;
        }
        self.violations.push(Violation {
            path: self.path.clone(),
            kind,
        });
    }

    /// A required member.
    pub fn required<T>(&mut self, name: &str, value: &Option<T>) {
        if value.is_none() {
            self.below(name, |this| this.report(ViolationKind::Missing));
        }
    }

    /// A member, if it is there.
    pub fn member<T>(&mut self, name: &str, value: Option<&T>, inner: impl FnOnce(&T, &mut Self)) {
        if let Some(value) = value {
            self.below(name, |this| inner(value, this));
        }
    }

    /// The items of a list.
    pub fn items<'v, T: 'v>(
        &mut self,
        items: impl IntoIterator<Item = &'v T>,
        inner: impl Fn(&T, &mut Self),
    ) {
        for (at, item) in items.into_iter().enumerate() {
            self.below(&format!("[{at}]"), |this| inner(item, this));
        }
    }

    /// The entries of a map.
    pub fn entries<K: AsRef<str>, V>(
        &mut self,
        entries: &BTreeMap<K, V>,
        key: impl Fn(&K, &mut Self),
        value: impl Fn(&V, &mut Self),
    ) {
        for (name, entry) in entries {
            self.below(&format!("[{:?}]", name.as_ref()), |this| {
                key(name, this);
                value(entry, this);
            });
        }
    }

    /// A length in characters, bytes or items. The bounds are wider than a small machine's memory,
    /// as those of some models are.
    pub fn length(&mut self, length: usize, min: Option<u64>, max: Option<u64>) {
        let size = u64::try_from(length).unwrap_or(u64::MAX);
        if min.is_some_and(|min| size < min) || max.is_some_and(|max| size > max) {
            let bounds = Bounds {
                min: min.map(|min| min.to_string()),
                max: max.map(|max| max.to_string()),
            };
            self.report(ViolationKind::Length(length, bounds));
        }
    }

    /// A number. One that compares with nothing, such as NaN, is in no range.
    pub fn range<T: PartialOrd + Copy + fmt::Display>(
        &mut self,
        number: T,
        min: Option<T>,
        max: Option<T>,
    ) {
        let above = min.as_ref().is_none_or(|min| number >= *min);
        let below = max.as_ref().is_none_or(|max| number <= *max);
        if !(above && below) {
            let bounds = Bounds {
                min: min.map(|min| min.to_string()),
                max: max.map(|max| max.to_string()),
            };
            self.report(ViolationKind::Range(number.to_string(), bounds));
        }
    }
}
