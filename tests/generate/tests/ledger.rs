//! What the ledger promises: whatever a later revision adds, nothing that is there changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use shapewright_model::{
    EnumValue, Member, Model, Operation, Reference, Shape, ShapeId, ShapeKind, TraitName, Traits,
    Value,
};
use shapewright_rust::surface::{Effect, Surface, compare};
use shapewright_rust::{Ledger, Options, Runtime, files, plan};
use syn::{ImplItem, Item, Type, Visibility};

/// Names that collide with each other, with keywords, and with what generated code calls its own.
const NAMES: [&str; 18] = [
    "a", "A", "aB", "AB", "a_b", "Ab", "type", "Type", "withA", "with_a", "Option", "option",
    "Unknown", "self", "1", "+", "AInput", "AError",
];

/// One thing that a revision adds. The numbers choose among what is there.
#[derive(Clone, Debug)]
enum Addition {
    Shape(usize, Form),
    Member {
        shape: usize,
        name: usize,
        target: usize,
    },
    EnumValue {
        shape: usize,
        name: usize,
    },
    Operation {
        name: usize,
        input: Option<usize>,
    },
}

#[derive(Clone, Copy, Debug)]
enum Form {
    Structure,
    Union,
    Enum,
    List,
}

fn addition() -> impl Strategy<Value = Addition> {
    let form = prop_oneof![
        3 => Just(Form::Structure),
        1 => Just(Form::Union),
        1 => Just(Form::Enum),
        1 => Just(Form::List)
    ];
    let any = any::<prop::sample::Index>;
    let at = move || any().prop_map(|index| index.index(1_000));
    prop_oneof![
        2 => (at(), form).prop_map(|(name, form)| Addition::Shape(name, form)),
        5 => (at(), at(), at())
            .prop_map(|(shape, name, target)| Addition::Member { shape, name, target }),
        2 => (at(), at()).prop_map(|(shape, name)| Addition::EnumValue { shape, name }),
        1 => (at(), prop::option::of(at()))
            .prop_map(|(name, input)| Addition::Operation { name, input }),
    ]
}

/// A model in the making: shapes by name, each with its members or values by name.
#[derive(Clone, Debug, Default)]
struct Draft {
    shapes: BTreeMap<String, (Option<Form>, BTreeMap<String, String>)>,
    operations: BTreeMap<String, Option<String>>,
}

impl Draft {
    fn add(&mut self, addition: &Addition) {
        let name = |at: &usize| NAMES[at % NAMES.len()].to_owned();
        let shapes: Vec<String> = self.shapes.keys().cloned().collect();
        let shape = |at: &usize| shapes.get(at % shapes.len().max(1)).cloned();
        match addition {
            Addition::Shape(at, form) => {
                let target = shape(at).unwrap_or_else(|| "string".to_owned());
                let parts = match form {
                    Form::List => BTreeMap::from([("member".to_owned(), target)]),
                    _ => BTreeMap::new(),
                };
                self.shapes.entry(name(at)).or_insert((Some(*form), parts));
            }
            Addition::Member {
                shape: of,
                name: at,
                target,
            } => {
                let (Some(of), Some(target)) = (shape(of), shape(target)) else {
                    return;
                };
                if let Some((Some(Form::Structure | Form::Union), members)) =
                    self.shapes.get_mut(&of)
                {
                    members.entry(name(at)).or_insert(target);
                }
            }
            Addition::EnumValue {
                shape: of,
                name: at,
            } => {
                let Some(of) = shape(of) else { return };
                if let Some((Some(Form::Enum), values)) = self.shapes.get_mut(&of) {
                    values.entry(name(at)).or_default();
                }
            }
            Addition::Operation { name: at, input } => {
                let is_structure = |name: &String| {
                    matches!(self.shapes.get(name), Some((Some(Form::Structure), _)))
                };
                let input = input.as_ref().and_then(shape).filter(is_structure);
                self.operations.entry(name(at)).or_insert(input);
            }
        }
    }

    fn model(&self) -> Model {
        let mut shapes: BTreeMap<&str, _> = self
            .shapes
            .iter()
            .map(|(name, (form, parts))| (name.as_str(), (*form, parts.clone())))
            .collect();
        shapes.insert("string", (None, BTreeMap::new()));
        let names: Vec<&str> = shapes.keys().copied().collect();
        let id = |name: &str| ShapeId::new(names.binary_search(&name).expect("a shape"));
        let built = shapes.iter().map(|(name, (form, parts))| {
            let mut members = parts.iter().map(|(name, target)| Member {
                name: name.clone(),
                target: id(target),
                traits: Traits::default(),
            });
            let kind = match form {
                None => ShapeKind::String,
                Some(Form::Structure) => ShapeKind::Structure(members.collect()),
                Some(Form::Union) => ShapeKind::Union(members.collect()),
                Some(Form::List) => {
                    ShapeKind::List(Box::new(members.next().expect("a list's element")))
                }
                Some(Form::Enum) => ShapeKind::Enum(values(parts)),
            };
            Shape {
                name: (*name).to_owned(),
                kind,
                traits: Traits::default(),
            }
        });
        let mut model = Model::new(built.collect());
        model
            .metadata
            .insert(TraitName::Protocol, Value::from("json"));
        let operations = self.operations.iter().map(|(key, input)| Operation {
            key: key.clone(),
            name: key.clone(),
            http_method: "POST".to_owned(),
            http_uri: "/".to_owned(),
            input: input.as_ref().map(|name| Reference {
                target: id(name),
                traits: Traits::default(),
            }),
            output: None,
            errors: Vec::new(),
            traits: Traits::default(),
        });
        model.operations = operations.map(Arc::new).collect();
        model
    }
}

fn values(parts: &BTreeMap<String, String>) -> Vec<EnumValue> {
    let values = parts.keys().map(|value| EnumValue {
        value: value.clone(),
        traits: Traits::default(),
    });
    values.collect()
}

/// The public items of a model's crate, as texts: types with their fields and variants, methods
/// with their signatures, what an operation sends and receives.
fn surface(model: &Model, ledger: &Ledger) -> BTreeSet<String> {
    let options = Options {
        package: "shapewright-grown",
        version: "1.0.0",
        revision: "2020-02-02",
        upstream: "botocore 1.0.0",
        since: &BTreeMap::new(),
        ledger,
        runtime: Runtime::Version,
    };
    let mut items = BTreeSet::new();
    for (path, text) in files(&plan(model, &options)) {
        let is_source = path.starts_with("src/") && !path.ends_with("mod.rs");
        if is_source && path != "src/lib.rs" {
            let file =
                syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            file.items.iter().for_each(|item| add(&mut items, item));
        }
    }
    items
}

fn add(items: &mut BTreeSet<String>, item: &Item) {
    let text = |tokens: &dyn quote::ToTokens| tokens.to_token_stream().to_string();
    match item {
        Item::Struct(one) => items.extend(one.fields.iter().filter_map(|field| {
            let name = field.ident.as_ref()?;
            let is_public = matches!(field.vis, Visibility::Public(_));
            is_public.then(|| format!("{}.{name}: {}", one.ident, text(&field.ty)))
        })),
        Item::Enum(one) => {
            items.extend(one.variants.iter().map(|variant| {
                format!("{}::{} {}", one.ident, variant.ident, text(&variant.fields))
            }));
        }
        Item::Impl(one) => {
            let Type::Path(of) = &*one.self_ty else {
                return;
            };
            // A builder's type names the states of its required members; here are none.
            let of = text(of);
            items.extend(one.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => {
                    Some(format!("{of}: {}", text(&method.sig)))
                }
                ImplItem::Type(one) => Some(format!("{of}: {} = {}", one.ident, text(&one.ty))),
                _ => None,
            }));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_a_revision_adds_nothing_that_is_there_changes(
        additions in prop::collection::vec(addition(), 1..40)
    ) {
        let mut draft = Draft::default();
        let mut ledger = Ledger::default();
        let mut before = BTreeSet::new();
        let mut last = None;
        for addition in &additions {
            draft.add(addition);
            let model = draft.model();
            ledger.extend(&model);
            let after = surface(&model, &ledger);
            let gone: Vec<_> = before.difference(&after).collect();
            prop_assert!(gone.is_empty(), "{addition:?} changed {gone:?}");
            before = after;
            let grown = Surface::of_model(&model, "", &ledger);
            for change in last.iter().flat_map(|last| compare(last, &grown)) {
                prop_assert!(change.effect <= Effect::Minor, "{addition:?}: {change}");
            }
            last = Some(grown);
        }
    }

    #[test]
    fn a_ledger_that_knows_a_model_learns_nothing_from_it(
        additions in prop::collection::vec(addition(), 1..40)
    ) {
        let mut draft = Draft::default();
        for addition in &additions {
            draft.add(addition);
        }
        let mut ledger = Ledger::default();
        ledger.extend(&draft.model());
        let before = ledger.clone();
        ledger.extend(&draft.model());
        prop_assert_eq!(before, ledger);
    }
}

fn grown(steps: &[&[Addition]]) -> Vec<BTreeSet<String>> {
    let mut draft = Draft::default();
    let mut ledger = Ledger::default();
    let surfaces = steps.iter().map(|additions| {
        additions.iter().for_each(|addition| draft.add(addition));
        let model = draft.model();
        ledger.extend(&model);
        surface(&model, &ledger)
    });
    surfaces.collect()
}

#[test]
fn a_cycle_is_cut_on_the_member_that_closed_it() {
    // "A" holds "AB" in its member "a"; later "AB" gets a member that holds "A".
    let [a, ab] = [1, 3];
    let surfaces = grown(&[
        &[
            Addition::Shape(a, Form::Structure),
            Addition::Shape(ab, Form::Structure),
            Addition::Member {
                shape: 0,
                name: 0,
                target: 1,
            },
        ],
        &[Addition::Member {
            shape: 1,
            name: 0,
            target: 0,
        }],
    ]);
    assert!(surfaces[0].contains("A.a: Option < AB >"), "{surfaces:?}");
    assert!(surfaces[1].contains("A.a: Option < AB >"), "{surfaces:?}");
    assert!(
        surfaces[1].contains("AB.a: Option < Box < A > >"),
        "{surfaces:?}"
    );
}

#[test]
fn an_older_member_keeps_its_name_when_one_before_it_in_order_wants_the_same() {
    let name = |wanted: &str| {
        NAMES
            .iter()
            .position(|name| *name == wanted)
            .expect("a name")
    };
    let member = |wanted| Addition::Member {
        shape: 0,
        name: name(wanted),
        target: 0,
    };
    let surfaces = grown(&[
        &[Addition::Shape(name("A"), Form::Structure), member("a_b")],
        &[member("aB")],
    ]);
    assert!(
        surfaces[0].contains("A.a_b: Option < Box < A > >"),
        "{surfaces:?}"
    );
    assert!(
        surfaces[1].contains("A.a_b: Option < Box < A > >"),
        "{surfaces:?}"
    );
    assert!(
        surfaces[1].contains("A.a_b_2: Option < Box < A > >"),
        "{surfaces:?}"
    );
}
