# Receives a server's log into the archive in the working directory, until it is stopped. Runs beside the server, in its network.
# Needs: PGHOST, PGPORT, PGUSER; LETTADR_SYSTEM (the cluster), LETTADR_SLOT, LETTADR_HEARTBEAT (seconds), LETTADR_PEER (the server's container).
export LC_ALL=C PGCONNECT_TIMEOUT=5 PGAPPNAME=lettadr-wal
umask 027
errors=/tmp/lettadr-errors
receiver=
said=

# What happens more than once in a row is told once.
event() {
    [ "$*" = "$said" ] && return
    said=$*
    line="$(date -u +%Y-%m-%dT%H:%M:%SZ) $*"
    echo "$line"
    echo "$line" >> events.log 2> /dev/null
}

stop() {
    if [ -n "$receiver" ]; then
        kill -INT "$receiver" 2> /dev/null
        wait "$receiver"
    fi
    event "Stopped."
    exit 0
}
trap stop TERM INT

drop() {
    trap 'exit 0' TERM INT
    if [ -n "$receiver" ]; then
        kill -INT "$receiver" 2> /dev/null
        wait "$receiver"
    fi
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        if pg_receivewal -w --drop-slot -S "$LETTADR_SLOT" 2> $errors || grep -q 'does not exist' $errors; then
            event "Stopped; the slot $LETTADR_SLOT was dropped."
            : > /tmp/lettadr-dropped
            break
        fi
        event "The slot $LETTADR_SLOT was not dropped: $(tail -n 1 $errors)"
        sleep 1
    done
    # Whoever asked removes this container; until then it must not begin again.
    while :; do
        sleep 1 &
        wait $!
    done
}
trap drop USR1

flush() { sync "$@" 2> /dev/null || sync; }

# The incarnation of the server's container; nothing while it does not run, or where that cannot be seen.
peer() {
    group=$(find /run/lettadr/cgroup -maxdepth 8 -type d -name "*$LETTADR_PEER*" -print -quit 2> /dev/null)
    [ -n "$group" ] && stat -c %i "$group" 2> /dev/null
}

identify() { timeout 8 psql -AtXwq -F ' ' -d 'replication=1' -c IDENTIFY_SYSTEM 2> $errors; }

heartbeat() {
    timeout 5 psql -AtXwq -d postgres -c "SELECT pg_catalog.pg_logical_emit_message(true, 'lettadr', 'heartbeat')" > /dev/null 2>> $errors.heartbeat \
        || event "No heartbeat: $(tail -n 1 $errors.heartbeat | grep . || echo 'the server does not answer in time')"
    : > $errors.heartbeat
}

# A file goes up whole or not at all, and what was received goes only when what was kept reads as the same.
keep() {
    name=${1##*/}
    if command -v zstd > /dev/null; then kept=$name.zst; else kept=$name.gz; fi
    if [ ! -e "$kept" ]; then
        if ! { pack "$1" > ".$kept.tmp" && unpack ".$kept.tmp" | cmp -s - "$1" && flush ".$kept.tmp" && mv ".$kept.tmp" "$kept" && flush .; } 2> $errors.keep; then
            event "$name cannot be kept: $(tail -n 1 $errors.keep)"
            rm -f ".$kept.tmp"
            return 1
        fi
    elif ! unpack "$kept" | cmp -s - "$1"; then
        event "$name was received again and is not what was kept; it is put aside as conflict-$name."
        mv "$1" "conflict-$name" && flush .
        return
    fi
    rm -f "$1"
}
pack() { case $kept in *.zst) nice zstd -q -1 -c "$1" ;; *) nice gzip -1 -c "$1" ;; esac; }
unpack() { case $1 in *.zst*) zstd -qdc "$1" ;; *) gzip -dc < "$1" ;; esac; }

# The newest segment stays where it is: pg_receivewal finds from it where to go on.
tidy() {
    for folder in receiving/*; do
        for history in "$folder"/*.history; do
            if [ -s "$history" ] && [ ! -e "${history##*/}" ]; then
                cp "$history" ".${history##*/}.tmp" && flush ".${history##*/}.tmp" && mv ".${history##*/}.tmp" "${history##*/}" && flush .
            fi
        done
        previous=
        for segment in "$folder"/????????????????????????*; do
            case $segment in *.partial) next=${segment%.partial} ;; *) next=$segment ;; esac
            if [ -n "$previous" ]; then
                keep "$previous" || return
                beat
            fi
            if [ "$next" = "$segment" ] && [ -e "$segment" ]; then previous=$segment; else previous=; fi
        done
    done
}

beat() {
    now=$(date +%s)
    if [ $((now - last)) -ge "$LETTADR_HEARTBEAT" ]; then
        last=$now
        heartbeat
    fi
}

# A new timeline begins in the segment of its switch: the first one from there on that is not kept yet is asked for, rather than
# the one of the slot's position.
seed() {
    [ "$2" = 1 ] && return
    at=$(timeout 8 psql -AtXwq -F ' ' -d 'replication=1' -c "TIMELINE_HISTORY $2" 2> /dev/null | awk '$2 ~ /^[0-9A-F]+\/[0-9A-F]+$/ { at = $2 } $3 ~ /^[0-9A-F]+\/[0-9A-F]+$/ { at = $3 } END { print at }')
    size=$(psql -AtXwq -d postgres -c "SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'wal_segment_size'" 2> /dev/null)
    if [ -n "$at" ] && [ -n "$size" ]; then
        each=$((4294967296 / size))
        number=$((0x${at%/*} * each + 0x${at#*/} / size))
        while name=$(printf '%08X%08X%08X' "$2" $((number / each)) $((number % each))) && { [ -e "$name.zst" ] || [ -e "$name.gz" ]; }; do
            number=$((number + 1))
        done
        : > "$1/$name.partial"
    fi
}

receive() {
    folder=receiving/$(printf %08X "$2")
    if [ ! -d "$folder" ]; then
        mkdir -p "$folder" && seed "$folder" "$2"
    fi
    # What a full disk left half made would be refused; nothing was received into it yet.
    for partial in "$folder"/*.partial; do
        if [ -e "$partial" ] && [ $(($(stat -c %s "$partial") % 1048576)) -ne 0 ]; then : > "$partial"; fi
    done
    slot=$(psql -AtXwq -d postgres -c "SELECT coalesce(wal_status, 'unknown') FROM pg_catalog.pg_replication_slots WHERE slot_name = '$LETTADR_SLOT'" 2> /dev/null)
    if [ "$slot" = lost ]; then
        event "The server has given up the slot $LETTADR_SLOT, for it held back more than max_slot_wal_keep_size allows; it is made anew."
        pg_receivewal -w --drop-slot -S "$LETTADR_SLOT" 2> $errors
        slot=
    elif [ -z "$slot" ] && [ -n "$(ls "$folder")" ]; then
        event "The slot $LETTADR_SLOT was gone; it is made anew."
    fi
    [ -n "$slot" ] || pg_receivewal -w --create-slot --if-not-exists -S "$LETTADR_SLOT" 2> $errors || return
    : > $errors
    pg_receivewal -w -S "$LETTADR_SLOT" -D "$folder" --synchronous --no-loop 2> $errors &
    receiver=$!
    last=0
    sleep 1 &
    wait $!
    while kill -0 "$receiver" 2> /dev/null; do
        [ -z "$2" ] || event "Receiving on timeline $2; the server is at $3."
        set --
        beat
        tidy
        sleep 1 &
        wait $!
    done
    wait "$receiver"
    receiver=
    if grep -q 'has already been removed' $errors; then
        event "The server has removed log that was not received: $(tail -n 1 $errors)"
        mv "$folder" "$folder.before-$(date -u +%Y%m%dT%H%M%SZ)"
        mkdir -p "$folder"
    fi
}

unreachable=0
born=$(peer)
while :; do
    if identity=$(identify); then
        unreachable=0
        set -- $identity
        if [ "$1" != "$LETTADR_SYSTEM" ]; then
            event "The server is the cluster $1, and this archive is of $LETTADR_SYSTEM: nothing is received. Run Start-LettaWalArchive again."
        else
            receive "$@"
            event "Receiving ended: $(tail -n 1 $errors | grep . || echo 'the receiver was killed')"
        fi
    else
        event "The server does not answer: $(head -n 1 $errors)"
        unreachable=$((unreachable + 1))
        # A container that was started anew has a new network, which only a new start of this one joins; and joining takes that it runs.
        now=$(peer)
        if [ -n "$now" ] && { [ "$now" != "$born" ] || [ $unreachable -ge 30 ]; }; then
            event "The server's container was started anew; it is followed."
            exit 3
        fi
        tidy
    fi
    sleep 2 &
    wait $!
done
