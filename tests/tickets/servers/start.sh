#!/usr/bin/env bash
# Starts the real ticket servers that the tests find by DIAGNOSE_TICKET_SERVERS=DIR: start.sh DIR
# Redmine and Request Tracker are Debian packages and need root; without it they are left out.
# Every server is ended by DIR/NAME.pid (stop.sh DIR).
set -uo pipefail
here=$(dirname "$(realpath "$0")")
mkdir -p "$1"
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
servers=(roundup)
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then servers+=(redmine request_tracker); fi
for server in "${servers[@]}"; do
  bash "$here/$server.sh" "$1" "$(free_port)" >"$1/$server-start.log" 2>&1 ||
    { rm -f "$1/$server.env"; echo "no $server: $1/$server-start.log; tests of it are skipped"; }
done
