"""What is added to the fragment appears in the package, without a change to any script."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

Evaluate = Callable[..., Any]

ADDITIONS = Path(__file__).with_name("data") / "additions.yaml"
LOOP = """
import json, sys, traceback
sys.path.insert(0, sys.argv[1])
for line in sys.stdin:
    names = {}
    try:
        exec(json.loads(line), names)
        told = {"result": names["result"]}
    except Exception:
        told = {"error": traceback.format_exc()}
    print(json.dumps(told), flush=True)
"""
PRELUDE = """
import json
import httpx
from anthropic_models_api import AuthenticatedClient, Client, models, types
from anthropic_models_api.api.build import put_thing
from anthropic_models_api.api.default import ping
from anthropic_models_api.api.models import list_models, retrieve_model

sent = []
def answer(request):
    sent.append(request)
    return httpx.Response(STATUS, json=BODY)

def connect(client):
    return client.set_httpx_client(httpx.Client(base_url="http://host", transport=httpx.MockTransport(answer)))
"""
THING = {
    "name": "n",
    "state": "unheard-of",
    "part": None,
    "parts": [{"made_at": "2026-01-01T00:00:00Z"}],
    "by_name": {"x": {"made_at": "2026-01-02T00:00:00Z"}},
    "day": "2026-01-03",
    "made_at": "2026-01-04T00:00:00.5Z",
    "class": "c",
    "list": [1.5, 2],
    "later": {"kept": [True]},
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, root: Path, program: Callable[..., Any]) -> Path:
    """The output for the fragment with everything added; made once."""
    checkout = tmp_path_factory.mktemp("additions")
    for name in ("openapi", "scripts/codegen"):
        shutil.copytree(root / name, checkout / name)
    for name in ("pyproject.toml", "scripts/regenerate.py"):
        shutil.copy(root / name, checkout / name)
    fragment = yaml.safe_load((root / "openapi" / "models.yaml").read_text(encoding="utf-8"))
    added = yaml.safe_load(ADDITIONS.read_text(encoding="utf-8"))
    fragment["paths"].update(added["paths"])
    fragment["components"]["schemas"].update(added["components"]["schemas"])
    (checkout / "openapi" / "models.yaml").write_text(yaml.safe_dump(fragment, sort_keys=False), encoding="utf-8")
    done = program(checkout)
    assert done.returncode == 0, done.stderr
    return checkout / "generated"


@pytest.fixture(scope="module")
def interpreter(generated: Path) -> Iterator["subprocess.Popen[str]"]:
    """A Python that runs on the package what it is sent, one line of JSON after another."""
    command = [sys.executable, "-I", "-W", "error", "-c", LOOP, str(generated)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        yield running  # leaving the block ends its input, and so the loop


@pytest.fixture
def evaluate(interpreter: "subprocess.Popen[str]") -> Evaluate:
    """Run Python on the package; what it assigns to `result` comes back."""

    def run(code: str, status: int = 200, body: Any = None) -> Any:
        script = f"STATUS, BODY = {status!r}, {body!r}\n{PRELUDE}\n{code}"
        print(json.dumps(script), file=interpreter.stdin, flush=True)
        told = json.loads(interpreter.stdout.readline())
        assert "result" in told, told
        return told["result"]

    return run


def test_every_operation_and_schema_has_a_module(generated: Path) -> None:
    """Operations go by their tag, or `default`; known values and objects are models."""
    package = generated / "anthropic_models_api"
    modules = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}

    assert modules >= {
        "api/build/put_thing.py",
        "api/default/ping.py",
        "api/models/list_models.py",
        "api/models/retrieve_model.py",
        "models/model_page.py",
        "models/part.py",
        "models/state.py",
        "models/thing.py",
    }


def test_parameters_reach_the_wire_in_their_form(evaluate: Evaluate) -> None:
    """Numbers, switches, dates, lists and known values are written as HTTP has them; absent ones are not sent."""
    code = """
import datetime
list_models.sync_detailed(
    client=connect(AuthenticatedClient("http://host", token="t")),
    kinds=["a", "b"], since=datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc),
    x_count=3, x_exact=False, x_order="up", x_beta="new-2030-01-01", x_names="a,b", x_always="yes",
)
result = str(sent[0].url), {name: value for name, value in sent[0].headers.items() if name.startswith("x-")}
"""
    url, headers = evaluate(code, body={"data": [], "has_more": False})

    assert url == "http://host/v1/models?limit=20&kinds=a&kinds=b&since=2026-01-01T00%3A00%3A00Z"
    assert headers == {
        "x-count": "3",
        "x-exact": "false",
        "x-order": "up",
        "x-beta": "new-2030-01-01",
        "x-names": "a,b",
        "x-always": "yes",
    }


def test_a_page_of_models_is_parsed(evaluate: Evaluate) -> None:
    """Lists of models inside an answer become models, and go back to the same JSON."""
    model = {"id": "m", "created_at": "2026-01-01T00:00:00Z", "display_name": "M", "type": "model"}
    page = {"data": [model], "has_more": False, "first_id": None}
    code = """
page = list_models.sync(client=connect(AuthenticatedClient("http://host", token="t")), x_always="yes")
result = [type(page.data[0]).__name__, page.to_dict(mode="json")]
"""

    assert evaluate(code, body=page) == ["ModelInfo", page]


def test_an_operation_without_security_takes_a_plain_client(evaluate: Evaluate) -> None:
    """Nothing but a client is needed where the fragment asks for no credential; an empty answer is None."""
    code = """
answer = ping.sync_detailed(client=connect(Client("http://host")))
result = [answer.status_code, answer.parsed]
"""

    assert evaluate(code, status=204) == [204, None]


def test_every_shape_makes_the_round_trip(evaluate: Evaluate) -> None:
    """allOf, open sets, nullable and nested objects, maps, dates: all come back as they were, unknown fields too."""
    code = f"""
thing = models.Thing.from_dict({THING!r})
put_thing.sync_detailed("a/b", 7, client=connect(AuthenticatedClient("http://host", token="t")), body=thing)
result = [thing.to_dict(mode="json"), json.loads(sent[0].content), sent[0].url.raw_path.decode(), thing.part,
          thing.class_, thing.parts[0].made_at.year, hash(thing) == hash(models.Thing.from_dict({THING!r}))]
"""
    expected = {**THING, "made_at": "2026-01-04T00:00:00.500000Z"}

    assert evaluate(code, body=[]) == [expected, expected, "/v1/things/a%2Fb/7", None, "c", 2026, True]
