"""A town in which people do whatever they like, in any order, while the clock moves."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from market.domain import ids
from market.domain.alert import Alert
from market.domain.booking import Booking, State
from market.domain.edit import Edit
from market.domain.errors import NotFound
from market.domain.ids import AlertId, PersonId, QuoteId
from market.domain.money import Money
from market.domain.notice import Kind
from market.domain.place import Point
from market.domain.refund import Policy
from market.domain.report import Matter
from market.domain.report import Reason as Complaint
from market.domain.review import STAYED, reviewable
from market.domain.schedule import Dates
from market.domain.search import Filters
from market.domain.space import Approval, Rules, Space
from market.domain.stay import ARRIVAL_LEAD, OVERSTAY_GRACE, can_release
from market.domain.tariff import Tariff
from market.domain.window import Window
from market.services import Services
from market.services.reports import Sighting
from tests.proof.conftest import Figures
from tests.proof.living.life import Ids, Life, there_is
from tests.proof.living.promises import RECKONED
from tests.proof.living.town import OPERATOR, PEOPLE
from tests.sizes import PROOF, TOWN_LIVES, TOWN_STEPS
from tests.storage.conftest import migrated

__all__ = ["migrated"]

people = st.integers(0, PEOPLE - 1)
picks = st.integers(0, 99)
minutes = st.integers(-2, 60).map(lambda quarters: 15 * quarters)
lengths = st.integers(2, 12).map(lambda quarters: 15 * quarters)
sides = st.sampled_from(["renter", "lister", "anybody"])
renters = st.sampled_from(["renter", "renter", "renter", "lister", "anybody"])
listers = st.sampled_from(["lister", "lister", "lister", "renter", "anybody"])
rarely = st.integers(0, 4).map(lambda number: number == 4)
HERE = (52.52, 13.405)


def arriving(booking: Booking, now: datetime) -> bool:
    return booking.state is State.BOOKED and there(booking, now)


def there(booking: Booking, now: datetime) -> bool:
    return booking.stands(now) and now >= booking.window.start - ARRIVAL_LEAD


def quiet(booking: Booking, now: datetime) -> bool:
    return arriving(booking, max(now, booking.window.start)) and (
        booking.window.length > timedelta(hours=1)
    )


def overdue(booking: Booking, now: datetime) -> bool:
    return booking.state in STAYED and now >= booking.window.end + OVERSTAY_GRACE


class Living(Life):
    """Rules try what people may try; a refusal is as good an outcome as any."""

    @initialize()
    def settle(self) -> None:
        self.begin()
        self.list_space(1, 250, Approval.INSTANT, Policy.MODERATE, 0)
        self.list_space(2, 300, Approval.REQUEST, Policy.FLEXIBLE, 15)
        self.list_space(1, 175, Approval.INSTANT, Policy.STRICT, 0)
        self.book(3, pick=0, begins=30, lasts=120, plate=True)
        self.book(4, pick=1, begins=240, lasts=60, plate=False)

    # Offering

    @rule(
        who=people,
        price=st.integers(1, 999),
        approval=st.sampled_from(Approval),
        policy=st.sampled_from(Policy),
        buffer=st.sampled_from([0, 15, 60]),
    )
    @precondition(lambda self: len(self.spaces) < 5)
    def list_space(
        self, who: int, price: int, approval: Approval, policy: Policy, buffer: int
    ) -> None:
        lister = self.town.people[who].id
        place = Point(HERE[0] + 0.002 * len(self.spaces), HERE[1])

        async def listed(its: Services) -> Space:
            await its.listing.begin(lister)
            await its.listing.add_photo(lister, self.town.photo(lister))
            await its.listing.set_place(lister, place, "Bakery Street 4")
            await its.listing.set_price(lister, price)
            await its.listing.set_title(lister, "Courtyard")
            space = await its.listing.publish(lister)
            entrance = self.town.photo(lister)
            await its.spaces.add_photo(lister, space.id, entrance, entrance=True)
            rules = Rules(buffer=timedelta(minutes=buffer))
            edit = Edit(notes="Code 4711", approval=approval, policy=policy, rules=rules)
            return await its.spaces.edit(lister, space.id, edit)

        self.does(lister, listed)

    @rule(
        pick=picks,
        who=listers,
        price=st.integers(1, 999),
        approval=st.sampled_from(Approval),
        plate_needed=st.booleans(),
        most=st.sampled_from([1, 24, 720]),
    )
    @precondition(lambda self: self.spaces)
    def edit(
        self, pick: int, who: str, price: int, approval: Approval, plate_needed: bool, most: int
    ) -> None:
        space = self.some_space(pick)
        edit = Edit(
            tariff=Tariff(Money(price, space.tariff.hour.currency)),
            approval=approval,
            plate_needed=plate_needed,
            rules=Rules(max_stay=timedelta(hours=most)),
        )
        keeper = self.keeper(space, who, pick)
        self.does(keeper, lambda its: its.spaces.edit(keeper, space.id, edit))

    @rule(pick=picks, who=listers, ahead=st.integers(0, 3), back=st.booleans())
    @precondition(lambda self: self.spaces)
    def block(self, pick: int, who: str, ahead: int, back: bool) -> None:
        space = self.some_space(pick)
        day = (self.town.now + timedelta(days=ahead)).date()
        keeper = self.keeper(space, who, pick)

        async def blocked(its: Services) -> Space:
            change = its.spaces.unblock if back else its.spaces.block
            return await change(keeper, space.id, Dates(day, day))

        self.does(keeper, blocked)

    @rule(pick=picks, who=listers, hours=st.none() | st.integers(1, 5), resume=st.booleans())
    @precondition(lambda self: self.spaces)
    def pause(self, pick: int, who: str, hours: int | None, resume: bool) -> None:
        space = self.some_space(pick)
        until = None if hours is None else self.town.now + timedelta(hours=hours)
        keeper = self.keeper(space, who, pick)

        async def paused(its: Services) -> Space:
            change = its.spaces.resume if resume else its.spaces.pause
            return await change(keeper, space.id, until)

        self.does(keeper, paused)

    @rule(pick=picks, who=listers)
    @precondition(lambda self: len(self.spaces) > 2)
    def delete_space(self, pick: int, who: str) -> None:
        space = self.some_space(pick)
        keeper = self.keeper(space, who, pick)
        self.does(keeper, lambda its: its.spaces.delete(keeper, space.id))

    @rule(pick=picks, who=people, leaves=st.booleans())
    @precondition(lambda self: self.spaces)
    def look_after(self, pick: int, who: int, leaves: bool) -> None:
        space, person = self.some_space(pick), self.town.people[who].id

        async def joined(its: Services) -> None:
            if leaves:
                await its.colisters.leave(person, space.id)
            else:
                invitation = await its.colisters.invite(space.lister, space.id)
                await its.colisters.join(person, invitation.id)

        self.does(person, joined)

    # Booking

    @rule(who=people, pick=picks, begins=minutes, lasts=lengths, plate=st.booleans())
    @precondition(lambda self: self.spaces)
    def book(self, who: int, pick: int, begins: int, lasts: int, plate: bool) -> None:
        renter, space = self.town.people[who].id, self.some_space(pick)
        start = self.town.now.replace(second=0) + timedelta(minutes=begins)
        window = Window.lasting(start, timedelta(minutes=lasts))

        async def quoted(its: Services) -> QuoteId:
            return (await its.quotes.open(renter, space.id, window))[1].id

        quote = self.does(renter, quoted)
        if quote is not None:
            self.quotes.append((renter, quote))
            self.confirm(len(self.quotes) - 1, plate)

    @rule(who=people, pick=picks, begins=st.sampled_from([-15, 0, 15, 30]), plate=st.booleans())
    @precondition(lambda self: self.spaces)
    def book_at_once(self, who: int, pick: int, begins: int, plate: bool) -> None:
        self.book(who, pick, begins, 90, plate)

    @rule(pick=picks, plate=st.booleans())
    @precondition(lambda self: self.quotes)
    def confirm(self, pick: int, plate: bool) -> None:
        renter, quote = self.quotes[pick % len(self.quotes)]
        given = f"B {self.town.number_of(renter)}" if plate else None
        self.does(renter, lambda its: its.bookings.book(renter, quote, given))

    @rule(pick=picks, who=listers, accept=st.booleans())
    @precondition(there_is(Booking.pending))
    def answer(self, pick: int, who: str, accept: bool) -> None:
        booking = self.some_booking(pick, Booking.pending)
        self.about(
            booking, who, pick, lambda its, it: its.bookings.answer(it, booking.id, accept=accept)
        )

    @rule(pick=picks, who=renters)
    @precondition(there_is(Booking.pending))
    def withdraw(self, pick: int, who: str) -> None:
        booking = self.some_booking(pick, Booking.pending)
        self.about(booking, who, pick, lambda its, it: its.bookings.withdraw(it, booking.id))

    @rule(pick=picks, who=sides)
    @precondition(there_is(Booking.stands))
    def cancel(self, pick: int, who: str) -> None:
        booking = self.some_booking(pick, Booking.stands)
        self.about(booking, who, pick, lambda its, it: its.bookings.cancel(it, booking.id))

    @rule(pick=picks, plate=st.sampled_from(["HEL 204", "B-AB 12"]))
    @precondition(there_is(Booking.live))
    def change_plate(self, pick: int, plate: str) -> None:
        booking = self.some_booking(pick, Booking.live)
        self.town.clock.pass_(seconds=1)
        change = lambda its, it: its.bookings.change_plate(it, booking.id, plate)  # noqa: E731
        self.about(booking, "renter", pick, change)

    # Staying

    @rule(pick=picks, who=renters)
    @precondition(there_is(arriving))
    def arrive(self, pick: int, who: str) -> None:
        booking = self.some_booking(pick, arriving)
        self.about(booking, who, pick, lambda its, it: its.stays.arrive(it, booking.id))

    @rule(pick=picks, who=renters)
    @precondition(there_is(Booking.running))
    def leave(self, pick: int, who: str) -> None:
        booking = self.some_booking(pick, Booking.running)
        self.about(booking, who, pick, lambda its, it: its.stays.leave(it, booking.id))

    @rule(pick=picks, who=renters, longer=lengths)
    @precondition(there_is(Booking.stands))
    def extend(self, pick: int, who: str, longer: int) -> None:
        booking = self.some_booking(pick, Booking.stands)
        until = booking.window.end + timedelta(minutes=longer)
        self.town.clock.pass_(seconds=1)
        self.about(booking, who, pick, lambda its, it: its.stays.extend(it, booking.id, until))

    @rule(pick=picks, who=listers)
    @precondition(there_is(can_release))
    def release(self, pick: int, who: str) -> None:
        booking = self.some_booking(pick, can_release)
        self.about(booking, who, pick, lambda its, it: its.stays.release(it, booking.id))

    @rule(pick=picks, who=listers)
    @precondition(there_is(overdue))
    def overstay(self, pick: int, who: str) -> None:
        booking = self.some_booking(pick, overdue)
        seen = lambda its, it: its.overstays.report(it, booking.id, self.town.photo(it))  # noqa: E731
        found = self.about(booking, who, pick, seen)
        if found is not None:
            self.promise(Kind.OVERSTAYED, booking.renter, booking.id)
            for other in self.keepers(booking) - {found.reporter, booking.renter}:
                self.promise(Kind.OVERSTAY_SEEN, other, booking.id)

    @rule(pick=picks)
    @precondition(lambda self: self.bookings)
    def contest(self, pick: int) -> None:
        booking = self.some_booking(pick)
        self.about(booking, "renter", pick, lambda its, it: its.reports.overstay(it, booking.id))

    @rule(pick=picks, who=renters)
    @precondition(there_is(there))
    def obstructed(self, pick: int, who: str) -> None:
        booking = self.some_booking(pick, there)

        async def reported(its: Services, renter: PersonId) -> object:
            photo = self.town.photo(renter)
            return await its.rescues.report(renter, booking.id, photo, "X 1")

        self.about(booking, who, pick, reported)

    @rule(pick=picks, takes=st.booleans())
    @precondition(lambda self: self.bookings)
    def rescued(self, pick: int, takes: bool) -> None:
        booking = self.some_booking(pick)

        async def helped(its: Services, renter: PersonId) -> object:
            if not takes:
                return await its.rescues.refund(renter, booking.id)
            way = await its.rescues.again(renter, booking.id)
            held = way.held.id if way.held else booking.id
            return await its.rescues.take(renter, booking.id, held)

        self.about(booking, "renter", pick, helped)

    # Afterwards

    @rule(pick=picks, who=sides, stars=st.integers(1, 5))
    @precondition(there_is(reviewable))
    def review(self, pick: int, who: str, stars: int) -> None:
        booking = self.some_booking(pick, reviewable)
        given = self.about(
            booking, who, pick, lambda its, it: its.reviews.write(it, booking.id, stars, "Fine")
        )
        if given is not None:
            self.promises.reviewed(booking.id, given[0].author)

    @rule(pick=picks, who=listers, waive=st.booleans())
    @precondition(lambda self: self.bookings)
    def pay(self, pick: int, who: str, waive: bool) -> None:
        booking = self.some_booking(pick)

        async def settled(its: Services, lister: PersonId) -> object:
            settle = its.ledger.waive if waive else its.ledger.paid
            return await settle(lister, booking.id)

        self.about(booking, who, pick, settled)

    @rule(pick=picks, who=sides)
    @precondition(lambda self: self.bookings)
    def message(self, pick: int, who: str) -> None:
        booking = self.some_booking(pick)
        sent = self.about(
            booking, who, pick, lambda its, it: its.messages.send(it, booking.id, "On my way")
        )
        if sent is not None:
            other = booking.lister if sent.author == booking.renter else booking.renter
            self.promise(Kind.MESSAGE, other, booking.id, sent.id)

    @rule(pick=picks, who=sides, again=st.booleans())
    @precondition(lambda self: self.bookings)
    def block_messages(self, pick: int, who: str, again: bool) -> None:
        booking = self.some_booking(pick)

        async def blocked(its: Services, person: PersonId) -> object:
            change = its.messages.unblock if again else its.messages.block
            return await change(person, booking.id)

        self.about(booking, who, pick, blocked)

    # Trust

    @rule(who=people, pick=picks, of_booking=st.booleans())
    @precondition(lambda self: self.spaces)
    def report(self, who: int, pick: int, of_booking: bool) -> None:
        reporter, space = self.town.people[who].id, self.some_space(pick)

        async def reported(its: Services) -> object:
            if of_booking and self.bookings:
                number = self.some_booking(pick).id
                return await its.reports.person(reporter, number, Complaint.ABSENT)
            return await its.reports.space(reporter, space.id, Complaint.UNSAFE)

        self.does(reporter, reported)

    @rule(who=people, pick=picks)
    @precondition(lambda self: self.bookings)
    def report_car(self, who: int, pick: int) -> None:
        reporter, booking = self.town.people[who].id, self.some_booking(pick)
        seen = Sighting(booking.plate or "X 1", self.town.photo(reporter), space=booking.space)
        reported = self.does(reporter, lambda its: its.reports.car(reporter, seen))
        if reported is not None and reported[0].booking is not None:
            about = self.bookings[reported[0].booking]
            self.promise(Kind.OVERSTAYED, about.renter, about.id)

    @rule(pick=picks, hide=st.booleans())
    @precondition(lambda self: self.spaces)
    def hide(self, pick: int, hide: bool) -> None:
        operator, space = self.town.people[OPERATOR], self.some_space(pick)

        async def hidden(its: Services) -> object:
            change = its.operators.hide if hide else its.operators.show
            return await change(operator, space.id)

        self.does(None, hidden)

    @rule(who=people, lift=st.booleans(), really=rarely)
    def ban(self, who: int, lift: bool, really: bool) -> None:
        if not really:
            return
        operator, person = self.town.people[OPERATOR], self.town.people[who].id

        async def banned(its: Services) -> object:
            change = its.operators.unban if lift else its.operators.ban
            return await change(operator, person)

        self.does(person, banned)

    @rule(upheld=st.booleans())
    def judge(self, upheld: bool) -> None:
        operator = self.town.people[OPERATOR]

        async def judged(its: Services) -> object:
            cases, _ = await its.operators.queue(operator)
            number = next((it.id for it in cases if it.matter is Matter.OVERSTAY), None)
            if number is None:
                raise NotFound("report")
            return await its.operators.judge(operator, number, upheld=upheld)

        self.does(operator.id, judged)

    # Coming and going

    @rule(who=people)
    def block_the_bot(self, who: int) -> None:
        person = self.town.people[who].id
        self.promises.doubt(person)
        self.promises.silent.add(person)
        self.does(person, lambda its: its.people.unreachable(person))

    @rule(who=people)
    def come_back(self, who: int) -> None:
        self.promises.silent.discard(self.town.meet(who).id)

    @rule(who=people, really=rarely)
    def erase(self, who: int, really: bool) -> None:
        if not really:
            return
        person = self.town.people[who].id
        concerned = [it.id for it in self.bookings.values() if person in (it.renter, it.lister)]

        async def erased(its: Services) -> bool:
            leaving = await its.rights.leaving(person)
            await its.rights.erase(await its.people.get(person), leaving.agreed)
            # What is said of the goodbye itself is said after this.
            self.promises.doubt(person, concerned)
            return True

        if self.does(person, erased):
            self.town.meet(who)

    @rule(who=people, pick=picks, begins=minutes)
    @precondition(lambda self: self.spaces)
    def wait_for_one(self, who: int, pick: int, begins: int) -> None:
        person, space = self.town.people[who].id, self.some_space(pick)
        start = self.town.now + timedelta(minutes=begins)
        window = Window.lasting(start, timedelta(hours=1))
        alert = Alert(
            AlertId(0), person, space.public_point, space.zone, window, Filters(), self.town.now
        )
        self.does(person, lambda its: its.alerts.ask(alert))

    # Time

    @rule()
    def post(self) -> None:
        self.town.tick()

    @rule(span=st.sampled_from([1, 5, 15, 30, 60, 240, 1440, 10_080]))
    def wait(self, span: int) -> None:
        self.town.until(self.town.now + timedelta(minutes=span))

    @rule(pick=picks, after=st.sampled_from([-60, -15, 0, 29, 60, 61]))
    @precondition(there_is(Booking.ahead))
    def wait_for_the_start(self, pick: int, after: int) -> None:
        booking = self.some_booking(pick, Booking.ahead)
        self.wait_until(booking.window.start + timedelta(minutes=after))

    @rule(pick=picks, after=st.sampled_from([-15, -1, 0, 9, 10, 11, 60]))
    @precondition(there_is(Booking.stands))
    def wait_for_the_end(self, pick: int, after: int) -> None:
        booking = self.some_booking(pick, Booking.stands)
        self.wait_until(booking.window.end + timedelta(minutes=after))

    @rule(pick=picks)
    @precondition(there_is(quiet))
    def give_up_on_somebody(self, pick: int) -> None:
        """Nobody has come for an hour: the lister takes the space back."""
        booking = self.some_booking(pick, quiet)
        self.wait_until(booking.window.start + timedelta(hours=1))
        self.about(booking, "lister", pick, lambda its, it: its.stays.release(it, booking.id))

    def wait_until(self, moment: datetime) -> None:
        self.town.until(max(moment, self.town.now))


def test_whatever_people_do_every_promise_of_the_town_is_kept(
    migrated: Path, monkeypatch: pytest.MonkeyPatch, proof: Figures
) -> None:
    Living.migrated, Living.ids = migrated, Ids()
    monkeypatch.setattr(ids, "secrets", Living.ids)
    run_state_machine_as_test(
        Living,
        settings=settings(
            max_examples=TOWN_LIVES,
            stateful_step_count=TOWN_STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    reached, told = Living.reached, Living.told
    proof(bookings=sum(reached.values()), notices=sum(told.values()), refusals=Living.refusals)
    # It was a life. In its full size it knows nearly every state, and kind of notice.
    assert {State.BOOKED, State.COMPLETED, State.CANCELLED} <= set(reached)
    if PROOF:
        assert len(set(State) - set(reached)) <= 1
        assert len(RECKONED - set(told)) <= 4
