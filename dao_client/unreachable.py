"""What httpx raises where no server answers: an address that is none is no `httpx.HTTPError`."""

import httpx

UNREACHABLE = (httpx.HTTPError, httpx.InvalidURL, UnicodeError)
"""`UnicodeError` comes from a host name that no name server could be asked for."""
