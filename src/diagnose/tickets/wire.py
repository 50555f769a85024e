"""HTTP with a ticket system: one client, every answer either usable or a failure with a reason.

No redirect is followed with credentials to another host, every answer has a bound, and a secret
never gets into what is said of an answer.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.text import printable
from diagnose.tickets.failures import (
    Conflict,
    Denied,
    Gone,
    Refused,
    Throttled,
    TooLarge,
    Uncertain,
    Unreached,
    Untrusted,
)
from diagnose.tickets.schedule import seconds_until

if TYPE_CHECKING:
    import httpx

LARGEST_ANSWER: Final = 8 << 20
LARGEST_DOWNLOAD: Final = 64 << 20
LONGEST_DETAIL: Final = 300
MOST_REDIRECTS: Final = 3
PATIENCE_S: Final = 120.0
"""How long a `Retry-After` is waited for on the spot; a longer one is kept in the outbox."""

LEAST_WAITS_S: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""How long is waited at least the first, second, … time: some say "at once" and mean it not."""

WAIT_HEADERS: Final = ("retry-after", "x-ratelimit-reset")
WRITES: Final = ("POST", "PUT", "PATCH", "DELETE")
_UNREACHED: Final = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError")


@dataclass(frozen=True)
class HttpAnswer:
    """What came back with a status of success."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON. Raises `Uncertain`: a page of HTML says nothing of what happened."""
        import json

        try:
            return json.loads(self.body)
        except ValueError as problem:
            kind = printable(self.headers.get("content-type", "nothing"), 60)
            raise Uncertain(
                Text(f"it answered {kind} instead of JSON", f"返回的是 {kind}，不是 JSON"),
                status=self.status,
            ) from problem


@dataclass(frozen=True)
class Line:
    """Where a system is and how it is spoken to; nothing here is kept or shown."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    auth: tuple[str, str] | None = field(default=None, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    cafile: Path | None = None
    timeout_s: float = 30.0


def no_hold() -> None:
    """Nobody else delivers: a check, or a test."""


def no_wait(_seconds: float) -> bool:
    """Wait for nothing on the spot."""
    return False


class Wire:
    """One connection. `hold` is asked before anything is written; `wait` may wait on the spot."""

    def __init__(
        self,
        line: Line,
        *,
        hold: Callable[[], None] = no_hold,
        wait: Callable[[float], bool] = no_wait,
    ) -> None:
        self.line = line
        self.requests = 0
        self.waits = 0
        self.hold = hold
        self._wait = wait
        self._made: httpx.Client | None = None

    def close(self) -> None:
        """Close the connection."""
        if self._made:
            self._made.close()
            self._made = None

    def get(self, path: str, **options: Any) -> HttpAnswer:
        """Read something."""
        return self.ask("GET", path, **options)

    def post(self, path: str, **options: Any) -> HttpAnswer:
        """Make something."""
        return self.ask("POST", path, **options)

    def put(self, path: str, **options: Any) -> HttpAnswer:
        """Change something."""
        return self.ask("PUT", path, **options)

    def ask(self, method: str, path: str, **options: Any) -> HttpAnswer:
        """Ask once, and again where the system says when. Raises `AttemptFailed`."""
        for least_s in LEAST_WAITS_S:
            if method in WRITES:
                self.hold()
            try:
                return self._once(method, self._whole(path), LARGEST_ANSWER, **options)
            except Throttled as throttled:
                if throttled.wait_s is None or throttled.wait_s > PATIENCE_S:
                    raise
                if not self._wait(max(throttled.wait_s, least_s)):
                    raise
                self.waits += 1
        if method in WRITES:
            self.hold()
        return self._once(method, self._whole(path), LARGEST_ANSWER, **options)

    def fetch(self, url: str, **options: Any) -> bytes:
        """Download a file. A redirect is followed; to another host the credentials do not go."""
        url = self._whole(url)
        for _ in range(MOST_REDIRECTS + 1):
            own = _origin(url) == _origin(self.line.url)
            try:
                return self._once("GET", url, LARGEST_DOWNLOAD, known=own, **options).body
            except _Redirected as redirected:
                url = urljoin(url, redirected.to)
        raise Refused(Text("too many redirects", "重定向次数过多"))

    def _whole(self, path: str) -> str:
        if "://" in path or not path:
            return path or self.line.url
        return self.line.url.rstrip("/") + "/" + path.lstrip("/")

    def _once(
        self, method: str, url: str, largest: int, *, known: bool = True, **options: Any
    ) -> HttpAnswer:
        import httpx

        client = self._client()
        headers = {**(self.line.headers if known else {}), **options.pop("headers", {})}
        auth = self.line.auth if known and self.line.auth else None
        self.requests += 1
        try:
            request = client.build_request(method, url, headers=headers, **options)
            response = client.send(request, auth=auth, stream=True)
            try:
                body = _bounded(response, largest, time.monotonic() + self.line.timeout_s)
            finally:
                response.close()
        except httpx.HTTPError as problem:
            raise self._failure(problem) from problem
        except (httpx.InvalidURL, UnicodeError) as problem:
            raise Refused(Text(f"no address: {url}", f"地址无效：{url}")) from problem
        return self._judged(response, body)

    def _client(self) -> httpx.Client:
        if self._made is None:
            import httpx

            self._made = httpx.Client(
                verify=_trust(self.line.cafile),
                timeout=self.line.timeout_s,
                headers={"User-Agent": "diagnose", "Accept": "application/json"},
                follow_redirects=False,
            )
        return self._made

    def _failure(self, problem: httpx.HTTPError) -> Unreached | Uncertain:
        detail = self.clean(str(problem) or type(problem).__name__)
        if "CERTIFICATE_VERIFY_FAILED" in detail:
            why = detail.rpartition("failed: ")[2].partition(" (_ssl")[0]
            return Untrusted(Text(f"its certificate is refused: {why}", f"证书未通过验证：{why}"))
        if type(problem).__name__ in (*_UNREACHED, "UnsupportedProtocol"):
            return Unreached(Text(f"not reached: {detail}", f"无法连接：{detail}"))
        return Uncertain(Text(f"no whole answer: {detail}", f"未收到完整应答：{detail}"))

    def _judged(self, response: httpx.Response, body: bytes) -> HttpAnswer:
        status = response.status_code
        if response.is_success:
            return HttpAnswer(status, response.headers, body)
        if 300 <= status < 400:
            raise _Redirected(self.clean(response.headers.get("location", "")), status)
        detail = self.clean(body.decode("utf-8", "replace")) or response.reason_phrase
        wait_s = _wait_of(response.headers)
        text = Text(f"{status} {detail}".strip())
        if status >= 500 or status in (408, 425):
            raise Uncertain(text, wait_s=wait_s, status=status)
        kind = _KINDS.get(status, Refused)
        raise kind(text, wait_s=wait_s, status=status)

    def clean(self, words: str) -> str:
        """Shorten what the other side says, and take every secret out of it."""
        for secret in self.line.secrets:
            words = words.replace(secret, "***") if secret else words
        return printable(" ".join(words.split()), LONGEST_DETAIL)


_KINDS: Final[Mapping[int, type[Refused | Denied | Conflict | Throttled]]] = {
    401: Denied,
    403: Denied,
    407: Denied,
    409: Conflict,
    410: Gone,
    412: Conflict,
    413: TooLarge,
    423: Conflict,
    429: Throttled,
}


class _Redirected(Refused):
    def __init__(self, to: str, status: int) -> None:
        super().__init__(
            Text(
                f"{status}: it points to {to}; nothing is sent there. Write that address as url",
                f"{status}：重定向到 {to}；不会向该地址发送。请将 url 改为该地址",
            ),
            status=status,
        )
        self.to = to


def _wait_of(headers: Mapping[str, str]) -> float | None:
    waits = (seconds_until(headers[name]) for name in WAIT_HEADERS if name in headers)
    return next((seconds for seconds in waits if seconds is not None), None)


def _bounded(response: httpx.Response, largest: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    for part in response.iter_bytes():
        parts.append(part)
        if sum(map(len, parts)) > largest:
            raise Uncertain(Text("its answer is too long", "返回内容过长"))
        if time.monotonic() > deadline:
            raise Uncertain(Text("its answer takes too long", "应答超时"))
    return b"".join(parts)


@cache
def _usual_trust() -> ssl.SSLContext:
    """The authorities this computer trusts: read once, a mapping has many connections."""
    return ssl.create_default_context()


def _trust(cafile: Path | None) -> ssl.SSLContext:
    if cafile is None:
        return _usual_trust()
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile)
    except OSError as problem:  # an ssl.SSLError is one too
        detail = printable(f"{cafile}: {problem.strerror or problem}", 200)
        raise Untrusted(
            Text(f"no certificates in {detail}", f"无法读取证书：{detail}")
        ) from problem
    return context


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
