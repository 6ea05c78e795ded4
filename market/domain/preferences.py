"""How a person wants spaces found, remembered from one search to the next."""

from dataclasses import dataclass, replace

from market.domain.money import Money
from market.domain.search import Filters, Sort
from market.domain.space import Tag


@dataclass(frozen=True, slots=True)
class Size:
    """Of a vehicle, in centimetres, where known."""

    height: int | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    sort: Sort = Sort.NEAREST
    tags: frozenset[Tag] = frozenset()
    instant_only: bool = False
    max_price: Money | None = None
    """For a whole stay."""
    fitting: bool = True
    """Only where the vehicle has room, if its size is known."""
    size: Size = Size()
    """As it was typed for a search."""
    vehicle: Size = Size()
    """Of the vehicle used last: read with the preferences, not kept with them."""

    @property
    def room(self) -> Size:
        """What the vehicle needs; its own size before one that was typed for a search."""
        return Size(
            self.vehicle.height or self.size.height, self.vehicle.length or self.size.length
        )

    @property
    def picky(self) -> int:
        """How many things are asked of a space."""
        by_size = self.fitting and self.room != Size()
        return len(self.tags) + sum((self.instant_only, self.max_price is not None, by_size))

    def toggled(self, tag: Tag) -> "Preferences":
        return replace(self, tags=self.tags ^ {tag})

    def cleared(self) -> "Preferences":
        """Nothing is asked any more."""
        return Preferences(sort=self.sort, fitting=False, size=self.size, vehicle=self.vehicle)

    def filters(self, currency: str) -> Filters:
        """For where this currency is paid: a price in another one cannot be compared."""
        room = self.room if self.fitting else Size()
        price = self.max_price
        if price is not None and price.currency != currency:
            price = None
        return Filters(
            tags=self.tags,
            height=room.height,
            length=room.length,
            max_price=price.minor if price else None,
            currency=price.currency if price else None,
            instant_only=self.instant_only,
        )
