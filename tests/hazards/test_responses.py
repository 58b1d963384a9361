"""A successful response becomes a model that matches the fragment, or an APIResponseValidationError; nothing else."""

import gc
import json
import zlib
from datetime import datetime, timedelta

from cases import types
from recording import MODEL, Answer

from anthropic_models import APIConnectionError, APIResponseValidationError

TEXT = json.dumps(MODEL).encode()
GZIP = zlib.compressobj(wbits=31)
GZIPPED = GZIP.compress(TEXT) + GZIP.flush()
DEFLATED = zlib.compress(TEXT)
ID = [("request-id", "req_1")]


def with_x(value):
    """The JSON of the example with one more field."""
    return TEXT[:-1] + b', "x": ' + value + b"}"


def coded(coding, body):
    """A response with this content coding."""
    return Answer(200, body, [("content-encoding", coding), *ID])


NOT_MODELS = {
    "HTML": b"<html><body>login</body></html>",
    "empty": b"",
    "null": b"null",
    "array": b"[]",
    "object": b"{}",
    "error envelope": {"type": "error", "error": {"type": "api_error", "message": "m"}},
    "list page": {"data": [MODEL], "has_more": False, "first_id": "a", "last_id": "b"},
    "two values": TEXT * 2,
    "truncated": TEXT[:-1],
    "single quotes": repr(MODEL),
    "bad UTF-8": TEXT.replace(b"Claude", b"\xff\xfe"),
    "UTF-16": json.dumps(MODEL).encode("utf-16"),
    "lone surrogate": TEXT.replace(b"Claude", rb"\ud800"),
    "lone surrogate in an unknown field": with_x(rb'"\udfff"'),
    "NaN": with_x(b"NaN"),
    "overflowing float": with_x(b"1e999"),
    "200,000 levels of arrays": b"[" * 200_000,
    "20,000 levels of objects": b'{"a":' * 20_000,
    "900 levels of arrays": with_x(b"[" * 900 + b"]" * 900),
    "5,000 digits": with_x(b"9" * 5000),
    "control character": TEXT.replace(b"Claude", b"\x00"),
    "60,000 objects": with_x(b"[" + b"{}," * 60_000 + b"{}]"),
    "not gzip": coded("gzip", b"not gzip"),
    "truncated gzip": coded("gzip", GZIPPED[:-9]),
    "damaged gzip": coded("gzip", GZIPPED[:12] + b"\xff" * 20),
    "br": coded("br", b"x"),
    "gzip once instead of twice": coded("gzip, gzip", GZIPPED),
}  # fmt: skip


def test_a_body_that_is_not_a_model_is_a_validation_error(any_api, server):
    """The error has the status, the request id and a short message with 2 kB of the body at most; no retry follows."""
    gc.collect()  # at the depth of some of these bodies, finalizers of older garbage would fail
    replies = {name: body if isinstance(body, Answer) else Answer(200, body, ID) for name, body in NOT_MODELS.items()}
    errors = any_api.replies(server, replies, any_api.client(max_retries=2))
    shown = {name: (type(error), error.status_code, error.request_id) for name, error in errors.items()}

    assert shown == dict.fromkeys(NOT_MODELS, (APIResponseValidationError, 200, "req_1"))
    assert [name for name, error in errors.items() if "200" not in str(error) or "req_1" not in str(error)] == []
    assert [name for name, error in errors.items() if len(str(error)) >= 5000] == []
    assert "only one of gzip and deflate" in str(errors["br"])
    assert errors["HTML"].response.content == errors["HTML"].body.encode() == NOT_MODELS["HTML"]
    assert "login" in str(errors["HTML"])
    assert len(server.requests) == len(NOT_MODELS)


FIELDS = {  # invalid values of each field; ... omits the field
    "id": [..., None, 5, ["a"]],
    "display_name": [..., {}, True],
    "type": ["error", ..., 1, ["model"]],
    "created_at": [
        ..., None, 1740000000, {"a": 1}, "yesterday", "2025-02-19T00:00:00", "2025-W48-1", "20251124", "2025-11-24",
        "2025-02-19T00:00Z", "2025-02-19 00:00:00Z", "20250219T000000Z", "2025-02-19T00:00:00+0000",
        "2025-02-19T00:00:00+00", "2025-02-30T00:00:00Z", "2025-13-01T00:00:00Z", "2025-02-19T24:00:00Z",
        "2025-02-19T00:60:00Z", "2025-02-19T00:00:61Z", "2025-02-19T12:00:60Z", "2025-02-19T00:00:00.Z", "",
        "2025-02-19T00:00:00,5Z", "0000-01-01T00:00:00Z", "2025-02-19T00:00:00+24:00", "2025-02-19T00:00:00+05:60",
        "2025-02-19T00:00:00Z ", "2025-02-19T00:00:00Z\n", "٢٠٢٥-02-19T00:00:00Z", "2025-2-19T00:00:00Z",
        "+2025-02-19T00:00:00Z", "2025-02-19T00:00:00ZZ", "9999-12-31T23:59:60Z", "2025-366T00:00:00Z",
    ],
}  # fmt: skip


def test_the_error_names_the_invalid_field(api, server):
    """A field is missing, null, of a wrong type, a wrong constant, or not an RFC 3339 date-time."""
    bodies = {
        f"{name} {position}": {key: each for key, each in {**MODEL, name: value}.items() if each is not ...}
        for name, values in FIELDS.items()
        for position, value in enumerate(values)
    }
    errors = api.replies(server, {name: Answer(body=body) for name, body in bodies.items()})

    assert {name: (type(error), error.body) for name, error in errors.items()} == {
        name: (APIResponseValidationError, body) for name, body in bodies.items()
    }
    named = [(name.split()[0], str(error), str(error.__cause__)) for name, error in errors.items()]
    assert [each for each in named if f"{each[0]}:" not in each[1] or each[0] not in each[2]] == []


def test_every_form_of_a_date_time_is_parsed(api, server):
    """Lower case, offsets (which are kept) and leap seconds are accepted; fractions are truncated to microseconds."""
    times = {
        "2025-02-19t00:00:00z": "2025-02-19T00:00:00+00:00",
        "2025-02-19T05:30:00+05:30": "2025-02-19T05:30:00+05:30",
        "2025-02-19T00:00:00-00:00": "2025-02-19T00:00:00+00:00",
        "2025-02-19T00:00:00.123456789Z": "2025-02-19T00:00:00.123456+00:00",
        "2025-02-18T23:00:00.5-01:00": "2025-02-18T23:00:00.500000-01:00",
        "2016-12-31T23:59:60.5Z": "2017-01-01T00:00:00+00:00",
        "2016-12-31T15:59:60-08:00": "2017-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00Z": "0001-01-01T00:00:00+00:00",
    }
    infos = api.replies(server, {text: Answer(body={**MODEL, "created_at": text}) for text in times})
    got = {text: info.created_at for text, info in infos.items()}

    assert got == {text: datetime.fromisoformat(wanted) for text, wanted in times.items()}
    assert got["2025-02-19T05:30:00+05:30"].utcoffset() == timedelta(hours=5, minutes=30)


INTERIM = b"".join(b"HTTP/1.1 %d Wait\r\nx: y\r\n\r\n" % status for status in (100, 102, 103, 150, 199) * 3)
READ = {
    **{coding: coded(coding, GZIPPED) for coding in ("gzip", "x-gzip", "GZIP", "gzip,", "identity, gzip")},
    **{coding: coded(coding, TEXT) for coding in ("identity", "utf-8", "none", ",")},
    "deflate": coded("deflate", DEFLATED),
    "raw deflate, as some servers send it": coded("Deflate", DEFLATED[2:-4]),
    "decoded by a proxy": coded("deflate", TEXT),
    "UTF-8 with a byte order mark": Answer(200, b"\xef\xbb\xbf" + TEXT),
    "after interim statuses": lambda peer: peer.send(INTERIM + Answer().encoded()),
    **{kind: Answer(200, TEXT, [("content-type", kind)]) for kind in ("text/html", "application/json; charset=utf-16")},
}


def test_a_body_is_decoded_whatever_its_headers_say(any_api, server):
    """The accepted content codings work in any spelling, and the body is read as JSON whatever its content type."""
    infos = any_api.replies(server, READ)

    assert {name: info.to_dict(mode="json") for name, info in infos.items()} == dict.fromkeys(READ, MODEL)
    assert {each.header("accept-encoding") for each in server.requests} == {"gzip, deflate"}


CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
NO_RESPONSE = {
    "a byte short": Answer().encoded()[:-1],
    "truncated in a chunk": CHUNKED + b"5\r\nabc",
    "a chunk without a size": CHUNKED + b"xyz\r\n",
    "a chunk of negative size": CHUNKED + b"-5\r\nabcde\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcde",
    "a length in words": b"HTTP/1.1 200 OK\r\ncontent-length: five\r\n\r\nabcde",
    "a header without a colon": b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    "20,000 headers": b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 20_000,
    "TLS": b"\x16\x03\x01\x02\x00\x01",
    **{
        line: f"{line}\r\ncontent-length: 0\r\n\r\n".encode()
        for line in ("HTTP/1.1 1000 x", "HTTP/1.1 99 x", "HTTP/1.1 -20 x", "HTTP/1.1 abc x", "HTTP/1.1", "HTTP/3 200 x")
    },
    **{str(status): b"HTTP/1.1 %d Wait\r\n\r\n" % status for status in (100, 101, 102, 103, 150, 199)},
}


def test_an_invalid_response_is_a_connection_error(any_api, server):
    """It is truncated, not HTTP, has an impossible status, or has an interim status and no final one."""
    assert types(any_api.replies(server, NO_RESPONSE)) == dict.fromkeys(NO_RESPONSE, APIConnectionError)
