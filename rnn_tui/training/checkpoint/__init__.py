"""Runs in files, and weights from PyTorch."""
