# shellcheck shell=bash
# Starts and stops what is compared, each in a folder of its own and on 127.0.0.1 or a socket in that
# folder. To be sourced: the caller sets `work` (the folder), `peers` (this one) and `programs`.

readonly ready_s_max=300
readonly stop_s_max=30
readonly postgres_user=peers
readonly postgres_programs=/usr/lib/postgresql/15/bin
# Of what runs, by name; the order in which it was started.
declare -A pids=()
started=()

give_up() {
  echo "peers: $1" >&2
  [[ -n ${2:-} && -s $2 ]] && { echo "Its last words:" >&2; tail -n 20 "$2" >&2; }
  exit 1
}

# others_percent SECONDS: how much of the processors is in use while we do nothing.
others_percent() {
  local user nice system idle io rest busy_before total_before busy total
  read -r _ user nice system idle io rest </proc/stat
  busy_before=$((user + nice + system)) total_before=$((user + nice + system + idle + io))
  sleep "$1"
  read -r _ user nice system idle io rest </proc/stat
  busy=$((user + nice + system - busy_before))
  total=$((user + nice + system + idle + io - total_before))
  echo $((100 * busy / (total > 0 ? total : 1)))
}

# remember NAME PID
remember() {
  pids[$1]=$2
  started+=("$1")
}

# stop_one NAME: TERM, which all of them take as "finish what is begun"; KILL when that does not help.
stop_one() {
  local pid=${pids[$1]:-}
  [[ -n $pid ]] || return 0
  unset "pids[$1]"
  # To PostgreSQL TERM means to wait for clients to leave; INT, to end their sessions.
  local signal=TERM
  [[ $1 == postgres ]] && signal=INT
  if kill -"$signal" "$pid" 2>/dev/null; then
    timeout "$stop_s_max" tail --pid="$pid" --follow /dev/null || kill -KILL "$pid"
  fi
  wait "$pid" 2>/dev/null || true
}

stop_all() {
  local place
  for ((place = ${#started[@]} - 1; place >= 0; place--)); do stop_one "${started[place]}"; done
}

# wait_for NAME LOG COMMAND...: until the command succeeds.
wait_for() {
  local name=$1 log=$2 deadline=$((SECONDS + ready_s_max))
  shift 2
  until "$@" >/dev/null 2>&1; do
    kill -0 "${pids[$name]}" 2>/dev/null || give_up "$name ended at start." "$log"
    ((SECONDS < deadline)) || give_up "$name is not ready after $ready_s_max seconds." "$log"
    sleep 0.1
  done
}

# start_seduta [ARGUMENT]...: on the data in $work/practice; leaves its port in $seduta_port.
start_seduta() {
  rm -f "$work/seduta.port"
  "$SEDUTA_PROGRAMS/sedutad" serve --data-dir "$work/practice" --port 0 \
    --port-file "$work/seduta.port" "$@" >"$work/seduta.log" 2>&1 </dev/null &
  remember seduta $!
  wait_for seduta "$work/seduta.log" test -s "$work/seduta.port"
  seduta_port=$(<"$work/seduta.port")
}

# PostgreSQL refuses to be root's: then it runs as the user that Debian's package made.
as_postgres() {
  if ((EUID == 0)); then
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
  else
    exec "$@"
  fi
}

# A cluster of its own, as fast as it gets while every commit is on disk before it is answered.
start_postgres() {
  local folder=$work/postgres log=$work/postgres.log
  mkdir -p "$folder"
  if ((EUID == 0)); then
    chown postgres: "$folder"
    chmod a+x "$work"
  fi
  (cd "$folder" && as_postgres "$postgres_programs/initdb" --pgdata data --auth trust \
    --username "$postgres_user" --encoding UTF8 --locale C --no-sync) >"$log" 2>&1 ||
    give_up "initdb failed." "$log"
  cat "$peers/PostgreSQL/postgresql.conf" >>"$folder/data/postgresql.conf"
  (cd "$folder" && as_postgres "$postgres_programs/postgres" -D data -k "$folder") \
    >>"$log" 2>&1 </dev/null &
  remember postgres $!
  postgres="host=$folder user=$postgres_user dbname=postgres"
  wait_for postgres "$log" "$postgres_programs/psql" --dbname "$postgres" --command 'SELECT 1'
}

# start_redis VALUE_BYTES: holds one value of that size in "reply"; leaves its port in $redis_port.
start_redis() {
  redis_port=$(python3 -c \
    'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
  redis-server --bind 127.0.0.1 --port "$redis_port" --save '' --appendonly no --dir "$work" \
    >"$work/redis.log" 2>&1 </dev/null &
  remember redis $!
  wait_for redis "$work/redis.log" redis-cli -p "$redis_port" ping
  head --bytes "$1" /dev/zero | tr '\0' s | redis-cli -p "$redis_port" -x SET reply >/dev/null
}

# start_port_writer NAME PROGRAM [ARGUMENT]...: one that writes its port into --port-file.
start_port_writer() {
  local name=$1
  shift
  rm -f "$work/$name.port"
  "$@" --port-file "$work/$name.port" >"$work/$name.log" 2>&1 </dev/null &
  remember "$name" $!
  wait_for "$name" "$work/$name.log" test -s "$work/$name.port"
}
