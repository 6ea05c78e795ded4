#!/usr/bin/env bash
# Books a space over HTTP, with nothing but curl: docs/tour.sh [ADDRESS]
# The address is the one that `make demo` prints for its API; the space is in the middle of Helsinki.
set -euo pipefail
park="${1:-http://127.0.0.1:8000}/api/v1"

# The first value of a name in a reply.
first() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

# --fail-with-body: a refusal ends the tour, and says why (RFC 9457).
ask() { curl --silent --show-error --fail-with-body "$@"; }

echo "1. Make an account, and take the token that every further request shows."
token=$(ask "$park/auth/register" --json '{
    "email": "visitor-'"$RANDOM$RANDOM"'@example.org",
    "password": "correct horse battery",
    "name": "Visitor"
}' | first access_token)

echo "2. Ask for the nearest space that is free for two hours from the next quarter of an hour on."
found=$(ask --get "$park/spaces" -d lat=60.1699 -d lng=24.9384 -d radius=5000 -d instant=only -d limit=1)
space=$(first id <<<"$found")
start=$(first start <<<"$found")
end=$(first end <<<"$found")
echo "   $(first title <<<"$found"), $start to $end"

echo "3. Have its price promised for ten minutes."
quote=$(ask "$park/quotes" -H "Authorization: Bearer $token" --json '{
    "space_id": "'"$space"'", "start": "'"$start"'", "end": "'"$end"'"
}' | first id)

echo "4. Book it. With the same Idempotency-Key this can be sent again without booking twice."
booking=$(ask "$park/bookings/create" -H "Authorization: Bearer $token" \
    -H "Idempotency-Key: tour-$quote" \
    --json '{"quote_id": "'"$quote"'", "plate": "HEL-204"}')
echo "   Booking $(first id <<<"$booking") is $(first state <<<"$booking"): $(first address <<<"$booking")"

echo "5. See it among the bookings of this account."
ask "$park/bookings/my-bookings" -H "Authorization: Bearer $token" | first space_title
