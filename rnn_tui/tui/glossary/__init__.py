"""What words and symbols mean, and what readers of the textbook asked."""
