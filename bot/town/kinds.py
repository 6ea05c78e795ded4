"""What kinds of spaces the town has: their names, what they offer, what their listers write."""

from dataclasses import dataclass

from bot.town.scene import Motif
from market.domain.space import Tag

LISTERS = (
    "Aada Ajoluiska",
    "Eino Estepuomi",
    "Helmi Katukivi",
    "Ilmo Kulmatalo",
    "Kerttu Kaarihalli",
    "Lempi Lyhtypylväs",
    "Manu Mukulakivi",
    "Nelli Nostoportti",
    "Otso Ovikoodi",
    "Pihla Pihatie",
    "Reino Ruutukaava",
    "Siiri Sisäpiha",
    "Toivo Talliportti",
    "Unto Umpikuja",
    "Venla Valopilari",
    "Yrjö Yöpaikka",
)
"""Invented, every one: driveway, barrier, paving stone, corner house, ..."""

RENTERS = (
    "Bertta Bensatankki",
    "Fanni Farmariauto",
    "Hilja Hidastetöyssy",
    "Jalmari Jarruvalo",
    "Kaino Kaistale",
    "Martta Mittari",
    "Niilo Nastarengas",
    "Olavi Ohituskaista",
    "Rauha Risteys",
    "Saima Suuntavilkku",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """``#`` in a title is the number of the bay, which the photos show too."""

    motif: Motif
    details: tuple[Motif, ...]
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    notes: tuple[str, ...]
    tags: frozenset[Tag]
    perhaps: tuple[Tag, ...] = ()
    extra: int = 0
    """Minor units an hour above what the neighbourhood costs."""
    height: int | None = None
    length: int | None = None


COURTYARD = Kind(
    Motif.COURTYARD,
    (Motif.GATE, Motif.SIGN, Motif.ABOVE),
    (
        "Courtyard with the linden",
        "Quiet yard, bay #",
        "Yard behind the bakery",
        "Yellow house, bay #",
        "Old printer's yard",
        "Yard of the bookbinder",
        "Sunny yard, bay #",
        "Cobbled yard",
        "Yard with the blue door",
        "Tailor's courtyard",
        "Piano maker's yard, #",
        "Yard under the clock",
        "Maple yard",
        "Round the back, bay #",
        "Yard of the corner house",
        "Violin maker's yard",
        "Yard of the old school",
    ),
    (
        "A marked bay in a calm inner yard. Easy to turn, lit at night.",
        "Through the archway, straight on. The neighbours are friendly, and so is the cat.",
        "Room for a family car between the tree and the wall.",
    ),
    (
        "Gate code 4711 and the key sign. The bay is yellow, number {number}.",
        "Ring at the intercom, button P. Bay {number}, straight ahead of the archway.",
    ),
    frozenset({Tag.LIT}),
    (Tag.GATED, Tag.CCTV),
    length=500,
)
UNDERGROUND = Kind(
    Motif.UNDERGROUND,
    (Motif.SIGN,),
    (
        "Warm garage, bay #",
        "Garage A, bay #",
        "Garage B, bay #",
        "Level -1, bay #",
        "Level -2, bay #",
        "Dry and warm, bay #",
        "Below the offices, #",
        "Hotel garage, bay #",
        "Rock garage, bay #",
        "Heated hall, bay #",
        "Under the square, #",
        "Bay # by the lift",
        "Quiet level, bay #",
    ),
    (
        "Dry, heated and watched. The lift comes up inside the block.",
        "Below ground, wide bay next to a pillar. No ice on the windscreen.",
        "Staffed by day, cameras by night.",
    ),
    (
        "The door opens with the number plate or code 2580. Bay {number}, follow the colour.",
        "Call button at the ramp, say Park Place. Bay {number} is past the second pillar.",
    ),
    frozenset({Tag.COVERED, Tag.LIT, Tag.CCTV}),
    (Tag.ACCESSIBLE, Tag.EV, Tag.GATED),
    extra=100,
    height=200,
    length=520,
)
GARAGES = Kind(
    Motif.GARAGES,
    (Motif.SIGN,),
    (
        "Lock-up garage #",
        "Garage # in the row",
        "Own garage, door #",
        "Brick garage #",
        "Garage door #",
        "Green garage #",
        "Garage # with a light",
    ),
    (
        "A garage of your own, with a door that locks.",
        "Narrow, but all yours. Fits a small or medium car.",
    ),
    ("The key is in the box beside door {number}, code 1902. Please close the door.",),
    frozenset({Tag.COVERED, Tag.GATED}),
    (Tag.LIT,),
    extra=50,
    height=190,
    length=470,
)
DRIVEWAY = Kind(
    Motif.DRIVEWAY,
    (Motif.SIGN, Motif.ABOVE),
    ("Driveway, red mailbox", "Driveway by the hedge", "Front yard, no. #", "Wide driveway"),
    ("In front of our garage. We leave at eight and are back by six.",),
    ("Right up to the garage door, please, so that the pavement stays free.",),
    frozenset(),
    (Tag.LIT,),
    length=520,
)
BAY = Kind(
    Motif.BAY,
    (Motif.ABOVE, Motif.SIGN),
    (
        "Open bay #",
        "Bay # by the trees",
        "Bay # on the corner",
        "Street-side bay #",
        "Easy bay #",
        "Wide bay #",
        "First row, bay #",
        "Bay # by the kerb",
        "Visitors' bay #",
        "Bay # at the lamp",
        "Bay # near the tram",
        "Last bay, #",
        "Bay # by the wall",
    ),
    (
        "A marked bay in the open. Straight in, straight out.",
        "Wide enough for a van. Lamp right above it.",
    ),
    ("Bay {number}, the number is on the ground. Somebody else in it? Press Problem.",),
    frozenset({Tag.LIT}),
    (Tag.ACCESSIBLE, Tag.CCTV),
)
CHARGER = Kind(
    Motif.CHARGER,
    (Motif.ABOVE, Motif.SIGN),
    (
        "EV bay #",
        "Charger, bay #",
        "Green bay #",
        "Charge and stay, #",
        "Plug-in bay #",
        "EV bay # by the trees",
    ),
    ("Green bay with an 11 kW charging point, Type 2. Bring your own cable.",),
    ("Bay {number}. The charger starts with the code 77 and your plate.",),
    frozenset({Tag.EV, Tag.LIT}),
    (Tag.CCTV,),
    extra=100,
)
