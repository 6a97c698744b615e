#!/usr/bin/env bash
# Runs the load of load-job.yaml against a URL and merges it: ./run.sh wss://chat.example/ws/chat
# START_IN_S: how long the pods have to be scheduled and to start (default 180). Needs GNU date.
set -euo pipefail
url=${1:?which server? give its URL, as in wss://chat.example/ws/chat}
here=$(cd -P "$(dirname "$0")" && pwd)
at=$(date -u -d "+${START_IN_S:-180} seconds" +%Y-%m-%dT%H:%M:%SZ)

kubectl apply -f "$here/reports-volume.yaml"
kubectl delete job holdfast-load holdfast-merge --ignore-not-found
sed -e "s|TARGET_URL|$url|" -e "s|START_AT|$at|" "$here/load-job.yaml" | kubectl create -f -
echo "the load starts at $at" >&2
# An injector over budget fails its pod; what counts is the whole, so the merge runs anyway.
kubectl wait --for=condition=complete --timeout=30m job/holdfast-load ||
  echo "not every injector passed; the merge says more" >&2
kubectl create -f "$here/merge-job.yaml"
kubectl wait --for=condition=complete --timeout=10m job/holdfast-merge || failed=1
kubectl logs job/holdfast-merge
exit "${failed:-0}"
