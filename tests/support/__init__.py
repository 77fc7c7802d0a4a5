"""What tests stand on: the two databases, servers that end for sure, the browser."""
