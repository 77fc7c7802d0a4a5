"""Mail: letters written from the record, and sent by a worker."""
