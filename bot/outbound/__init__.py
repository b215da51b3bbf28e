"""From the outbox to the network: claimed, asked of the gate, paced, sent, settled."""
