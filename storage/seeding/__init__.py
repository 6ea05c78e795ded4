"""A made-up world of any size, for benchmarks and for trying a large town out."""

from storage.seeding.world import fill_world

__all__ = ["fill_world"]
