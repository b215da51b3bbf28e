"""What a file is, told by its content, and whether it may be kept; documents in a process of their own."""
