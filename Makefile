# The project's commands. `make` alone lists them; each one sets up what it needs, once.
#
# Variables: PYTHON=python3.12 (which Python makes the environment), ARGS="..." (passed on).

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input install
CACHES := .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build

# What this machine sets for pip or Python elsewhere must not steer the environment made here.
unexport PIP_CONSTRAINT PIP_PREFIX PIP_ROOT PIP_TARGET PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH
export PIP_USER := 0

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint lint-code lint-format lint-types lint-rooms lint-notebooks \
        build check gallery site lab lock clean clean-all setup-run setup-dev setup-lab

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: setup-run ## run all notebooks, write outputs/ and the site (ARGS="..." goes to plan155 run)
	@$(BIN)/plan155 run --language all $(ARGS)

test: setup-dev ## run the tests (ARGS="..." goes to pytest)
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: lint-code lint-format lint-types lint-rooms lint-notebooks ## check style, types, imports, notebooks

lint-code: setup-dev
	@$(BIN)/ruff check .

lint-format: setup-dev
	@$(BIN)/ruff format --check .

lint-types: setup-dev
	@$(BIN)/mypy

lint-rooms: setup-dev
	@$(BIN)/lint-imports

lint-notebooks: setup-dev
	@find notebooks -name '*.ipynb' -not -path '*/.ipynb_checkpoints/*' \
	    -exec $(BIN)/nbstripout --keep-id --verify {} + \
	    || { echo "A notebook holds outputs. To mend: $(BIN)/nbstripout --keep-id notebooks/*.ipynb" >&2; exit 1; }

build: setup-run ## rebuild data/plan and datapackage.json from data/source
	@$(BIN)/plan155 build $(ARGS)

check: setup-run ## validate the data package
	@$(BIN)/plan155 check $(ARGS)

gallery: setup-dev ## draw the pictures of the READMEs anew
	@$(BIN)/python -m tests.docs.gallery

site: setup-run ## make the site of the last run and show it on this machine
	@$(BIN)/plan155 publish --serve $(ARGS)

lab: setup-lab ## open JupyterLab on the notebook for exploring
	@$(BIN)/plan155 lab $(ARGS)

# The newest releases within the bounds of pyproject.toml, in one resolution for all three files.
# uv asks its own default index: it does not read pip's configuration.
LOCK_HEADER := '\# Made by `make lock` from pyproject.toml. Do not edit.'
EXPORT := $(BIN)/uv --quiet export --frozen --no-header --no-annotate --no-emit-project \
          --no-default-groups --group build

lock: setup-dev ## renew requirements/*.txt and environment.yml from pyproject.toml
	@$(BIN)/uv --quiet lock --upgrade --no-build --no-python-downloads --python $(BIN)/python
	@{ echo $(LOCK_HEADER); $(EXPORT) --extra intake --extra publish --extra site; } > requirements/run.txt
	@{ echo $(LOCK_HEADER); $(EXPORT) --extra dev --extra intake --extra lab --extra publish --extra scale --extra site; } > requirements/dev.txt
	@{ echo $(LOCK_HEADER); $(EXPORT) --extra intake --extra lab --extra publish --extra site; } > requirements/lab.txt
	@$(BIN)/pyproject2conda yaml --channel conda-forge --name plan155 --python-include infer \
	    --extra lab --req '-e .' --custom-command 'make lock' --output environment.yml

clean: ## remove what the commands made: outputs and caches
	@[ ! -d outputs ] || find outputs -mindepth 1 -not -path outputs/.gitignore -delete
	@rm -rf $(CACHES)
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

clean-all: clean ## remove the environment .venv as well
	@rm -rf $(VENV)

# The environment. One .venv for all; a stamp in it says which lock file it satisfies, so that a
# second call installs nothing. Each lock holds all of run.txt at the same versions.
setup-run: $(VENV)/.run $(VENV)/.package
setup-dev: $(VENV)/.dev $(VENV)/.package
setup-lab: $(VENV)/.lab $(VENV)/.package

$(BIN)/python:
	@$(PYTHON) --version > /dev/null 2>&1 || { echo "No '$(PYTHON)' here. To mend: install\
	 Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "'$(PYTHON)' is\
	 too old: Python 3.11 or newer is needed. To mend: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { echo "'$(PYTHON)' comes without venv.\
	 To mend, on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

# Only wheels, only the hashes of the lock, nothing beside it.
install = echo "Installing requirements/$(1).txt into $(VENV) (once; a minute or two)" \
    && $(PIP) --no-deps --only-binary :all: --require-hashes -r requirements/$(1).txt

$(VENV)/.run: requirements/run.txt | $(BIN)/python
	@$(call install,run)
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	@$(call install,dev)
	@touch $(VENV)/.run $@

$(VENV)/.lab: requirements/lab.txt | $(BIN)/python
	@$(call install,lab)
	@touch $(VENV)/.run $@

$(VENV)/.package: pyproject.toml | $(VENV)/.run
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
