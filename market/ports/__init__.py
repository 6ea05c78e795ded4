"""What the services need of the world, one Protocol per noun."""
