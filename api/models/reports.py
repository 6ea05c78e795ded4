from typing import Literal

from pydantic import Field

from api.models.common import Id, Instant, Reply
from market.domain.report import BookedUntil, Matter, Overstayed, Report, Verdict


class Answer(Reply):
    """What is known of a car: said only to whom the space concerns."""

    kind: Literal["booked", "overstayed", "unknown"]
    until: Instant | None = Field(None, description="For a car that may stand there.")
    minutes: int | None = Field(None, description="How long a car has overstayed.")

    @classmethod
    def of(cls, verdict: Verdict) -> "Answer":
        match verdict:
            case BookedUntil(end=end):
                return cls(kind="booked", until=end)
            case Overstayed(by=by):
                return cls(kind="overstayed", minutes=int(by.total_seconds() // 60))
        return cls(kind="unknown")


class ReportReply(Reply):
    id: Id
    matter: Matter
    plate: str | None
    space_id: Id | None
    made_at: Instant
    open: bool

    @classmethod
    def of(cls, report: Report) -> "ReportReply":
        return cls(
            id=report.id,
            matter=report.matter,
            plate=report.plate,
            space_id=report.space,
            made_at=report.at,
            open=report.settled_at is None,
        )


class ReportedCar(Reply):
    report: ReportReply
    answer: Answer | None


class Reports(Reply):
    """``next`` is the cursor of the next page; null on the last one."""

    items: list[ReportReply]
    next: str | None
