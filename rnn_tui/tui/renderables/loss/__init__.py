"""The chart of the losses over the updates."""
