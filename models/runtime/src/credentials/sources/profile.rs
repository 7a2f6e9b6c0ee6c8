//! The profiles of a user, in the files that all AWS tools share.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::time::SystemTime;

use super::sso::Login;
use super::token_service::{Role, TokenService};
use super::{CredentialsError, Fetch, Variables, container, from_environment, instance, process};
use crate::sign::Credentials;

const PLACE: &str = "the profile";
/// More than any such file has; what is longer was not written by hand.
const LONGEST: u64 = 1 << 20;

pub(super) type Profile = BTreeMap<String, String>;

/// What the files have, by the names of the sections.
#[derive(Default)]
struct Sections {
    profiles: BTreeMap<String, Profile>,
    /// The sessions of the single sign-on.
    sessions: BTreeMap<String, Profile>,
}

/// The region: of `AWS_REGION`, `AWS_DEFAULT_REGION` or the profile.
///
/// # Errors
/// If a file of profiles cannot be read.
pub fn region(variables: &Variables) -> Result<Option<String>, CredentialsError> {
    let set = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    if let Some(region) = set.into_iter().find_map(|name| variables.get(name)) {
        return Ok(Some(region.to_owned()));
    }
    Ok(chosen(variables)?.remove("region"))
}

/// The keys of the profile that the variables choose.
pub(super) fn chosen(variables: &Variables) -> Result<Profile, CredentialsError> {
    let Sections { mut profiles, .. } = read(variables)?;
    Ok(profiles.remove(name(variables)).unwrap_or_default())
}

fn name(variables: &Variables) -> &str {
    let set = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];
    let set = set.into_iter().find_map(|name| variables.get(name));
    set.unwrap_or("default")
}

/// The credentials of the profile, if it has any.
pub(super) async fn load(
    variables: &Variables,
    fetch: &dyn Fetch,
    now: SystemTime,
) -> Result<Option<Credentials>, CredentialsError> {
    let Sections { profiles, sessions } = read(variables)?;
    // The credentials that a profile has, or leads to without a role.
    let own = async |name, profile| {
        let session = |session: &str| sessions.get(session);
        if let Some(login) = Login::of(name, profile, session) {
            return login?.load(variables, fetch, now).await.map(Some);
        }
        match (stated(name, profile)?, profile.get("credential_process")) {
            (None, Some(command)) => process::load(command).await.map(Some),
            (found, _) => Ok(found),
        }
    };
    let mut name = name(variables);
    if !profiles.contains_key(name) {
        if variables.get("AWS_PROFILE").is_none() {
            return Ok(None);
        }
        let problem = format!("AWS_PROFILE names {name:?}, which no file has");
        return Err(CredentialsError::new(PLACE, problem));
    }
    // Roles on the way to a profile that has credentials of its own: the last one is taken first.
    let mut roles = Vec::new();
    let mut seen = BTreeSet::new();
    let mut credentials = loop {
        let Some(profile) = profiles.get(name) else {
            let problem = format!("source_profile names {name:?}, which no file has");
            return Err(CredentialsError::new(PLACE, problem));
        };
        if !seen.insert(name) {
            let problem = format!("source_profile leads from {name:?} back to it");
            return Err(CredentialsError::new(PLACE, problem));
        }
        let Some(role) = role(profile) else {
            match own(name, profile).await? {
                Some(credentials) => break credentials,
                // It may be there for its region alone.
                None if roles.is_empty() => return Ok(None),
                None => {
                    let problem = format!("{name:?} is a source_profile and has no credentials");
                    return Err(CredentialsError::new(PLACE, problem));
                }
            }
        };
        if let Some(file) = profile.get("web_identity_token_file") {
            let service = TokenService::new(variables, fetch, region(variables)?, now);
            break service.by_web_identity(&role, file).await?;
        }
        roles.push(role);
        if let Some(source) = profile.get("source_profile") {
            if source == name {
                let own = own(name, profile).await?;
                break own.ok_or_else(|| lacking(name))?;
            }
            name = source;
            continue;
        }
        let source = match profile.get("credential_source").map(String::as_str) {
            Some("Environment") => from_environment(variables)?,
            Some("EcsContainer") => container::load(variables, fetch).await?,
            Some("Ec2InstanceMetadata") => instance::load(variables, fetch).await?,
            _ => None,
        };
        break source.ok_or_else(|| lacking(name))?;
    };
    let service = TokenService::new(variables, fetch, region(variables)?, now);
    for role in roles.iter().rev() {
        credentials = service.by_credentials(role, &credentials).await?;
    }
    Ok(Some(credentials))
}

fn lacking(name: &str) -> CredentialsError {
    let problem = format!("{name:?} has a role_arn, but no source of credentials to take it with");
    CredentialsError::new(PLACE, problem)
}

fn role(profile: &Profile) -> Option<Role> {
    let key = |key: &str| profile.get(key).cloned();
    Some(Role {
        arn: key("role_arn")?,
        session_name: key("role_session_name"),
        external_id: key("external_id"),
        seconds: key("duration_seconds"),
    })
}

/// The credentials that stand in the profile.
fn stated(name: &str, profile: &Profile) -> Result<Option<Credentials>, CredentialsError> {
    let key = |key: &str| profile.get(key).map(String::as_str);
    match (key("aws_access_key_id"), key("aws_secret_access_key")) {
        (Some(id), Some(secret)) => {
            let credentials = Credentials::new(id, secret);
            Ok(Some(match key("aws_session_token") {
                Some(token) => credentials.with_session_token(token),
                None => credentials,
            }))
        }
        (None, None) if key("login_session").is_some() => {
            let problem = format!(
                "{name:?} has login_session, which is not supported; `aws configure \
                 export-credentials` gives what can be set in the environment"
            );
            Err(CredentialsError::new(PLACE, problem))
        }
        (None, None) => Ok(None),
        _ => {
            let problem =
                format!("{name:?} has only one of aws_access_key_id and aws_secret_access_key");
            Err(CredentialsError::new(PLACE, problem))
        }
    }
}

/// What both files have. What both say of a profile, the file of credentials says.
fn read(variables: &Variables) -> Result<Sections, CredentialsError> {
    fn named<'a>(section: &'a str, kind: &str) -> Option<&'a str> {
        let name = section.strip_prefix(kind)?;
        name.starts_with([' ', '\t']).then_some(name)
    }
    let mut sections = Sections::default();
    let config = text(variables, "AWS_CONFIG_FILE", ".aws/config")?;
    parse(&config, &mut sections.profiles, |section| match section {
        "default" => Some(section),
        _ => named(section, "profile"),
    });
    parse(&config, &mut sections.sessions, |section| {
        named(section, "sso-session")
    });
    let credentials = text(variables, "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials")?;
    parse(&credentials, &mut sections.profiles, Some);
    Ok(sections)
}

/// A file's text; nothing if there is no such file.
fn text(variables: &Variables, name: &str, usual: &str) -> Result<String, CredentialsError> {
    let mut text = String::new();
    let Some(path) = variables.path(name, usual) else {
        return Ok(text);
    };
    let read = File::open(&path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    match read {
        Ok(_) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => {
            let problem = format!("{} cannot be read", path.display());
            Err(CredentialsError::new(PLACE, problem).because(error))
        }
    }
}

/// Adds those of a file's sections that have a name.
fn parse<'a>(
    text: &'a str,
    sections: &mut BTreeMap<String, Profile>,
    name: impl Fn(&'a str) -> Option<&'a str>,
) {
    let mut current = None;
    for line in text.lines() {
        // What is indented belongs to a nested setting, of which none is about credentials.
        if line.trim().is_empty() || line.starts_with(['#', ';', ' ', '\t']) {
            continue;
        }
        if let Some(section) = line.strip_prefix('[') {
            let section = section.split(']').next().unwrap_or_default();
            let name = name(section.trim()).map(|name| name.trim().trim_matches(['"', '\'']));
            current = name.map(|name| sections.entry(name.to_owned()).or_default());
        } else if let (Some(current), Some((key, value))) = (&mut current, line.split_once('=')) {
            let comment = value.find(" #").into_iter().chain(value.find(" ;")).min();
            let value = value[..comment.unwrap_or(value.len())].trim();
            if !value.is_empty() {
                current.insert(key.trim().to_ascii_lowercase(), value.to_owned());
            }
        }
    }
}
