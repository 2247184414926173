# `make run` serves the page, or with SITE=FOLDER that of another folder, and `make test` runs every test. The other targets are parts of them, and measurements.
SHELL := bash
.PHONY: run test build release setup setup-test earlier-page example-site engine-wasm lint test-native test-size test-browser test-embed mutants bench bench-page bench-load bench-embed fuzz

run: build
	@scripts/run.sh $(SITE)

# The page is built while the native tests compile. The program that makes sites shares their library.
test: export SITE_BUILDER_PROFILE = test
test: setup-test
	@scripts/side-by-side.sh "$(MAKE) lint test-native" "$(MAKE) test-size engine-wasm earlier-page example-site"
	@scripts/test-browser.sh

build: setup
	@scripts/build.sh

# An archive with the program, the web parts and the documentation, in target/release-archive/.
release: build
	@scripts/release.sh

setup:
	@scripts/setup.sh build

setup-test:
	@scripts/setup.sh test

# Formatting, clippy for the page in the browser, for the native page with all tests and for the engine alone, and the types
# in JavaScript.
lint: setup-test
	cargo fmt --check
	cargo clippy --locked --all-targets --features ssr,preview -- -D warnings
	cargo clippy --locked -- -D warnings
	scripts/clippy-wasm.sh
	scripts/check-js.sh

# The engine, the command line, the components as HTML, and the rules of tests/tidy.rs.
test-native:
	cargo test --locked --features ssr,preview

# The sizes of the built page, against size-budget.json.
test-size: build
	@node scripts/check-size.mjs

# The engine in WebAssembly, and the page as it will be once prices have changed.
engine-wasm: setup
	@scripts/engine-wasm.sh
earlier-page: build
	@scripts/earlier-page.sh

# The site of a fictional provider.
example-site: build
	@scripts/site.sh --draft --out target/example-site tests/sites/example-video-cloud

test-browser: setup-test engine-wasm earlier-page example-site
	@scripts/test-browser.sh

# Documentation sites with the calculator, built by their own generators. Not a part of `make test`.
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

# The size of an embedded calculator, and the time from its script to the visible answer.
bench-embed: setup-test build
	@. scripts/wasm-env.sh && CHROME="$$(find_browser)" node scripts/measure-embed.mjs

# Random bytes as a link and as a price book. Needs nightly Rust and `cargo install cargo-fuzz`. Not a part of `make test`.
SECS ?= 600
fuzz:
	@for target in link price_book; do mkdir -p "target/fuzz/$$target" && cargo +nightly fuzz run "$$target" \
		"$(CURDIR)/target/fuzz/$$target" "$(CURDIR)/fuzz/corpus/$$target" -- \
		-dict="$(CURDIR)/fuzz/dictionaries/$$target.txt" -max_total_time=$(SECS) || exit 1; done
