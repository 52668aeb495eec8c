# Everything a person or a machine does with this source tree. Needs make and Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
KERAS_VENV := .venv-keras
KERAS2_VENV := .venv-keras2
ONNX_VENV := .venv-onnx
CLUSTER_VENV := .venv-cluster
BENCH_VENV := .venv-bench
PY := $(VENV)/bin/python
OFFSCREEN := QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen}
INSTALL := -m pip install --disable-pip-version-check -c packaging/constraints.txt
INPUTS := pyproject.toml packaging/constraints.txt packaging/make_venv.py

.DEFAULT_GOAL := help
.PHONY: help run test check stories bench torture test-keras test-keras2 test-onnx test-cluster clean qt-libraries

help:  ## Say what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*##/\1:/p' $(MAKEFILE_LIST) | awk -F: '{ printf "make %-12s %s\n", $$1, $$2 }'

run: $(VENV)/run.stamp  ## Start nnstudio; without a display, its demo (ARGS="..." is passed on)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" != Linux ]; then \
	    $(PY) -m nnstudio.preflight --install && exec $(VENV)/bin/nnstudio $(ARGS); \
	else \
	    echo "There is no display, so this is the demo without a window."; \
	    exec $(VENV)/bin/nnstudio demo $(ARGS); \
	fi

test: $(VENV)/dev.stamp qt-libraries  ## Run all tests, those on a real X server too where its tools are installed
	$(OFFSCREEN) $(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile
	@$(MAKE) --no-print-directory stories

stories: $(VENV)/dev.stamp  ## Run the tests that act as a person does, on an X server of their own
	@packaging/run_stories $(PY)

check: $(VENV)/dev.stamp qt-libraries  ## Check style, types and who may import whom
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict nnstudio
	$(OFFSCREEN) $(PY) -m pytest -q tests/test_architecture.py

bench: $(BENCH_VENV)/stamp  ## Measure speed beside PyTorch and Keras (tests/benchmarks), without Qt
	$(BENCH_VENV)/bin/python -m tests.benchmarks

torture: $(VENV)/dev.stamp qt-libraries  ## Run the tests that take minutes
	$(OFFSCREEN) $(PY) -m pytest -m torture --timeout 1800 -o faulthandler_timeout=2000

test-keras: $(KERAS_VENV)/stamp  ## Compare with Keras itself, in an environment without Qt
	KERAS_BACKEND=jax $(KERAS_VENV)/bin/python -m pytest -m "" -W "ignore:Unknown config option" tests/keras

test-keras2: $(KERAS2_VENV)/stamp  ## The same with Keras 2 (tf_keras), on TensorFlow, which is large
	KERAS_PACKAGE=tf_keras TF_USE_LEGACY_KERAS=1 TF_CPP_MIN_LOG_LEVEL=2 CUDA_VISIBLE_DEVICES= \
	    $(KERAS2_VENV)/bin/python -m pytest -m "" -W "ignore:Unknown config option" tests/keras

test-onnx: $(ONNX_VENV)/stamp  ## Compare exported ONNX files with onnxruntime, in an environment without Qt
	$(ONNX_VENV)/bin/python -m pytest -W "ignore:Unknown config option" tests/formats/test_onnx_file.py \
	    tests/formats/test_export.py tests/formats/test_killed_export.py

test-cluster: $(CLUSTER_VENV)/stamp  ## Sweep on a Dask cluster of this machine, in an environment without Qt
	$(CLUSTER_VENV)/bin/python -m pytest -W "ignore:Unknown config option" tests/experiments/test_sweep_cluster.py

clean:  ## Remove everything that was made
	rm -rf $(VENV) $(KERAS_VENV) $(KERAS2_VENV) $(ONNX_VENV) $(CLUSTER_VENV) $(BENCH_VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find nnstudio tests packaging -name __pycache__ -prune -exec rm -rf {} +

qt-libraries: $(VENV)/run.stamp
	@$(OFFSCREEN) $(PY) -m nnstudio.preflight --install

# An environment knows its own path and Python: where the folder was moved or Python replaced, install anew.
PLACE := $(CURDIR) $(shell $(PYTHON) --version 2>&1)
ifneq ($(shell cat $(VENV)/place 2>/dev/null),$(PLACE))
.PHONY: $(VENV)/run.stamp $(VENV)/dev.stamp
endif

$(VENV)/run.stamp: $(INPUTS)
	@echo "Installing nnstudio into $(VENV), once: this loads about 110 MB."
	$(PYTHON) packaging/make_venv.py $(VENV)
	$(PY) $(INSTALL) -e .
	@echo "$(PLACE)" > $(VENV)/place
	@touch $@

$(VENV)/dev.stamp: $(INPUTS) | $(VENV)/run.stamp
	$(PY) $(INSTALL) -e ".[dev]"
	@touch $@

$(KERAS_VENV)/stamp: pyproject.toml packaging/keras-requirements.txt packaging/make_venv.py
	$(PYTHON) packaging/make_venv.py $(KERAS_VENV)
	$(KERAS_VENV)/bin/python -m pip install --disable-pip-version-check -r packaging/keras-requirements.txt
	$(KERAS_VENV)/bin/python -m pip install --disable-pip-version-check --no-deps -e .
	@touch $@

$(KERAS2_VENV)/stamp: pyproject.toml packaging/keras2-requirements.txt packaging/make_venv.py
	$(PYTHON) packaging/make_venv.py $(KERAS2_VENV)
	$(KERAS2_VENV)/bin/python -m pip install --disable-pip-version-check -r packaging/keras2-requirements.txt
	$(KERAS2_VENV)/bin/python -m pip install --disable-pip-version-check --no-deps -e .
	@touch $@

$(ONNX_VENV)/stamp: pyproject.toml packaging/onnx-requirements.txt packaging/make_venv.py
	$(PYTHON) packaging/make_venv.py $(ONNX_VENV)
	$(ONNX_VENV)/bin/python -m pip install --disable-pip-version-check -r packaging/onnx-requirements.txt
	$(ONNX_VENV)/bin/python -m pip install --disable-pip-version-check --no-deps -e .
	@touch $@

$(CLUSTER_VENV)/stamp: pyproject.toml packaging/cluster-requirements.txt packaging/make_venv.py
	$(PYTHON) packaging/make_venv.py $(CLUSTER_VENV)
	$(CLUSTER_VENV)/bin/python -m pip install --disable-pip-version-check -r packaging/cluster-requirements.txt
	$(CLUSTER_VENV)/bin/python -m pip install --disable-pip-version-check --no-deps -e .
	@touch $@

# A peer that this machine cannot install is left out, and the benchmark says so.
$(BENCH_VENV)/stamp: pyproject.toml packaging/bench-requirements.txt packaging/make_venv.py
	$(PYTHON) packaging/make_venv.py $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --disable-pip-version-check h5py numpy platformdirs threadpoolctl
	for peer in $$(grep -v '^#' packaging/bench-requirements.txt); do \
	    $(BENCH_VENV)/bin/python -m pip install --disable-pip-version-check $$peer || true; \
	done
	$(BENCH_VENV)/bin/python -m pip install --disable-pip-version-check --no-deps -e .
	@touch $@
