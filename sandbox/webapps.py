"""Launch data for web apps, signed with the bot's token as Telegram signs it.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

import hashlib
import hmac
import json
from urllib.parse import quote, urlencode

from sandbox.people import Person

VERSION = "9.1"


def launch_data(token: str, person: Person, query_id: str, now: int) -> str:
    """The query string a web app gets as ``initData``."""
    user = person.user() | {"allows_write_to_pm": not person.blocked}
    fields = {
        "query_id": query_id,
        "user": json.dumps(user, ensure_ascii=False, separators=(",", ":")),
        "auth_date": str(now),
    }
    checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    signature = hmac.new(key, checked.encode(), hashlib.sha256).hexdigest()
    return urlencode(fields | {"hash": signature}, quote_via=quote)


def launch_url(url: str, token: str, person: Person, query_id: str, now: int) -> str:
    """The address to open in a frame: the launch data travels in the fragment."""
    data = quote(launch_data(token, person, query_id, now), safe="")
    fragment = f"tgWebAppData={data}&tgWebAppVersion={VERSION}&tgWebAppPlatform=web"
    return f"{url}{'&' if '#' in url else '#'}{fragment}"
