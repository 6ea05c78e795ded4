"""Listing a space: one conversation, from the photos to a space that can be booked."""
