"""The screen in a browser, for a class: one server, and for every viewer a program of its own."""
