"""Where the key is sent: once in each request, and never to another origin."""

import pytest
from kinds import KEY, KINDS
from recording import Answer

from anthropic_models import APIConnectionError, APIStatusError


def redirect(location, status=302):
    """A redirect."""
    return Answer(status, "", {"location": location})


@pytest.mark.parametrize("any_api", KINDS, indirect=True)
def test_no_request_reaches_another_origin(any_api, server, serve):
    """A redirect to another port, scheme or user is not followed, whatever its status and the HTTP client's setting."""
    other = serve()
    leaves = [
        f"//{other.origin}/v1/models/m",
        f"http://u:p@{other.origin}/x",
        f"https://{server.origin}/x",
        f"http://u@{server.origin}/x",
    ]
    replies = {status: redirect(f"{other.url}/v1/models/m", status) for status in (301, 302, 303, 307, 308)}
    replies |= {each: redirect(each) for each in leaves}
    for follow in (True, False):
        client = any_api.client(http={"follow_redirects": follow}, max_retries=2)
        errors = any_api.replies(server, replies, client)

        assert [name for name, error in errors.items() if not isinstance(error, APIStatusError)] == []
        assert not follow or [name for name in (301, 308, leaves[0]) if other.url not in str(errors[name])] == []
        assert not follow or "p@" not in str(errors[leaves[1]])
    assert (other.connections, {*server.counts.values()}) == (0, {2})


def test_a_redirect_from_https_to_http_is_not_followed(any_api, serve, tls):
    """The same host and port without TLS are another origin, to which the key would be sent unencrypted."""
    server = serve(context=tls)
    server.fallback = redirect(f"http://{server.origin}/v1/models/m")
    error = any_api.error(any_api.client(base_url=server.url, max_retries=2))

    assert (type(error), len(server.requests)) == (APIStatusError, 1)


def test_an_invalid_location_is_an_error_without_a_retry(any_api, server):
    """It is a status error, or a connection error if httpx fails to parse the location and loses the response."""
    locations = ["http://[", "http://h:99999/", "http://h:x/", "data:,x", "http://\xff\xfe/"]
    errors = any_api.replies(server, {each: redirect(each) for each in locations}, any_api.client(max_retries=2))

    assert [error for error in errors.values() if not isinstance(error, (APIStatusError, APIConnectionError))] == []
    assert len(server.requests) == len(locations)


@pytest.mark.breaks_contract("the redirects lead to other paths")
def test_redirects_within_the_origin_are_followed(any_api, server):
    """The key is sent once in each, if the HTTP client follows; a loop ends at once, a chain after ten redirects."""
    server.plan(redirect("/elsewhere?x=1"), Answer())

    assert any_api.retrieve().type == "model"
    assert [each.target for each in server.requests] == ["/v1/models/m", "/elsewhere?x=1"]
    assert server.last.values("x-api-key") == [KEY]

    chain = [f"/{number}" for number in range(20)]
    for hops, count, follow in ((["/0"] * 9, 2, True), (chain, 11, True), (chain, 1, False)):
        server.start_anew()
        server.plan(*map(redirect, hops))
        client = any_api.client(max_retries=2, http={"follow_redirects": follow})

        assert isinstance(any_api.error(client), APIStatusError)
        assert len(server.requests) == count


def test_no_other_credential_replaces_or_joins_the_key(any_api, server, tmp_path, monkeypatch):
    """Neither a header of the HTTP client nor a .netrc entry for the server's host changes the credential."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1\nlogin user\npassword secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    any_api.retrieve(any_api.client())
    any_api.retrieve(any_api.client(http={"headers": {"authorization": "Bearer other"}}))

    sent = [(each.values("x-api-key"), each.values("authorization")) for each in server.requests]
    assert sent == [([KEY], [])] * 2


def test_our_http_clients_keep_no_cookie(our_api, server):
    """Whatever the status of the response, the next request has no Cookie header, and the cookie jar is empty."""
    cookies = [("set-cookie", f"biscuit{number}={'x' * 300}; Path=/; Max-Age=999999") for number in range(50)]
    server.fallback = {str(status): Answer(status, headers=cookies) for status in (200, 404)}
    server.fallback["302"] = Answer(302, "", [*cookies, ("location", "/v1/models/200")])
    http = our_api.http()
    our_api.outcomes(["200", "404", "302", "200"], our_api.client(http_client=http))
    our_api.outcomes(["200", "404", "302", "200"])

    assert [each.model for each in server.requests] == ["200", "404", "302", "200", "200"] * 2
    assert [each for each in server.requests if each.values("cookie")] == []
    assert dict(http.cookies) == {}


def test_the_callers_http_client_keeps_cookies(any_api, server):
    """Its cookies are sent, and those that a server sets are kept, as httpx and httpx2 do."""
    server.fallback = Answer(headers={"set-cookie": "theirs=2; Path=/"})
    any_api.outcomes("ab", any_api.client(http={"cookies": {"mine": "1"}}))

    assert [each.values("cookie") for each in server.requests] == [["mine=1"], ["mine=1; theirs=2"]]
