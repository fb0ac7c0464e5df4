"""Scripts with gaps, filled in by `rnn_tui.exports.scripts`; each runs without rnn-tui."""
