"""How good odds are on a real event log, and how long fitting and scoring take."""
