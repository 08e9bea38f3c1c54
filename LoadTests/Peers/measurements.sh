# shellcheck shell=bash
# What scripts/peers does, step by step. To be sourced after servers.sh. A measurement is a line of JSON in
# $results/NAME-ROUND.json; table.py says what is compared with what.

readonly sample=200
readonly statements=(q1-not-exists q1-multirange q2-not-exists q2-multirange q3)
readonly batches=(1 8 32 256)
# How PostgreSQL likes it best: clients, and statements at once on each; by statement.
declare -A clients=() depths=()

build_programs() {
  local flags=(-std=gnu11 -D_GNU_SOURCE= -O2 -Wall -Wextra -Werror -I "$peers/Clients")
  local measure=$peers/Clients/measure.c
  cc "${flags[@]}" "$peers"/Clients/{wire_client,replies}.c "$measure" -o "$programs/wire-client"
  cc "${flags[@]}" -I "$(pg_config --includedir)" "$peers/Clients/postgres_client.c" "$measure" \
    -lpq -o "$programs/postgres-client"
  cc "${flags[@]}" "$peers/Limits/sqlite_writer.c" "$measure" -lsqlite3 -o "$programs/sqlite-writer"
  cc "${flags[@]}" "$peers/Limits/fdatasync.c" "$measure" -o "$programs/fdatasync-page"
  local echo=$peers/../CEcho
  cc "${flags[@]}" -I "$echo/include" "$peers/Limits/echo.c" "$measure" "$echo"/*.c \
    -o "$programs/echo"
}

build_grpc() {
  (cd "$peers/GRPC" && protoc --cpp_out "$programs" --grpc_out "$programs" \
    --plugin=protoc-gen-grpc="$(command -v grpc_cpp_plugin)" echo.proto)
  local flags=(-std=c++17 -O2 -Wall -Wextra -Werror -I "$peers/Clients" -I "$programs")
  local libraries
  read -ra libraries <<<"$(pkg-config --libs grpc++ protobuf)"
  cc -std=gnu11 -D_GNU_SOURCE= -O2 -c "$peers/Clients/measure.c" -o "$programs/measure.o"
  local name
  for name in server client; do
    g++ "${flags[@]}" "$peers/GRPC/$name.cc" "$programs"/echo.{pb,grpc.pb}.cc "$programs/measure.o" \
      "${libraries[@]}" -o "$programs/grpc-$name"
  done
}

# The server fills itself, then ends: what is copied and read from the file is all there is.
fill_seduta() {
  start_seduta --population w --therapists "$therapists"
  stop_one seduta
  cp "$work/practice/seduta.sqlite" "$work/before.sqlite"
}

fill_postgres() {
  local psql=("$postgres_programs/psql" --dbname "$postgres" --quiet --no-psqlrc
    --set ON_ERROR_STOP=1 --output /dev/null)
  local table
  "${psql[@]}" --file "$peers/PostgreSQL/schema.sql"
  for table in therapists windows therapist_clients appointments; do
    "${psql[@]}" --command "\\copy $table from '$work/$table.copy'"
  done
  "${psql[@]}" --file "$peers/PostgreSQL/constraints.sql"
}

# wire NAME-ROUND PORT REQUESTS REPLIES [ARGUMENT]...
wire() {
  local name=$1 port=$2 requests=$3 replies=$4
  shift 4
  "$programs/wire-client" --port "$port" --requests "$requests" --replies "$replies" \
    --seconds "$seconds" "$@" >"$results/$name.json"
}

# sql NAME-ROUND STATEMENT CLIENTS DEPTH
sql() {
  local name=$1 statement=$2 count=$3 depth=$4 parameters=${2%%-*} then=()
  if [[ $statement == book ]]; then
    parameters=bookings
    then=(--then "$peers/PostgreSQL/cancel.sql")
  fi
  "$programs/postgres-client" --connect "$postgres" --parameters "$work/$parameters.tsv" \
    --statement "$peers/PostgreSQL/$statement.sql" "${then[@]}" --clients "$count" \
    --depth "$depth" --from-line "$RANDOM" --seconds "$seconds" >"$results/$name.json"
}

# load NAME-ROUND [ARGUMENT]...: by seduta-load, which audits every answer and fails on a wrong one. With
# another seed each time: clients who book with a therapist again are fewer rows than new ones.
load() {
  local name=$1
  shift
  "$SEDUTA_PROGRAMS/seduta-load" --port "$seduta_port" --key-file "$work/practice/key" --quiet \
    --warm-up 300ms --duration "${seconds}s" --seed "$RANDOM" --json "$results/$name.json" "$@" \
    >"$work/load.log" 2>&1 || give_up "seduta-load failed." "$work/load.log"
}

# rate NAME-ROUND [FIELD]: a whole number from a measurement's line.
rate() {
  python3 -c 'import json, sys; print(round(json.load(sys.stdin)[sys.argv[1]]))' \
    "${2:-per_second}" <"$results/$1.json"
}

# redis, echo and gRPC say as much as Seduta says to Q1, on average.
start_others() {
  wire reply-size "$seduta_port" "$work/q1.requests" calls
  local reply_bytes
  reply_bytes=$(rate reply-size reply_bytes)
  start_redis "$reply_bytes"
  start_port_writer echo "$programs/echo" --reply-bytes "$reply_bytes"
  if [[ -n $grpc ]]; then
    start_port_writer grpc "$programs/grpc-server" --reply-bytes "$reply_bytes"
  fi
}

check_answers() {
  local question statement
  for question in q1 q2 q3; do
    "$programs/wire-client" --port "$seduta_port" --requests "$work/$question.requests" \
      --replies calls --answers "$sample" >"$work/$question.seduta"
  done
  for statement in "${statements[@]}"; do
    "$programs/postgres-client" --connect "$postgres" --parameters "$work/${statement%%-*}.tsv" \
      --statement "$peers/PostgreSQL/$statement.sql" --answers "$sample" >"$work/$statement"
  done
  python3 "$peers/agree.py" "$work"
}

# The rows that plain C is to write to SQLite are those that Seduta wrote.
take_booking_rows() {
  local enough=4
  [[ -z $smoke ]] || enough=0.5
  seconds=$enough load rows --mix book --pipeline 16
  python3 "$peers/booking_rows.py" "$work/before.sqlite" "$work/practice/seduta.sqlite" \
    "$work/rows.sqlite"
}

# PostgreSQL gets as many clients, and statements at once on each, as suit it best.
choose_clients() {
  local statement
  for statement in "${statements[@]}"; do choose "$statement" 2x1 4x1 8x1 2x8 4x8; done
  choose book 8x1 16x1 32x1 64x1
  for statement in "${!clients[@]}"; do
    echo "  $statement: ${clients[$statement]} clients, ${depths[$statement]} at once on each"
  done
}

choose() {
  local statement=$1 way best=0 found trial=0.5
  shift
  [[ -z $smoke ]] || trial=0.1
  for way in "$@"; do
    seconds=$trial sql choice "$statement" "${way%x*}" "${way#*x}"
    found=$(rate choice)
    if ((found > best)); then
      best=$found clients[$statement]=${way%x*} depths[$statement]=${way#*x}
    fi
  done
}

# Q1 and replies of the same size, from the same client: 8 connections, 1 and 16 deep.
measure_wire() {
  local round=$1 depth
  for depth in 1 16; do
    wire "seduta-wire-$depth-$round" "$seduta_port" "$work/q1.requests" calls \
      --depth "$depth" --server-pid "${pids[seduta]}"
    wire "redis-$depth-$round" "$redis_port" "$work/redis.requests" redis \
      --depth "$depth" --server-pid "${pids[redis]}"
    wire "echo-$depth-$round" "$(<"$work/echo.port")" "$work/q1.requests" calls \
      --depth "$depth" --server-pid "${pids[echo]}"
    [[ -n $grpc ]] || continue
    "$programs/grpc-client" --port "$(<"$work/grpc.port")" --depth "$depth" --seconds "$seconds" \
      --server-pid "${pids[grpc]}" >"$results/grpc-$depth-$round.json"
  done
}

# Whole calls: 16 deep on 8 connections to Seduta, and in the way that PostgreSQL likes best.
measure_sql() {
  local round=$1
  load "seduta-q1-$round" --mix search --pipeline 16
  best_sql q1-not-exists "$round"
  best_sql q1-multirange "$round"
  load "seduta-q2-$round" --mix search-many --pipeline 16
  best_sql q2-not-exists "$round"
  best_sql q2-multirange "$round"
  wire "seduta-q3-$round" "$seduta_port" "$work/q3.requests" calls --depth 16
  best_sql q3 "$round"
}

best_sql() { sql "$1-$2" "$1" "${clients[$1]}" "${depths[$1]}"; }

# Half of what is in flight waits while the other half is written: twice as many calls as a batch has.
measure_bookings() {
  local round=$1 batch
  "$programs/fdatasync-page" --file "$work/page" --seconds "$seconds" \
    >"$results/append-$round.json"
  "$programs/fdatasync-page" --file "$work/page" --seconds "$seconds" --overwrite \
    >"$results/overwrite-$round.json"
  load "seduta-q4-one-$round" --mix book --connections 1 --pipeline 1
  load "seduta-q4-1-$round" --mix book --pipeline 1
  best_sql book "$round"
  for batch in "${batches[@]}"; do
    ((batch == 1)) || load "seduta-q4-$batch-$round" --mix book --pipeline $((batch * 2 / 8))
    "$programs/sqlite-writer" --database "$work/before.sqlite" --rows "$work/rows.sqlite" \
      --batch "$batch" --seconds "$seconds" >"$results/sqlite-$batch-$round.json"
  done
}
