//! Structures: objects whose keys are the members' wire names.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::Format;
use super::member::{Writer, skip};

/// What generated code says of a structure; the rest is here, once.
pub trait Structure: Default {
    /// The shape's name, for messages.
    const NAME: &'static str;
    /// The members' wire names.
    const MEMBERS: &'static [&'static str];

    /// Reads the value of the member at this place of [`Self::MEMBERS`].
    fn read_member<'de, A: MapAccess<'de>>(
        &mut self,
        member: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// Writes the members that are there.
    fn write_members<M: SerializeMap>(&self, to: &mut Writer<'_, M>);
}

/// A structure, read in place: structures of structures take kilobytes, and a deserialiser hands
/// what it returns through several frames, each of which would copy them.
pub struct Members;

impl<T: Structure> Format<T> for Members {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        read_structure(deserializer)
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        write_structure(value, serializer)
    }

    fn read_into<'de, D: Deserializer<'de>>(
        slot: &mut Option<T>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        read_members(slot.insert(T::default()), deserializer)
    }

    fn read_onto<'de, D: Deserializer<'de>>(
        list: &mut Vec<T>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let end = list.len();
        // By itself a list begins with room for four, while most have one or two items.
        if end == list.capacity() && size_of::<T>() > 64 {
            list.reserve_exact(end.max(1));
        }
        list.push(T::default());
        read_members(&mut list[end], deserializer)
    }
}

/// Reads a structure; unknown keys are skipped.
pub fn read_structure<'de, T: Structure, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::default();
    read_members(&mut value, deserializer)?;
    Ok(value)
}

#[inline]
fn read_members<'de, T: Structure, D: Deserializer<'de>>(
    value: &mut T,
    deserializer: D,
) -> Result<(), D::Error> {
    let names = const {
        if are_plain(T::MEMBERS) {
            T::MEMBERS
        } else {
            &[]
        }
    };
    deserializer.deserialize_struct(T::NAME, names, StructureVisitor(value))
}

/// Whether all names stand in JSON as they are: a deserialiser that knows them compares them there.
const fn are_plain(names: &[&str]) -> bool {
    let mut name = 0;
    while name < names.len() {
        let bytes = names[name].as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if matches!(bytes[at], b'"' | b'\\' | ..0x20) {
                return false;
            }
            at += 1;
        }
        name += 1;
    }
    true
}

/// Writes a structure.
pub fn write_structure<T: Structure, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    write_structure_without(value, &[], serializer)
}

/// Writes a structure but for some of its members.
pub(crate) fn write_structure_without<T: Structure, S: Serializer>(
    value: &T,
    without: &'static [&'static str],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut writer = Writer::new(&mut map, without);
    value.write_members(&mut writer);
    writer.finish()?;
    map.end()
}

struct StructureVisitor<'a, T>(&'a mut T);

impl<'de, T: Structure> Visitor<'de> for StructureVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "structure {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut next = 0;
        while let Some(member) = map.next_key_seed(MemberKey {
            names: T::MEMBERS,
            next,
        })? {
            match member {
                Some(member) => {
                    self.0.read_member(member, &mut map)?;
                    next = member + 1;
                }
                None => skip(&mut map)?,
            }
        }
        Ok(())
    }
}

/// Reads a key to the member's place. Services write members in the model's order, so the search
/// begins after the member before: mostly the first comparison hits.
pub(super) struct MemberKey {
    pub(super) names: &'static [&'static str],
    pub(super) next: usize,
}

impl<'de> DeserializeSeed<'de> for MemberKey {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for MemberKey {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<usize>, E> {
        let is_key = |at: &usize| is_same(self.names[*at].as_bytes(), key.as_bytes());
        let after = (self.next..self.names.len()).find(is_key);
        Ok(after.or_else(|| (0..self.next.min(self.names.len())).find(is_key)))
    }

    /// A deserialiser may find the member by itself.
    fn visit_u64<E>(self, member: u64) -> Result<Option<usize>, E> {
        let member = usize::try_from(member).ok();
        Ok(member.filter(|member| *member < self.names.len()))
    }
}

/// Whether two names are the same. Most are of 8 to 16 bytes: two words, which a call of the
/// library's comparison costs more than.
#[inline]
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (Some(one_start), Some(one_end), Some(start), Some(end)) = (
        one.first_chunk::<8>(),
        one.last_chunk::<8>(),
        other.first_chunk::<8>(),
        other.last_chunk::<8>(),
    ) else {
        return one == other;
    };
    u64::from_ne_bytes(*one_start) == u64::from_ne_bytes(*start)
        && u64::from_ne_bytes(*one_end) == u64::from_ne_bytes(*end)
        && (one.len() <= 16 || one == other)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::{Deserialize, Deserializer, MapAccess};
    use serde::ser::{Serialize, SerializeMap, Serializer};

    use crate::form::{self, Dense, Members, Plain, Structure, Writer};

    #[derive(Debug, Default, PartialEq)]
    struct Node {
        name: Option<String>,
        next: Option<Vec<Node>>,
        last: Option<Box<Node>>,
        only: Option<Leaf>,
        by_name: Option<BTreeMap<String, Leaf>>,
    }

    #[derive(Debug, Default, PartialEq)]
    struct Leaf {
        size: Option<i32>,
    }

    impl Structure for Node {
        const NAME: &'static str = "Node";
        const MEMBERS: &'static [&'static str] = &["name", "next", "last", "only", "byName"];

        fn read_member<'de, A: MapAccess<'de>>(
            &mut self,
            member: usize,
            map: &mut A,
        ) -> Result<(), A::Error> {
            match member {
                0 => form::read(map, &mut self.name, Plain),
                1 => form::read(map, &mut self.next, Dense(Members)),
                2 => form::read(map, &mut self.last, Plain),
                3 => form::read(map, &mut self.only, Members),
                4 => form::read(map, &mut self.by_name, Dense(Members)),
                _ => form::skip(map),
            }
        }

        fn write_members<M: SerializeMap>(&self, to: &mut Writer<'_, M>) {
            form::write(to, "name", &self.name, Plain);
            form::write(to, "next", &self.next, Dense(Members));
            form::write(to, "last", &self.last, Plain);
            form::write(to, "only", &self.only, Members);
            form::write(to, "byName", &self.by_name, Dense(Members));
        }
    }

    impl Structure for Leaf {
        const NAME: &'static str = "Leaf";
        const MEMBERS: &'static [&'static str] = &["size"];

        fn read_member<'de, A: MapAccess<'de>>(
            &mut self,
            member: usize,
            map: &mut A,
        ) -> Result<(), A::Error> {
            match member {
                0 => form::read(map, &mut self.size, Plain),
                _ => form::skip(map),
            }
        }

        fn write_members<M: SerializeMap>(&self, to: &mut Writer<'_, M>) {
            form::write(to, "size", &self.size, Plain);
        }
    }

    impl<'de> Deserialize<'de> for Node {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            form::read_structure(deserializer)
        }
    }

    impl Serialize for Node {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            form::write_structure(self, serializer)
        }
    }

    fn read(text: &str) -> Node {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_is_read_in_place_is_written_back() {
        let text = r#"{"name":"a","next":[{"name":"b"},{},{"next":[]}],"last":{"only":{}},"only":{"size":1},"byName":{"x":{"size":2},"y":{}}}"#;
        assert_eq!(serde_json::to_string(&read(text)).unwrap(), text);
    }

    #[test]
    fn nulls_are_absent_wherever_they_stand() {
        let read = read(
            r#"{"name":null,"next":[null,{"only":null},null],"last":null,"byName":{"x":null}}"#,
        );
        assert_eq!(
            serde_json::to_string(&read).unwrap(),
            r#"{"next":[{}],"byName":{}}"#
        );
    }

    #[test]
    fn of_a_member_that_comes_twice_the_last_counts_as_a_whole() {
        assert_eq!(
            read(r#"{"only":{"size":1},"only":{}}"#).only,
            Some(Leaf::default())
        );
        assert_eq!(read(r#"{"only":{"size":1},"only":null}"#).only, None);
    }

    #[test]
    fn unknown_members_are_skipped_and_other_types_refused() {
        assert_eq!(
            read(r#"{"else":[{"name":1}],"name":"a"}"#).name.as_deref(),
            Some("a")
        );
        for text in ["[]", r#"{"only":[]}"#, r#"{"next":[1]}"#, r#"{"next":{}}"#] {
            assert!(serde_json::from_str::<Node>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_first_error_of_writing_is_given() {
        // A map with keys of this kind has no JSON.
        struct Odd(Option<BTreeMap<Vec<u8>, i32>>, Option<String>);
        impl Default for Odd {
            fn default() -> Self {
                Self(Some([(Vec::new(), 1)].into()), Some(String::new()))
            }
        }
        impl Structure for Odd {
            const NAME: &'static str = "Odd";
            const MEMBERS: &'static [&'static str] = &["map", "text"];

            fn read_member<'de, A: MapAccess<'de>>(
                &mut self,
                _: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                form::skip(map)
            }

            fn write_members<M: SerializeMap>(&self, to: &mut Writer<'_, M>) {
                form::write(to, "map", &self.0, Plain);
                form::write(to, "text", &self.1, Plain);
            }
        }
        impl Serialize for Odd {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                form::write_structure(self, serializer)
            }
        }
        let error = serde_json::to_string(&Odd::default()).unwrap_err();
        assert_eq!(error.to_string(), "key must be a string");
    }
}
