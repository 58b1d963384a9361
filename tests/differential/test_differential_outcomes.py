"""From the same answers the official SDK and ours make the same values and the same errors."""

from cases import each
from recording import MODEL, Answer

BODIES = {
    "the page's": MODEL,
    "unknown date": {**MODEL, "created_at": "1970-01-01T00:00:00Z"},
    "milliseconds": {**MODEL, "created_at": "2025-02-19T01:02:03.456Z"},
    "microseconds": {**MODEL, "created_at": "2025-02-19T01:02:03.000001Z"},
    "nanoseconds": {**MODEL, "created_at": "2025-02-19T01:02:03.123456789Z"},
    "offset": {**MODEL, "created_at": "2025-02-19T02:00:00+02:00"},
    "not ASCII": {**MODEL, "display_name": 'Clàude "4" 👍 \\ \u2028'},
    "empty name": {**MODEL, "display_name": ""},
    "unknown fields": {**MODEL, "family": "sonnet", "limits": {"input": [1, 2.5, None, True]}, "none": None},
    "another order": dict(reversed(MODEL.items())),
}
ERROR = {"type": "error", "error": {"type": "some_error", "message": "what went wrong"}, "request_id": "req_body"}
STATUSES = [
    300,
    304,
    400,
    401,
    402,
    403,
    404,
    405,
    408,
    409,
    413,
    418,
    422,
    429,
    451,
    500,
    501,
    502,
    503,
    504,
    505,
    529,
    599,
]


def _plain(lib):
    return {"max_retries": 0}, {}


@each("name", BODIES)
def test_the_same_body_becomes_the_same_model(both, name):
    """The two `ModelInfo` hold the same values, under the same names, and write the same JSON."""
    official, ours = both(_plain, Answer(200, BODIES[name]))
    theirs, mine = official.outcome, ours.outcome

    assert {field: getattr(mine, field) for field in BODIES[name]} == {
        field: getattr(theirs, field) for field in BODIES[name]
    }
    assert mine.created_at.utcoffset() == theirs.created_at.utcoffset()
    assert mine.to_dict() == theirs.to_dict()
    assert mine.to_dict(mode="json") == theirs.to_dict(mode="json")
    assert mine._request_id == theirs._request_id


@each("name", [name for name in BODIES if name != "another order"])
def test_the_same_body_is_written_as_the_same_json(both, name):
    """`to_json()` gives the same text, character by character, for fields in the order of the description."""
    official, ours = both(_plain, Answer(200, BODIES[name]))

    assert ours.outcome.to_json() == official.outcome.to_json()


@each("status", STATUSES)
def test_the_same_status_becomes_the_same_error(both, status):
    """The error is of the official class, and has the same message, status, request id and body.

    The official asynchronous client does not know 413 and 529; the classes that ours has for them are below its own.
    """
    official, ours = both(_plain, Answer(status, b"" if status == 304 else ERROR))
    classes = [each.__name__ for each in type(ours.outcome).__mro__]
    unknown = {413: "APIStatusError", 529: "InternalServerError"}.get(status)

    assert official.error["class"] in classes
    assert official.error["class"] in (classes[0], unknown)
    assert {**ours.error, "class": ""} == {**official.error, "class": ""}


@each("body", ["", "  ", "busy", "null", "5", '"text"', "[1]", "{}", '{"a": "ü"}'])
def test_the_same_error_body_is_kept_alike(both, body):
    """`body` is the parsed JSON, or the text, the empty one too."""
    official, ours = both(_plain, Answer(500, body))

    assert ours.error["body"] == official.error["body"]


def test_no_answer_is_the_same_error(both):
    """A connection that ends is the same class of error."""
    official, ours = both(_plain, b"")

    assert ours.error["class"] == official.error["class"] == "APIConnectionError"


@each(
    ("program", "kind"),
    [
        (lambda lib: ({}, {"model_id": ""}), ValueError),
        (lambda lib: ({"api_key": None}, {}), TypeError),
        (lambda lib: ({"max_retries": None}, {}), TypeError),
    ],
)
def test_the_same_mistake_is_refused_alike(both, program, kind):
    """The same mistake raises the same class of Python's errors, before anything is sent; the words begin alike."""
    official, ours = both(program)
    words = [str(each.outcome).lstrip('"').split()[:3] for each in (official, ours)]

    assert (official.requests, ours.requests) == ((), ())
    assert (type(official.outcome), type(ours.outcome)) == (kind, kind)
    assert words[0] == words[1]
