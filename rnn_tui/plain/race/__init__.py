"""Races without a screen."""
