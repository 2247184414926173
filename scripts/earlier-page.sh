#!/usr/bin/env bash
# The built page as it will be once prices have changed, into target/earlier-page, for the tests: its folder has an earlier
# price book too, which was never published.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=target/earlier-site
rm -rf "$folder"
cp -r site "$folder"
cp tests/engine/books/*.json "$folder/prices"
scripts/site.sh --draft --out target/earlier-page "$folder"
