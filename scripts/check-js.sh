#!/usr/bin/env bash
# Checks the types of the JavaScript that visitors run: the page's, the element's, and the service worker's, which has other
# globals than a page.
set -euo pipefail
cd "$(dirname "$0")/.."
tsc=target/tools/node/node_modules/.bin/tsc
"$tsc" --project jsconfig.json
"$tsc" --noEmit --checkJs --strict false --target es2024 --lib es2024,webworker src/service-worker.js
