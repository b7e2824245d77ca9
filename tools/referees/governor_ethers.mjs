// Take one proposal from a delegation to its execution with ethers and OpenZeppelin's published ABIs: a job in, a record out.
import { readFileSync } from 'node:fs'
import { Contract, HDNodeWallet, JsonRpcProvider, id } from 'ethers'
import { DOMAIN_FIELDS, STATES, SUPPORT, TYPES, governorAbi, interfaceAbi, interfaceId, print, splitted, timelockAbi, votesAbi } from './published.mjs'

const { rpc, mnemonic, governor: address, proposer, delegator, voter, signer, extended, relayer, call, description } =
  JSON.parse(readFileSync(0, 'utf8'))
const provider = new JsonRpcProvider(rpc, undefined, { batchMaxCount: 1, cacheTimeout: -1, polling: true, pollingInterval: 100 })
const wallet = (place) => HDNodeWallet.fromPhrase(mnemonic, undefined, `m/44'/60'/0'/0/${place}`).connect(provider)
const as = (contract, place) => contract.connect(wallet(place))

const governor = new Contract(address, governorAbi, provider)
const votes = new Contract(await governor.token(), votesAbi, provider)
const timelock = new Contract(await governor.timelock(), timelockAbi, provider)
const record = { states: {}, errors: {}, events: {}, domains: {}, nonces: {} }

const plain = (values) => Object.fromEntries(Object.entries(values.toObject()).map(([key, value]) => [key, flat(value)]))
const flat = (value) => (value?.toArray ? value.toArray() : value)

async function send(step, transaction) {
  const receipt = await (await transaction).wait()
  record.events[step] = receipt.logs.flatMap((log) =>
    [governor, votes, timelock].flatMap((contract) => {
      const event = log.address === contract.target && contract.interface.parseLog(log)
      return event ? [{ name: event.name, args: plain(event.args) }] : []
    }),
  )
  return receipt
}

async function refuse(step, attempt, contract = governor) {
  try {
    await attempt()
    record.errors[step] = null
  } catch (error) {
    const found = error.revert ?? contract.interface.parseError(error.data ?? '0x')
    record.errors[step] = found && { name: found.name, args: plain(found.args) }
  }
}

async function goTo(timestamp) {
  const { timestamp: now } = await provider.getBlock('latest')
  await provider.send('evm_increaseTime', [Number(timestamp) - now + 1])
  await provider.send('evm_mine', [])
}

async function sign(place, contract, type, message) {
  const { fields, name, version, chainId, verifyingContract } = await contract.eip712Domain()
  record.domains[type] = { fields, name, version, chainId, verifyingContract }
  if (fields !== DOMAIN_FIELDS) throw new Error(`a domain of other fields: ${fields}`)
  const domain = { name, version, chainId, verifyingContract }
  return wallet(place).signTypedData(domain, { [type]: TYPES[type] }, message)
}

const see = async (step) => (record.states[step] = STATES[Number(await governor.state(proposalId))])

// A holder delegates by signature; another wallet pays for it.
const { address: holder } = wallet(delegator)
const { address: delegatee } = wallet(voter)
const { timestamp } = await provider.getBlock('latest')
const delegation = { delegatee, nonce: await votes.nonces(holder), expiry: timestamp + 3600 }
const { v, r, s } = splitted(await sign(delegator, votes, 'Delegation', delegation))
record.delegation = { holder, delegatee, before: [await votes.delegates(holder), await votes.getVotes(delegatee)] }
await send('delegateBySig', as(votes, relayer).delegateBySig(delegatee, delegation.nonce, delegation.expiry, v, r, s))
record.delegation.after = [await votes.delegates(holder), await votes.getVotes(delegatee)]
record.nonces.delegator = await votes.nonces(holder)

// Propose.
const operation = [[call.target], [0n], [call.data]]
const hashed = [...operation, id(description)]
await provider.send('evm_mine', [])
await send('propose', as(governor, proposer).propose(...operation, description))
const proposalId = await governor.hashProposal(...hashed)
record.proposal = {
  id: proposalId,
  id_read: await governor.getProposalId(...hashed),
  proposer: await governor.proposalProposer(proposalId),
  snapshot: await governor.proposalSnapshot(proposalId),
  deadline: await governor.proposalDeadline(proposalId),
  needs_queuing: await governor.proposalNeedsQueuing(proposalId),
}
await see('proposed')
await refuse('vote_too_early', () => as(governor, voter).castVote.staticCall(proposalId, SUPPORT.for))
await refuse('queue_too_early', () => as(governor, voter).queue.staticCall(...hashed))

// Vote: twice by transaction, twice by signature.
await goTo(record.proposal.snapshot)
await see('voting')
record.quorum = await governor.quorum(record.proposal.snapshot)
await send('castVote', as(governor, voter).castVote(proposalId, SUPPORT.for))
await refuse('vote_twice', () => as(governor, voter).castVote.staticCall(proposalId, SUPPORT.for))
await send('castVoteWithReason', as(governor, proposer).castVoteWithReason(proposalId, SUPPORT.abstain, 'I only proposed it'))

const { address: ballotSigner } = wallet(signer)
const ballot = { proposalId, support: SUPPORT.for, voter: ballotSigner, nonce: await governor.nonces(ballotSigner) }
const signature = await sign(signer, governor, 'Ballot', ballot)
const relayed = as(governor, relayer)
await refuse('another_support_than_signed', () =>
  relayed.castVoteBySig.staticCall(proposalId, SUPPORT.against, ballotSigner, signature))
await send('castVoteBySig', relayed.castVoteBySig(proposalId, SUPPORT.for, ballotSigner, signature))
await refuse('signature_again', () => relayed.castVoteBySig.staticCall(proposalId, SUPPORT.for, ballotSigner, signature))

const { address: extendedSigner } = wallet(extended)
const reason = 'against, with a reason and params'
const params = '0x' + 'c0ffee'.repeat(12)
const nonce = await governor.nonces(extendedSigner)
const message = { proposalId, support: SUPPORT.against, voter: extendedSigner, nonce, reason, params }
const long = await sign(extended, governor, 'ExtendedBallot', message)
await refuse('other_params_than_signed', () =>
  relayed.castVoteWithReasonAndParamsBySig.staticCall(proposalId, SUPPORT.against, extendedSigner, reason, '0x01', long))
await send(
  'castVoteWithReasonAndParamsBySig',
  relayed.castVoteWithReasonAndParamsBySig(proposalId, SUPPORT.against, extendedSigner, reason, params, long),
)
record.nonces.signer = await governor.nonces(ballotSigner)
record.nonces.extended = await governor.nonces(extendedSigner)
record.tally = plain(await governor.proposalVotes(proposalId))
record.has_voted = [await governor.hasVoted(proposalId, extendedSigner), await governor.hasVoted(proposalId, holder)]

// Queue, wait, execute.
await goTo(record.proposal.deadline)
await see('voted')
await refuse('vote_too_late', () => as(governor, delegator).castVote.staticCall(proposalId, SUPPORT.for))
await send('queue', as(governor, relayer).queue(...hashed))
await see('queued')
record.proposal.eta = await governor.proposalEta(proposalId)
await refuse('execute_too_early', () => as(governor, relayer).execute.staticCall(...hashed), timelock)
await goTo(record.proposal.eta)
await send('execute', as(governor, relayer).execute(...hashed))
await see('executed')
await refuse('execute_twice', () => as(governor, relayer).execute.staticCall(...hashed))

// What a front end shows of the past: a query by topic, without receipts.
const found = await Promise.all(['ProposalCreated', 'ProposalExecuted'].map((name) => governor.queryFilter(governor.filters[name]())))
record.queried = found.flat().filter((event) => event.args.proposalId === proposalId).map((event) => event.eventName)
record.settings = {
  name: await governor.name(),
  version: await governor.version(),
  counting: await governor.COUNTING_MODE(),
  clock_mode: await governor.CLOCK_MODE(),
  voting_delay: await governor.votingDelay(),
  voting_period: await governor.votingPeriod(),
  is_erc165: await governor.supportsInterface('0x01ffc9a7'),
  is_governor: await governor.supportsInterface(interfaceId(interfaceAbi.map(({ name }) => governor.getFunction(name).fragment.selector))),
}
print(record)
provider.destroy()
