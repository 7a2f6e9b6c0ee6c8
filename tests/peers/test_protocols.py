"""botocore's protocol tests, through the codecs of the crates generated for them."""

import base64
import json
import sys
import unittest
from pathlib import Path
from urllib.parse import urlsplit

from botocore.model import OperationModel, Shape

import data_form
from case_values import same, valued
from protocols import WAYS, Case, Protocol, is_ignored, protocols
from rust_side import call

LIST = Path(__file__).with_name("protocols.txt")


def known() -> dict[tuple[str, str, str], str]:
    """The cases in `protocols.txt`, each with the reason for which it is as it is."""
    found = {}
    for line in LIST.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, reason = line.split(": ", 1)
            protocol, way, name = key.split()
            found[protocol, way, name] = reason
    return found


class Protocols(unittest.TestCase):
    def test_every_case_leads_where_it_says_but_for_those_listed(self) -> None:
        listed, rows = known(), [ROW.format(*HEAD)]
        for protocol in protocols():
            for way in WAYS:
                cases = [case for case in protocol.cases() if case.way == way]
                ignored = [case for case in cases if is_ignored(protocol, case)]
                ours = [case for case in cases if (protocol.name, way, case.name) in listed]
                passed = self.run_all(protocol, cases, listed) if protocol.has_codec else set()
                also = sum(case.name in passed for case in ignored)
                figures = len(cases), len(passed), len(ours), f"{len(ignored)} ({also})"
                why = "" if protocol.has_codec else "no codec of this protocol"
                rows.append(ROW.format(protocol.name, way, *figures, why).rstrip())
        print("", *rows, sep="\n", file=sys.stderr)
        self.assertEqual(listed, {}, "these are no cases any more")

    def run_all(self, protocol: Protocol, cases: list[Case], listed: dict) -> set[str]:
        """Runs the cases and takes them out of the list; the names of those that pass."""
        model = protocol.service_model()
        operations = [model.operation_model(case.operation) for case in cases]
        check = check_request if cases and cases[0].way == "input" else check_response
        questions = [ask(protocol, *pair) for pair in zip(cases, operations, strict=True)]
        passed = set()
        for case, operation, answer in zip(cases, operations, answers(questions), strict=True):
            reason = listed.pop((protocol.name, case.way, case.name), None)
            with self.subTest(protocol.name, case=case.name, says=case.facts.get("description")):
                try:
                    check(case, operation, answer)
                except (AssertionError, ValueError) as error:
                    if reason is None:
                        self.fail(f"{error}\n{json.dumps(answer, indent=1)}")
                    continue
                passed.add(case.name)
                self.assertIsNone(reason, f"it passes, so it must leave {LIST.name}")
        return passed


HEAD = ("protocol", "way", "cases", "passed", "listed", "ignored (of these passed)", "why not")
ROW = "{:40} {:6} {:>5} {:>6} {:>6} {:>25}  {}"


def answers(questions: list[dict]) -> list[dict]:
    text = "".join(json.dumps(question) + "\n" for question in questions)
    return [json.loads(line) for line in call("SHAPEWRIGHT_PROTOCOLS", "", text=text)]


def ask(protocol: Protocol, case: Case, operation: OperationModel) -> dict:
    """The case's input or answer, as the program takes it."""
    question = {"service": protocol.service, "operation": case.operation}
    if case.way == "input":
        params, shape = case.facts["params"], operation.input_shape
        form = data_form.written(shape, valued(shape, params)) if shape else {}
        return question | {"input": form, "endpoint": case.endpoint}
    response = case.facts["response"]
    # A header's bytes, a character each.
    headers = [
        [name, value.encode().decode("latin-1")]
        for name, value in response.get("headers", {}).items()
    ]
    body = base64.b64encode(response.get("body", "").encode()).decode()
    return question | {"status": response["status_code"], "headers": headers, "body": body}


def check(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


def check_request(case: Case, _: OperationModel, request: dict) -> None:
    expected = case.facts["serialized"]
    check("refused" not in request, "it is refused")
    check(request["method"] == expected["method"], "the method differs")
    ours, theirs = urlsplit(request["uri"]), urlsplit(expected["uri"])
    check(ours.path == theirs.path, f"the path is not {theirs.path}")
    query = sorted(theirs.query.split("&"))
    check(sorted(ours.query.split("&")) == query, f"the query is not {theirs.query}")
    if host := expected.get("host"):
        check(ours.netloc == host.partition("/")[0], f"the host is not {host}")
    body = base64.b64decode(request["body"])
    headers = {name.lower(): value for name, value in request["headers"]}
    if body:
        # Whoever sends the request adds it.
        headers["content-length"] = str(len(body))
    for name, value in expected.get("headers", {}).items():
        found = headers.get(name.lower())
        spaced = value.encode().decode("latin-1").replace(", ", ",")
        check(found is not None and found.replace(", ", ",") == spaced, f"{name} is not {value}")
    for name in expected.get("forbidHeaders", []):
        check(name.lower() not in headers, f"{name} must not be there")
    for name in expected.get("requireHeaders", []):
        check(name.lower() in headers, f"{name} is not there")
    if "body" in expected:
        is_json = "json" in headers.get("content-type", "") and expected["body"]
        equal = (
            body and same(json.loads(body), json.loads(expected["body"]))
            if is_json
            else body == expected["body"].encode()
        )
        check(bool(equal), f"the body is {body!r} and not {expected['body']!r}")


def check_response(case: Case, operation: OperationModel, answer: dict) -> None:
    facts = case.facts
    if "error" not in facts:
        check("output" in answer, "it is not read")
        check_value(operation.output_shape, answer["output"], facts["result"])
        return
    check("error" in answer, "it is not read as an error")
    error = answer["error"]
    # The code of the query protocol, where there is one: the other is by which botocore has none.
    code = error["query_code"] or error["code"]
    check(code == facts["errorCode"], f"the code is not {facts['errorCode']}")
    message = facts.get("errorMessage")
    check(error["message"] == message, f"the message is not {message}")
    [shape] = [shape for shape in operation.error_shapes if shape.name == error["code"]]
    check_value(shape, answer["members"], facts["error"])


def check_value(shape: Shape | None, form: dict, expected: dict) -> None:
    if shape is None:
        check(form == expected, f"{form} is not {expected}")
        return
    found = data_form.read(shape, form)
    wanted = data_form.meaning(shape, valued(shape, expected))
    check(same(found, wanted), f"{found} is not {wanted}")


if __name__ == "__main__":
    unittest.main()
