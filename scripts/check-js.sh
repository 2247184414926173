#!/usr/bin/env bash
# Checks the types of the JavaScript that visitors run: the page's, the element's, and the service worker's, which has other
# globals than a page. The published declarations must agree with the types that the element and the engine's module have.
set -euo pipefail
cd "$(dirname "$0")/.."
tsc=target/tools/node/node_modules/.bin/tsc
"$tsc" --project jsconfig.json
"$tsc" --noEmit --checkJs --strict false --target es2024 --lib es2024,webworker src/service-worker.js
modules=(--target es2024 --module esnext --moduleResolution bundler)
"$tsc" --allowJs --declaration --emitDeclarationOnly "${modules[@]}" --outDir target/types embed/embed.js embed/engine.js
"$tsc" --noEmit --strict "${modules[@]}" tests/embed/declarations.ts
