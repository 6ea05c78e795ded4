from pydantic import Field, StrictBool

from api.models.bookings import Plate
from api.models.common import Body, Id, Instant, Language, Reply
from api.models.offers import Height, Length
from api.models.spaces import Stars
from market.domain.account import Account, UserType, is_verified
from market.domain.person import NAME, Person
from market.domain.space import Rating
from market.domain.vehicle import Vehicle


class Profile(Reply):
    """What others see of a person; names are not exchanged."""

    id: Id
    user_type: UserType
    verified: bool = Field(description="By mail or by Telegram.")
    rating: Stars = Field(description="As a renter, by listers.")
    member_since: Instant

    @classmethod
    def of(cls, person: Person, account: Account, rating: Rating) -> "Profile":
        return cls(
            id=person.id,
            user_type=account.user_type,
            verified=is_verified(person, account),
            rating=Stars.of(rating),
            member_since=person.met_at,
        )


class NewProfile(Body):
    name: str = Field(min_length=1, max_length=NAME.stop - 1, examples=["Ada"])
    user_type: UserType
    mails: StrictBool | None = Field(
        None, description="Whether notices come by mail; as it is, if you do not say."
    )
    language: Language | None = Field(None, description="As it is, if you do not say.")


class NewVehicle(Body):
    plate: Plate
    height: Height | None = Field(None, description="Centimetres.")
    length: Length | None = Field(None, description="Centimetres.")


class VehicleReply(Reply):
    id: Id
    plate: str = Field(examples=["HEL204"])
    height: int | None
    length: int | None
    used_at: Instant

    @classmethod
    def of(cls, vehicle: Vehicle) -> "VehicleReply":
        return cls(
            id=vehicle.id,
            plate=vehicle.plate,
            height=vehicle.height,
            length=vehicle.length,
            used_at=vehicle.used_at,
        )
