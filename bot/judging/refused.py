"""A file is not kept."""


class Refused(Exception):
    """Why: `reason` is a key of `handlers.conversation.questions.file_kinds.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
