#!/usr/bin/env bash
# Ends the servers that start.sh started, each by its process id: stop.sh DIR
for pid in "$1"/*.pid; do
  [ -e "$pid" ] && kill "$(cat "$pid")" 2>/dev/null
done
true
