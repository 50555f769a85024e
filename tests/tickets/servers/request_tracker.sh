#!/usr/bin/env bash
# A real Request Tracker 5 on 127.0.0.1 (SQLite, Starlet), from Debian's packages, as root:
# request_tracker.sh DIR PORT. Writes DIR/request_tracker.env and DIR/request_tracker.pid.
set -euo pipefail
mkdir -p "$1"
dir=$(realpath "$1") port=$2
export DEBIAN_FRONTEND=noninteractive
chmod 777 "$dir"
debconf-set-selections <<P
request-tracker5 request-tracker5/rtname string counter.test
request-tracker5 request-tracker5/organization string counter.test
request-tracker5 request-tracker5/correspondaddress string rt@localhost
request-tracker5 request-tracker5/commentaddress string rt-comment@localhost
request-tracker5 request-tracker5/webbaseurl string http://127.0.0.1:$port
request-tracker5 request-tracker5/handle-siteconfig-permissions boolean true
request-tracker5 request-tracker5/initial-root-password password root-pass-1
request-tracker5 request-tracker5/initial-root-password-confirm password root-pass-1
request-tracker5 request-tracker5/install-cronjobs boolean false
request-tracker5 request-tracker5/dbconfig-install boolean true
request-tracker5 request-tracker5/database-type select sqlite3
P
apt-get install -y -qq --no-install-recommends request-tracker5 rt5-db-sqlite rt5-standalone nullmailer \
  >"$dir/apt-request_tracker.log" 2>&1
cat >/etc/request-tracker5/RT_SiteConfig.d/70-test.pm <<P
Set(\$WebPath, ""); Set(\$WebDomain, "127.0.0.1"); Set(\$WebPort, $port);
Set(\$WebBaseURL, "http://127.0.0.1:$port");
Set(\$LogToSyslog, undef); Set(\$LogToSTDERR, 'error'); Set(\$MailCommand, 'testfile'); Set(\$RestrictReferrer, 0);
1;
P
chmod 644 /etc/request-tracker5/RT_SiteConfig.pm
cat >"$dir/rt_initialdata" <<'P'
@Queues = ({ Name => 'Counter', Description => 'Repair counter' });
@Users  = ({ Name => 'counter-bot', Password => 'counter-pass-1', EmailAddress => 'bot@localhost', Privileged => 1 });
my %field = (LookupType => 'RT::Queue-RT::Ticket', Queue => 'Counter');
@CustomFields = map { { Name => $_, Type => 'FreeformSingle', %field } } ('Device serial', 'Report SHA-256', 'Delivery id');
push @CustomFields, { Name => 'Risk', Type => 'SelectSingle', %field, Values => [ map { { Name => $_ } } qw(green amber red) ] };
@ACL = map { { UserId => 'counter-bot', Queue => 'Counter', Right => $_ } }
  qw(SeeQueue ShowTicket ShowTicketComments CreateTicket ReplyToTicket CommentOnTicket ModifyTicket
     SeeCustomField ModifyCustomField SetInitialCustomField);
P
cat >"$dir/rt_token.pl" <<'P'
use strict; use lib '/usr/share/request-tracker5/lib'; use RT; RT::LoadConfig(); RT::Init();
require RT::AuthToken;
my $user = RT::User->new(RT->SystemUser); $user->Load('counter-bot');
my $token = RT::AuthToken->new(RT->SystemUser);
my ($ok, $said, $auth) = $token->Create(Owner => $user->Id, Description => 'test'); die $said unless $ok;
print $auth;
P
seeded() { perl "$dir/rt_token.pl" 2>/dev/null; }
token=$(seeded) || {
  rt-setup-database-5 --action insert --datafile "$dir/rt_initialdata" --skip-create >"$dir/rt_seed.log" 2>&1
  token=$(seeded)
}
printf 'URL=http://127.0.0.1:%s\nTOKEN=%s\n' "$port" "$token" >"$dir/request_tracker.env"
chown -R www-data:www-data /var/lib/dbconfig-common/sqlite3/request-tracker5 /var/cache/request-tracker5
setpriv --reuid=www-data --regid=www-data --init-groups setsid \
  /usr/share/request-tracker5/libexec/rt-server --host 127.0.0.1 --port "$port" --max-workers 2 \
  >"$dir/request_tracker.log" 2>&1 </dev/null &
echo $! >"$dir/request_tracker.pid"
for _ in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && exit 0; sleep 0.1; done
echo "Request Tracker did not start: $dir/request_tracker.log" >&2
exit 1
