"""Where a link in a document leads: to the web or a place in the document, or to another machine's files."""

import re

TO_READ = frozenset({"http", "https", "mailto", "tel", "sms", "ftp", "geo"})
SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)
"""Two letters at least: one letter is a disk."""
OWN_FILE = re.compile(r"file:(?:///(?!/)|/(?!/)|[^/\\])", re.IGNORECASE)
"""A file of the author's own machine, as word processors write it without being asked: it leads nowhere here."""


def leads_astray(target: str) -> bool:
    """Whether following it starts a program or sends our name and password to a stranger's file server."""
    target = re.sub(r"[\x00-\x20]", "", target)
    if target.replace("/", "\\").startswith("\\\\"):
        return True
    scheme = SCHEME.match(target)
    return scheme is not None and scheme[1].lower() not in TO_READ and not OWN_FILE.match(target)
