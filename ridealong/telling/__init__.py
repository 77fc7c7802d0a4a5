"""How what was noticed reaches people: when, to whom, and what they were told before."""
