//! Where a service is: the endpoint for a region and the other parameters that a service asks for.
//!
//! A generated crate holds its service's endpoint rules as data ([`RuleSet`]); here is what follows
//! them. Nothing is looked up outside: no environment, no network.

mod error;
mod function;
mod label;
mod parameters;
mod partition;
mod partitions;
mod resolve;
mod rules;
mod scope;
mod target;
mod url;
mod value;

pub use error::EndpointError;
pub use parameters::{ParameterValue, Parameters};
pub use partition::Partition;
pub use rules::{Condition, Expression, Function, Kind, Parameter, Rule, RuleSet, Step};
pub use target::{AuthScheme, Endpoint};

/// For generated code: what endpoint rules are written with.
#[doc(hidden)]
pub mod data {
    pub use super::rules::{Condition::*, Expression::*, Function::*, Step::*};
    pub use super::rules::{Kind, Parameter, Rule, RuleSet};
}

/// An operation that may know more of where it is to be sent than the client does: the rules of some
/// services ask for members of the input.
pub trait Context: crate::Operation {
    /// Sets the parameters that the operation or its input tells.
    fn fill(input: &Self::Input, parameters: &mut Parameters) {
        let _ = (input, parameters);
    }
}
