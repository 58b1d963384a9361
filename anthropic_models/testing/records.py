"""One exchange as it was on the wire: a request and its answer."""

from dataclasses import dataclass, field

Pairs = tuple[tuple[str, str], ...]


def values(headers: Pairs, name: str) -> list[str]:
    """Every value of one header, in the order of the wire; the name's case does not matter."""
    return [value for key, value in headers if key.lower() == name.lower()]


@dataclass(frozen=True)
class Answer:
    """An answer of the server.

    Attributes:
        status: the HTTP status.
        headers: (name, value) pairs.
        body: the bytes of the body.
    """

    status: int
    headers: Pairs
    body: bytes

    def header(self, name: str) -> list[str]:
        """Every value of one header, in the order of the wire; the name's case does not matter."""
        return values(self.headers, name)


@dataclass(frozen=True)
class RecordedRequest:
    """A request that came to the server.

    Attributes:
        method: the HTTP method, in capitals.
        target: path and query as they stood on the request line, nothing decoded: `%2F` is `%2F`.
        headers: (name, value) pairs in the order and the case of the wire, repeated ones included.
            Left out of the repr, because a credential is among them.
        body: the bytes of the body.
        errors: where the request breaks the contract, a sentence each; empty for a good request.
        answer: what it was answered with.
    """

    method: str
    target: str
    headers: Pairs = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    errors: tuple[str, ...] = ()
    answer: Answer | None = field(default=None, repr=False)

    @property
    def path(self) -> str:
        """The target without its query, not decoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the first `?` of the target, not decoded; empty if there is none."""
        return self.target.partition("?")[2]

    def header(self, name: str) -> list[str]:
        """Every value of one header, in the order of the wire; the name's case does not matter."""
        return values(self.headers, name)
