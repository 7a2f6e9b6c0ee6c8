"""Our clients wait for tables of moto's DynamoDB, and page through them, as boto3 does."""

import json
import subprocess
import threading
import time
import unittest
from collections.abc import Iterator
from contextlib import contextmanager

import boto3

import moto_server
from callers import CLIENTS, Target
from rust_side import place_of

OURS = [name for name in CLIENTS if name != "boto3"]
TABLES = ["table-1", "table-2", "table-3", "table-4", "table-5"]
# How long nothing is there, while a waiter asks: many times its delay.
PAUSE = 0.5


class Polling(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.port = cls.enterClassContext(moto_server.running())

    def setUp(self) -> None:
        self.target = Target(self.port)
        self.dynamodb = boto3.client(
            "dynamodb",
            region_name=self.target.region,
            endpoint_url=self.target.endpoint,
            aws_access_key_id=self.target.access_key_id,
            aws_secret_access_key=self.target.secret_access_key,
        )

    @contextmanager
    def program(self, client: str) -> Iterator[subprocess.Popen]:
        variables = self.target.variables()
        variables["AWS_ENDPOINT_URL_DYNAMODB"] = self.target.endpoint
        with subprocess.Popen(
            [place_of("SHAPEWRIGHT_POLLING"), client],
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as program:
            yield program
            program.stdin.close()

    def ask(self, program: subprocess.Popen, **asked: object) -> dict:
        print(json.dumps(asked), file=program.stdin, flush=True)
        return json.loads(program.stdout.readline())

    def make(self, table: str) -> None:
        self.dynamodb.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )

    def drop(self, table: str) -> None:
        self.dynamodb.delete_table(TableName=table)

    def test_a_waiter_goes_on_until_the_table_is_there_and_until_it_is_gone(self) -> None:
        for client in OURS:
            with self.subTest(client), self.program(client) as program:
                for wait, change, status in [
                    ("TableExists", self.make, "ACTIVE"),
                    ("TableNotExists", self.drop, None),
                ]:
                    changed = []

                    def later() -> None:
                        time.sleep(PAUSE)
                        change("late")
                        changed.append(True)

                    thread = threading.Thread(target=later)
                    thread.start()
                    answer = self.ask(program, wait=wait, table="late", attempts=1000)
                    # What it waited for was not there when it began.
                    thread.join()
                    self.assertEqual((answer, changed), ({"status": status}, [True]))

    def test_a_waiter_gives_up_when_it_has_asked_as_often_as_it_may(self) -> None:
        for client in OURS:
            with self.subTest(client), self.program(client) as program:
                answer = self.ask(program, wait="TableExists", table="never", attempts=3)
                self.assertIn("TableExists", answer["error"])
                self.assertIn("3", answer["error"])

    def test_pages_are_those_of_boto3(self) -> None:
        for table in TABLES:
            self.make(table)
            self.addCleanup(self.drop, table)
        paginator = self.dynamodb.get_paginator("list_tables")
        pages = paginator.paginate(PaginationConfig={"PageSize": 2})
        expected = [page["TableNames"] for page in pages]
        self.assertEqual([len(page) for page in expected], [2, 2, 1])
        for client in OURS:
            with self.subTest(client), self.program(client) as program:
                answer = self.ask(program, pages=2)
                self.assertEqual(answer, {"pages": expected, "items": TABLES})


if __name__ == "__main__":
    unittest.main()
