#!/bin/sh
# The browser journeys drive Debian's Chromium, the comparison with Spark needs Java, sensors a broker; this installs what is missing.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
command -v mosquitto >/dev/null 2>&1 || [ -x /usr/sbin/mosquitto ] || missing="$missing mosquitto"
[ -z "$missing" ] && exit 0
echo "Cài cho các phép thử · installing for the tests:$missing"
if [ "$(id -u)" = 0 ]; then
  sudo=""
elif command -v sudo >/dev/null 2>&1; then
  sudo="sudo"
else
  echo "Cần quyền quản trị một lần · needed once as root: apt-get install$missing" >&2
  exit 1
fi
$sudo apt-get update -qq
# shellcheck disable=SC2086 - one word for each package
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing
command -v chromium >/dev/null
command -v java >/dev/null
[ -x "$(command -v mosquitto || echo /usr/sbin/mosquitto)" ]
