#!/bin/sh
# The browser journeys drive Debian's Chromium; this installs it where it is missing.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq chromium
command -v chromium >/dev/null
