//! What a client says of itself.

use http::HeaderValue;

use crate::Service;

/// The header `user-agent`: this runtime, the service's API, the platform, and the program by the name
/// that it gives itself.
pub(super) fn user_agent<S: Service>(app: Option<&str>) -> Option<HeaderValue> {
    let mut text = format!(
        "shapewright/{} api/{}#{} os/{} lang/rust",
        env!("CARGO_PKG_VERSION"),
        token(S::ID),
        token(S::API_VERSION),
        std::env::consts::OS,
    );
    if let Some(app) = app {
        text.push_str(" app/");
        text.push_str(app);
    }
    HeaderValue::try_from(text).ok()
}

/// A name as a token: other characters than HTTP has in one become hyphens.
fn token(name: &str) -> String {
    let char = |char: char| match char {
        char if char.is_ascii_alphanumeric() || "!$%&'*+-.^_`|~".contains(char) => char,
        _ => '-',
    };
    name.chars().map(char).collect()
}

/// Whether a program may call itself so.
pub(super) fn is_app_name(name: &str) -> bool {
    const LONGEST: usize = 50;
    !name.is_empty() && name.len() <= LONGEST && token(name) == name
}

#[cfg(test)]
mod tests {
    use super::{is_app_name, token};

    #[test]
    fn names_are_made_tokens_and_programs_names_must_be_some() {
        assert_eq!(
            token("Auto Scaling (é)"),
            "Auto-Scaling--é-".replace('é', "-")
        );
        assert!(is_app_name("my-app/".trim_end_matches('/')));
        for name in ["", "a b", "a/b", "a\r\nb", &"a".repeat(51)] {
            assert!(!is_app_name(name), "{name:?}");
        }
    }
}
