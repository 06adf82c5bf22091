"""Reading pages and archives over the network: from one publisher, checked, and never more than is expected."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from evenhand.errors import ReadError, UsageError

PUBLISHER = "https://www.cms.gov"
_AGENT = "evenhand (public fee schedules)"
_PAGE, _LARGEST, _PIECE = 20_000_000, 600_000_000, 1 << 16
_OF_CMS = (".cms.gov", ".cms.hhs.gov")

#: Is told how many bytes came, and how many there will be; 0 where that is not known.
Progress = Callable[[int, int], None]


#: Answers of a server that has too much to do, or is being repaired.
_BUSY = (408, 429, 500, 502, 503, 504)
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Web:
    """What is read from, and how patiently.

    Attributes:
        host: Scheme and host that stand for the publisher's: CMS itself, or a mirror.
        timeout: Seconds without a byte before a try is given up.
        tries: How often a reading is tried.
        pause: Seconds before the second try; doubled before each further one.
        largest: Bytes an archive may have.
    """

    host: str = PUBLISHER
    timeout: float = 60
    tries: int = 3
    pause: float = 1
    largest: int = _LARGEST

    def __post_init__(self) -> None:
        parts = urlsplit(self.host)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise UsageError(f"'{self.host}' is no host; write it like https://mirror.example.org")

    def here(self, address: str) -> str:
        """An address of the publisher as it is on the mirror; others as they are."""
        parts, host = urlsplit(address), urlsplit(self.host)
        if _publishers(parts):
            parts = parts._replace(scheme=host.scheme, netloc=host.netloc)
        return parts._replace(path=quote(parts.path, safe="/%"), query=quote(parts.query, safe="=&%/:")).geturl()

    def allowed(self, address: str) -> bool:
        """Whether an address is the publisher's or the mirror's, read no less safely than it is."""
        parts, host = urlsplit(address), urlsplit(self.host)
        return (parts.scheme, parts.netloc) == (host.scheme, host.netloc) or _publishers(parts)

    def page(self, address: str) -> tuple[str, str]:
        """The address a page was read from in the end, and its text.

        Raises:
            ReadError: It cannot be read.
        """

        def read(answer: Any) -> tuple[str, str]:
            return str(answer.url), answer.read(_PAGE).decode("utf-8", errors="replace")

        return self._tried(self.here(address), read)

    def save(self, address: str, into: IO[bytes], progress: Progress) -> None:
        """Write an archive to an open file; each try begins it anew.

        Raises:
            ReadError: It cannot be read, is cut off, or is larger than any published table.
        """

        def read(answer: Any) -> None:
            into.seek(0)
            into.truncate()
            length = int(answer.headers.get("Content-Length") or 0)
            came = 0
            while piece := answer.read(_PIECE):
                came += into.write(piece)
                if max(came, length) > self.largest:
                    raise ReadError(address, "it is far larger than any published table", "look at it by hand")
                progress(came, length)
            if came < length:
                raise HTTPException(f"it broke off after {came:,} of {length:,} bytes")

        self._tried(self.here(address), read)

    def _tried(self, address: str, read: Callable[[Any], Answer]) -> Answer:
        """What comes of reading an address, tried again where trying again may help."""
        for number in range(1, self.tries + 1):
            try:
                return self._once(address, read)
            except (OSError, HTTPException) as error:
                if isinstance(error, HTTPError):
                    error.close()  # an answer that refuses is an open connection all the same
                if number == self.tries or not _may_pass(error):
                    raise ReadError(address, _in_words(error), _right(error)) from error
                time.sleep(self.pause * 2 ** (number - 1))
        raise AssertionError("no try was made")

    def _once(self, address: str, read: Callable[[Any], Answer]) -> Answer:
        request = Request(address, headers={"User-Agent": _AGENT, "Accept": "*/*"})  # noqa: S310 - http or https only
        opener = build_opener(_SameHost(self))
        with opener.open(request, timeout=self.timeout) as answer:
            return read(answer)


class _SameHost(HTTPRedirectHandler):
    """Follows redirects to the host that was asked and to the publisher, and to nobody else."""

    def __init__(self, web: Web) -> None:
        self.web = web

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not self.web.allowed(newurl):
            fp.close()
            what = f"it leads on to another host, {urlsplit(newurl).netloc or newurl}, which is not followed"
            raise ReadError(req.full_url, what, "look at it by hand")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _may_pass(error: Exception) -> bool:
    """Whether what went wrong may go right the next time."""
    if isinstance(error, HTTPError):
        return error.code in _BUSY
    reason = error.reason if isinstance(error, URLError) else error
    return not isinstance(reason, ssl.SSLCertVerificationError)


def _in_words(error: Exception) -> str:
    if isinstance(error, HTTPError):
        gone = "there is no such page (404)" if error.code in (404, 410) else ""
        return gone or f"the server refused ({error.code} {error.reason})"
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return "the server did not answer in time"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"the server's certificate is not to be trusted: {reason.verify_message}"
    if isinstance(reason, socket.gaierror):
        return "the server cannot be found; is there a network?"
    return f"it cannot be read: {getattr(reason, 'strerror', None) or reason}"


def _right(error: Exception) -> str:
    return "it may have moved" if isinstance(error, HTTPError) and error.code in (404, 410) else ""


def _publishers(parts: SplitResult) -> bool:
    """Whether an address is CMS's own, over HTTPS."""
    host = f".{parts.hostname or ''}"
    return parts.scheme == "https" and host.endswith(_OF_CMS) and parts.port in (None, 443)
