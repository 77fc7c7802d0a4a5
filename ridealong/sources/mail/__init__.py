"""Mail of salespeople and their buyers."""
