"""The same five-question form, written as each library's own documentation would have it."""
