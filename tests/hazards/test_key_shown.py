"""The planted key appears in no repr, message, chained exception, pickle or log record."""

import copy
import json
import logging
import pickle
import re
import traceback
from urllib.parse import quote

import hpack
import pytest
from cases import each, not_refused, outcome, types
from kinds import KEY
from recording import MODEL, Answer, Drop, Hold

from anthropic_models import Anthropic, AnthropicError, AsyncAnthropic, DefaultAsyncHttpxClient, DefaultHttpxClient


def texts_of(error):
    """The texts of an error and of its chain of causes: reprs, attributes, tracebacks."""
    todo = [error]
    seen = set()
    while todo:
        each = todo.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield from (repr(each), str(each), repr(each.args), repr(vars(each)), repr(getattr(each, "object", "")))
        for value in vars(each).values():
            yield repr([value, getattr(value, "__dict__", None)])
        yield "".join(traceback.format_exception(each))
        todo += [each.__cause__, each.__context__]


def leaks(errors):
    """The texts of errors, their causes and their pickles that contain the key, escaped or not."""
    texts = [(name, text) for name, error in errors.items() for text in (*texts_of(error), repr(pickle.dumps(error)))]
    return [each for each in texts if KEY in each[1] or KEY in unescaped(each[1])]


def causes(error):
    """The exceptions in the chain of an error."""
    while error := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        yield error


def unescaped(text):
    """The text without escapes."""
    plain = re.sub(r"\\+u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})", lambda found: chr(int(found[1] or found[2], 16)), text)
    return plain.replace("\\", "")


FAULTS = {
    "array": Answer(200, [1, 2, 3]),
    "not JSON": Answer(200, "<html>"),
    "truncated": Answer().encoded()[:-5],
    "dropped": Drop,
    "reset": lambda peer: peer.reset(),
    "silent": Hold,
    "redirect": Answer(302, "", {"location": "http://127.0.0.2:1/"}),
    "bad location": Answer(302, "", {"location": "http://["}),
    "bomb": Answer(200, "x" * 2_000_000),
}
FORMS = ("{}", "\\u{:04x}", "\\u{:04X}", "%{:02X}", "%{:02x}")
ESCAPED = "".join(
    {"-": "\\u002d", "/": "\\/"}.get(each, FORMS[number % 5].format(ord(each) if number % 5 else each))
    for number, each in enumerate(KEY)
)
"""The key with each character escaped in one of the ways that JSON and URLs allow."""
ERROR = {"error": {"message": f"bad key {KEY}"}}
ESCAPED_ERROR = json.dumps(ERROR).replace(KEY, ESCAPED).encode()
ECHOES = {"path": Answer(302, "", {"location": f"/v1/models/{KEY}"})} | {
    f"{name} of {status}": reply
    for status in (200, 401, 500)
    for name, reply in {
        "message": Answer(status, ERROR),
        "escaped": Answer(status, ESCAPED_ERROR),
        "escaped, not JSON": Answer(status, ESCAPED_ERROR[:-1]),
        "field": Answer(status, {**MODEL, "created_at": KEY}),
        "not UTF-8": Answer(status, b"\xff" + ESCAPED_ERROR + KEY.encode()),
        "request-id": Answer(status, {}, {"request-id": f"http://127.0.0.1/{KEY}"}),
        "location": Answer(status, {}, {"location": f"http://127.0.0.1/{KEY}"}),
        "not JSON": Answer(status, f"bad {KEY}"),
        "reason": Answer(status, {}).encoded().replace(b"Status", KEY.encode(), 1),
        "not HTTP": f"NONSENSE {status} {KEY}\r\n\r\n".encode(),
    }.items()
}


def test_no_error_and_no_log_record_shows_the_key(any_api, server, caplog):
    """No logger shows it at any level, not even a key that the server echoes, except httpcore's log of responses."""
    loggers = ("anthropic_models", "httpx", "httpcore", "httpcore.http11", "asyncio")
    for name in loggers:
        caplog.set_level(logging.DEBUG, logger=name)
    server.fallback = FAULTS | ECHOES
    client = any_api.client(**({"api_key": None, "auth_token": KEY} if any_api.is_given else {}))
    errors = any_api.outcomes(["silent"], client, timeout=0.05)
    errors |= any_api.outcomes(FAULTS.keys() - {"silent"}, client)
    records = [*caplog.records]
    errors |= any_api.outcomes(ECHOES, client)
    ours = [each for each in caplog.records if each.name in ("anthropic_models", "" if any_api.is_given else "httpx")]
    logged = " ".join(record.getMessage() for record in ours)

    assert [name for name, error in errors.items() if not isinstance(error, AnthropicError)] == []
    assert leaks(errors) == []
    assert not any(cause.__traceback__ for name in FAULTS for cause in causes(errors[name]))  # no frames with headers
    assert [name for name, error in errors.items() if KEY in repr(vars(copy.deepcopy(error.request)))] == []
    assert [name for name in errors if quote(name, safe=",") not in logged] == []
    assert [record for record in (*records, *ours) if KEY in record.getMessage() or KEY in str(vars(record))] == []


class Unprintable:
    """A value whose repr raises an exception."""

    def __repr__(self):
        raise ValueError


def test_the_callers_exceptions_do_not_show_the_key(any_api):
    """The key is hidden in a group of exceptions, and in arguments beside an unprintable value and a response."""
    response = any_api.library.Response(418, extensions={"reason_phrase": KEY.encode()})
    inner, unprintable = ValueError(KEY), RuntimeError(KEY, Unprintable(), response)
    for cause in (ExceptionGroup("group", [inner]), unprintable):

        def fail(_, cause=cause):
            raise cause

        error = any_api.error(any_api.client(http={"event_hooks": {"request": [any_api.hook(fail)]}}))
        assert error.__cause__ is cause

    assert [str(inner), unprintable.args[0]] == ["[secret]"] * 2
    assert unprintable.args[2] is response
    assert KEY not in repr(response)


def test_a_key_of_six_characters_is_hidden_too(api, server):
    """A shorter key is not replaced, because it could occur in ordinary words."""
    server.fallback = Answer(401, {"error": {"message": "bad qZ7-x_, bad qZ7-x"}})
    errors = {key: api.error(api.client(api_key=key)) for key in ("qZ7-x_", "qZ7-x")}

    assert {key: "[secret]" in str(error) for key, error in errors.items()} == {"qZ7-x_": True, "qZ7-x": False}


def test_clients_and_raw_responses_do_not_show_the_key(any_api):
    """No repr of them or their attributes shows it; `api_key` is a plain string, which can be copied and pickled."""
    client = any_api.client(auth_token=KEY)
    raw = any_api.run(client.models.with_raw_response.retrieve("m"))

    assert KEY not in f"{client!r} {client} {vars(client)!r} {client.models!r} {client.default_headers!r}"
    assert pickle.loads(pickle.dumps(client.api_key)) == copy.deepcopy(client.auth_token) == KEY
    assert KEY not in repr([raw, vars(raw), raw.http_request, raw.http_request.headers, vars(raw.http_response)])
    assert KEY not in repr([raw.http_request.headers.copy(), copy.copy(raw.http_request.headers)])
    assert KEY not in repr(outcome(pickle.dumps, raw))


def test_a_hook_or_auth_may_replace_the_headers_or_the_request(any_api, server):
    """Errors and raw responses still hide the key, and so does the error if a hook raises on an unread response."""
    library = any_api.library

    def replace(request):
        request.headers = library.Headers(request.headers)

    class Auth(library.Auth):
        def auth_flow(self, request):
            yield library.Request("GET", request.url, headers=request.headers, extensions=request.extensions)

    errors = {}
    for http in ({"event_hooks": {"request": [any_api.hook(replace)]}}, {"auth": Auth()}):
        client, server.fallback = any_api.client(http=http), {**FAULTS, "good": Answer()}
        errors |= {f"{name} {http}": error for name, error in any_api.outcomes(("dropped", "array"), client).items()}
        raw = any_api.run(client.models.with_raw_response.retrieve("good"))
        assert KEY not in repr([raw.http_request.headers, pickle.dumps(raw)])

    raising = {"event_hooks": {"response": [any_api.hook(lambda response: response.raise_for_status())]}}
    server.fallback = Answer(418, {})
    errors["raised"] = any_api.error(any_api.client(http=raising))

    assert [name for name, error in errors.items() if not isinstance(error, AnthropicError)] == []
    assert errors["raised"].status_code == 418
    sent = [getattr(error.__cause__, "request", error.request) for error in errors.values()]
    assert KEY not in repr([request.headers for request in sent])
    assert leaks(errors) == []


@each("kind", [Anthropic, AsyncAnthropic])
@each("name", ["api_key", "auth_token"])
def test_a_key_is_stripped_or_refused_without_showing_it(kind, name, monkeypatch):
    """Outer white space is removed; a key that a header cannot hold is a ValueError with the argument or variable."""
    assert [getattr(kind(**{name: value}), name) for value in (f"{KEY}\n", f" \t{KEY}\r\n")] == [KEY, KEY]
    refused = [f"{KEY}\nx", f"x{KEY}é", f"{KEY}\x00", f"{KEY}\ud800", f"{KEY}\tx\x7f", f"\r\n{KEY}\r\nx: y"]
    errors = {bad: outcome(kind, **{name: bad}) for bad in refused}
    variable = f"ANTHROPIC_{name.upper()}"
    with monkeypatch.context() as patch:
        patch.setenv(variable, f"{KEY}\né")
        from_environment = {"variable": outcome(kind)}

    assert types(errors | from_environment) == dict.fromkeys([*refused, "variable"], ValueError)
    assert not_refused(errors, name) == not_refused(from_environment, variable) == {}
    assert leaks(errors | from_environment) == []


def test_an_invalid_argument_does_not_show_the_key(any_api):
    """Errors that are raised before anything is sent show no credential."""
    refused = [
        {"model_id": "\ud800"}, {"betas": ["a b"]}, {"extra_headers": {"x": "é"}}, {"extra_query": {"x": "\ud800"}},
        {"timeout": -1}, {"anthropic_version": 7}, {"extra_headers": {"authorization": "a", "x-api-key": "b"}},
    ]  # fmt: skip
    client = any_api.client()
    errors = {repr(arguments): any_api.error(client, **arguments) for arguments in refused}

    assert not_refused(errors, "") == {}
    assert leaks(errors) == []


@pytest.mark.parametrize("kind", [DefaultHttpxClient, DefaultAsyncHttpxClient])
def test_http2_logs_no_request_header(kind, caplog):
    """The logger of its encoder logs headers only if a program sets the level of that logger to DEBUG."""
    caplog.set_level(logging.DEBUG)
    for level, is_shown in ((logging.NOTSET, False), (logging.DEBUG, True)):
        caplog.set_level(level, logger="hpack")
        kind(http2=True)
        hpack.Encoder().encode([(b"x-api-key", KEY.encode())])
        assert (KEY in caplog.text) == is_shown
