#!/usr/bin/env bash
# A real Roundup on 127.0.0.1, from PyPI, no root needed: roundup.sh DIR PORT [CALLS SECONDS]
# With CALLS and SECONDS it answers 429 beyond so many calls in so many seconds.
# Writes DIR/roundup.env (what a mapping needs) and DIR/roundup.pid (end it by that).
set -euo pipefail
mkdir -p "$1"
dir=$(realpath "$1") port=$2 calls=${3:-0} seconds=${4:-60}
[ -x "$dir/venv/bin/roundup-admin" ] || { python3 -m venv "$dir/venv"; "$dir/venv/bin/pip" install -q roundup waitress; }
tracker=$dir/tracker password=counter-pass-1
settings="tracker_web=http://127.0.0.1:$port/counter/,mail_domain=localhost,mail_host=localhost"
settings+=",admin_email=root,web_enable_rest=yes,web_enable_xmlrpc=no"
admin() { "$dir/venv/bin/roundup-admin" -i "$tracker" "$@" </dev/null; }
admin install classic sqlite "$settings" >/dev/null 2>&1
sed -i 's/priority=Link("priority"),/&\n                device_serial=String(), report_sha256=String(), delivery_id=String(indexme="no"), risk=String(),/' \
  "$tracker/schema.py"
sed -i "s/^api_calls_per_interval = .*/api_calls_per_interval = $calls/; s/^api_interval_in_sec = .*/api_interval_in_sec = $seconds/" \
  "$tracker/config.ini"
# Every request checks the password anew: with the default of rounds that takes longer than all else.
sed -i "s/^#* *password_pbkdf2_default_rounds = .*/password_pbkdf2_default_rounds = 10000/" "$tracker/config.ini"
# A test that tries a wrong password must not lock the others out.
sed -i "s/^#* *api_failed_login_limit = .*/api_failed_login_limit = 1000/" "$tracker/config.ini"
admin initialise "$password" >/dev/null
admin create user username=counter-bot password=$password address=bot@localhost roles=User >/dev/null
cat >"$dir/serve.py" <<P
from roundup.cgi.wsgi_handler import RequestDispatcher
from waitress import serve

serve(RequestDispatcher("$tracker"), host="127.0.0.1", port=$port, url_prefix="/counter", threads=4)
P
setsid "$dir/venv/bin/python" "$dir/serve.py" >"$dir/roundup.log" 2>&1 </dev/null &
echo $! >"$dir/roundup.pid"
printf 'URL=http://127.0.0.1:%s/counter/\nPASSWORD=%s\n' "$port" "$password" >"$dir/roundup.env"
for _ in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && exit 0; sleep 0.1; done
echo "Roundup did not start: $dir/roundup.log" >&2
exit 1
