# Receives a server's log into the archive in the working directory, until it is stopped. Runs beside the server, in its network.
# Needs: PGHOST, PGPORT, PGUSER; LETTADR_SYSTEM (the cluster), LETTADR_SEGMENT (bytes), LETTADR_SLOT, LETTADR_SLOT_LIMIT (bytes; 0 for none),
# LETTADR_HEARTBEAT (seconds), LETTADR_PEER (the server's container).
export LC_ALL=C PGCONNECT_TIMEOUT=5 PGAPPNAME=lettadr-wal
umask 027
errors=/tmp/lettadr-errors
receiver=
said=
awaited=false
# Else each piece that arrives puts a backend of the server off its processor.
batch=
if chrt -b 0 true 2> /dev/null; then batch='chrt -b 0'; fi

# What happens more than once in a row is told once.
event() {
    [ "$*" = "$said" ] && return
    said=$*
    line="$(date -u +%Y-%m-%dT%H:%M:%SZ) $*"
    echo "$line"
    echo "$line" >> events.log 2> /dev/null
}

# A signal finds it at once, though it sleeps.
nap() {
    sleep "$1" &
    wait $!
}

# One that is held back ends only when it goes on.
interrupt() {
    kill -INT "$receiver" 2> /dev/null
    kill -CONT "$receiver" 2> /dev/null
}

stop() {
    if [ -n "$receiver" ]; then
        interrupt
        wait "$receiver"
    fi
    event "Stopped."
    exit 0
}
trap stop TERM INT

drop() {
    trap 'exit 0' TERM INT
    if [ -n "$receiver" ]; then
        interrupt
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
    while :; do nap 1; done
}
trap drop USR1

flush() { sync "$@" 2> /dev/null || sync; }

flush_received() {
    for partial in "$1"/*.partial; do
        [ ! -e "$partial" ] || sync -d "$partial" 2> /dev/null || [ ! -e "$partial" ] || sync
    done
}

# The incarnation of the server's container; nothing while it does not run, or where that cannot be seen.
peer() {
    group=$(find /run/lettadr/cgroup -maxdepth 8 -type d -name "*$LETTADR_PEER*" -print -quit 2> /dev/null)
    [ -n "$group" ] && stat -c %i "$group" 2> /dev/null
}

identify() { timeout 8 psql -AtXwq -F ' ' -d 'replication=1' -c IDENTIFY_SYSTEM 2> $errors; }

# Learns first whether commits wait for this receiver as a synchronous standby; that of the heartbeat does then, too.
heartbeat() {
    answer=$(timeout 5 psql -AtXwq -d postgres -c "SELECT lower(pg_catalog.current_setting('synchronous_standby_names')) ~ '[*]|$PGAPPNAME'" \
        -c "SELECT pg_catalog.pg_logical_emit_message(true, 'lettadr', 'heartbeat')" 2>> $errors.heartbeat) \
        || event "No heartbeat: $(tail -n 1 $errors.heartbeat | grep . || echo 'the server does not answer in time')"
    case $answer in
        t*) awaited=true ;;
        f*) awaited=false ;;
    esac
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
    for received in receiving/*; do
        for history in "$received"/*.history; do
            if [ -s "$history" ] && [ ! -e "${history##*/}" ]; then
                cp "$history" ".${history##*/}.tmp" && flush ".${history##*/}.tmp" && mv ".${history##*/}.tmp" "${history##*/}" && flush .
            fi
        done
        previous=
        for segment in "$received"/????????????????????????*; do
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
        if overfull; then full=1; fi
    fi
}

# The slot's state, how many bytes the server keeps for it, and how far it was received; nothing where there is no such slot.
slot() {
    timeout 5 psql -AtXwq -F ' ' -d postgres -c "SELECT coalesce(wal_status, 'unknown'), coalesce(pg_catalog.pg_wal_lsn_diff(CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_lsn() END, restart_lsn), 0)::bigint, coalesce(write_lsn, restart_lsn) FROM pg_catalog.pg_replication_slots LEFT JOIN pg_catalog.pg_stat_replication ON pid = active_pid WHERE slot_name = '$LETTADR_SLOT'" 2> /dev/null
}

# Whether the server keeps more than it may, and ever more of it: for ten seconds in which nothing was received, or for a minute in which
# something was. A receiver that has just begun to catch up has that long to gain ground.
overfull() {
    [ "$LETTADR_SLOT_LIMIT" -gt 0 ] || return
    set -- $(slot)
    held=${2:-0}
    now=$(date +%s)
    if [ "$held" -le "$LETTADR_SLOT_LIMIT" ]; then
        most=
    elif [ "$held" -le "${most:-$held}" ]; then
        most=$held from=$3 since=$now
    elif [ "$3" = "$from" ]; then
        [ $((now - since)) -ge 10 ] && return
    else
        [ $((now - since)) -ge 60 ] && return
    fi
    return 1
}

# The server's disk goes before the archive's continuity, for whoever set a limit: what was not received is let go.
give_up() {
    if pg_receivewal -w --drop-slot -S "$LETTADR_SLOT" 2> $errors; then
        event "The slot $LETTADR_SLOT held back $((held / 1048576)) of the $((LETTADR_SLOT_LIMIT / 1048576)) MiB that it may: it was given up. The log has a hole."
        set_aside "$1"
        echo 'the slot was given up' > $errors
    fi
    most=
}

# Without it, receiving begins where the slot is; what it holds is read all the same.
set_aside() {
    find "$1" -type f -size 0 -delete
    rmdir "$1" 2> /dev/null || mv "$1" "$1.before-$(date -u +%Y%m%dT%H%M%SZ)"
    mkdir -p "$1"
}

# A new timeline begins in the segment of its switch: the first one from there on that is not kept yet is asked for, rather than
# the one of the slot's position.
seed() {
    [ "$2" = 1 ] && return
    at=$(timeout 8 psql -AtXwq -F ' ' -d 'replication=1' -c "TIMELINE_HISTORY $2" 2> /dev/null | awk '$2 ~ /^[0-9A-F]+\/[0-9A-F]+$/ { at = $2 } $3 ~ /^[0-9A-F]+\/[0-9A-F]+$/ { at = $3 } END { print at }')
    if [ -n "$at" ]; then
        each=$((4294967296 / LETTADR_SEGMENT))
        number=$((0x${at%/*} * each + 0x${at#*/} / LETTADR_SEGMENT))
        while name=$(printf '%08X%08X%08X' "$2" $((number / each)) $((number % each))) && { [ -e "$name.zst" ] || [ -e "$name.gz" ]; }; do
            number=$((number + 1))
        done
        : > "$1/$name.partial"
    fi
}

# What the receiver has written since it began, in bytes.
measure() {
    while read -r what number; do
        if [ "$what" = wchar: ]; then written=$number; fi
    done < "/proc/$receiver/io"
} 2> /dev/null

# Each piece that arrives wakes the receiver, and a busy server has no processor to spare for that. Where much arrives, and no commit waits for
# it, it is held back for two seconds, and then goes on until no more comes than before: then it has caught up.
breathe() {
    measure
    if $served || [ $((written - counted)) -lt 524288 ]; then
        counted=$written
        nap 1
        return
    fi
    counted=$written
    kill -STOP "$receiver" 2> /dev/null
    nap 2
    kill -CONT "$receiver" 2> /dev/null
    # What piled up comes at once. Then the bytes of a tenth of a second, with a fourth of tolerance, are compared with the mean since it was held.
    nap 0.1
    tenths=21
    while [ $tenths -lt 120 ]; do
        measure
        slice=$written
        nap 0.1
        measure
        tenths=$((tenths + 1))
        [ $(((written - slice) * tenths * 4)) -gt $(((written - counted) * 5)) ] || break
    done
}

receive() {
    folder=receiving/$(printf %08X "$2")
    if [ ! -d "$folder" ]; then
        mkdir -p "$folder" && seed "$folder" "$2"
    fi
    # What a full disk left half made would be refused; nothing was received into it yet.
    for partial in "$folder"/*.partial; do
        if [ -e "$partial" ] && [ "$(stat -c %s "$partial")" -ne "$LETTADR_SEGMENT" ]; then : > "$partial"; fi
    done
    if overfull; then give_up "$folder"; fi
    slot=$(slot)
    slot=${slot%% *}
    if [ "$slot" = lost ]; then
        event "The server has given up the slot $LETTADR_SLOT, for it held back more than max_slot_wal_keep_size allows; it is made anew."
        pg_receivewal -w --drop-slot -S "$LETTADR_SLOT" 2> $errors
        slot=
    elif [ -z "$slot" ] && [ -n "$(ls "$folder")" ]; then
        event "The slot $LETTADR_SLOT was gone; it is made anew."
    fi
    [ -n "$slot" ] || pg_receivewal -w --create-slot --if-not-exists -S "$LETTADR_SLOT" 2> $errors || return
    : > $errors
    # A flush after each piece costs a busy server a tenth of its commits. One a second is enough where no commit waits for it.
    if $awaited; then at_once=--synchronous; else at_once=; fi
    served=$awaited
    $batch pg_receivewal -w -S "$LETTADR_SLOT" -D "$folder" $at_once --status-interval=1 --no-loop 2> $errors &
    receiver=$!
    last=0
    full=
    nap 1
    measure
    counted=$written
    while kill -0 "$receiver" 2> /dev/null; do
        [ -z "$2" ] || event "Receiving on timeline $2; the server is at $3."
        set --
        beat
        if [ -n "$full" ] || [ $served != $awaited ]; then interrupt; fi
        $served || flush_received "$folder"
        tidy
        breathe
    done
    wait "$receiver"
    receiver=
    if [ -n "$full" ]; then
        give_up "$folder"
    elif [ $served != $awaited ]; then
        echo "whether commits wait for it was changed (synchronous_standby_names)" > $errors
    elif grep -q 'has already been removed' $errors; then
        event "The server has removed log that was not received: $(grep 'has already been removed' $errors)"
        # Asked for log that it no longer has, a server may set the slot back to there (what a receiver says first), and still call it reserved.
        if [ -z "$(ls "$folder")" ]; then
            pg_receivewal -w --drop-slot -S "$LETTADR_SLOT" 2>> $errors
        else
            set_aside "$folder"
        fi
    fi
}

most=
written=0
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
        # What piled up while nothing could be received tells nothing of the receiver.
        most=
        # A container that was started anew has a new network, which only a new start of this one joins; and joining takes that it runs.
        now=$(peer)
        if [ -n "$now" ] && { [ "$now" != "$born" ] || [ $unreachable -ge 30 ]; }; then
            event "The server's container was started anew; it is followed."
            exit 3
        fi
        tidy
    fi
    nap 2
done
