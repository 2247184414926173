#!/usr/bin/env bash
# The built page as it will be once prices have changed, into target/earlier-page, for the tests: its folder of prices has
# an earlier price book too, which was never published.
set -euo pipefail
cd "$(dirname "$0")/.."
prices=target/earlier-prices
out=target/earlier-page
rm -rf "$prices" "$out"
mkdir "$prices"
cp site/prices/*.json tests/engine/books/*.json "$prices"
cp -r target/parts "$out"
scripts/fill.sh "$out" "$prices"
