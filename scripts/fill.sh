#!/usr/bin/env bash
# Writes a folder of price books into a copy of target/parts, and prepares it for serving: scripts/fill.sh COPY PRICES
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
use_native_toolchain
# shellcheck disable=SC2086
cargo run --quiet $PRERENDER -- "$2" "$1"/{index.html,embed.html,engine.js}
node scripts/finish.mjs "$1"
