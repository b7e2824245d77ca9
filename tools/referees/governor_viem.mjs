// Take one proposal from a delegation to its execution with viem and OpenZeppelin's published ABIs: a job in, a record out.
import { readFileSync } from 'node:fs'
import {
  BaseError,
  createPublicClient,
  createTestClient,
  createWalletClient,
  decodeErrorResult,
  defineChain,
  encodeFunctionData,
  getContract,
  http,
  isHex,
  keccak256,
  parseEventLogs,
  toBytes,
  toFunctionSelector,
} from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { DOMAIN_FIELDS, STATES, SUPPORT, TYPES, governorAbi, interfaceAbi, interfaceId, print, splitted, timelockAbi, votesAbi } from './published.mjs'

const { rpc, mnemonic, governor: address, proposer, delegator, voter, signer, extended, relayer, call, description } =
  JSON.parse(readFileSync(0, 'utf8'))
const transport = http(rpc)
const id = await createPublicClient({ transport }).getChainId()
const chain = defineChain({ id, name: 'a node', nativeCurrency: { name: 'coin', symbol: 'C', decimals: 18 }, rpcUrls: { default: { http: [rpc] } } })
const client = createPublicClient({ chain, transport, pollingInterval: 100, cacheTime: 0 })
const clock = createTestClient({ chain, transport, mode: 'anvil' })
const account = (place) => mnemonicToAccount(mnemonic, { addressIndex: place })

const governor = getContract({ address, abi: governorAbi, client })
const votes = getContract({ address: await governor.read.token(), abi: votesAbi, client })
const timelock = getContract({ address: await governor.read.timelock(), abi: timelockAbi, client })
const record = { states: {}, errors: {}, events: {}, domains: {}, nonces: {} }

const inputsOf = (abi, name, type) => abi.find((entry) => entry.type === type && entry.name === name).inputs
const named = (abi, { errorName, args = [] }) => ({
  name: errorName,
  args: Object.fromEntries(inputsOf(abi, errorName, 'error').map((input, place) => [input.name, args[place]])),
})

async function send(step, place, contract, functionName, args) {
  const wallet = createWalletClient({ account: account(place), chain, transport })
  const hash = await wallet.writeContract({ address: contract.address, abi: contract.abi, functionName, args })
  const { logs, status } = await client.waitForTransactionReceipt({ hash })
  if (status !== 'success') throw new Error(`${functionName} failed`)
  record.events[step] = logs.flatMap((log) =>
    [governor, votes, timelock].flatMap(({ address: emitter, abi }) =>
      log.address.toLowerCase() === emitter.toLowerCase() ? parseEventLogs({ abi, logs: [log] }) : [],
    ),
  ).map(({ eventName, args: values }) => ({ name: eventName, args: values }))
}

// Nodes word a revert differently; its data is the same, and viem decodes it.
async function refuse(step, place, functionName, args, errors = governorAbi) {
  const data = encodeFunctionData({ abi: governorAbi, functionName, args })
  try {
    await client.call({ account: account(place), to: address, data })
    record.errors[step] = null
  } catch (error) {
    if (!(error instanceof BaseError)) throw error
    const cause = error.walk((each) => isHex(each?.data) || isHex(each?.data?.data))
    const reverted = isHex(cause?.data) ? cause.data : cause?.data?.data
    record.errors[step] = reverted ? named(errors, decodeErrorResult({ abi: errors, data: reverted })) : error.message
  }
}

async function goTo(timestamp) {
  const { timestamp: now } = await client.getBlock()
  await clock.increaseTime({ seconds: Number(timestamp - now) + 1 })
  await clock.request({ method: 'evm_mine' })
}

async function sign(place, contract, primaryType, message) {
  const [fields, name, version, chainId, verifyingContract] = await contract.read.eip712Domain()
  record.domains[primaryType] = { fields, name, version, chainId, verifyingContract }
  if (fields !== DOMAIN_FIELDS) throw new Error(`a domain of other fields: ${fields}`)
  const domain = { name, version, chainId, verifyingContract }
  return account(place).signTypedData({ domain, types: { [primaryType]: TYPES[primaryType] }, primaryType, message })
}

const see = async (step) => (record.states[step] = STATES[await governor.read.state([proposalId])])

// A holder delegates by signature; another wallet pays for it.
const { address: holder } = account(delegator)
const { address: delegatee } = account(voter)
const expiry = (await client.getBlock()).timestamp + 3600n
const delegation = { delegatee, nonce: await votes.read.nonces([holder]), expiry }
const { v, r, s } = splitted(await sign(delegator, votes, 'Delegation', delegation))
const power = async () => [await votes.read.delegates([holder]), await votes.read.getVotes([delegatee])]
record.delegation = { holder, delegatee, before: await power() }
await send('delegateBySig', relayer, votes, 'delegateBySig', [delegatee, delegation.nonce, expiry, v, r, s])
record.delegation.after = await power()
record.nonces.delegator = await votes.read.nonces([holder])

// Propose.
const operation = [[call.target], [0n], [call.data]]
const hashed = [...operation, keccak256(toBytes(description))]
await clock.request({ method: 'evm_mine' })
await send('propose', proposer, governor, 'propose', [...operation, description])
const proposalId = await governor.read.hashProposal(hashed)
record.proposal = {
  id: proposalId,
  id_read: await governor.read.getProposalId(hashed),
  proposer: await governor.read.proposalProposer([proposalId]),
  snapshot: await governor.read.proposalSnapshot([proposalId]),
  deadline: await governor.read.proposalDeadline([proposalId]),
  needs_queuing: await governor.read.proposalNeedsQueuing([proposalId]),
}
await see('proposed')
await refuse('vote_too_early', voter, 'castVote', [proposalId, SUPPORT.for])
await refuse('queue_too_early', voter, 'queue', hashed)

// Vote: twice by transaction, twice by signature.
await goTo(record.proposal.snapshot)
await see('voting')
record.quorum = await governor.read.quorum([record.proposal.snapshot])
await send('castVote', voter, governor, 'castVote', [proposalId, SUPPORT.for])
await refuse('vote_twice', voter, 'castVote', [proposalId, SUPPORT.for])
await send('castVoteWithReason', proposer, governor, 'castVoteWithReason', [proposalId, SUPPORT.abstain, 'I only proposed it'])

const { address: ballotSigner } = account(signer)
const ballot = { proposalId, support: SUPPORT.for, voter: ballotSigner, nonce: await governor.read.nonces([ballotSigner]) }
const signature = await sign(signer, governor, 'Ballot', ballot)
const signed = [proposalId, SUPPORT.for, ballotSigner, signature]
await refuse('another_support_than_signed', relayer, 'castVoteBySig', [proposalId, SUPPORT.against, ballotSigner, signature])
await send('castVoteBySig', relayer, governor, 'castVoteBySig', signed)
await refuse('signature_again', relayer, 'castVoteBySig', signed)

const { address: extendedSigner } = account(extended)
const reason = 'against, with a reason and params'
const params = '0x' + 'c0ffee'.repeat(12)
const nonce = await governor.read.nonces([extendedSigner])
const message = { proposalId, support: SUPPORT.against, voter: extendedSigner, nonce, reason, params }
const long = await sign(extended, governor, 'ExtendedBallot', message)
const told = (what) => [proposalId, SUPPORT.against, extendedSigner, reason, what, long]
await refuse('other_params_than_signed', relayer, 'castVoteWithReasonAndParamsBySig', told('0x01'))
await send('castVoteWithReasonAndParamsBySig', relayer, governor, 'castVoteWithReasonAndParamsBySig', told(params))
record.nonces.signer = await governor.read.nonces([ballotSigner])
record.nonces.extended = await governor.read.nonces([extendedSigner])
const [againstVotes, forVotes, abstainVotes] = await governor.read.proposalVotes([proposalId])
record.tally = { againstVotes, forVotes, abstainVotes }
record.has_voted = await Promise.all([extendedSigner, holder].map((each) => governor.read.hasVoted([proposalId, each])))

// Queue, wait, execute.
await goTo(record.proposal.deadline)
await see('voted')
await refuse('vote_too_late', delegator, 'castVote', [proposalId, SUPPORT.for])
await send('queue', relayer, governor, 'queue', hashed)
await see('queued')
record.proposal.eta = await governor.read.proposalEta([proposalId])
await refuse('execute_too_early', relayer, 'execute', hashed, timelockAbi)
await goTo(record.proposal.eta)
await send('execute', relayer, governor, 'execute', hashed)
await see('executed')
await refuse('execute_twice', relayer, 'execute', hashed)

// What a front end shows of the past: a query by topic, without receipts.
const queries = ['ProposalCreated', 'ProposalExecuted'].map((eventName) =>
  client.getContractEvents({ address, abi: governorAbi, eventName, fromBlock: 0n }),
)
const found = (await Promise.all(queries)).flat()
record.queried = found.filter(({ args }) => args.proposalId === proposalId).map(({ eventName }) => eventName)
record.settings = {
  name: await governor.read.name(),
  version: await governor.read.version(),
  counting: await governor.read.COUNTING_MODE(),
  clock_mode: await governor.read.CLOCK_MODE(),
  voting_delay: await governor.read.votingDelay(),
  voting_period: await governor.read.votingPeriod(),
  is_erc165: await governor.read.supportsInterface(['0x01ffc9a7']),
  is_governor: await governor.read.supportsInterface([interfaceId(interfaceAbi.map(toFunctionSelector))]),
}
print(record)
