"""Ask an ASGI app in this process, without a socket."""

import asyncio

import httpx
from fastapi import FastAPI


class AppClient:
    """One event loop for each request, so threads may share a client."""

    def __init__(self, app: FastAPI) -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    def get(self, path: str, **options: object) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: object) -> httpx.Response:
        return self.request("POST", path, **options)

    def request(self, method: str, path: str, **options: object) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self._transport, base_url="http://gateway"
            ) as client:
                return await client.request(method, path, **options)

        return asyncio.run(ask())
