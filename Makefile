PYTHON ?= python3

.PHONY: build test serve offline check bench lock clean
build test serve offline check bench lock clean:
	@$(PYTHON) tasks.py $@
