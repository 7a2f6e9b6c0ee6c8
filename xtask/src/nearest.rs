//! What someone may have meant who named something that is not there.

/// The names among `known` that come nearest to one that is not, the nearest first.
pub(crate) fn nearest<'a>(known: &'a [String], wanted: &str) -> Vec<&'a str> {
    const SIMILAR: f64 = 0.6;
    const MANY: usize = 5;
    let likeness = |name: &str| {
        let is_part = name.contains(wanted) && !wanted.is_empty();
        let part = if is_part { SIMILAR } else { 0.0 };
        strsim::normalized_damerau_levenshtein(name, wanted).max(part)
    };
    let mut near: Vec<(f64, &str)> = known
        .iter()
        .map(|name| (likeness(name), name.as_str()))
        .filter(|(likeness, _)| *likeness >= SIMILAR)
        .collect();
    near.sort_by(|(one, name), (other, other_name)| {
        other.total_cmp(one).then_with(|| name.cmp(other_name))
    });
    near.dedup();
    near.into_iter().take(MANY).map(|(_, name)| name).collect()
}
