"""The parts of ``ridealong backtest``."""
