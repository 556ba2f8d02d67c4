#!/usr/bin/env bash
# Measures the pages of the release build in Chromium, on a processor that is four
# times slower and a slow mobile network. Says what it took; fails beyond the limits.
set -euo pipefail
# shellcheck source=scripts/environment.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/environment.sh"

scripts/setup.sh build services browser
scripts/build.sh
CHROMIUM=$(chromium_path)
export CHROMIUM
npm --prefix end2end run vitals
