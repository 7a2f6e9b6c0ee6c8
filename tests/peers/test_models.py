"""botocore reads every stored model: so does any tool that reads the same files."""

import unittest
from typing import Any

import botocore
from botocore.endpoint_provider import EndpointProvider
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StructureShape
from botocore.paginate import PaginatorModel

from meaning import difference
from repository import API_VERSION, StoredRevision, newest, revisions

# The keys under which upstream keeps its words; the spec folder holds facts alone.
PROSE = {"documentation", "documentationUrl", "deprecatedMessage"}


class EveryRevision(unittest.TestCase):
    def test_every_operation_and_shape_resolves(self) -> None:
        for revision in revisions():
            with self.subTest(revision), StoredRevision(revision) as stored:
                service = stored.service()
                self.assertEqual(service.api_version, API_VERSION)
                reached: set[str] = set()
                for name in service.operation_names:
                    operation = service.operation_model(name)
                    self.assertTrue(operation.http["requestUri"].startswith("/"))
                    roots = [operation.input_shape, operation.output_shape]
                    for root in [*filter(None, roots), *operation.error_shapes]:
                        reach(root, reached)
                # Nothing is stored that no operation needs, and nothing needed is missing.
                self.assertEqual(reached, set(service.shape_names))

    def test_every_paginator_names_what_is_there(self) -> None:
        for revision in revisions():
            with self.subTest(revision), StoredRevision(revision) as stored:
                if not stored.has("paginators-1"):
                    continue
                service = stored.service()
                paginators = PaginatorModel(stored.load("paginators-1"))
                for name in stored.load("paginators-1")["pagination"]:
                    self.check_paginator(service, name, paginators.get_paginator(name))

    def check_paginator(self, service: ServiceModel, name: str, paginator: dict) -> None:
        # The folder holds its revision's latest paginators: all of its operations are there.
        operation = service.operation_model(name)
        self.assertIn(paginator["input_token"], operation.input_shape.members)
        self.assertIn(paginator["limit_key"], operation.input_shape.members)
        self.assertIn(paginator["output_token"], operation.output_shape.members)
        self.assertIn(paginator["result_key"], operation.output_shape.members)

    def test_every_rule_set_leads_to_an_endpoint(self) -> None:
        checked = 0
        for revision in revisions():
            with self.subTest(revision), StoredRevision(revision) as stored:
                if not stored.has("endpoint-rule-set-1"):
                    continue
                rules = stored.load("endpoint-rule-set-1")
                provider = EndpointProvider(rules, stored.loader.load_data("partitions"))
                upstream = Loader().load_service_model("batch", "endpoint-rule-set-1", API_VERSION)
                expected = EndpointProvider(upstream, stored.loader.load_data("partitions"))
                for parameters in endpoints():
                    asked = str(parameters)
                    self.assertEqual(
                        provider.resolve_endpoint(**parameters).url.partition("://")[0], "https", asked
                    )
                    if revision == newest():
                        self.assertEqual(
                            provider.resolve_endpoint(**parameters).url,
                            expected.resolve_endpoint(**parameters).url,
                            asked,
                        )
                checked += 1
        self.assertGreater(checked, 0)


class NewestRevision(unittest.TestCase):
    def test_it_has_every_fact_of_its_release(self) -> None:
        """The import drops words, and nothing else."""
        with StoredRevision(newest()) as stored:
            for kind in ["service-2", "paginators-1", "endpoint-rule-set-1"]:
                upstream = Loader().load_service_model("batch", kind, API_VERSION)
                found = difference(without_prose(upstream), without_prose(stored.load(kind)))
                self.assertIsNone(found, f"{kind} of botocore {botocore.__version__}")


def reach(shape: Shape, reached: set[str]) -> None:
    """Adds the names of a shape and of all that it is made of."""
    if shape.name in reached:
        return
    reached.add(shape.name)
    if isinstance(shape, StructureShape):
        for member in shape.members.values():
            reach(member, reached)
    elif isinstance(shape, ListShape):
        reach(shape.member, reached)
    elif isinstance(shape, MapShape):
        reach(shape.key, reached)
        reach(shape.value, reached)


def endpoints() -> list[dict]:
    """What to ask the endpoint rules for."""
    return [
        {"Region": region, "UseFIPS": fips, "UseDualStack": dual}
        for region in ["us-east-1", "eu-central-1", "us-gov-west-1", "cn-north-1"]
        for fips in [False, True]
        for dual in [False, True]
    ]


def without_prose(value: Any) -> Any:
    """Without upstream's words: those under its keys for them, and an endpoint rule's error."""
    if isinstance(value, list):
        return [without_prose(item) for item in value]
    if not isinstance(value, dict):
        return value
    words = PROSE | ({"error"} if value.get("type") == "error" else set())
    return {
        key: without_prose(item)
        for key, item in value.items()
        # A member may be called `documentation`, too; then it is no text.
        if not (key in words and isinstance(item, str))
    }
