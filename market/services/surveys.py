from collections.abc import Mapping
from dataclasses import dataclass

from market.domain.ids import SpaceId
from market.domain.search import Search
from market.domain.survey import Caption, Survey
from market.ports.nearby import NearbyIndex
from market.ports.work import Work


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
