"""The nearby index: which spaces around a point can be booked, answered from memory."""
