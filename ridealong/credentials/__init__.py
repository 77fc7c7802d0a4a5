"""Who signs in. Each account belongs to a member of the record, by the member's number."""
