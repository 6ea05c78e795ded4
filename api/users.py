"""People: what others see of them, and what they drive."""

from fastapi import APIRouter

from api.context import Unit
from api.links import leading_to
from api.models.accounts import Me
from api.models.common import Id
from api.models.users import NewProfile, NewVehicle, Profile, VehicleReply
from api.problems import documented, for_users
from api.security import Current
from market.domain.ids import PersonId, VehicleId

router = APIRouter(prefix="/users", tags=["users"])


@router.get("/profile/{user_id:id}", responses=documented(404, 422))
async def get_profile(user_id: Id, services: Unit) -> Profile:
    """What everybody may know of a person."""
    person = await services.people.get(PersonId(user_id))
    rating = await services.reviews.of_renter(person.id)
    return Profile.of(person, await services.accounts.of(person), rating)


@router.put("/profile", responses=for_users(422))
async def replace_profile(wanted: NewProfile, user: Current, services: Unit) -> Me:
    """What you are called, what you came for, what you speak, and whether you get mail."""
    person = await services.people.rename(user.person, wanted.name)
    if wanted.language is not None:
        person = await services.people.speak(person, wanted.language)
    account = await services.accounts.become(person, wanted.user_type)
    if wanted.mails is not None:
        account = await services.mail.choose(person, mails=wanted.mails)
    return Me.of(person, account)


@router.get("/vehicles", responses=for_users())
async def list_vehicles(user: Current, services: Unit) -> list[VehicleReply]:
    """Last used first."""
    return [VehicleReply.of(vehicle) for vehicle in await services.people.vehicles(user.id)]


@router.post(
    "/vehicles",
    status_code=201,
    responses=for_users(422) | leading_to(201, "vehicle_id", "delete_vehicle"),
)
async def create_vehicle(wanted: NewVehicle, user: Current, services: Unit) -> VehicleReply:
    """Keep a vehicle. A plate that you have already counts as just used."""
    vehicle = await services.people.add_vehicle(user.id, wanted.plate, wanted.height, wanted.length)
    return VehicleReply.of(vehicle)


@router.delete("/vehicles/{vehicle_id:id}", status_code=204, responses=for_users(404, 422))
async def delete_vehicle(vehicle_id: Id, user: Current, services: Unit) -> None:
    """Forget a vehicle of yours; bookings keep their plate."""
    await services.people.remove_vehicle(user.id, VehicleId(vehicle_id))
