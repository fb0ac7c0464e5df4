"""Lessons: files of data and a few expressions that ask first and compute the answer."""
