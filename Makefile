# Two commands do everything: `make run` and `make test`. The rest are parts of them.
SHELL := bash
.PHONY: run test build setup setup-test lint test-engine test-app test-size test-browser test-embed mutants bench bench-page bench-load bench-embed fuzz

run: build
	@node scripts/serve.mjs

test: lint test-engine test-app test-size test-browser

build: setup
	@scripts/build.sh

setup:
	@scripts/setup.sh build

setup-test:
	@scripts/setup.sh test

# Formatting, and clippy for the engine, the native page and the browser's page.
lint: setup-test
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --all-targets --features ssr,preview -- -D warnings
	scripts/clippy-wasm.sh

test-engine:
	cargo test --locked

test-app:
	cargo test --locked --features ssr,preview --lib --test app

# What the built page weighs, against size-budget.json.
test-size: build
	@node scripts/check-size.mjs

test-browser: setup-test build
	@scripts/engine-wasm.sh
	@scripts/earlier-page.sh
	@scripts/test-browser.sh

# Documentation sites with the calculator in them, built by their own generators, which are not a part of `make test`.
test-embed: build
	@scripts/setup.sh embed
	@scripts/test-embed.sh

# Which changes to the engine do its tests miss? Some 400 random mutants in an hour; not a part of `make test`.
mutants:
	@cargo run --release --quiet --manifest-path mutants/Cargo.toml --target-dir target/mutants/tool -- $(MUTANTS)

bench:
	cargo bench --locked

# The main thread's work per keystroke, against its targets.
bench-page: setup-test build
	@. scripts/wasm-env.sh && CHROME="$$(find_browser)" node scripts/measure-keystrokes.mjs

# Paints, the first answer and layout shifts while loading.
bench-load: setup-test build
	@. scripts/wasm-env.sh && CHROME="$$(find_browser)" node scripts/measure-load.mjs

# What an embedded calculator weighs, and how long it takes from the script to the visible answer.
bench-embed: setup-test build
	@. scripts/wasm-env.sh && CHROME="$$(find_browser)" node scripts/measure-embed.mjs

# Any bytes as a link or a price book. Needs nightly Rust and `cargo install cargo-fuzz`; not a part of `make test`.
SECS ?= 600
fuzz:
	@for target in link price_book; do mkdir -p "target/fuzz/$$target" && cargo +nightly fuzz run "$$target" \
		"$(CURDIR)/target/fuzz/$$target" "$(CURDIR)/fuzz/corpus/$$target" -- \
		-dict="$(CURDIR)/fuzz/dictionaries/$$target.txt" -max_total_time=$(SECS) || exit 1; done
