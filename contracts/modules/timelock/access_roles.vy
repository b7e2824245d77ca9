# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title access_roles
@license GNU Affero General Public License v3.0 only
@notice Who may do what: OpenZeppelin's AccessControl 5.7, where one role is the admin of all.
@dev Nobody can change the admin of a role, as in their TimelockController: RoleAdminChanged never
     comes. The internal functions that grant and revoke do not check the caller.
"""

from ...interfaces import ITimelock


DEFAULT_ADMIN_ROLE: public(constant(bytes32)) = empty(bytes32)


# role => account => ...
_has_role: HashMap[bytes32, HashMap[address, bool]]


@external
def grantRole(role: bytes32, account: address):
    """
    @notice Gives a role. Only a holder of DEFAULT_ADMIN_ROLE; after deployment the Timelock alone.
    @dev After: `account` has the role; logged if it had not. Refuses to let anybody else make
         themselves proposer or executor.
    @param role The role.
    @param account Who gets it; the zero address opens the executor role to everybody.
    """
    self._check_role(DEFAULT_ADMIN_ROLE, msg.sender)
    self._grant(role, account)


@external
def revokeRole(role: bytes32, account: address):
    """
    @notice Takes a role. Only a holder of DEFAULT_ADMIN_ROLE; after deployment the Timelock alone.
    @dev After: `account` does not have the role; logged if it had.
    @param role The role.
    @param account Who loses it.
    """
    self._check_role(DEFAULT_ADMIN_ROLE, msg.sender)
    self._revoke(role, account)


@external
def renounceRole(role: bytes32, callerConfirmation: address):
    """
    @notice Gives up a role of the caller. Anybody, for themselves.
    @dev After: the caller does not have the role; logged if it had.
    @param role The role.
    @param callerConfirmation The caller, once more, against slips.
    """
    if callerConfirmation != msg.sender:
        raw_revert(method_id("AccessControlBadConfirmation()"))
    self._revoke(role, callerConfirmation)


@external
@view
def hasRole(role: bytes32, account: address) -> bool:
    """
    @notice Whether an account has a role.
    @param role The role.
    @param account The account.
    @return True if so.
    """
    return self._has_role[role][account]


@external
@view
def getRoleAdmin(role: bytes32) -> bytes32:
    """
    @notice Whose holders may grant and revoke a role.
    @param role The role.
    @return Always DEFAULT_ADMIN_ROLE.
    """
    return DEFAULT_ADMIN_ROLE


@internal
@view
def _check_role(role: bytes32, account: address):
    """
    @dev Throws unless `account` has `role`.
    """
    if not self._has_role[role][account]:
        raw_revert(
            abi_encode(
                account,
                role,
                method_id=method_id("AccessControlUnauthorizedAccount(address,bytes32)"),
            )
        )


@internal
@view
def _check_role_or_open(role: bytes32, account: address):
    """
    @dev Throws unless `account` or, for everybody, the zero address has `role`. The account first:
         it is the rule, and the other slot need not be read then.
    """
    if not self._has_role[role][account] and not self._has_role[role][empty(address)]:
        self._check_role(role, account)


@internal
def _grant(role: bytes32, account: address):
    """
    @dev Unguarded: the callers check.
    """
    if not self._has_role[role][account]:
        self._has_role[role][account] = True
        log ITimelock.RoleGranted(role=role, account=account, sender=msg.sender)


@internal
def _revoke(role: bytes32, account: address):
    """
    @dev Unguarded: the callers check.
    """
    if self._has_role[role][account]:
        self._has_role[role][account] = False
        log ITimelock.RoleRevoked(role=role, account=account, sender=msg.sender)
