"""The event log of a run: JSON lines, appended as things happen, and read back."""
