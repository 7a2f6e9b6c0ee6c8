//! Lets the peer tests follow the endpoint rules of generated crates: JSON lines in, JSON lines out.
//!
//! `{"service": …, "parameters": {…}}` gives `{"url": …, "properties": {…}, "headers": {…}}` or
//! `{"error": …}`; `{"region": …}` gives the facts of its partition.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;

use serde_json::{Value, json};
use shapewright_runtime::endpoint::{
    Endpoint, EndpointError, ParameterValue, Parameters, Partition,
};

/// The function of a generated crate.
pub type Resolve = fn(&Parameters) -> Result<Endpoint, EndpointError>;

/// Answers each line of stdin for these services.
pub fn run(services: &[(&str, Resolve)]) -> ExitCode {
    match answer_all(services) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn answer_all(services: &[(&str, Resolve)]) -> Result<(), Box<dyn Error>> {
    let services: BTreeMap<&str, Resolve> = services.iter().copied().collect();
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let answer = match &question["region"] {
            Value::String(region) => partition(region),
            _ => endpoint(&services, &question)?,
        };
        writeln!(stdout, "{answer}")?;
    }
    Ok(())
}

fn endpoint(services: &BTreeMap<&str, Resolve>, question: &Value) -> Result<Value, Box<dyn Error>> {
    let service = question["service"].as_str().unwrap_or_default();
    let resolve = services.get(service).ok_or("a service that is not there")?;
    let mut parameters = Parameters::new();
    for (name, value) in question["parameters"].as_object().into_iter().flatten() {
        parameters.set(name.clone(), parameter(value)?);
    }
    let endpoint = match resolve(&parameters) {
        Ok(endpoint) => endpoint,
        Err(error) => return Ok(json!({"error": error.message()})),
    };
    let mut headers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in endpoint.headers() {
        headers
            .entry(name.as_str())
            .or_default()
            .push(value.to_str()?);
    }
    Ok(json!({"url": endpoint.url(), "properties": endpoint.properties(), "headers": headers}))
}

fn parameter(value: &Value) -> Result<ParameterValue, Box<dyn Error>> {
    Ok(match value {
        Value::Bool(flag) => ParameterValue::Flag(*flag),
        Value::String(text) => ParameterValue::Text(text.clone()),
        other => ParameterValue::Texts(serde_json::from_value(other.clone())?),
    })
}

fn partition(region: &str) -> Value {
    let partition = Partition::of(region);
    json!({
        "name": partition.name,
        "dnsSuffix": partition.dns_suffix,
        "dualStackDnsSuffix": partition.dual_stack_dns_suffix,
        "supportsFIPS": partition.supports_fips,
        "supportsDualStack": partition.supports_dual_stack,
        "implicitGlobalRegion": partition.implicit_global_region,
    })
}
