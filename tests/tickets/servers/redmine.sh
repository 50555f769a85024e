#!/usr/bin/env bash
# A real Redmine on 127.0.0.1 (SQLite, puma), from Debian's packages, as root: redmine.sh DIR PORT
# Writes DIR/redmine.env (what a mapping needs) and DIR/redmine.pid (end it by that).
set -euo pipefail
mkdir -p "$1"
OUT=$(realpath "$1") port=$2
export OUT PORT=$port DEBIAN_FRONTEND=noninteractive
chmod 777 "$OUT"
debconf-set-selections <<'P'
redmine redmine/current-instances string default
redmine redmine/instances/default/dbconfig-install boolean true
redmine redmine/instances/default/database-type select sqlite3
redmine redmine/instances/default/default-language select en
P
apt-get install -y -qq --no-install-recommends redmine redmine-sqlite puma >"$OUT/apt-redmine.log" 2>&1
cat >"$OUT/redmine_seed.rb" <<'R'
Setting.rest_api_enabled = '1'
Setting.notified_events = []
project = Project.find_by_identifier('counter') || Project.create!(
  name: 'Counter', identifier: 'counter', tracker_ids: Tracker.pluck(:id), enabled_module_names: %w(issue_tracking))
fields = { 'Device serial' => 'string', 'Report SHA-256' => 'string', 'Delivery id' => 'string', 'Risk' => 'list' }
fields.each do |name, format|
  next if IssueCustomField.find_by_name(name)
  values = { name: name, field_format: format, is_for_all: true, is_filter: true, trackers: Tracker.all.to_a }
  values[:possible_values] = %w(green amber red) if format == 'list'
  IssueCustomField.create!(values)
end
# By an issue a user who is no administrator learns the numbers of the custom fields.
Issue.create!(project: project, tracker: Tracker.first, author: User.find_by_login('admin'), subject: 'First') if Issue.none?
role = Role.find_by_name('Counter') || Role.create!(
  name: 'Counter', permissions: %i(view_issues add_issues edit_issues edit_own_issues add_issue_notes), issues_visibility: 'all')
bot = User.find_by_login('counter-bot')
unless bot
  bot = User.new(firstname: 'Counter', lastname: 'Bot', mail: 'bot@example.org', language: 'en')
  bot.login = 'counter-bot'
  bot.password = bot.password_confirmation = 'counter-pass-1'
  bot.save!
  Member.create!(user_id: bot.id, project: project, roles: [role])
end
File.write(ENV['OUT'] + '/redmine.env', "URL=http://127.0.0.1:#{ENV['PORT']}\nAPI_KEY=#{bot.api_key}\n")
R
chown -R www-data:www-data /var/lib/redmine /var/log/redmine /var/cache/redmine 2>/dev/null || true
export RAILS_ENV=production REDMINE_INSTANCE=default X_DEBIAN_SITEID=default HOME=$OUT
as_redmine=(setpriv --reuid=www-data --regid=www-data --init-groups)
cd /usr/share/redmine
"${as_redmine[@]}" bin/rails runner "$OUT/redmine_seed.rb"
"${as_redmine[@]}" setsid puma -e production -b "tcp://127.0.0.1:$port" -t 1:4 config.ru \
  >"$OUT/redmine.log" 2>&1 </dev/null &
echo $! >"$OUT/redmine.pid"
for _ in $(seq 600); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && exit 0; sleep 0.1; done
echo "Redmine did not start: $OUT/redmine.log" >&2
exit 1
