"""The web chat: what is kept, who may see it, what is refused, and the page in a real browser."""
