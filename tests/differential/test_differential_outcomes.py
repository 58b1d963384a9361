"""From the same responses the official SDK and this client make the same values and the same errors."""

from cases import each
from recording import MODEL, Answer

BODIES = {
    "the example": MODEL,
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
STATUSES = [300, 304, *range(400, 406), 408, 409, 413, 418, 422, 429, 451, *range(500, 506), 529, 599]


def _plain(lib):
    return {"max_retries": 0}, {}


@each("name", BODIES)
def test_the_same_body_becomes_the_same_model(both, name):
    """Both models have the same values under the same names in the same order, and serialize to the same JSON."""
    body = BODIES[name]
    theirs, mine = (exchange.outcome for exchange in both(_plain, Answer(200, body)))

    assert {field: getattr(mine, field) for field in body} == {field: getattr(theirs, field) for field in body}
    assert mine.created_at.utcoffset() == theirs.created_at.utcoffset()
    assert mine._request_id == theirs._request_id
    renamed = {"use_api_names": False}
    for options in ({}, {"mode": "json"}, renamed, {"exclude_unset": False}, {"exclude_defaults": True}):
        written = {key: value for key, value in mine.to_dict(**options).items() if key in body}
        assert written == theirs.to_dict(**options)
    if name != "another order":
        assert [pair for pair in mine if pair[0] in body] == [*theirs]
        for options in ({}, {"indent": None}, {"indent": 4}, renamed, {"exclude_none": True}):
            assert mine.to_json(**options) == theirs.to_json(**options)


@each("status", STATUSES)
def test_the_same_status_becomes_the_same_error(both, status):
    """The error has the official class and the same message, status, request id and body.

    The official asynchronous client has no classes for 413 and 529; ours are subclasses of the ones it raises.
    """
    official, ours = both(_plain, Answer(status, b"" if status == 304 else ERROR))
    classes = [each.__name__ for each in type(ours.outcome).__mro__]
    unknown = {413: "APIStatusError", 529: "InternalServerError"}.get(status)

    assert official.error["class"] in classes
    assert official.error["class"] in (classes[0], unknown)
    assert {**ours.error, "class": ""} == {**official.error, "class": ""}


@each(
    ("program", "kind", "part"),
    [
        (lambda lib: ({}, {"model_id": ""}), ValueError, slice(None)),
        (lambda lib: ({"api_key": None}, {}), TypeError, slice(None)),
        (lambda lib: ({"max_retries": None}, {}), TypeError, slice(24)),
    ],
)
def test_the_same_mistake_raises_the_same_error(both, program, kind, part):
    """The error has the same Python class and contains the official message, and nothing is sent."""
    official, ours = both(program)

    assert (official.requests, ours.requests) == ((), ())
    assert (type(official.outcome), type(ours.outcome)) == (kind, kind)
    assert str(official.outcome).strip('"')[part] in str(ours.outcome)
