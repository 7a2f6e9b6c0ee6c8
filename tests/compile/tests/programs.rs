//! What users' programs must compile to, and what must not compile, with the compiler's words.
//!
//! A package of its own: trybuild builds every dependency of the package once more.

#[test]
fn programs_of_users_compile_or_are_told_why_not() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    cases.compile_fail("fail/*.rs");
}
