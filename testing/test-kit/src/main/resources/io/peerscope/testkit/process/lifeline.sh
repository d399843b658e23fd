# Runs the program given after the log file, prints its process id, and ends when it ends.
# Standard input is the lifeline: when its other end goes, the program is asked to stop, and killed when it does not.
exec 3<&0 </dev/null
log=$1
shift
"$@" 3<&- >>"$log" 2>&1 &
pid=$!
echo "$pid"
exec >/dev/null 2>&1
(
  while read -r _ <&3; do :; done
  kill -TERM "$pid"
  tenths=300
  while [ "$tenths" -gt 0 ]; do
    kill -0 "$pid" || exit
    sleep 0.1
    tenths=$((tenths - 1))
  done
  kill -KILL "$pid"
) &
watch=$!
exec 3<&-
wait "$pid"
code=$?
kill "$watch"
exit "$code"
