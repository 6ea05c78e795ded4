from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from market.domain.ids import SpaceId
from market.domain.place import Box, Point
from market.domain.search import Search, default_window
from market.domain.survey import Caption, Survey
from market.ports.nearby import NearbyIndex
from market.ports.work import Work

EVERYWHERE = Box(-180, -90, 180, 90)
LOOKS = 4
"""At ever smaller boxes: the last one is of a few streets."""
CLOSER = 12
"""How many times smaller."""


def busiest(index: NearbyIndex, now: datetime) -> Point | None:
    """Where the most spaces are close together, if there are any."""
    box, width, height = EVERYWHERE, 360.0, 180.0
    for _ in range(LOOKS):
        search = Search(point=box.centre, window=default_window(now), now=now, box=box)
        crowds = index.survey(search, most=0).crowds
        if not crowds:
            return None
        middle = max(crowds, key=lambda crowd: crowd.count).point
        width, height = width / CLOSER, height / CLOSER
        box = _around(middle, width, height)
    return middle


def _around(middle: Point, width: float, height: float) -> Box:
    return Box(
        (middle.lng - width / 2 + 180) % 360 - 180,
        max(-90.0, middle.lat - height / 2),
        (middle.lng + width / 2 + 180) % 360 - 180,
        min(90.0, middle.lat + height / 2),
    )


@dataclass(frozen=True, slots=True)
class SurveyService:
    """From a box and a window to everything that a map shows of it."""

    work: Work
    index: NearbyIndex

    async def of(self, search: Search) -> tuple[Survey, Mapping[SpaceId, Caption]]:
        """With what is said of each spot; nothing of one that vanished a moment ago."""
        survey = self.index.survey(search)
        captions = await self.work.spaces.captions([spot.space for spot in survey.spots])
        return survey, captions
