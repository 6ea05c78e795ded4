import pytest

from market.domain.booking import Side, State
from market.domain.errors import NotYet, ReviewGiven
from market.domain.notice import Kind, review_prompts
from market.domain.review import OPEN_FOR
from market.domain.space import Rating
from market.services.notices import NoticeService
from market.services.reviews import ReviewService
from storage.database import Store
from tests.examples import LISTER, RENTER, a_booking, a_space, at, window

STAY = a_booking(window(1, 3), state=State.COMPLETED)
CLOSED = STAY.window.end + OPEN_FOR


@pytest.fixture
async def stayed(town: Store) -> Store:
    async with town.begin() as work:
        await work.bookings.add(STAY)
    return town


async def rating(store: Store) -> Rating:
    async with store.begin() as work:
        return (await work.spaces.get(STAY.space)).rating


async def test_reviews_are_blind_until_both_wrote_and_only_then_count(stayed: Store) -> None:
    async with stayed.begin() as work:
        reviews = ReviewService(work, at(4))
        _, both = await reviews.write(RENTER, STAY.id, 4, "Easy to find.")
        assert not both
        assert await reviews.of_space(STAY.space) == []
    assert await rating(stayed) == Rating()
    async with stayed.begin() as work:
        reviews = ReviewService(work, at(5))
        review, both = await reviews.write(LISTER, STAY.id, 5)
        assert (review.side, both) == (Side.LISTER, True)
        (shown,) = await reviews.of_space(STAY.space)
        assert (shown.stars, shown.comment) == (4, "Easy to find.")
        assert await reviews.of_renter(RENTER) == Rating(5, 1)
    assert await rating(stayed) == Rating(4, 1)


@pytest.mark.parametrize(
    ("author", "of_space", "of_renter"),
    [(RENTER, Rating(3, 1), Rating()), (LISTER, Rating(), Rating(3, 1))],
    ids=["renter alone", "lister alone"],
)
async def test_one_alone_is_shown_when_the_time_is_over(
    stayed: Store, author, of_space, of_renter
) -> None:
    async with stayed.begin() as work:
        await ReviewService(work, at(4)).write(author, STAY.id, 3)
        assert await ReviewService(work, CLOSED).show_overdue(10) == 0
        late = ReviewService(work, at(200))
        assert await late.show_overdue(10) == 1
        assert await late.show_overdue(10) == 0
        assert await late.of_renter(RENTER) == of_renter
    assert await rating(stayed) == of_space


async def test_a_review_is_checked_before_it_is_asked_for_words(stayed: Store) -> None:
    running = a_booking(window(3, 6))
    async with stayed.begin() as work:
        await work.bookings.add(running)
        reviews = ReviewService(work, at(4))
        with pytest.raises(NotYet):
            await reviews.check(RENTER, running.id, 5)
        assert await reviews.check(RENTER, STAY.id, 5) == STAY
        await reviews.write(RENTER, STAY.id, 5)
        with pytest.raises(ReviewGiven):
            await reviews.check(RENTER, STAY.id, 5)


async def test_whoever_has_reviewed_is_not_asked_any_more(stayed: Store) -> None:
    to_renter, to_lister = review_prompts(STAY)
    assert (to_renter.kind, to_lister.kind) == (Kind.REVIEW_STAY, Kind.REVIEW_RENTER)
    async with stayed.begin() as work:
        await ReviewService(work, at(4)).write(RENTER, STAY.id, 5)
        notices = NoticeService(work, at(4))
        assert await notices.letter(to_renter) is None
        assert await notices.letter(to_lister) is not None
        assert await NoticeService(work, at(200)).letter(to_lister) is None


async def test_a_review_of_a_deleted_space_still_counts_for_it(stayed: Store) -> None:
    async with stayed.begin() as work:
        await work.spaces.save(a_space(state="deleted"))
        await ReviewService(work, at(4)).write(RENTER, STAY.id, 5)
        await ReviewService(work, at(4)).write(LISTER, STAY.id, 5)
        assert (await work.spaces.ever(STAY.space)).rating == Rating(5, 1)
