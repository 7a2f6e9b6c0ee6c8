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

/// What becomes of the nulls among parts that are a `T` each: all in which the two differ.
trait Nulls<T> {
    /// A part as the list or map holds it.
    type Part;

    /// Reads the next item to the end of the list; whether there was one.
    fn read_item<'de, A: SeqAccess<'de>>(
        seq: &mut A,
        items: &mut Vec<Self::Part>,
    ) -> Result<bool, A::Error>;

    /// Reads the value of the key just read; none if it is to be skipped.
    fn read_value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Self::Part>, A::Error>;

    /// A part as it is written.
    fn written(part: &Self::Part) -> impl Serialize;
}

impl<F: Format<T>, T> Nulls<T> for Dense<F> {
    type Part = T;

    #[inline]
    fn read_item<'de, A: SeqAccess<'de>>(
        seq: &mut A,
        items: &mut Vec<T>,
    ) -> Result<bool, A::Error> {
        // Read in place: items are large.
        let item = seq.next_element_seed(Item::<F, T>(items, PhantomData))?;
        Ok(item.is_some())
    }

    #[inline]
    fn read_value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<T>, A::Error> {
        map.next_value_seed(Nullable::<F, T>::NEW)
    }

    #[inline]
    fn written(part: &T) -> impl Serialize {
        Formatted::<F, T>::new(part)
    }
}

impl<F: Format<T>, T> Nulls<T> for Sparse<F> {
    type Part = Option<T>;

    #[inline]
    fn read_item<'de, A: SeqAccess<'de>>(
        seq: &mut A,
        items: &mut Vec<Option<T>>,
    ) -> Result<bool, A::Error> {
        let item = seq.next_element_seed(Nullable::<F, T>::NEW)?;
        let read = item.is_some();
        items.extend(item);
        Ok(read)
    }

    #[inline]
    fn read_value<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Option<T>>, A::Error> {
        map.next_value_seed(Nullable::<F, T>::NEW).map(Some)
    }

    #[inline]
    fn written(part: &Option<T>) -> impl Serialize {
        part.as_ref().map(Formatted::<F, T>::new)
    }
}

impl<F: Format<T>, T> Format<Vec<T>> for Dense<F> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(ListVisitor::<Self, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        write_list::<Self, T, S>(value, serializer)
    }
}

impl<F: Format<T>, T> Format<Vec<Option<T>>> for Sparse<F> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Option<T>>, D::Error> {
        deserializer.deserialize_seq(ListVisitor::<Self, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &Vec<Option<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        write_list::<Self, T, S>(value, serializer)
    }
}

impl<F: Format<V>, K: Key, V> Format<BTreeMap<K, V>> for Dense<F> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error> {
        deserializer.deserialize_map(MapVisitor::<Self, K, V>(PhantomData))
    }

    fn write<S: Serializer>(value: &BTreeMap<K, V>, serializer: S) -> Result<S::Ok, S::Error> {
        write_map::<Self, K, V, S>(value, serializer)
    }
}

impl<F: Format<V>, K: Key, V> Format<BTreeMap<K, Option<V>>> for Sparse<F> {
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<K, Option<V>>, D::Error> {
        deserializer.deserialize_map(MapVisitor::<Self, K, V>(PhantomData))
    }

    fn write<S: Serializer>(
        value: &BTreeMap<K, Option<V>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        write_map::<Self, K, V, S>(value, serializer)
    }
}

/// What is a key: a text or an enum.
trait Key: for<'de> Deserialize<'de> + Serialize + Ord {}

impl<K: for<'de> Deserialize<'de> + Serialize + Ord> Key for K {}

struct ListVisitor<N, T>(PhantomData<(N, T)>);

impl<'de, N: Nulls<T>, T> Visitor<'de> for ListVisitor<N, T> {
    type Value = Vec<N::Part>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while N::read_item(&mut seq, &mut items)? {}
        Ok(items)
    }
}

fn write_list<N: Nulls<T>, T, S: Serializer>(
    items: &[N::Part],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(Some(items.len()))?;
    for item in items {
        seq.serialize_element(&N::written(item))?;
    }
    seq.end()
}

struct MapVisitor<N, K, V>(PhantomData<(N, K, V)>);

impl<'de, N: Nulls<V>, K: Key, V> Visitor<'de> for MapVisitor<N, K, V> {
    type Value = BTreeMap<K, N::Part>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = map.next_key()? {
            if let Some(value) = N::read_value(&mut map)? {
                entries.insert(key, value);
            }
        }
        Ok(entries)
    }
}

fn write_map<N: Nulls<V>, K: Key, V, S: Serializer>(
    entries: &BTreeMap<K, N::Part>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(entries.len()))?;
    for (key, value) in entries {
        map.serialize_entry(key, &N::written(value))?;
    }
    map.end()
}
