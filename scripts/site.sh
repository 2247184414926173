#!/usr/bin/env bash
# `callmix site` with the web parts of this build: scripts/site.sh [--out DIR] FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
use_native_toolchain
# shellcheck disable=SC2086
cargo run --quiet $SITE_BUILDER -- site --parts target/parts "$@"
