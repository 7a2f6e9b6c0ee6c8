"""What changed between two models, told a second time: from the C2J JSON alone, in Python.

A message is walked on both sides at once. It begins with what an operation that stayed takes
(send), or with what it gives and fails with (receive); from there it goes through members,
elements, keys and values that stayed, and pairs the two shapes that stand at the same place. A pair
is compared once for each way that leads to it. Shapes of one name that no walk pairs are compared
too, with what stands at one place in them: on the ways on which an operation reaches them before
and after, else on none.

Names alone tell here that something stayed. What `diff` takes for a new name of an operation or a
member is given to the oracle, which walks through it and still tells that one went and one came.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

SEND, RECEIVE, NEITHER = "send", "receive", "none"
BREAKING, RISK, SAFE, DOCS = "breaking", "risk", "safe", "docs"

# By rule: how grave it is in what is sent, and in what is received; None where it cannot be.
RULES: dict[str, tuple[str | None, str | None]] = {
    "operation-added": (SAFE, SAFE),
    "operation-removed": (BREAKING, BREAKING),
    "operation-removed-after-deprecation": (RISK, RISK),
    "operation-error-added": (None, RISK),
    "operation-error-removed": (None, RISK),
    "http-method-changed": (BREAKING, None),
    "http-uri-changed.path": (BREAKING, None),
    "http-uri-changed.spelling": (RISK, None),
    "http-success-status-changed": (None, RISK),
    "input-presence-changed.added": (SAFE, None),
    "input-presence-changed.demanded": (BREAKING, None),
    "input-presence-changed.removed": (RISK, None),
    "output-presence-changed.added": (None, SAFE),
    "output-presence-changed.removed": (None, BREAKING),
    "shape-added": (SAFE, SAFE),
    "shape-removed": (SAFE, SAFE),
    "shape-kind-changed": (BREAKING, BREAKING),
    "number-width-changed.wider": (SAFE, RISK),
    "number-width-changed.narrower": (BREAKING, SAFE),
    "string-enum-changed.listed": (RISK, SAFE),
    "string-enum-changed.unlisted": (SAFE, RISK),
    "timestamp-format-changed": (BREAKING, BREAKING),
    "sensitive-changed.added": (SAFE, SAFE),
    "sensitive-changed.removed": (RISK, RISK),
    "deprecation-changed.added": (DOCS, DOCS),
    "deprecation-changed.removed": (DOCS, DOCS),
    "member-added-optional": (SAFE, SAFE),
    "member-added-required-in": (BREAKING, None),
    "member-added-required-out": (None, SAFE),
    "member-removed-in": (RISK, None),
    "member-removed-out": (None, BREAKING),
    "member-became-required-in": (BREAKING, None),
    "member-became-required-out": (None, SAFE),
    "member-became-optional-in": (SAFE, None),
    # A risk: AWS asks its clients to expect that any member of an answer may be absent.
    "member-became-optional-out": (None, RISK),
    "member-type-changed": (BREAKING, BREAKING),
    "member-location-changed": (BREAKING, BREAKING),
    "member-wire-name-changed": (BREAKING, BREAKING),
    "payload-binding-changed": (BREAKING, BREAKING),
    "list-element-changed": (BREAKING, BREAKING),
    "map-key-or-value-changed": (BREAKING, BREAKING),
    "collection-wire-changed": (BREAKING, BREAKING),
    "enum-value-added-in": (SAFE, None),
    "enum-value-added-out": (None, RISK),
    "enum-value-removed": (BREAKING, SAFE),
    "union-member-added": (SAFE, RISK),
    "union-member-removed": (BREAKING, SAFE),
    "constraint-added": (RISK, SAFE),
    "constraint-tightened": (BREAKING, SAFE),
    "constraint-loosened": (SAFE, RISK),
    "pattern-added": (RISK, SAFE),
    "pattern-changed": (RISK, RISK),
    "pattern-removed": (SAFE, SAFE),
}
GRAVITY = [DOCS, SAFE, RISK, BREAKING]

FIELDS = {"structure", "union"}
TEXTS = {("string", "enum"), ("enum", "string")}
WIDER = {("integer", "long"), ("float", "double")}
# Where a length of at least nothing says nothing.
COUNTED = {"blob", "enum", "list", "map", "string"}


@dataclass(frozen=True)
class Finding:
    """One change, on one way."""

    rule: str
    path: str
    old_path: str | None
    direction: str
    severity: str
    operations: frozenset[str]


@dataclass
class Renames:
    """What is taken for another name of the same."""

    operations: dict[str, str] = field(default_factory=dict)
    # By the old and the new structure: the old members and their new names.
    members: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)


def path(*keys: str) -> str:
    """The path of these keys, as reports have it."""
    plain = re.compile(r"[A-Za-z0-9_:/#-]+")
    quoted = (re.sub(r"([\"'\\])", r"\\\1", key) for key in keys)
    return ".".join(
        key if plain.fullmatch(key) else f'"{escaped}"'
        for key, escaped in zip(keys, quoted, strict=True)
    )


class Model:
    """A `service-2.json`."""

    def __init__(self, json: dict) -> None:
        self.top = json
        self.operations: dict[str, dict] = json["operations"]
        self.shapes: dict[str, dict] = json["shapes"]

    def kind(self, name: str) -> str:
        shape = self.shapes[name]
        if shape["type"] == "structure":
            return next((kind for kind in ("document", "union") if shape.get(kind)), "structure")
        if shape["type"] in ("string", "character"):
            return "enum" if "enum" in shape else "string"
        return shape["type"]

    def parts(self, name: str) -> dict[str, dict]:
        """What a shape is made of, by name."""
        shape, kind = self.shapes[name], self.kind(name)
        if kind in FIELDS:
            return shape.get("members", {})
        names = {"list": ["member"], "map": ["key", "value"]}.get(kind, [])
        return {part: shape[part] for part in names}

    def roots(self, operation: str, direction: str) -> dict[str, str]:
        """The shapes that an operation sends or receives, by what they are to it."""
        sides = self.operations[operation]
        if direction == SEND:
            return {"input": sides["input"]["shape"]} if "input" in sides else {}
        errors = {"error " + error["shape"]: error["shape"] for error in sides.get("errors", [])}
        return errors | ({"output": sides["output"]["shape"]} if "output" in sides else {})

    def reaching(self, direction: str) -> dict[str, set[str]]:
        """By shape, the operations that reach it."""
        found = defaultdict(set)
        for operation in self.operations:
            open_shapes = list(self.roots(operation, direction).values())
            while open_shapes:
                shape = open_shapes.pop()
                if operation not in found[shape]:
                    found[shape].add(operation)
                    open_shapes += [part["shape"] for part in self.parts(shape).values()]
        return found


class Oracle:
    """The changes between two models."""

    def __init__(self, old: dict, new: dict, renames: Renames) -> None:
        self.old, self.new, self.renames = Model(old), Model(new), renames
        self.reached = {
            (side, way): model.reaching(way)
            for side, model in (("old", self.old), ("new", self.new))
            for way in (SEND, RECEIVE)
        }

    def findings(self) -> set[Finding]:
        found = set(self._of_operations()) | set(self._of_shapes())
        for (old, new), uses in self._pairs().items():
            for rule, steps in self._of_pair(old, new):
                at = ["shapes", new, *steps]
                before = None if old == new else path("shapes", old, *steps)
                found |= set(judged(rule, path(*at), before, uses))
        return found

    def _of_operations(self) -> Iterator[Finding]:
        for change in turned("deprecation-changed", "deprecated", self.old.top, self.new.top):
            yield Finding(change, path("deprecated"), None, NEITHER, DOCS, frozenset())
        old, new = self.old.operations, self.new.operations
        for name in old.keys() - new.keys():
            gone = "operation-removed"
            if old[name].get("deprecated"):
                gone += "-after-deprecation"
            yield self.operation(gone, name)
        for name in new.keys() - old.keys():
            yield self.operation("operation-added", name)
        for before, after in self._stayed():
            for rule, direction, steps in self._of_operation(old[before], new[after]):
                found = self.operation(rule, after, *steps)
                if before != after:
                    found = replace(found, old_path=path("operations", before, *steps))
                yield replace(found, direction=direction)

    @staticmethod
    def operation(rule: str, name: str, *steps: str) -> Finding:
        """What is found at an operation."""
        worst = max(filter(None, RULES[rule]), key=GRAVITY.index)
        at = path("operations", name, *steps)
        return Finding(rule, at, None, NEITHER, worst, frozenset([name]))

    def _stayed(self) -> list[tuple[str, str]]:
        kept = [(name, name) for name in self.old.operations if name in self.new.operations]
        return kept + list(self.renames.operations.items())

    def _of_operation(self, old: dict, new: dict) -> Iterator[tuple[str, str, list[str]]]:
        http = old["http"], new["http"]
        if http[0]["method"] != http[1]["method"]:
            yield "http-method-changed", NEITHER, ["http", "method"]
        uris = [side["requestUri"] for side in http]
        if uris[0] != uris[1]:
            paths = {uri.split("?")[0].rstrip("/").replace("+}", "}") for uri in uris}
            change = "spelling" if len(paths) == 1 else "path"
            yield f"http-uri-changed.{change}", NEITHER, ["http", "requestUri"]
        # Old models have it as a text.
        codes = {int(side.get("responseCode", 200)) for side in http}
        if len(codes) > 1:
            yield "http-success-status-changed", NEITHER, ["http", "responseCode"]
        for change in turned("deprecation-changed", "deprecated", old, new):
            yield change, NEITHER, ["deprecated"]
        before, after = ({error["shape"] for error in side.get("errors", [])} for side in (old, new))
        for error in after - before:
            yield "operation-error-added", RECEIVE, ["errors", error]
        for error in before - after:
            yield "operation-error-removed", RECEIVE, ["errors", error]
        for key, direction in (("input", SEND), ("output", RECEIVE)):
            if key in old and key in new:
                for change in turned("deprecation-changed", "deprecated", old[key], new[key]):
                    yield change, direction, [key, "deprecated"]
            elif key in old or key in new:
                change = "added" if key in new else "removed"
                if key == "input" and key in new:
                    required = self.new.shapes[new[key]["shape"]].get("required")
                    change = "demanded" if required else change
                yield f"{key}-presence-changed.{change}", direction, [key]

    def _of_shapes(self) -> Iterator[Finding]:
        """Shapes whose names came or went, with the operations of their own side."""
        old, new = self.old.shapes.keys(), self.new.shapes.keys()
        for rule, side, names in (
            ("shape-added", "new", new - old),
            ("shape-removed", "old", old - new),
        ):
            for name in names:
                ways = (SEND, RECEIVE)
                uses = {way: self.reached[side, way].get(name, set()) for way in ways}
                yield from judged(rule, path("shapes", name), None, uses)

    def _pairs(self) -> dict[tuple[str, str], dict[str, set[str]]]:
        """All pairs of shapes, and by way the operations that lead to each."""
        pairs: dict = defaultdict(lambda: {SEND: set(), RECEIVE: set()})
        for before, after in self._stayed():
            for way in (SEND, RECEIVE):
                olds, news = self.old.roots(before, way), self.new.roots(after, way)
                open_pairs = [(olds[key], news[key]) for key in olds.keys() & news.keys()]
                while open_pairs:
                    pair = open_pairs.pop()
                    if after not in pairs[pair][way]:
                        pairs[pair][way].add(after)
                        parts = self._parts(*pair)
                        open_pairs += [(old["shape"], new["shape"]) for _, _, old, new in parts]
        walked = set(pairs)
        for name in self.old.shapes.keys() & self.new.shapes.keys():
            for way in (SEND, RECEIVE):
                both = [self.reached[side, way].get(name, set()) for side in ("old", "new")]
                seen, open_pairs = set(), [(name, name)]
                while open_pairs:
                    pair = open_pairs.pop()
                    if pair not in walked and pair not in seen:
                        seen.add(pair)
                        pairs[pair][way] |= both[0] & both[1]
                        parts = self._parts(*pair)
                        open_pairs += [(old["shape"], new["shape"]) for _, _, old, new in parts]
        return pairs

    def _parts(self, old: str, new: str) -> list[tuple[str, str, dict, dict]]:
        """The parts that stayed, by their old and their new name."""
        kinds = self.old.kind(old), self.new.kind(new)
        if kinds[0] != kinds[1] and not FIELDS.issuperset(kinds):
            return []
        olds, news = self.old.parts(old), self.new.parts(new)
        names = [(name, name) for name in olds if name in news]
        names += self.renames.members.get((old, new), {}).items()
        return [(before, after, olds[before], news[after]) for before, after in names]

    def _of_pair(self, old: str, new: str) -> Iterator[tuple[str, list[str]]]:
        """The rules of a pair of shapes, and the keys below the shape."""
        kinds = self.old.kind(old), self.new.kind(new)
        alike = kinds[0] == kinds[1] or FIELDS.issuperset(kinds)
        if not alike and old != new:
            # Whatever refers to the one instead of the other says so.
            return
        if kinds[0] != kinds[1]:
            yield of_kinds(*kinds, "shape-kind-changed"), ["type"]
        before, after = self.old.shapes[old], self.new.shapes[new]
        yield from facts(before, after, *kinds)
        if kinds == ("enum", "enum"):
            values = set(before["enum"]), set(after["enum"])
            yield from (("enum-value-added", ["enum", value]) for value in values[1] - values[0])
            yield from (("enum-value-removed", ["enum", value]) for value in values[0] - values[1])
        yield from self._of_parts(old, new, alike)

    def _of_parts(self, old: str, new: str, alike: bool) -> Iterator[tuple[str, list[str]]]:
        olds, news = self.old.parts(old), self.new.parts(new)
        for name in olds:
            if name not in news or not alike:
                yield self.gone(old, new), self._steps(self.old, old, name)
        for name in news:
            if name not in olds or not alike:
                yield self.came(new, name), self._steps(self.new, new, name)
        if not alike:
            return
        required = [set(model.get("required", [])) for model in self._shapes(old, new)]
        for name in olds.keys() & news.keys():
            steps = self._steps(self.new, new, name)
            before, after = olds[name], news[name]
            if (name in required[0]) != (name in required[1]):
                change = "required" if name in required[1] else "optional"
                yield f"member-became-{change}", [*steps, "required"]
            yield from self._of_part(before, after, steps)

    def _shapes(self, old: str, new: str) -> tuple[dict, dict]:
        return self.old.shapes[old], self.new.shapes[new]

    def gone(self, old: str, new: str) -> str:
        """The rule of a part that went."""
        return self._of_whole(self.old.kind(old), self.new.kind(new), "removed") or "member-removed"

    def came(self, new: str, name: str) -> str:
        """The rule of a part that came."""
        kind = self.new.kind(new)
        required = name in self.new.shapes[new].get("required", [])
        member = "member-added-required" if required else "member-added-optional"
        return self._of_whole(kind, kind, "added") or member

    @staticmethod
    def _of_whole(own: str, kind: str, change: str) -> str | None:
        whole = {"list": "list-element-changed", "map": "map-key-or-value-changed"}.get(own)
        return whole or (f"union-member-{change}" if kind == "union" else None)

    @staticmethod
    def _steps(model: Model, shape: str, part: str) -> list[str]:
        return ["members", part] if model.kind(shape) in FIELDS else [part]

    def _of_part(self, old: dict, new: dict, steps: list[str]) -> Iterator[tuple[str, list[str]]]:
        is_member = steps[0] == "members"
        kinds = self.old.kind(old["shape"]), self.new.kind(new["shape"])
        if old["shape"] != new["shape"] and kinds[0] != kinds[1]:
            whole = "list-element-changed" if steps[0] == "member" else "map-key-or-value-changed"
            changed = "member-type-changed" if is_member else whole
            yield of_kinds(*kinds, changed), [*steps, "shape"]
        if old.get("location") != new.get("location"):
            yield "member-location-changed", [*steps, "location"]
        otherwise = steps[-1] if is_member else None
        if old.get("locationName", otherwise) != new.get("locationName", otherwise):
            named = "member-wire-name-changed" if is_member else "collection-wire-changed"
            yield named, [*steps, "locationName"]
        if old.get("timestampFormat") != new.get("timestampFormat"):
            yield "timestamp-format-changed", [*steps, "timestampFormat"]
        for change in turned("deprecation-changed", "deprecated", old, new):
            yield change, [*steps, "deprecated"]


def facts(old: dict, new: dict, was: str, is_now: str) -> Iterator[tuple[str, list[str]]]:
    """What differs in the facts of a shape itself."""
    for key in ("min", "max"):
        before, after = old.get(key), new.get(key)
        if key == "min" and {before, after} == {None, 0} and is_now in COUNTED:
            continue
        if before != after:
            yield of_bound(key, before, after), [key]
    before, after = old.get("pattern"), new.get("pattern")
    if before != after:
        change = "added" if before is None else "removed" if after is None else "changed"
        yield f"pattern-{change}", ["pattern"]
    if old.get("timestampFormat") != new.get("timestampFormat"):
        yield "timestamp-format-changed", ["timestampFormat"]
    if old.get("payload") != new.get("payload"):
        yield "payload-binding-changed", ["payload"]
    for change in turned("sensitive-changed", "sensitive", old, new):
        yield change, ["sensitive"]
    for change in turned("deprecation-changed", "deprecated", old, new):
        yield change, ["deprecated"]


def of_bound(key: str, old: float | None, new: float | None) -> str:
    if old is None:
        return "constraint-added"
    if new is None:
        return "constraint-loosened"
    tighter = new > old if key == "min" else new < old
    return "constraint-tightened" if tighter else "constraint-loosened"


def of_kinds(old: str, new: str, otherwise: str) -> str:
    """The rule of one kind in the place of another."""
    if (old, new) in TEXTS:
        return "string-enum-changed." + ("listed" if new == "enum" else "unlisted")
    if (old, new) in WIDER:
        return "number-width-changed.wider"
    return "number-width-changed.narrower" if (new, old) in WIDER else otherwise


def turned(rule: str, flag: str, old: dict, new: dict) -> list[str]:
    """The rule of a flag that was set or cleared."""
    before, after = bool(old.get(flag)), bool(new.get(flag))
    return [] if before == after else [f"{rule}.{'added' if after else 'removed'}"]


def judged(rule: str, at: str, old: str | None, uses: dict[str, set[str]]) -> Iterator[Finding]:
    """The findings of a change: one for each way, or one for none."""
    ways = [way for way in (SEND, RECEIVE) if uses[way]]
    for way in ways or [NEITHER]:
        # Some rules are two, one a way; of what does not travel the first speaks.
        ending = "out" if way == RECEIVE else "in"
        name = rule if rule in RULES else f"{rule}-{ending}"
        severities = dict(zip((SEND, RECEIVE), RULES[name], strict=True))
        severity = severities.get(way)
        if way == NEITHER:
            worst = max(filter(None, RULES[name]), key=GRAVITY.index)
            severity = min(worst, SAFE, key=GRAVITY.index)
        operations = frozenset(uses[way] if way in ways else ())
        yield Finding(name, at, old, way, severity, operations)
