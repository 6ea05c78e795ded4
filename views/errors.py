"""Every refusal in words, each with a way on."""

from chat.screen import Screen, Where
from market.domain import errors as e
from views.words import Words, user_text


def explain(words: Words, error: e.ParkError) -> Screen:
    """A toast over the card that was pressed; for what was typed, a message of its own."""
    match error:
        case e.NotBookable():
            return Screen(toast=reason(words, error))
        case e.TooMany():
            return Screen(toast=_too_many(words, error))
        case e.NotFound():
            return Screen(toast=_not_found(words, error))
        case e.Invalid(field="time"):
            return Screen(_time(words, error))
        case e.Invalid():
            return Screen(toast=_invalid(words, error))
        case _:
            return Screen(toast=_refused(words, error))


def apology(words: Words) -> Screen:
    """For what failed for no reason of the person's."""
    return Screen(
        words.say(
            "That did not work, and it is my fault. The operator can see why."
            " Nothing was booked or changed; /start shows the menu."
        ),
        where=Where.ANEW,
    )


def reason(words: Words, error: e.NotBookable) -> str:
    """Why this window of this space cannot be booked, as one plain sentence."""
    match error:
        case e.StayTooShort():
            return words.label(
                "Stays there last {length} or more.", length=words.length(error.limit)
            )
        case e.StayTooLong():
            return words.label(
                "Stays there last {length} at most.", length=words.length(error.limit)
            )
        case e.TooSoon():
            return words.label(
                "It has to be booked {length} ahead.", length=words.length(error.limit)
            )
        case e.TooFarAhead():
            return words.label(
                "It can be booked {length} ahead at most.", length=words.length(error.limit)
            )
    return {
        e.OwnSpace: words.label("This is your own space."),
        e.WindowTaken: words.label("Taken a moment ago."),
        e.WindowPast: words.label("That time has begun already. Choose a later one."),
        e.OutsideHours: words.label("It is closed for some of that time."),
        e.DatesBlocked: words.label("It is not offered on that date."),
        e.VehicleTooBig: words.label("Your vehicle does not fit in there."),
    }.get(type(error), words.label("It takes no bookings at present."))


def _too_many(words: Words, error: e.TooMany) -> str:
    return {
        "places": words.label("{n} places are the most. Remove one in /settings.", n=error.limit),
        "favourites": words.label("{n} favourites are the most. Remove one.", n=error.limit),
        "alerts": words.label(
            "You wait for {n} spaces already. Stop waiting for one in /settings.", n=error.limit
        ),
    }[error.what]


def _not_found(words: Words, error: e.NotFound) -> str:
    return {
        "space": words.label("This space is not offered any more. 📍 Find parking shows others."),
        "booking": words.label("There is no such booking of yours. /bookings shows them all."),
        "quote": words.label(
            "That price is not there any more. Send your location to see today's."
        ),
        "button": words.label("This button is out of date. Choose from the menu below."),
        "invitation": words.label("That invitation has been used or is too old. Ask for another."),
        "code": words.label("That code is not good any more. Ask for a new one."),
        "vehicle": words.label("That vehicle is gone already. /settings shows the others."),
        "place": words.label("That place is gone already. /settings shows the others."),
        "alert": words.label("You do not wait for that any more. 📍 Find parking shows others."),
    }.get(error.what, words.label("That is not there any more. /help says what I can do."))


def _refused(words: Words, error: e.ParkError) -> str:
    match error:
        case e.QuoteExpired():
            return words.label("That price was good for ten minutes. Open the space again.")
        case e.PlateNeeded():
            return words.label("Your number plate is needed, for example HEL-204.")
        case e.TooManyAhead():
            return words.count(
                "You have {n} booking ahead, which is the most. Cancel it in /bookings first.",
                "You have {n} bookings ahead, which is the most. Cancel one in /bookings first.",
                error.limit,
            )
        case e.TooManyRequests():
            return words.label(
                "{n} of your requests wait for an answer, which is the most.", n=error.limit
            )
        case e.BookingOver():
            return words.label("This booking is over or cancelled; nothing is left to change.")
        case e.BookingsAhead():
            return words.count(
                "{n} booking is still ahead. Cancel it first, or pause the space.",
                "{n} bookings are still ahead. Cancel them first, or pause the space.",
                error.count,
            )
        case e.ListerOnly():
            return words.label("Only its lister can do that; co-listers answer, block and pause.")
        case e.OwnInvitation():
            return words.label("That invitation is for somebody else: the space is yours.")
        case _:
            return _refused_later(words, error)


def _refused_later(words: Words, error: e.ParkError) -> str:
    """What is refused around and after a stay."""
    match error:
        case e.CannotLink():
            return _cannot_link(words, error)
        case e.NotYet():
            return words.label("It is too early for that; try again when the time has come.")
        case e.StayRunning():
            return words.label("A stay is in progress. Once it has ended, this can be done.")
        case e.ReviewGiven():
            return words.label("You have reviewed this stay already. Thank you.")
        case e.TooManyReports():
            return words.label(
                "{n} reports a day is the most. Please come back tomorrow.", n=error.limit
            )
        case e.MessagesBlocked():
            return words.label("The other side takes no messages. /report reaches the operator.")
        case e.Banned():
            return words.label(
                "Your account is closed. /export sends your data, /delete erases it."
            )
        case e.GeocoderDown():
            return words.label(
                "I cannot look addresses up at the moment. Send a location, or type coordinates"
                " such as 60.17, 24.94."
            )
        case e.Busy():
            return words.label("Too many at once. Please try again in a moment.")
        case _:
            return words.label("That cannot be done. /help says what can.")


def _cannot_link(words: Words, error: e.CannotLink) -> str:
    return {
        "linked already": words.label("This account and this chat are joined already."),
        "another account": words.label("This chat is joined with another account already."),
        "not verified": words.label("Verify your e-mail address first."),
        "dealings": words.label("One of you parks at the other's now. Join when that is over."),
    }[error.reason]


def _time(words: Words, error: e.Invalid) -> str:
    examples = words.say("For example: tomorrow 9-17, fri 18:00 3h, till 18")
    said = user_text(str(error.limit))
    problem = {
        "not understood": words.say("I cannot make a time of {said}.", said=said),
        "past": words.say("That time is over already."),
        "too far": words.say("That is more than a year ahead."),
        "too long": words.say("That is longer than a year."),
        "half of the day": words.say(
            "{said}: morning or afternoon? Write 2pm or 14:00.", said=said
        ),
        "clock or length": words.say(
            "{said}: a time of day, or how long? Write 9:00, or for 9 h.", said=said
        ),
        "ends before it starts": words.say("That would end before it starts."),
        "does not exist": words.say(
            "The clocks go forward that night, so {said} does not exist.", said=said
        ),
        "happens twice": words.say(
            "The clocks go back that night, so {said} comes twice. Choose a time before or after.",
            said=said,
        ),
    }[error.reason]
    return f"{problem}\n{examples}"


def _invalid(words: Words, error: e.Invalid) -> str:
    if error.reason == "contact":
        return words.label(
            "I pass on no numbers, handles or links: leave out {said}, and send it again."
            " You can write here until a week after the stay.",
            said=error.limit,
        )
    if error.field in _TEXTS:
        return _text_length(words, error)
    limit = error.limit
    return {
        ("price", "decimals"): words.label(
            "Too many decimals: {n} at most. For example: 2.50", n=limit
        ),
        ("price", "other currency"): words.label(
            "Prices there are in {currency}. For example: 2.50", currency=limit
        ),
        ("price", "too large"): words.label("Nobody pays that for an hour. For example: 2.50"),
        ("price", "too small"): words.label("It has to cost something. For example: 2.50"),
        ("price", "missing"): words.label("The price is still missing. For example: 2.50"),
        ("photos", "too many"): words.label("{n} photos are the most. Remove one first.", n=limit),
    }.get((error.field, error.reason)) or _needed(words, error.field)


def _needed(words: Words, field: str) -> str:
    return {
        "plate": words.label("That is no number plate. For example: HEL-204"),
        "price": words.label("A number, please. For example: 2.50"),
        "photos": words.label("At least one photo is needed. Send one."),
        "place": words.label("The place is still missing. Send the location of the space."),
    }.get(field, words.label("Hours and dates have to end after they begin."))


_TEXTS = ("title", "description", "notes", "name", "comment", "words", "message", "place name")


def _text_length(words: Words, error: e.Invalid) -> str:
    what = {
        "title": words.label("The title"),
        "description": words.label("The description"),
        "notes": words.label("The text"),
        "name": words.label("The name"),
        "comment": words.label("The comment"),
        "words": words.label("The text"),
        "place name": words.label("The name"),
        "message": words.label("The message"),
    }[error.field]
    if error.reason == "too long":
        return words.label(
            "{what} is too long: {n} characters at most. Please shorten it.",
            what=what,
            n=error.limit,
        )
    return words.label("{what} is too short. Please write a little more.", what=what)
