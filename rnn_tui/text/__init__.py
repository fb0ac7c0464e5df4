"""Text in, symbol ids out; knows no network."""
