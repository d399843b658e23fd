# Runs the postmaster given as arguments, prints its process id, and ends when it ends.
# Standard input is the lifeline: when its other end goes, the postmaster is told to stop: fast first (clients are
# disconnected, everything is written), then without a checkpoint, which the next start recovers from, then not asked.
exec 3<&0 </dev/null
"$@" 3<&- >&2 &
pid=$!
echo "$pid"
exec >&2
gone_within() {
  tenths=$1
  while [ "$tenths" -gt 0 ]; do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
    tenths=$((tenths - 1))
  done
  return 1
}
(
  while read -r _ <&3; do :; done
  kill -INT "$pid" 2>/dev/null
  gone_within 120 && exit
  kill -QUIT "$pid" 2>/dev/null
  gone_within 30 && exit
  kill -KILL "$pid" 2>/dev/null
) &
watch=$!
exec 3<&-
wait "$pid"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
