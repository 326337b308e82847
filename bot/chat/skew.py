"""Whether this machine's clock is that of a platform, which dates each of its answers."""

import logging
from datetime import datetime
from email.utils import parsedate_to_datetime

log = logging.getLogger(__name__)

APART = 60.0  # seconds; from five minutes on, Slack's requests are turned down


def look(platform: str, now: datetime, date: str | None) -> None:
    """Say so where `now` is far from the `Date` of an answer that just came."""
    try:
        ahead = (now - parsedate_to_datetime(date or "")).total_seconds()
    except (TypeError, ValueError):  # no date, or none that can be read
        return
    if abs(ahead) > APART:
        log.error("this machine's clock is %.0f s from %s's; set it by NTP", ahead, platform)
