"""The small language that handlers are written in. No service is named here."""
