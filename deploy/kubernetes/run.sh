#!/usr/bin/env bash
# Runs the load of load-job.yaml against a URL and merges it: ./run.sh wss://chat.example/ws/chat
# CONFIG: the budgets that the whole is held to (default: holdfast.yaml beside this file).
# START_IN_S: how long the pods have to be scheduled and to start (default 180). Needs GNU date.
set -euo pipefail
url=${1:?which server? give its URL, as in wss://chat.example/ws/chat}
here=$(cd -P "$(dirname "$0")" && pwd)
config=${CONFIG:-$here/holdfast.yaml}
at=$(date -u -d "+${START_IN_S:-180} seconds" +%Y-%m-%dT%H:%M:%SZ)
look_every_s=${LOOK_EVERY_S:-5}

# Text for a double-quoted word of YAML, and that for the right-hand side of sed's s|…|…|.
quoted() {
  printf '%s' "$1" | sed -e 's/[\\"]/\\&/g' | sed -e 's/[\\&|]/\\&/g'
}

# Waits for the end of a job, good or bad; waiting for condition=complete alone sits out a failure.
ended() {
  local job=$1 left_s=$2 conditions
  while [ "$left_s" -gt 0 ]; do
    conditions=$(kubectl get job "$job" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}')
    case " $conditions " in
      *' Complete '*) return 0 ;;
      *' Failed '*) return 1 ;;
    esac
    sleep "$look_every_s"
    left_s=$((left_s - look_every_s))
  done
  echo "$job did not end in time" >&2
  return 1
}

kubectl apply -f "$here/reports-volume.yaml"
kubectl create configmap holdfast-config --from-file=holdfast.yaml="$config" --dry-run=client -o yaml |
  kubectl apply -f -
kubectl delete job holdfast-load holdfast-merge --ignore-not-found
sed -e "s|TARGET_URL|$(quoted "$url")|" -e "s|START_AT|$at|" "$here/load-job.yaml" | kubectl create -f -
echo "the load starts at $at" >&2
# An injector that saw something wrong fails its pod; what counts is the whole, so the merge runs anyway.
ended holdfast-load 1800 || echo "not every injector passed; the merge says more" >&2
kubectl create -f "$here/merge-job.yaml"
ended holdfast-merge 600 || failed=1
kubectl logs job/holdfast-merge
exit "${failed:-0}"
