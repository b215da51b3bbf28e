"""Announcements as people deal with them: written, looked at by a second person, looked back at, corrected, checked."""
