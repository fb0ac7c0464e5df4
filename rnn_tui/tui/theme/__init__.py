"""Colors and their meaning."""
