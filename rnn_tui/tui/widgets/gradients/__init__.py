"""Panels of screen 4: how far back the error reaches, and what that means."""
