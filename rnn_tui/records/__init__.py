"""What is kept of each run by itself: a small log of its own, which can be named, listed, found."""
