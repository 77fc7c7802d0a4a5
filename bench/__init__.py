"""How fast it is on a large company: whole commands and pages, as ratios within one run."""
