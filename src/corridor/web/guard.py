"""Who may ask, and how much: checked before any page is made; and what every answer tells the browser to refuse."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from corridor.web.settings import LARGEST, Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

COOKIE = "corridor_token"
#: No script but our own file, nothing of another host, no frame around us but ours.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # With no-referrer a browser hides where a form was sent from, and that is checked.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_ASKING = frozenset({"GET", "HEAD"})
_log = logging.getLogger("corridor.web")


class Guard:
    """Stands before the application: host, token, sender and size of each request."""

    def __init__(self, app: App, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request: refused with a reason, or answered; either way with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        if refusal is not None and refusal.status_code >= 400:
            _log.warning("refused %s %r: %s", request.method, scope["path"], bytes(refusal.body).decode())
        await (refusal or self.app)(scope, receive, _with_headers(send))

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if not self.settings.answers_to(_hostname(f"//{host}")):
            return PlainTextResponse("this host name is not served here", 421)
        return self._closed(request) or (None if request.method in _ASKING else _unfit(request, host))

    def _closed(self, request: Request) -> Response | None:
        """What a request without the token gets; one that brings it in its address is sent on with a cookie."""
        token = self.settings.token
        if token is None:
            return None
        named = request.query_params.get("token")
        if named is not None and _same(named, token) and request.method in _ASKING:
            return _let_in(request, token)
        _, _, bearer = request.headers.get("authorization", "").partition(" ")
        if _same(request.cookies.get(COOKIE, ""), token) or _same(bearer, token):
            return None
        return PlainTextResponse("these pages ask for their token: open the address with ?token=", 401)


def _let_in(request: Request, token: str) -> Response:
    rest = [
        (name, value) for name, value in parse_qsl(request.scope["query_string"].decode("latin-1")) if name != "token"
    ]
    # A second slash would make the path another host's address.
    path = "/" + request.url.path.lstrip("/\\")
    answer = RedirectResponse(f"{path}?{urlencode(rest)}" if rest else path, 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax")
    return answer


def _unfit(request: Request, host: str) -> Response | None:
    """Whether a form may be taken: sent by a page of ours, and not larger than its path allows."""
    site, sender = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none") or sender not in (None, f"http://{host}", f"https://{host}"):
        return PlainTextResponse("a form of another site is not taken", 403)
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return PlainTextResponse("say how long the upload is (Content-Length)", 411)
    if int(length[:20]) > LARGEST.get(request.url.path, 0):
        return PlainTextResponse("the upload is too large", 413)
    return None


def _hostname(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            said = {name.lower() for name, _ in headers}
            headers += [(n.encode(), v.encode()) for n, v in _HEADERS.items() if n.encode() not in said]
            message["headers"] = headers
        await send(message)

    return sending
