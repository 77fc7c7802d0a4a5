"""What an estimator is told of a snapshot, column by column."""
