"""The network unrolled in time, and what stands in its place where there is less room."""
