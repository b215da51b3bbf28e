"""Who is told what, and whether it may be sent: officers, senders, rights, reach, the gate."""
