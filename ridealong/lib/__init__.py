"""Small things without models that every layer may use: money, time, intervals."""
