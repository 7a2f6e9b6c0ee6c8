//! What can be wrong with a model file: a stable code, a place, what is wrong and what to do.

use std::fmt;

use crate::path::Path;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the model is whole.
    Warning,
    /// There is no model.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident;)*) => {
        /// The kinds of problems. The text of a code never changes once released.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable text of the code.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// How bad a problem of this code is.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    /// The file cannot be read at all, or is a directory.
    UnreadableFile = "unreadable-file", Error;
    /// There are no bytes but white space.
    EmptyFile = "empty-file", Error;
    /// The bytes are not UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// The file begins with a byte-order mark.
    ByteOrderMark = "byte-order-mark", Warning;
    /// The JSON is broken, or ends too early.
    JsonSyntax = "json-syntax", Error;
    /// The JSON nests deeper than any model does.
    TooDeep = "too-deep", Error;
    /// An object has a key twice. Upstream has shipped such files; its loader takes the last.
    DuplicateKey = "duplicate-key", Warning;
    /// A value is of another type than its key asks for.
    WrongType = "wrong-type", Error;
    /// An object lacks a key that it must have.
    MissingKey = "missing-key", Error;
    /// A structure does not list its members. Upstream has shipped such; its loader takes it for one
    /// without.
    MissingMembers = "missing-members", Warning;
    /// A shape's `type` is none that is known.
    UnknownShapeType = "unknown-shape-type", Error;
    /// A reference names a shape that the file does not define.
    DanglingReference = "dangling-reference", Error;
    /// `required` names a member that the structure does not have.
    RequiredUnknownMember = "required-unknown-member", Error;
    /// A Smithy file is of a version that is not read.
    UnknownVersion = "unknown-version", Error;
    /// A Smithy file has no service.
    MissingService = "missing-service", Error;
    /// A Smithy file has more than one service.
    SeveralServices = "several-services", Error;
    /// An operation streams events, for which generated crates have types and no transport.
    EventStreamTransport = "event-stream-transport", Warning;
    /// The service speaks a protocol for which a generated crate has no codec yet: types alone.
    ProtocolTransport = "protocol-transport", Warning;
    /// Endpoint rules, or what an operation tells them, are of a form for which generated crates have
    /// no code.
    EndpointRules = "endpoint-rules", Warning;
    /// A paginator's expressions are of a form for which generated crates have no code.
    PaginatorForm = "paginator-form", Warning;
    /// A waiter's matchers are of a form for which generated crates have no code.
    WaiterForm = "waiter-form", Warning;
    /// A reference names a shape of another kind than its use asks for.
    WrongTarget = "wrong-target", Error;
    /// A mixin mixes itself in.
    MixinCycle = "mixin-cycle", Error;
    /// What a file stands for is larger than any model is.
    TooLarge = "too-large", Error;
    /// Two shapes of different namespaces have one name.
    NameCollision = "name-collision", Error;
    /// A paginator or waiter names an operation that the model does not have.
    UnknownOperation = "unknown-operation", Warning;
    /// There are more problems of the file than are told.
    MoreProblems = "more-problems", Warning;
    /// A key that no known model has at this level.
    UnknownKey = "unknown-key", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A range of a file, with the line and column of its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes from the beginning of the file, as it was given.
    pub bytes: std::ops::Range<usize>,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
}

/// One problem of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind it is.
    pub code: Code,
    /// The file's name, as the caller gave it.
    pub file: String,
    /// Where in the model.
    pub path: Path,
    /// Where in the file; none if there is nothing to point at, such as in an empty file.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Problem {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Problem {
    /// One line: `file:line:column: error[code] path: message`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(place) = &self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        let severity = match self.severity() {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, ": {severity}[{}]", self.code)?;
        if !self.path.steps().is_empty() {
            write!(f, " {}", self.path)?;
        }
        write!(f, ": {}", self.message)
    }
}
