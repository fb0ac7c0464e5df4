"""Runs beside one another: read from their logs in bounded memory, smoothed, told as a table."""
