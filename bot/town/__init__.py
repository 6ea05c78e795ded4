"""The invented town of the demo: spaces at real places, invented listers, drawn photos."""
