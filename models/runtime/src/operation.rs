//! What every operation of a service has.

/// A service: by what names it is known on the wire.
pub trait Service {
    /// What people and SDKs call it (`metadata.serviceId`), such as `Batch`.
    const ID: &'static str;
    /// What stands for it in signatures (`metadata.signingName`).
    const SIGNING_NAME: &'static str;
    /// What stands before an operation's name in awsJson (`metadata.targetPrefix`).
    const TARGET_PREFIX: &'static str = "";
    /// Whether it spoke the query protocol before awsJson, whose codes of errors it still tells those
    /// who ask for them (`metadata.awsQueryCompatible`).
    const QUERY_COMPATIBLE: bool = false;
    /// The version of the API (`metadata.apiVersion`).
    const API_VERSION: &'static str = "";
    /// Whether where an operation is sent depends on its input.
    const ENDPOINT_BY_INPUT: bool = false;

    /// Where the service is (its endpoint rules).
    ///
    /// # Errors
    /// If there is no endpoint for these parameters.
    #[cfg(feature = "endpoint")]
    fn endpoint(
        parameters: &crate::endpoint::Parameters,
    ) -> Result<crate::endpoint::Endpoint, crate::endpoint::EndpointError>;
}

/// An operation: its place on the wire and its types.
pub trait Operation {
    /// The service whose operation it is.
    type Service: Service;
    /// What is sent.
    type Input;
    /// What is received.
    type Output;
    /// What can go wrong.
    type Error: std::error::Error;

    /// The operation's name.
    const NAME: &'static str;
    /// The HTTP method (`http.method`).
    const METHOD: &'static str;
    /// The path with its labels, and any fixed query (`http.requestUri`).
    const URI: &'static str;
    /// The HTTP status of success (`http.responseCode`; 200 where the model names none).
    const STATUS: u16 = 200;
    /// How to read the answer in pages, if it comes in pages.
    const PAGINATOR: Option<Paginator> = None;
}

/// How an operation's answer is read in pages (`paginators-1.json`); members by their model names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paginator {
    /// The input members that take the tokens.
    pub input_token: &'static [&'static str],
    /// Where the output carries them, as JMESPath expressions.
    pub output_token: &'static [&'static str],
    /// The output members whose items make up the whole, as JMESPath expressions.
    pub result_key: &'static [&'static str],
    /// The input member that bounds a page's size.
    pub limit_key: Option<&'static str>,
    /// The output member that tells whether more follows.
    pub more_results: Option<&'static str>,
}

impl Paginator {
    /// A paginator of these tokens and results.
    pub const fn new(
        input_token: &'static [&'static str],
        output_token: &'static [&'static str],
        result_key: &'static [&'static str],
    ) -> Self {
        Self {
            input_token,
            output_token,
            result_key,
            limit_key: None,
            more_results: None,
        }
    }

    /// The same with a member that bounds a page's size.
    #[must_use]
    pub const fn with_limit_key(mut self, limit_key: &'static str) -> Self {
        self.limit_key = Some(limit_key);
        self
    }

    /// The same with a member that tells whether more follows.
    #[must_use]
    pub const fn with_more_results(mut self, more_results: &'static str) -> Self {
        self.more_results = Some(more_results);
        self
    }
}
