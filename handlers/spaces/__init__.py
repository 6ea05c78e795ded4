"""My spaces: one conversation around one card, from the list to every rule of a space."""
