"""The machine's own memory: half-said forms, timers, slow jobs, the audit."""
