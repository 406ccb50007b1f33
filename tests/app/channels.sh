#!/bin/sh
# Every channel, set with made-up secrets, takes its own sample: immunobot channels test.
#   channels.sh PATH/OF/immunobot ROOT
set -eu
bot=$1
root=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$bot" import --database "$folder/channels.db" --data "$root/data" >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }

failed=0
# try CHANNEL WORD [SETTING=VALUE...]: the sample is taken, and WORD stands in what is said of it
try() {
    channel=$1 word=$2
    shift 2
    prefix=IMMUNOBOT_$(printf %s "$channel" | tr a-z A-Z)_
    set -- "$@" OF=nothing
    settings=
    for one in "$@"; do settings="$settings $prefix$one"; done
    # shellcheck disable=SC2086
    if env $settings "$bot" channels test "$channel" 'Where is CIML?' --database "$folder/channels.db" --intents "$root/intents" --data "$root/data" \
        >"$folder/said" 2>&1 && grep -q 'status 20' "$folder/said" && grep -q "$word" "$folder/said" && grep -q Luminy "$folder/said"; then
        echo "$channel: taken"
    else
        echo "FAILED: $channel"
        cat "$folder/said"
        failed=1
    fi
}
key=MDEyMzQ1Njc4OWFiY2RlZg==
try generic '"text"' SECRET=bearer
try generic '"text"' SECRET=whsec_$key
try generic '"text"' OPEN=yes
try rest recipient_id
try openai chat.completion KEY=sk
try mcp isError KEY=k HOSTS=bot.example.org
try mcp isError OPEN=yes
try directline watermark SECRET=s
try mattermost comment OUTGOING_TOKEN=t
try mattermost ephemeral COMMAND_TOKEN=t
try telegram sendMessage SECRET_TOKEN=t
try discord 'key of this test' PUBLIC_KEY=00 APPLICATION_ID=118
try teams textFormat SECURITY_TOKEN=$key
try rocketchat '"text"' TOKEN=t
try zulip '"content"' TOKEN=t
try googlechat '"text"' AUDIENCE=https://bot.example.org/webhooks/googlechat
try googlechat '"text"' AUDIENCE=123456789012
try slack chat.postMessage SIGNING_SECRET=s BOT_TOKEN=x
try whatsapp 'would be sent' APP_SECRET=s VERIFY_TOKEN=v ACCESS_TOKEN=a PHONE_NUMBER_ID=1
try messenger 'would be sent' APP_SECRET=s VERIFY_TOKEN=v ACCESS_TOKEN=a PAGE_ID=1
try matrix 'would be sent' HS_TOKEN=h AS_TOKEN=a BOT_MXID=@immunobot:example.org HOMESERVER=https://matrix.example.org
try chatwoot 'would be sent' SECRET=s ACCESS_TOKEN=a API=https://chat.example.org
try botframework smba.trafficmanager.net APP_ID=a APP_PASSWORD=p
# What is not configured says so.
if "$bot" channels test discord >"$folder/said" 2>&1 || ! grep -q IMMUNOBOT_DISCORD_PUBLIC_KEY "$folder/said"; then
    echo 'FAILED: a channel that is off'
    failed=1
fi
"$bot" channels | grep -q '^generic  *off: not set: IMMUNOBOT_GENERIC_SECRET' || { echo 'FAILED: generic is not off'; failed=1; }
exit $failed
