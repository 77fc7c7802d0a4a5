"""Whether insights hold: simulated companies with and without effects."""
