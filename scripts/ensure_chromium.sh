#!/bin/sh
# The browser journeys drive Debian's Chromium; this installs it where it is missing.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
echo "Cài Chromium cho các phép thử bằng trình duyệt · installing Chromium for the browser tests"
if [ "$(id -u)" = 0 ]; then
  sudo=""
elif command -v sudo >/dev/null 2>&1; then
  sudo="sudo"
else
  echo "Cần quyền quản trị một lần: apt-get install chromium · needed once as root: apt-get install chromium" >&2
  exit 1
fi
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium
command -v chromium >/dev/null
