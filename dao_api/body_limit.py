"""Stop reading a request body that is larger than any submission can be."""

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dao_api.errors import RequestTooLarge
from dao_api.problems import MEDIA_TYPE, problem_document

MAX_BODY_BYTES = 2 << 20
"""An answers document is one block of at most 1 MiB; the rest is room for white space."""


class BodyLimit:
    """ASGI middleware: answer 413 instead of holding a large body in memory."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY_BYTES) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await self._read(Headers(scope=scope), receive)
        if body is None:
            await self._refuse(scope, receive, send)
        else:
            await self._app(scope, _replay(body, receive), send)

    async def _read(self, headers: Headers, receive: Receive) -> bytes | None:
        announced = headers.get("content-length", "0")
        if not announced.isdigit() or int(announced) > self._limit:
            return None
        body, more = bytearray(), True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                return None
        return bytes(body)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = RequestTooLarge(f"the body is larger than {self._limit} bytes; send less")
        content = problem_document(problem, scope["path"])
        response = JSONResponse(content, problem.status, media_type=MEDIA_TYPE)
        await response(scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body that was read once, then whatever the connection says."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message
