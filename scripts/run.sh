#!/usr/bin/env bash
# Serves dist/, or the site of another folder with site.toml and prices/: scripts/run.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# = 0 ]; then exec node scripts/serve.mjs; fi
scripts/site.sh --draft --out target/site "$1"
exec node scripts/serve.mjs target/site
