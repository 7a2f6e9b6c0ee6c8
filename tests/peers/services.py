"""The services whose shapes are compared, and their models as botocore loads them."""

import functools
import shutil
import tempfile
from pathlib import Path

from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel, Shape, StructureShape
from botocore.parsers import ResponseParser, create_parser
from botocore.serialize import Serializer, create_serializer

from repository import ROOT

LIST = Path(__file__).with_name("services.txt")
# A model of ours with what no service has; botocore's loader wants it in folders of its own.
TOY = ROOT / "tests" / "generate" / "toy"
# What a shape is put into, so that botocore writes and reads it wherever an API has it.
VALUES = "Values"


def names() -> list[str]:
    """The services in `services.txt`."""
    lines = map(str.strip, LIST.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@functools.cache
def load(name: str, kind: str) -> dict | None:
    """One of a service's files as upstream has it, such as `paginators-1`."""
    if name != "toy":
        try:
            return Loader().load_service_model(name, kind)
        except UnknownServiceError:
            return None
    with tempfile.TemporaryDirectory(prefix="shapewright-peers-") as folder:
        shutil.copytree(TOY, Path(folder) / name / "2020-02-02")
        return Loader(extra_search_paths=[folder]).load_service_model(name, kind)


class Service:
    """A service's model, with an operation more for each structure: one that takes a list of it.

    An operation of the service itself would not do: most structures are in answers alone, which
    botocore does not write, and what stands at the top may travel elsewhere than in the body.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        model = load(name, "service-2")
        self.model = ServiceModel(model, service_name=name)
        shapes = [self.model.shape_for(shape) for shape in self.model.shape_names]
        self.structures = [shape for shape in shapes if is_type(shape)]
        self.enums = [shape for shape in shapes if shape.metadata.get("enum")]
        self._listing = ServiceModel(listing(model, self.structures), service_name=name)
        protocol = model["metadata"]["protocol"]
        self.serializer: Serializer = create_serializer(protocol, include_validation=False)
        self.parser: ResponseParser = create_parser(protocol)

    def operations(self) -> list[OperationModel]:
        return [self.model.operation_model(name) for name in self.model.operation_names]

    def paginators(self) -> dict:
        return (load(self.name, "paginators-1") or {}).get("pagination", {})

    def request(self, shape: Shape, values: list) -> str:
        """The body of a request with these values, as botocore writes it."""
        operation = self._listing.operation_model(list_of(shape))
        body = self.serializer.serialize_to_request({VALUES: values}, operation)["body"]
        return body.decode() if isinstance(body, bytes) else body

    def response(self, shape: Shape, texts: list[str]) -> list:
        """What botocore reads from a body with values of these texts."""
        body = f'{{"{VALUES}": [{", ".join(texts)}]}}'
        answer = {"status_code": 200, "headers": {}, "body": body.encode()}
        return self.parser.parse(answer, self._listing.shape_for(list_of(shape) + "Body"))[VALUES]


def is_type(shape: Shape) -> bool:
    """Whether the shape is a structure, a union or a stream of events."""
    return isinstance(shape, StructureShape) and not shape.is_document_type


def is_union(shape: StructureShape) -> bool:
    """Whether just one member is there: of an event stream, a value is one event."""
    return shape.is_tagged_union or bool(shape.serialization.get("eventstream"))


def list_of(shape: Shape) -> str:
    return f"PeersListOf{shape.name}"


def listing(model: dict, structures: list[StructureShape]) -> dict:
    """The model with an operation for each of these structures."""
    operations, shapes = {}, {}
    for name, structure in ((list_of(shape), shape.name) for shape in structures):
        http = {"method": "POST", "requestUri": "/"}
        input_shape = {"shape": f"{name}Body"}
        operations[name] = {"name": name, "http": http, "input": input_shape}
        shapes[name] = {"type": "list", "member": {"shape": structure}}
        shapes[f"{name}Body"] = {"type": "structure", "members": {VALUES: {"shape": name}}}
    return model | {
        "operations": model["operations"] | operations,
        "shapes": model["shapes"] | shapes,
    }
