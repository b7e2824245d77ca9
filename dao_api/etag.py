"""Give every JSON answer an ETag, and answer 304 when the client has it already."""

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Etag:
    """ASGI middleware for GET: the tag is the digest of the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        answer = _Answer()
        await self._app(scope, receive, answer.take)
        await answer.send(Headers(scope=scope).get("if-none-match", ""), send)


class _Answer:
    """A response held back until its digest is known; pages keep it small."""

    def __init__(self) -> None:
        self._start: Message = {}
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self._body += message.get("body", b"")

    async def send(self, known: str, send: Send) -> None:
        body = bytes(self._body)
        if self._start["status"] == 200:
            tag = f'"{sha256(body).hexdigest()[:32]}"'
            headers = MutableHeaders(scope=self._start)
            headers["etag"] = tag
            if tag in known.replace("W/", "").split(", "):
                self._start["status"], body = 304, b""
                del headers["content-length"]
        await send(self._start)
        await send({"type": "http.response.body", "body": body})
