// OpenZeppelin's published ABIs, as a front end gets them from npm: nothing of ours.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const keyOf = ({ type, name, inputs }) => `${type} ${name}(${(inputs ?? []).map((each) => each.type)})`

const merged = (...names) => {
  const entries = names.flatMap((name) => require(`@openzeppelin/contracts/build/contracts/${name}.json`).abi)
  return [...new Map(entries.filter(({ type }) => type !== 'constructor').map((entry) => [keyOf(entry), entry])).values()]
}

export const governorAbi = merged(
  'GovernorTimelockControl',
  'GovernorSettings',
  'GovernorCountingSimple',
  'GovernorVotesQuorumFraction',
  'GovernorPreventLateQuorum',
  'GovernorProposalGuardian',
)
const inherited = new Set(merged('IERC165', 'IERC6372').map(keyOf))
// What `type(IGovernor).interfaceId` is made of: the functions that the interface itself declares.
export const interfaceAbi = merged('IGovernor').filter((entry) => entry.type === 'function' && !inherited.has(keyOf(entry)))
export const votesAbi = merged('Votes')
export const timelockAbi = merged('TimelockController')

// IGovernor.ProposalState, in its order.
export const STATES = ['Pending', 'Active', 'Canceled', 'Defeated', 'Succeeded', 'Queued', 'Expired', 'Executed']
export const SUPPORT = { against: 0, for: 1, abstain: 2 }

export const TYPES = {
  Delegation: [
    { name: 'delegatee', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'expiry', type: 'uint256' },
  ],
  Ballot: [
    { name: 'proposalId', type: 'uint256' },
    { name: 'support', type: 'uint8' },
    { name: 'voter', type: 'address' },
    { name: 'nonce', type: 'uint256' },
  ],
  ExtendedBallot: [
    { name: 'proposalId', type: 'uint256' },
    { name: 'support', type: 'uint8' },
    { name: 'voter', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'reason', type: 'string' },
    { name: 'params', type: 'bytes' },
  ],
}
// The parts of a domain that eip712Domain() of ERC-5267 tells: name, version, chain and contract, no salt.
export const DOMAIN_FIELDS = '0x0f'

// Numbers as text: the libraries differ in which are too large for JSON.
const isNumber = (value) => ['bigint', 'number'].includes(typeof value)
export const print = (record) =>
  process.stdout.write(JSON.stringify(record, (_, value) => (isNumber(value) ? value.toString() : value)))

export const splitted = (signature) => ({
  r: signature.slice(0, 66),
  s: '0x' + signature.slice(66, 130),
  v: parseInt(signature.slice(130), 16),
})

export const interfaceId = (selectors) =>
  '0x' + selectors.reduce((found, selector) => found ^ BigInt(selector), 0n).toString(16).padStart(8, '0')
