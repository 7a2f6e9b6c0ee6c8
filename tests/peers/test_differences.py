"""Where botocore, Smithy and the generated types differ: README.md's table, a test a row.

Each test shows what botocore does beside what ours do, so that a row that is no longer true fails.
"""

import datetime
import json
import re
import unittest
from pathlib import Path
from typing import Any

from botocore.model import StructureShape
from botocore.parsers import ResponseParserError

import services
from rust_side import Crate, Refused

TABLE = Path(__file__).with_name("README.md")
UTC = datetime.timezone.utc


class Side:
    """A structure of a service, as either side reads and writes it."""

    def __init__(self, service: str, shape: str) -> None:
        self.service = services.Service(service)
        self.crate = Crate(service)
        self.shape: StructureShape = self.service.model.shape_for(shape)

    def theirs(self, text: str) -> Any:
        """What botocore reads."""
        return self.service.response(self.shape, [text])[0]

    def their_text(self, value: dict) -> Any:
        """What botocore writes, as Python reads it."""
        return json.loads(self.service.request(self.shape, [value]))[services.VALUES][0]

    def ours(self, text: str) -> Any:
        """What our type reads and writes again, as Python reads it; or `Refused`."""
        answer = self.crate.through_type(self.shape.name, text)
        return answer if isinstance(answer, Refused) else json.loads(answer)


class Differences(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        # REST JSON, and with the same kinds of members JSON-RPC.
        cls.thing = Side("toy", "Thing")
        cls.request = Side("toy", "PutThingRequest")
        cls.event = Side("connectcases", "AuditEvent")
        cls.union = Side("toy", "Option")
        cls.summary = Side("freetier", "FreeTierUsage")

    def refuses(self, side: Side, text: str) -> None:
        self.assertIsInstance(side.ours(text), Refused, text)

    def test_every_row_of_the_table_has_its_test(self) -> None:
        named = re.findall(r"`(test_\w+)`", TABLE.read_text("utf-8"))
        tests = [name for name in dir(self) if name.startswith("test_")]
        tests.remove("test_every_row_of_the_table_has_its_test")
        self.assertEqual(sorted(named), tests)

    def test_timestamps_in_another_format(self) -> None:
        moment = datetime.datetime(2017, 8, 14, 10, 44, 34, tzinfo=UTC)
        for text in [
            '{"created": "2017-08-14T10:44:34Z"}',
            '{"created": "1502707474"}',
            '{"updated": 1502707474}',
            '{"expires": "2017-08-14T10:44:34Z"}',
        ]:
            [read] = self.thing.theirs(text).values()
            self.assertEqual(read, moment)
            self.refuses(self.thing, text)

    def test_date_times_without_an_offset(self) -> None:
        text = '{"updated": "2017-08-14T10:44:34"}'
        self.assertIsNone(self.thing.theirs(text)["updated"].tzinfo)
        self.refuses(self.thing, text)

    def test_date_times_below_a_microsecond(self) -> None:
        text = '{"updated": "2017-08-14T10:44:34.123456789Z"}'
        self.assertEqual(self.thing.theirs(text)["updated"].microsecond, 123456)
        self.assertEqual(self.thing.ours(text), json.loads(text))

    def test_date_times_before_the_year_1000(self) -> None:
        first = datetime.datetime(1, 1, 1, tzinfo=UTC)
        self.assertEqual(self.thing.their_text({"updated": first}), {"updated": "1-01-01T00:00:00Z"})
        text = {"updated": "0001-01-01T00:00:00Z"}
        self.assertEqual(self.thing.ours(json.dumps(text)), text)
        self.refuses(self.thing, '{"updated": "1-01-01T00:00:00Z"}')

    def test_http_dates_before_the_year_100(self) -> None:
        text = '{"expires": "Mon, 01 Jan 0001 00:00:00 GMT"}'
        self.assertEqual(self.thing.theirs(text)["expires"].year, 2001)
        self.assertEqual(self.thing.ours(text), json.loads(text))

    def test_http_dates_with_a_fraction(self) -> None:
        text = '{"expires": "Mon, 14 Aug 2017 10:44:34.5 GMT"}'
        moment = self.thing.theirs(text)["expires"]
        self.assertEqual(moment.microsecond, 500_000)
        whole = {"expires": "Mon, 14 Aug 2017 10:44:34 GMT"}
        self.assertEqual(self.thing.their_text({"expires": moment}), whole)
        # Read with its fraction, and written without: the filter tells that they are not the same.
        self.assertRegex(str(self.thing.ours(text)), r"not read back as itself: .*10:44:34 GMT")

    def test_not_finite_floats_in_json_rpc(self) -> None:
        text = '{"limit": "NaN"}'
        self.assertEqual(self.summary.theirs(text), {"limit": "NaN"})
        self.assertNotEqual(*self.thing.theirs('{"weight": "NaN"}').values(), "NaN")
        self.assertEqual(self.summary.ours(text), json.loads(text))

    def test_not_finite_floats_without_quotes(self) -> None:
        text = '{"weight": Infinity}'
        self.assertEqual(self.thing.theirs(text), {"weight": float("inf")})
        # No line of the filter could carry it: it is no JSON.
        with self.assertRaises(RuntimeError):
            self.thing.ours(text)

    def test_floats_of_32_bits(self) -> None:
        text = '{"height": 16777217, "weight": 16777217}'
        self.assertEqual(self.thing.theirs(text), {"height": 16777217.0, "weight": 16777217.0})
        self.assertEqual(self.thing.ours(text), {"height": 16777216.0, "weight": 16777217.0})
        self.assertEqual(self.thing.ours('{"height": 1e300}'), {"height": "Infinity"})

    def test_nulls_in_dense_lists_and_maps(self) -> None:
        for side, text, ours in [
            (self.thing, '{"secrets": [null, "a"]}', {"secrets": ["a"]}),
            (self.request, '{"labels": {"a": null}}', {"labels": {}}),
        ]:
            self.assertEqual(side.theirs(text), json.loads(text))
            self.assertEqual(side.ours(text), ours)
        text = '{"byColor": {"RED": null}}'
        with self.assertRaises(TypeError):
            self.thing.theirs(text)
        self.assertEqual(self.thing.ours(text), {"byColor": {}})

    def test_nulls_among_documents(self) -> None:
        text = '{"extra": null, "extras": [null, [null]]}'
        self.assertEqual(self.thing.theirs(text), {"extras": [None, [None]]})
        self.assertEqual(self.thing.ours(text), {"extras": [[None]]})

    def test_nulls_that_botocore_cannot_read(self) -> None:
        text = '{"sparse": {"a": null}}'
        with self.assertRaises(TypeError):
            self.thing.theirs(text)
        self.assertEqual(self.thing.ours(text), json.loads(text))

    def test_nulls_that_botocore_cannot_write(self) -> None:
        with self.assertRaises(TypeError):
            self.thing.their_text({"blobs": {"a": None}})
        with self.assertRaises(AttributeError):
            self.event.their_text({"fields": [None]})
        for side, text in [
            (self.thing, '{"blobs": {"a": null, "b": "AA=="}}'),
            (self.event, '{"fields": [null, {}]}'),
        ]:
            self.assertEqual(side.ours(text), json.loads(text))

    def test_unions_with_an_unknown_member(self) -> None:
        text = '{"tomorrow": {"a": [1, null]}}'
        self.assertEqual(self.union.theirs(text), {"SDK_UNKNOWN_MEMBER": {"name": "tomorrow"}})
        self.assertEqual(self.union.ours(text), json.loads(text))

    def test_unions_with_an_unknown_member_beside_a_known_one(self) -> None:
        text = '{"circle": 1, "tomorrow": 2}'
        with self.assertRaises(ResponseParserError):
            self.union.theirs(text)
        self.assertEqual(self.union.ours(text), {"circle": 1})
        self.refuses(self.union, '{"circle": 1, "hidden": "a"}')

    def test_unions_without_a_member(self) -> None:
        with self.assertRaises(ResponseParserError):
            self.union.theirs("{}")
        self.assertEqual(self.union.ours("{}"), {})

    def test_texts_that_hold_json(self) -> None:
        text = {"header": ' {"b": 1.50, "a": []}'}
        self.assertEqual(self.thing.theirs(json.dumps(text)), text)
        self.assertEqual(self.thing.ours(json.dumps(text)), {"header": '{"a":[],"b":1.5}'})
        self.assertEqual(self.thing.theirs('{"header": ""}'), {"header": ""})
        self.refuses(self.thing, '{"header": ""}')

    def test_values_of_another_type(self) -> None:
        for text, theirs in [
            ('{"count": "1"}', 1),
            ('{"count": 1.0}', 1),
            ('{"weight": "1.5"}', 1.5),
            ('{"enabled": "true"}', True),
            ('{"old": 1}', 1),
        ]:
            [read] = self.thing.theirs(text).values()
            self.assertEqual((type(read), read), (type(theirs), theirs))
            self.refuses(self.thing, text)
        # JSON-RPC's parser passes on whatever comes.
        self.assertEqual(self.summary.theirs('{"limit": "1.5"}'), {"limit": "1.5"})
        self.refuses(self.summary, '{"limit": "1.5"}')

    def test_integers_beyond_their_bits(self) -> None:
        for text in ['{"count": 2147483648}', '{"size": 9223372036854775808}']:
            self.assertEqual(self.thing.theirs(text), json.loads(text))
            self.refuses(self.thing, text)

    def test_integers_in_documents_beyond_64_bits(self) -> None:
        text = '{"extra": 18446744073709551617}'
        self.assertEqual(self.thing.theirs(text), {"extra": 2**64 + 1})
        self.assertEqual(self.thing.ours(text), {"extra": 2.0**64})

    def test_blobs_with_other_characters(self) -> None:
        text = '{"payload": "aGVs\\nbG8="}'
        self.assertEqual(self.thing.theirs(text), {"payload": b"hello"})
        self.refuses(self.thing, text)

    def test_texts_with_half_a_character(self) -> None:
        text = r'{"old": "\ud800"}'
        self.assertEqual(self.thing.theirs(text), {"old": "\ud800"})
        self.refuses(self.thing, text)
