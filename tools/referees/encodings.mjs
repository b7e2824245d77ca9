// Answer questions about encodings with viem and @openzeppelin/merkle-tree: a JSON list in, a JSON list out.
import { readFileSync } from 'node:fs'
import { StandardMerkleTree } from '@openzeppelin/merkle-tree'
import { encodeAbiParameters, hashTypedData, keccak256, recoverTypedDataAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const answers = {
  keccakOfAbi: ({ types, row }) => keccak256(encodeAbiParameters(types.map((type) => ({ type })), row)),
  typedDataHash: ({ message }) => hashTypedData(message),
  typedDataSignature: ({ message, key }) => privateKeyToAccount(key).signTypedData(message),
  typedDataSigner: ({ message, signature }) => recoverTypedDataAddress({ ...message, signature }),
  tree: ({ types, rows }) => {
    const tree = StandardMerkleTree.of(rows, types)
    return { root: tree.root, proofs: rows.map((_, index) => tree.getProof(index)) }
  },
  proofIsValid: ({ root, types, row, proof }) => StandardMerkleTree.verify(root, types, row, proof),
}

const questions = JSON.parse(readFileSync(0, 'utf8'))
const replies = await Promise.all(questions.map(({ ask, ...what }) => answers[ask](what)))
process.stdout.write(JSON.stringify(replies))
