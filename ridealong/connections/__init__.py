"""Connected sources: their settings and secrets, when they are due, and carrying a sync out."""
