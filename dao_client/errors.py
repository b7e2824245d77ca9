"""Everything that can go wrong in the SDK.

TesseraError
├── MalformedDocument      a payload is not what its schema says
├── MalformedMessage       a signed message or encoding is not well formed
├── SignatureRefused       a signature is not the signer's, or has expired
├── ProofRefused           a Merkle proof or root does not match
├── SealRefused            sealed answers do not open, or may not be opened yet
├── ChainUnreachable       the node does not answer
├── RpcRefused             the node answered a call with an error
├── WrongChain             the node is on another chain than the deployment
├── TransactionRefused     the contract refused, before or after sending
├── TransactionLost        sent, but not mined in time
├── KeyUnavailable         the key file or password does not open
├── DeploymentUnknown      no deployment file for this chain
├── NodeFailed             a development node did not start or died
├── OperatorRefused        an operator does not say what a task needs
└── GatewayRefused         the gateway does not answer, or with a problem
"""


class TesseraError(Exception):
    """Say what was wrong, with which value, and what to do."""


class MalformedDocument(TesseraError):
    """A payload is not what its schema says."""


class MalformedMessage(TesseraError):
    """A signed message or encoding is not well formed."""


class SignatureRefused(TesseraError):
    """A signature is not the signer's, or has expired."""


class ProofRefused(TesseraError):
    """A Merkle proof or root does not match."""


class SealRefused(TesseraError):
    """Sealed answers cannot be sealed, do not open, or may not be opened yet."""


class ChainUnreachable(TesseraError):
    """The node does not answer."""


class RpcRefused(TesseraError):
    """The node answered a call with an error: its code, its text, and what came with them."""

    def __init__(self, method: str, code: int, message: str, error_data: object = None) -> None:
        super().__init__(f"{method} was refused by the node: {message} (code {code})")
        self.method = method
        self.code = code
        self.message = message
        self.error_data = error_data


class WrongChain(TesseraError):
    """The node is on another chain than the deployment."""


class TransactionRefused(TesseraError):
    """The contract refused, before or after sending; `reason` is its own text."""

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class TransactionLost(TesseraError):
    """A transaction was sent but not mined in time."""


class KeyUnavailable(TesseraError):
    """The key file or password does not open."""


class DeploymentUnknown(TesseraError):
    """There is no deployment file for this chain."""


class NodeFailed(TesseraError):
    """A development node did not start or died."""


class OperatorRefused(TesseraError):
    """An operator's server does not say what a task needs."""


class GatewayRefused(TesseraError):
    """The gateway does not answer, or with a problem; `is_final` if it took nothing for sure."""

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final
