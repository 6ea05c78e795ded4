"""HTTP in: one router a noun, over the same services as the chat."""
