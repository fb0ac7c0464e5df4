"""Drawing as pure functions: numbers in, styled lines out; no app, no widget."""
