"""The Telegram kit: how updates arrive and are answered, and how messages leave. No market here."""

import os

# The library is on its way from seconds to timedelta, and warns at each use until one opts in:
# https://docs.python-telegram-bot.org/en/v22.2/changelog.html
os.environ.setdefault("PTB_TIMEDELTA", "true")
