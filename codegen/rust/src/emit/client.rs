//! The clients: a method an operation, which calls it.

use super::source::{Source, block, line};
use crate::plan::{Operation, Plan};

/// The client that does not block and the one that does; none where no operation can be called.
pub(super) fn files(plan: &Plan) -> Vec<(String, String)> {
    if plan.package.protocol.is_none() {
        return Vec::new();
    }
    let file = |way: &Way| (format!("src/{}.rs", way.module), file(plan, way));
    [&ASYNC, &BLOCKING].map(file).into()
}

/// In what the two clients differ.
struct Way {
    module: &'static str,
    title: &'static str,
    /// The runtime's client.
    of: &'static str,
    transport: &'static str,
    build: &'static str,
    /// The transport that a feature of the runtime has, that feature, and what asks over it.
    own: (&'static str, &'static str, &'static str),
    function: &'static str,
    wait: &'static str,
}

const ASYNC: Way = Way {
    module: "client",
    title: "The client that does not block.",
    of: "crate::runtime::client::Client",
    transport: "crate::runtime::client::transport::Transport",
    build: "build",
    own: ("HyperTransport", "hyper", "fetch_over"),
    function: "pub async fn",
    wait: ".await",
};

const BLOCKING: Way = Way {
    module: "blocking",
    title: "The client that blocks its thread.",
    of: "crate::runtime::client::blocking::Client",
    transport: "crate::runtime::client::transport::BlockingTransport",
    build: "build_blocking",
    own: ("UreqTransport", "ureq", "fetch_over_blocking"),
    function: "pub fn",
    wait: "",
};

fn file(plan: &Plan, way: &Way) -> String {
    let mut to = Source::new();
    to.module_docs(&[way.title.to_owned()]);
    to.lines(&[
        "use crate::{operations, types};",
        "",
        "/// Calls the operations of the service over the transport `T`. Cheap to clone.",
        "///",
        "/// Beside its methods it has those of the runtime's client, to which it dereferences.",
        "#[derive(Clone, Debug)]",
    ]);
    let (of, transport) = (way.of, way.transport);
    line!(to, "pub struct Client<T>({of}<crate::Service, T>);");
    to.gap();
    block!(to, ("impl<T> std::ops::Deref for Client<T>"), |to| {
        line!(to, "type Target = {of}<crate::Service, T>;");
        to.gap();
        to.lines(&["fn deref(&self) -> &Self::Target {", "    &self.0", "}"]);
    });
    to.gap();
    to.lines(&[
        "impl Client<()> {",
        "    /// Sets up a client.",
        "    pub fn builder() -> crate::runtime::client::Builder<crate::Service> {",
        "        crate::runtime::client::Builder::new()",
        "    }",
        "}",
    ]);
    to.gap();
    from_environment(&mut to, way);
    to.gap();
    block!(to, ("impl<T: {transport}> Client<T>"), |to| {
        to.lines(&[
            "/// A client that is set up so, over a transport.",
            "///",
            "/// # Errors",
            "/// If credentials are missing, or there is no such endpoint.",
            "pub fn new(",
            "    builder: crate::runtime::client::Builder<crate::Service>,",
            "    transport: T,",
            ") -> Result<Self, crate::runtime::client::ConfigError> {",
        ]);
        line!(to, "    builder.{}(transport).map(Self)", way.build);
        line!(to, "}}");
        for operation in plan.operations.iter().filter(|one| one.call.is_some()) {
            method(to, operation, way);
        }
    });
    to.finish()
}

/// The client that is set up in one line.
fn from_environment(to: &mut Source, way: &Way) {
    let (transport, feature, fetch) = way.own;
    let transport = format!("crate::runtime::client::transport::{transport}");
    line!(
        to,
        "#[cfg(all(feature = \"credentials\", feature = \"{feature}\"))]"
    );
    block!(to, ("impl Client<{transport}>"), |to| {
        to.lines(&[
            "/// A client as the environment and the profile say: region, endpoint, attempts, credentials.",
            "///",
            "/// # Errors",
            "/// If a value is none that its variable can have, or there is no such endpoint.",
        ]);
        let head = "pub fn from_environment() -> Result<Self, crate::runtime::client::ConfigError>";
        block!(to, ("{head}"), |to| {
            line!(to, "let transport = {transport}::new();");
            line!(
                to,
                "let fetch = crate::runtime::client::{fetch}(transport.clone());"
            );
            line!(
                to,
                "let builder = crate::runtime::client::Builder::from_environment(fetch)?;"
            );
            line!(to, "Self::new(builder, transport)");
        });
    });
}

fn method(to: &mut Source, operation: &Operation, way: &Way) {
    let (name, error) = (&operation.name, &operation.error.name);
    to.gap();
    line!(to, "/// Calls [`{name}`](operations::{name}).");
    to.deprecated(operation.deprecated.as_ref());
    block!(
        to,
        (
            "{} {}(&self, input: &types::{}) -> Result<types::{}, crate::runtime::Error<operations::{error}>>",
            way.function,
            operation.method_name,
            operation.input,
            operation.output
        ),
        |to| line!(to, "self.0.call::<operations::{name}>(input){}", way.wait)
    );
}
