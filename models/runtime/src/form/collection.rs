//! Lists and maps, dense and sparse.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::Format;
use super::member::{Formatted, Item, Nullable};

/// A list or map that holds no null; one that comes all the same is skipped.
pub struct Dense<F>(pub F);

/// A list or map that may hold nulls.
pub struct Sparse<F>(pub F);

impl<F: Format<T>, T> Format<Vec<T>> for Dense<F> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        struct ListVisitor<F, T>(PhantomData<(F, T)>);
        impl<'de, F: Format<T>, T> Visitor<'de> for ListVisitor<F, T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(()) = seq.next_element_seed(Item::<F, T>(&mut items, PhantomData))? {
                }
                Ok(items)
            }
        }
        deserializer.deserialize_seq(ListVisitor::<F, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(value.len()))?;
        for item in value {
            seq.serialize_element(&Formatted::<F, T>::new(item))?;
        }
        seq.end()
    }
}

impl<F: Format<T>, T> Format<Vec<Option<T>>> for Sparse<F> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Option<T>>, D::Error> {
        struct ListVisitor<F, T>(PhantomData<(F, T)>);
        impl<'de, F: Format<T>, T> Visitor<'de> for ListVisitor<F, T> {
            type Value = Vec<Option<T>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element_seed(Nullable::<F, T>::NEW)? {
                    items.push(item);
                }
                Ok(items)
            }
        }
        deserializer.deserialize_seq(ListVisitor::<F, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &Vec<Option<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(value.len()))?;
        for item in value {
            seq.serialize_element(&item.as_ref().map(Formatted::<F, T>::new))?;
        }
        seq.end()
    }
}

impl<F: Format<V>, K, V> Format<BTreeMap<K, V>> for Dense<F>
where
    K: for<'de> Deserialize<'de> + Serialize + Ord,
{
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error> {
        struct EntriesVisitor<F, K, V>(PhantomData<(F, K, V)>);
        impl<'de, F: Format<V>, K: Deserialize<'de> + Ord, V> Visitor<'de> for EntriesVisitor<F, K, V> {
            type Value = BTreeMap<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some(key) = map.next_key()? {
                    if let Some(value) = map.next_value_seed(Nullable::<F, V>::NEW)? {
                        entries.insert(key, value);
                    }
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(EntriesVisitor::<F, K, V>(PhantomData))
    }

    fn write<S: Serializer>(value: &BTreeMap<K, V>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(value.len()))?;
        for (key, value) in value {
            map.serialize_entry(key, &Formatted::<F, V>::new(value))?;
        }
        map.end()
    }
}

impl<F: Format<V>, K, V> Format<BTreeMap<K, Option<V>>> for Sparse<F>
where
    K: for<'de> Deserialize<'de> + Serialize + Ord,
{
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<K, Option<V>>, D::Error> {
        struct EntriesVisitor<F, K, V>(PhantomData<(F, K, V)>);
        impl<'de, F: Format<V>, K: Deserialize<'de> + Ord, V> Visitor<'de> for EntriesVisitor<F, K, V> {
            type Value = BTreeMap<K, Option<V>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some(key) = map.next_key()? {
                    entries.insert(key, map.next_value_seed(Nullable::<F, V>::NEW)?);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(EntriesVisitor::<F, K, V>(PhantomData))
    }

    fn write<S: Serializer>(
        value: &BTreeMap<K, Option<V>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(value.len()))?;
        for (key, value) in value {
            map.serialize_entry(key, &value.as_ref().map(Formatted::<F, V>::new))?;
        }
        map.end()
    }
}
