#!/usr/bin/env bash
# Runs two commands at the same time, for a machine that one of them does not keep busy: scripts/side-by-side.sh ONE OTHER.
# The output of the other follows when both have ended. Fails if one of them fails.
set -euo pipefail
output=$(mktemp)
trap 'rm -f "$output"' EXIT
bash -c "$2" >"$output" 2>&1 &
other=$!
failed=0
bash -c "$1" || failed=1
wait "$other" || failed=1
cat "$output"
exit $failed
