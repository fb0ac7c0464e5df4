"""The front end without a screen: progress to standard error, results to standard output."""
