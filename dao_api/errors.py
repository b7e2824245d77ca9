"""Everything the gateway refuses, each with its HTTP status and problem type (RFC 9457).

GatewayError
├── SettingsRefused           the program cannot start with these settings
├── BatchOvertaken            another process of this gateway was first
└── Problem                   rendered as application/problem+json by `problems.render`
    ├── MalformedRequest      422  the request is not what its schema says
    ├── RequestTooLarge       413  the body is larger than the gateway reads
    ├── RouteUnknown          404  there is no such page
    ├── MethodUnknown         405  this page does not do that
    ├── TaskUnknown           404  no such task on this chain
    ├── SubmissionUnknown     404  this gateway holds no such submission
    ├── VerdictUnknown        404  nothing was posted for this task yet
    ├── PayoutsUnknown        404  no money is assigned yet, or none to this worker
    ├── ForeignGateway        403  the task names another gateway
    ├── SeatMissing           403  the worker has too little stake
    ├── SignatureRefused      403  the signature is not the worker's
    ├── SubmissionLate        409  the task takes no answers any more
    ├── SignatureExpired      409  the deadline inside the submission has passed
    ├── OpeningEarly          409  others could still copy the answers
    ├── ItemAnsweredBefore    409  the worker has already answered an item
    ├── ItemFull              409  an item has all the answers that it gets
    ├── AuditsFull            409  a juror answers more items than a draw takes
    ├── AssignmentReused      409  the assignment already has another submission
    ├── SubmissionMismatched  422  body, answers and path speak of different things
    ├── AnswersRefused        422  the answers do not fit the task
    ├── PayloadRefused        502  a stored payload is missing, or not what it should be
    ├── RootMismatched        502  a verdict document does not give the roots on chain
    ├── ChainUnreachable      503  the node does not answer
    ├── StoreUnreachable      503  the store does not answer
    ├── DatabaseUnreachable   503  the database does not answer
    └── ServerFailed          500  a fault of ours
"""

from http import HTTPStatus


class GatewayError(Exception):
    """Say what was wrong, with which value, and what to do."""


class SettingsRefused(GatewayError):
    """The program cannot start with these settings."""


class BatchOvertaken(GatewayError):
    """Another process of this gateway was first."""


class Problem(GatewayError):
    """A refusal that a client reads: `slug` names the type, the message is the detail."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    slug = "server-failed"
    title = "The gateway failed"


class MalformedRequest(Problem):
    """The request is not what its schema says."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "malformed-request"
    title = "The request is not what its schema says"


class RequestTooLarge(Problem):
    """The body is larger than the gateway reads."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    slug = "request-too-large"
    title = "The request is too large"


class RouteUnknown(Problem):
    """There is no such page."""

    status = HTTPStatus.NOT_FOUND
    slug = "route-unknown"
    title = "There is no such page"


class MethodUnknown(Problem):
    """This page does not do that."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    slug = "method-unknown"
    title = "This page does not take that method"


class TaskUnknown(Problem):
    """No such task on this chain."""

    status = HTTPStatus.NOT_FOUND
    slug = "task-unknown"
    title = "There is no such task"


class SubmissionUnknown(Problem):
    """This gateway holds no such submission."""

    status = HTTPStatus.NOT_FOUND
    slug = "submission-unknown"
    title = "There is no such submission"


class VerdictUnknown(Problem):
    """Nothing was posted for this task yet."""

    status = HTTPStatus.NOT_FOUND
    slug = "verdict-unknown"
    title = "The task has no verdict"


class PayoutsUnknown(Problem):
    """No money is assigned yet, or none to this worker."""

    status = HTTPStatus.NOT_FOUND
    slug = "payouts-unknown"
    title = "There is no such payout"


class ForeignGateway(Problem):
    """The task names another gateway."""

    status = HTTPStatus.FORBIDDEN
    slug = "foreign-gateway"
    title = "The task belongs to another gateway"


class SeatMissing(Problem):
    """The worker has too little stake."""

    status = HTTPStatus.FORBIDDEN
    slug = "seat-missing"
    title = "The worker has no seat"


class SignatureRefused(Problem):
    """The signature is not the worker's."""

    status = HTTPStatus.FORBIDDEN
    slug = "signature-refused"
    title = "The signature is not the worker's"


class SubmissionLate(Problem):
    """The task takes no answers any more."""

    status = HTTPStatus.CONFLICT
    slug = "submission-late"
    title = "The task takes no answers any more"


class SignatureExpired(Problem):
    """The deadline inside the submission has passed."""

    status = HTTPStatus.CONFLICT
    slug = "signature-expired"
    title = "The signature has expired"


class OpeningEarly(Problem):
    """Others could still copy the answers."""

    status = HTTPStatus.CONFLICT
    slug = "opening-early"
    title = "The answers may not be opened yet"


class ItemAnsweredBefore(Problem):
    """The worker has already answered an item."""

    status = HTTPStatus.CONFLICT
    slug = "item-answered-before"
    title = "The worker has answered an item before"


class ItemFull(Problem):
    """An item has all the answers that it gets."""

    status = HTTPStatus.CONFLICT
    slug = "item-full"
    title = "An item has all its answers"


class AuditsFull(Problem):
    """A juror answers more items than any draw takes."""

    status = HTTPStatus.CONFLICT
    slug = "audits-full"
    title = "More audits than one juror is drawn for"


class AssignmentReused(Problem):
    """The assignment already has another submission."""

    status = HTTPStatus.CONFLICT
    slug = "assignment-reused"
    title = "The assignment has another submission"


class SubmissionMismatched(Problem):
    """Body, answers and path speak of different things."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "submission-mismatched"
    title = "The submission contradicts its answers"


class AnswersRefused(Problem):
    """The answers do not fit the task."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    slug = "answers-refused"
    title = "The answers do not fit the task"


class PayloadRefused(Problem):
    """A stored payload is missing, or not what it should be."""

    status = HTTPStatus.BAD_GATEWAY
    slug = "payload-refused"
    title = "A payload is missing or wrong"


class RootMismatched(Problem):
    """A verdict document does not give the roots on chain."""

    status = HTTPStatus.BAD_GATEWAY
    slug = "root-mismatched"
    title = "The verdict document does not give the roots on chain"


class ChainUnreachable(Problem):
    """The node does not answer."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "chain-unreachable"
    title = "The chain's node does not answer"


class StoreUnreachable(Problem):
    """The store does not answer."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "store-unreachable"
    title = "The payload store does not answer"


class DatabaseUnreachable(Problem):
    """The database does not answer."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "database-unreachable"
    title = "The database does not answer"


class ServerFailed(Problem):
    """A fault of ours."""
