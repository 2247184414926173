#!/usr/bin/env bash
# Builds our site into dist/, in release mode, unless dist/ is already built from the same sources, tools and settings.
# Trunk builds the preview and the page around it; its hook, scripts/finish.sh, makes the web parts of that, and `callmix
# site` makes our site of those, as it makes any other.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
. scripts/versions.sh
use_wasm_toolchain

digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
sources() {
  find src styles static schemas embed scripts site index.html Cargo.toml Cargo.lock Trunk.toml tests/browser/package-lock.json \
    -path embed/sites -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cat
  env | grep '^CARGO_PROFILE_' | sort
  echo "$* $TRUNK_VERSION $(wasm_toolchain)"
  "${RUSTC:-rustc}" --version
}
built() { # what dist/ was built from, and the page in it
  echo "$state"
  digest <dist/index.html
}

record=target/dist.built
state=$(sources "$@" | digest)
if [ -e dist/index.html ] && [ -e "$record" ] && [ "$(built)" = "$(cat "$record")" ]; then exit; fi
rm -f "$record"

# Compiled beside the page, which often leaves a processor idle.
(
  use_native_toolchain
  # shellcheck disable=SC2086
  cargo build --quiet $SITE_BUILDER
) &
builder=$!
trunk build --release --skip-version-check "$@"
wait $builder
scripts/site.sh --out dist site
built >"$record"
