#!/bin/sh
# doodled.sh PICTURE [DEVICE...]: read it, say what came of it, play it. Needs curl and jq. DOODLED is the box's address; from another
# machine DOODLED_TOKEN is needed too: what `doodled tokens new "my script" --scope create` printed on the box.
set -eu
box=${DOODLED:-http://127.0.0.1:8080}/api/v1
picture=$1
shift

# call FILTER CURL-ARGUMENTS...: of the answer what the filter of jq takes; why it was refused goes to stderr. The token goes by standard
# input, as arguments can be seen by everybody on the machine.
call() {
  filter=$1
  shift
  if answer=$(printf '%s\n' "${DOODLED_TOKEN:+header = \"Authorization: Bearer $DOODLED_TOKEN\"}" | curl -sS --fail-with-body -K - "$@"); then
    printf '%s\n' "$answer" | jq -r "$filter"
  else
    printf '%s\n' "$answer" | jq -r .detail >&2
    return 1
  fi
}

job=$(call .id "$box/jobs" -F "image=@$picture" -F mode=auto)
while state=$(call .state "$box/jobs/$job") && [ "$state" = queued -o "$state" = running ]; do sleep 0.1; done
[ "$state" = done ] || { call .error "$box/jobs/$job" >&2; exit 1; }

session=$(call '.session_ids[0]' "$box/jobs/$job")
call '"\(.title), \(.key), \(.tempo_bpm) bpm"' "$box/sessions/$session"
for device in "$@"; do
  call '"play \(.id)"' --json "{\"devices\": [\"$device\"]}" "$box/sessions/$session/play"
done
