// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IPastSupply, ReferenceGovernor} from "./ReferenceGovernor.sol";

/// OpenZeppelin's governor with the differences that we chose: hard bounds of the settings, and Expired.
contract BoundedGovernor is ReferenceGovernor {
    mapping(uint256 proposalId => bool) private _isCanceledHere;

    constructor(IVotes votes, IPastSupply workToken, TimelockController timelock_, address guardian, Settings memory s)
        ReferenceGovernor(votes, workToken, timelock_, guardian, s)
    {}

    function state(uint256 proposalId) public view override returns (ProposalState) {
        ProposalState found = super.state(proposalId);
        if (found != ProposalState.Canceled || _isCanceledHere[proposalId]) return found;
        return block.timestamp > proposalEta(proposalId) + 14 days ? ProposalState.Expired : found;
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override returns (uint256 proposalId) {
        proposalId = super._cancel(targets, values, calldatas, descriptionHash);
        _isCanceledHere[proposalId] = true;
    }

    function _setVotingDelay(uint48 newVotingDelay) internal override {
        require(newVotingDelay >= 1 days, "governor: voting delay too short");
        require(newVotingDelay <= 7 days, "governor: voting delay too long");
        super._setVotingDelay(newVotingDelay);
    }

    function _setVotingPeriod(uint32 newVotingPeriod) internal override {
        require(newVotingPeriod == 0 || newVotingPeriod >= 3 days, "governor: voting period short");
        require(newVotingPeriod <= 14 days, "governor: voting period long");
        super._setVotingPeriod(newVotingPeriod);
    }

    function _setProposalThreshold(uint256 newProposalThreshold) internal override {
        require(newProposalThreshold >= 10, "governor: threshold too low");
        require(newProposalThreshold <= 200, "governor: threshold too high");
        super._setProposalThreshold(newProposalThreshold);
    }

    function _setLateQuorumVoteExtension(uint48 newVoteExtension) internal override {
        if (newVoteExtension <= votingPeriod()) {
            require(newVoteExtension >= 1 days, "governor: late extension short");
            require(newVoteExtension <= 3 days, "governor: late extension long");
        }
        super._setLateQuorumVoteExtension(newVoteExtension);
    }

    function _updateQuorumNumerator(uint256 newQuorumNumerator) internal override {
        if (newQuorumNumerator <= quorumDenominator()) {
            require(newQuorumNumerator >= 3, "governor: quorum too low");
            require(newQuorumNumerator <= 20, "governor: quorum too high");
        }
        super._updateQuorumNumerator(newQuorumNumerator);
    }
}
