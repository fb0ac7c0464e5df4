"""Runs that left a record: listed, named, removed."""
