"""Networks that predict the next symbol, and what is asked of a trained one."""
