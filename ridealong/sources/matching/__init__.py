"""Which deal a mail, a meeting or a talk belongs to."""
