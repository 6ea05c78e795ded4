"""Finding and booking: one conversation around one card, from a place to a booked space."""
