#!/bin/sh
# doodled.sh PICTURE [DEVICE...]: read it, say what came of it, play it. Needs curl and jq; DOODLED is the box's address.
set -eu
box=${DOODLED:-http://127.0.0.1:8080}/api/v1
picture=$1
shift

job=$(curl -sf "$box/jobs" -F "image=@$picture" -F mode=auto | jq -r .id)
while state=$(curl -sf "$box/jobs/$job" | jq -r .state) && [ "$state" = queued -o "$state" = running ]; do sleep 0.1; done
[ "$state" = done ] || { curl -s "$box/jobs/$job" | jq .error >&2; exit 1; }

session=$(curl -sf "$box/jobs/$job" | jq -r '.session_ids[0]')
curl -sf "$box/sessions/$session" | jq -r '"\(.title), \(.key), \(.tempo_bpm) bpm"'
for device in "$@"; do
  curl -sf --json "{\"devices\": [\"$device\"]}" "$box/sessions/$session/play" | jq -r '"play \(.id)"'
done
