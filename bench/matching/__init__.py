"""How well activities find their deals, on simulated mailboxes whose truth is known."""
