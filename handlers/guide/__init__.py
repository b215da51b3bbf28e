"""The handbooks, one page a task, and `/panduan`, which opens them in the chat."""
