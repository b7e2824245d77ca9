// Compile Solidity sources with npm's solc and OpenZeppelin's contracts: {name: text} in, {name: {abi, bytecode}} out.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import solc from 'solc'

const require = createRequire(import.meta.url)
const findImports = (path) => ({ contents: readFileSync(require.resolve(path), 'utf8') })
const sources = JSON.parse(readFileSync(0, 'utf8'))
const input = {
  language: 'Solidity',
  sources: Object.fromEntries(Object.entries(sources).map(([name, content]) => [name, { content }])),
  settings: {
    optimizer: { enabled: true, runs: 200 },
    evmVersion: 'cancun',
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  },
}
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: findImports }))
const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error')
if (errors.length) {
  process.stderr.write(errors.map(({ formattedMessage }) => formattedMessage).join('\n'))
  process.exit(1)
}
const compiled = Object.values(output.contracts).flatMap((file) => Object.entries(file))
const deployable = compiled.filter(([, { evm }]) => evm.bytecode.object)
process.stdout.write(
  JSON.stringify(
    Object.fromEntries(deployable.map(([name, { abi, evm }]) => [name, { abi, bytecode: '0x' + evm.bytecode.object }])),
  ),
)
