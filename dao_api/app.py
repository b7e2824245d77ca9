"""Make the app: routes, errors, limits. Everything it needs comes in as a context."""

from fastapi import FastAPI

from dao_api.body_limit import BodyLimit
from dao_api.context import Context
from dao_api.etag import Etag
from dao_api.health import endpoints as health_endpoints
from dao_api.payouts import endpoints as payouts_endpoints
from dao_api.problems import install_problems
from dao_api.submissions import (
    endpoints as submissions_endpoints,
    opening_endpoints as openings_endpoints,
)
from dao_api.tasks import endpoints as tasks_endpoints
from dao_api.verdicts import endpoints as verdicts_endpoints


def create_app(context: Context) -> FastAPI:
    """Return the gateway's app."""
    app = FastAPI(
        title="Tessera gateway",
        docs_url=None,  # those pages load scripts from elsewhere
        redoc_url=None,
        version="1",
        description="Takes submissions, gives receipts, anchors; shows tasks, verdicts, payouts.",
    )
    app.state.context = context
    for endpoints in (
        tasks_endpoints,
        submissions_endpoints,
        openings_endpoints,
        verdicts_endpoints,
        payouts_endpoints,
        health_endpoints,
    ):
        app.include_router(endpoints.router)
    install_problems(app)
    app.add_middleware(Etag)
    app.add_middleware(BodyLimit)
    return app
