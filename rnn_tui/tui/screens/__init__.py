"""Whole screens: they lay out widgets and hand snapshots down to them."""
